"""Draft letters to outside agencies. `record` gathers what one is filled from, `making` makes a pure value of it.

Nothing here is drawn: no HTML, no file, no page. No letter is ever posted in chat.
"""
