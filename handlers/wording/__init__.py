"""The wording guard: marks opinion, inference and the like in a note, as a hint. It never changes a word.

Standard library only. Not allowed here: a clock, a network, a store, a platform, a name of a school or a person.
"""
