"""Somebody who is picked is picked from the list: a name that was only typed is never taken for one. Pure.

Two children may have one name, so what a search field holds is an id. A client that sends the typed words instead is
told so, and the words are shown in the complaint and nowhere taken for an answer.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from handlers.rules.chronology import Answers
from handlers.ui.form import OF_PUPILS, Field, PickField, Source, is_id

BY_NAME = "by_name"
"""What is chosen in a list that cannot be searched, to write the name instead."""
MORE = "more"
"""What a client sends that lets the line be chosen which says that there are more: nobody is chosen by it."""
_TYPED = re.compile(r"^“.*” was typed here", re.DOTALL)
_SHOWN = 60
"""Characters of what was typed that are shown again."""
_WHOM = {**dict.fromkeys(OF_PUPILS, "child"), Source.STAFF: "person", Source.LEADS: "person"}


def fault(field: PickField, value: str) -> str:
    """The sentence about what was typed into a search and not chosen from its list; empty for a choice."""
    if is_id(value):
        return ""
    whom = _WHOM[field.source]
    if value == BY_NAME:
        return f"Write the name of the {whom} here and go on: whoever has that name is then listed for you to choose."
    if value == MORE:
        return f"That line is no {whom}: it says that there are more. Type more letters, then choose from the list."
    check = " Check the form and year." if field.source in OF_PUPILS else ""
    return (
        f"“{value.strip()[:_SHOWN]}” was typed here, and no {whom} was chosen: there may be two of that name. "
        f"Type two letters, then choose from the list.{check}"
    )


def said_in_chat(sentence: str) -> str:
    """The same without what was typed, which would stand in a chat for as long as the message does."""
    return _TYPED.sub("A name was typed here", sentence)


def chosen(fields: Sequence[Field], answers: Answers) -> Answers:
    """The answers without what was typed into a search and not chosen."""
    typed = {f.name for f in fields if isinstance(f, PickField) and not is_id(str(answers.get(f.name) or ""))}
    return {name: value for name, value in answers.items() if name not in typed}


def unknown(fields: Sequence[Field], answers: Answers, known: Mapping[str, str] | Collection[str]) -> dict[str, str]:
    """A sentence for each choice that stands for nobody here, by the field's name."""
    picks = [f for f in fields if isinstance(f, PickField) and is_id(str(answers.get(f.name) or ""))]
    return {
        field.name: f"This {_WHOM[field.source]} is not on the list any more. Choose again from the list."
        for field in picks
        if str(answers[field.name]) not in known
    }


def more(shown: int, total: int) -> str:
    """What the list of a search says where it does not show everybody who was found; empty where it does."""
    return f"{shown} of {total}: type more letters" if total > shown else ""
