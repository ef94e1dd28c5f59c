"""What an account does not say yet, as one quiet line: only what no field of the form has answered already.

Not allowed here: a demand, a choice, a word about an account that is urgent.
"""

from collections.abc import Callable, Iterable, Mapping

from handlers.account import form as concern
from handlers.rules.chronology import Answers
from handlers.ui import say
from handlers.wording import guard
from handlers.wording.guard import Slot

ASKED: Mapping[Slot, str] = {
    Slot.WHO: "who was involved (full name)",
    Slot.WHEN: "when",
    Slot.WHERE: "where",
    Slot.OBSERVER: "who saw it",
    Slot.QUANTITY: "how many or how big",
}


def missing(answers: Answers) -> tuple[Slot, ...]:
    """What neither the facts nor any field answers; "not known" is an answer."""
    if concern.is_urgent(answers):
        return ()
    left = guard.check(guard.Field.COMPLETENESS, str(answers.get("facts") or "")).missing
    return unanswered(left, answers)


def unanswered(slots: Iterable[Slot], answers: Answers) -> tuple[Slot, ...]:
    """Those of the slots that no field of the form answers."""
    return tuple(slot for slot in slots if not _ANSWERED[slot](answers))


def line(answers: Answers) -> str:
    """The line; empty where nothing is open."""
    left = [ASKED[slot] for slot in missing(answers)]
    return f"What is not said yet: {say.listed(left)}. Add what you know." if left else ""


def _any(*names: str) -> Callable[[Answers], bool]:
    return lambda answers: any(answers.get(name) for name in names)


def _timed(answers: Answers) -> bool:
    """A date alone does not say when; over time and not known do say what there is to say."""
    return answers.get("happened") in {"over_time", "unknown"} or bool(answers.get("happened_time"))


def _observed(answers: Answers) -> bool:
    """By the writer's own eyes, the child's word, a thing at hand; else by whoever is named in another field."""
    seen = answers.get("source") in {"saw", "child", "work", "online", "monitoring", "anonymous"}
    return seen or bool(answers.get("others") or answers.get("present"))


def _measured(answers: Answers) -> bool:
    return any(answers.get(f"mark_look_{number}") for number in (1, 2, 3))


_ANSWERED: Mapping[Slot, Callable[[Answers], bool]] = {
    Slot.WHO: _any("child_2", "child_3", "child_other", "adult", "adult_other", "present"),
    Slot.WHEN: _timed,
    Slot.WHERE: _any("place", "place_words"),
    Slot.OBSERVER: _observed,
    Slot.QUANTITY: _measured,
}
