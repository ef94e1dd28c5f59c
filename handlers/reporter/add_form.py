"""The form with which a reporter adds to their own."""

from handlers.ui.form import Form, TextField
from handlers.ui.keys import short_form

ADD = "add"


def add(key: str, reference: str) -> Form:
    more = TextField(
        name="more", label="What you want to add", required=True, long=True,
        hint="What you sent stays as it is. This is added to it.",
    )
    return short_form(ADD, key, "Add to it", reference, (more,), submit="Add")
