"""How an account is headed where it is read, by the field that was answered: the form speaks to its writer. Pure.

The words fit whoever reads: a lead, and the writer who looks once more before it is sent.

A field that is missing here is headed as the form asks it; a test fails for one that speaks to the writer.
"""

from collections.abc import Mapping

from handlers.ui import say
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, PickField

_OF_A_CHILD = {
    "1": ("Child", "Part in it"),
    "2": ("Second child", "The second child's part in it"),
    "3": ("Third child", "The third child's part in it"),
}
_MARKS = {"1": "The mark", "2": "The second mark", "3": "The third mark"}
LABELS: Mapping[str, str] = {
    "danger": "In danger now",
    "about": "What it is about",
    "urgency": "How soon",
    "told_lead": "A lead was told in person",
    "told_whom": "Who was told, and when",
    "close": "Involved or too close: lead, head or chair",
    "involved": "A lead, the head or the chair is involved or close",
    "relative": "Reported by a parent or relative",
    "source": "How it is known",
    **{f"child_{number}": labels[0] for number, labels in _OF_A_CHILD.items()},
    **{f"role_{number}": labels[1] for number, labels in _OF_A_CHILD.items()},
    "child_other": "Another child, or one who was not found",
    "adult": "Adult",
    "adult_other": "Adult who is not on the list",
    "adult_post": "What they do here",
    "adult_weight": "How serious it may be",
    "happened": "When it happened",
    "happened_date": "Date it happened",
    "happened_time": "Time it happened",
    "learned": "When it was learned of",
    "learned_date": "Date it was learned of",
    "learned_time": "Time it was learned of",
    "place": "Where it happened",
    "place_words": "Where exactly",
    "facts": "What was seen, heard and done",
    "own_words": "The child's exact words",
    "own_words_2": "The second child's exact words",
    "own_words_3": "The third child's exact words",
    "told_by": "How the child told it",
    "told_by_2": "How the second child told it",
    "told_by_3": "How the third child told it",
    "told_with": "Who interpreted",
    "questions": "The questions the child was asked",
    "others": "What others said",
    "present": "Who else was there",
    "looked": "How the child looked and behaved",
    "marks": "Marks or injuries seen",
    "view": "View, and the reason for it",
    **{f"mark_broken_{number}": f"{which}: skin broken" for number, which in _MARKS.items()},
    "done": "What has been done",
    "child_now": "Where the child is now",
    "safe_home": "Safe to go home",
    "parent_told": "A parent or carer was told",
    "parent_words": "What they said, or why telling them may not be safe",
    "wishes": "What the child wants to happen",
    "said_whom": "The child was told who would hear of it",
    "kinds": "Kind of concern",
    "notes": "There are handwritten notes",
    "own_account": "Confirmed",
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "source": {
        "saw": "Seen or heard at first hand",
        "child": "Told by the child",
        "other_child": "Told by another child",
        "adult": "Told by an adult",
    },
    "about": {
        "child": "About a child",
        "adult": "About an adult who works or volunteers here",
        "both": "About a child and an adult here",
        "practice": "About how things are done here",
    },
    "adult_weight": {
        "allegation": "A child may have been harmed, or not sure",
        "self": "Reported of oneself",
    },
    "involved": {"relative": "No, but the reporter is related to the child", "both": "Yes, and a relative reports it"},
    "notes": {"yes": "Yes, to be handed over"},
    "happened": {"then": "On the date given"},
    "learned": {"then": "On the date given"},
    "own_account": {"yes": "Own account"},
}
"""Answers that the form words as the writer would say them."""


def label(field: Field) -> str:
    return LABELS.get(field.name, field.label)


def shown(field: Field, value: str | tuple[str, ...], names: Mapping[str, str]) -> str:
    """An answer as words for its reader: the label of a choice, the name of an id."""
    if isinstance(field, ChoiceField | ChoicesField):
        labels = {**{option.key: option.label for option in field.options}, **VALUES.get(field.name, {})}
        chosen = (value,) if isinstance(value, str) else value
        return ", ".join(labels.get(key, key) for key in chosen)
    if isinstance(field, PickField):
        return names.get(str(value), "no longer on the list")
    if isinstance(field, DateField):
        return say.typed(str(value))
    return value if isinstance(value, str) else ", ".join(value)
