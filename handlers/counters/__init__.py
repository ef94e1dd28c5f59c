"""What the desk does with each noun's buttons and short forms: a module a noun, gathered in `gathered`.

A press that opens a form tries the move first and drops what comes of it: whoever may not make it is told before
they type. A form that was sent runs its use case, and says what was done.
"""
