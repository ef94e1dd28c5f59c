"""Triage: the look-back, then what a lead judges and decides. A category belongs to a child in a role. No defaults.

Pages of one window: what is known of the children before, then the categories, then what is judged and decided. Each
page must hold all that was typed in it, in any script, where cards are smallest: what was chosen comes along, and the
texts of the last page have room for as much as one card takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.record import labels
from handlers.rules.chronology import Answers
from handlers.rules.concern import Level
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.choices import PARENTS, SEEN
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Form, Option, Part, TextField
from handlers.ui.keys import OUTCOMES
from handlers.ui.pages import paged, pieces
from handlers.ui.spoken_days import Looks

ID = "decide"
SECOND = "second_read"
TOLD = "told"
LEVELS = (
    Option(key=Level.LOW, label="Low"),
    Option(key=Level.MEDIUM, label="Medium"),
    Option(key=Level.HIGH, label="High"),
)
READ = 99
"""The page on which is answered what was read on the pages before it: the look-back, a decision."""
KINDS = READ - 1
"""The page between the look-back and that one, of triage: the categories of each child."""
AGREE = (
    Option(key="yes", label="I agree: the decision stands"),
    Option(key="no", label="I do not agree: the owner decides again"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child and the part they have in it, as a lead reads it in this window."""

    label: str
    part: str


LAST_OF_LOOK_BACK = KINDS - 1
"""Whatever its number is."""


def look_back(key: str, reference: str, parts: Sequence[Part], *, number: int = 1) -> Form:
    """The first pages: what is known of the children before anything is judged; after the last comes the form."""
    read = paged(parts)
    number = max(1, min(number, len(read)))
    which = f" Part {number} of {len(read)}." if len(read) > 1 else ""
    where = (Words(text=f"Concern {reference}. First, what is known already.{which}", subtle=True),)
    return Form(
        id=ID, key=key, page=number, title="Triage", parts=(*where, *read[number - 1]), back=number > 1,
        submit="Go on", leave="Cancel",
    )  # fmt: skip


def read_last(parts: Sequence[Part], page: int) -> bool:
    """Whether that page of the look-back is its last."""
    return page >= len(paged(parts))


_EVERY_CHILD = (Child(label="", part=""),) * labels.MOST_CHILDREN


def kinds(
    key: str, reference: str, children: Sequence[Child] = _EVERY_CHILD, *, kinds_told: Sequence[str] = (),
    chosen: Answers | None = None,
) -> Form:  # fmt: skip
    """The page before the last: what it is for each child. Of its own: the menus of three fill the smallest card.

    `kinds_told`: what kind its reporter took it for, shown beside what the lead chooses and never chosen for them.
    `chosen`: what that lead has chosen already, who comes back to it.
    """
    asked = (*_as_told(kinds_told), *_of_each(children, None))
    return Form(
        id=ID, key=key, page=KINDS, title="Triage", parts=(*_about(reference), *asked), back=True, submit="Go on",
        leave="Cancel", values={name: value for name, value in (chosen or {}).items() if name.startswith("kinds_")},
    )


def form(
    key: str, reference: str, children: Sequence[Child] = _EVERY_CHILD, *, chosen: Answers | None = None,
    kinds_told: Sequence[str] = (),
) -> Form:  # fmt: skip
    """The last page: judged and decided, under the categories that came along from the page before, `chosen` ticked.

    Of no child on the roll there was no page before, and `kinds_told` stands here. Called without any categories it has
    every field and option that there may be: what is sent is checked against that.
    """
    asked = (*_as_told(kinds_told), *_of_each(children, None if chosen is None else _offered(key, chosen)))
    return Form(
        id=ID, key=key, page=READ, title="Triage", parts=(*_about(reference), *asked, *_JUDGED, *_DECIDED),
        back=True, submit="Record decision", leave="Cancel", values=chosen or {},
    )  # fmt: skip


def _as_told(kinds: Sequence[str]) -> tuple[Part, ...]:
    return (Facts((("Kind, as the reporter saw it", ", ".join(kinds)),)),) if kinds else ()


def carrying(key: str, chosen: Answers) -> str:
    """The key of the last page, with what was chosen on the one before: what is unticked there can be ticked again.

    By its number among the categories, for a key is short; the nonce, by which a form is known, stays its end.
    """
    held = ".".join("-".join(_NUMBER[kind] for kind in _of_one(chosen, number)) for number in _CHILDREN)
    return f"{key.partition(':')[0]}:{held}:{key.rpartition(':')[2]}"


def _offered(key: str, chosen: Answers) -> Answers:
    """What came along in the key, and what is ticked."""
    held = key.split(":")[1].split(".") if key.count(":") == _HELD_IN_KEY else []
    before = [{_KINDS[int(one)].key for one in each.split("-") if one in _NUMBER.values()} for each in held]
    before += [set()] * len(_CHILDREN)
    return {
        f"kinds_{number}": tuple(came | set(_of_one(chosen, number)))
        for number, came in zip(_CHILDREN, before, strict=False)
    }


def _of_one(chosen: Answers, number: int) -> tuple[str, ...]:
    kinds = chosen.get(f"kinds_{number}", ())
    return tuple(kind for kind in ((kinds,) if isinstance(kinds, str) else kinds) if kind in _NUMBER)


def _about(reference: str) -> tuple[Part, ...]:
    return (Words(text=f"Concern {reference}", subtle=True),) if reference else ()


_KINDS = tuple(Option(key=kind, label=label) for kind, label in ENGLAND.offered_kinds() if kind != "not_sure")
_NUMBER = {option.key: str(number) for number, option in enumerate(_KINDS)}
_CHILDREN = range(1, labels.MOST_CHILDREN + 1)
_HELD_IN_KEY = 2
"""Colons in a key that holds them: else there is one."""


def _of_each(children: Sequence[Child], offers: Answers | None) -> tuple[Part, ...]:
    """The categories of each child: all, or only some. Of a child without any there is nothing to ask."""
    parts: list[Part] = []
    for number, child in enumerate(children[: labels.MOST_CHILDREN], start=1):
        held = None if offers is None else offers.get(f"kinds_{number}") or ()
        offered = _KINDS if held is None else tuple(option for option in _KINDS if option.key in held)
        if offered:
            asked = _categories(number, child, offered)
            parts.append(asked if held is None else replace(asked, hint="As you chose. Untick what is not right."))
    return tuple(parts)


def _categories(number: int, child: Child, offered: tuple[Option, ...]) -> ChoicesField:
    of = f" for {child.label}" if child.label else ""
    part = f" ({child.part.lower()})" if child.part else ""
    return ChoicesField(
        name=f"kinds_{number}", label=say.fit(f"Categories{of}", say.HEADING, end=part), options=offered, most=3,
        hint="For this child in this part. Up to three.",
    )  # fmt: skip


_JUDGED: tuple[Part, ...] = (
    ChoiceField(name="level", label="Level", options=LEVELS, required=True),
    TextField(
        name="threshold", label=labels.DECISION["threshold"], long=True, most=900,
        hint="Which of your local partnership's thresholds, and what does or does not meet it.",
    ),
    ChoiceField(name="seen", label=labels.DECISION["seen"], options=SEEN, required=True, menu=True),
    ChoiceField(name="parents", label=labels.DECISION["parents"], options=PARENTS, required=True, menu=True),
    TextField(name="parents_why", label=labels.DECISION["parents_why"], most=500),
    TextField(
        name="consulted", label=labels.DECISION["consulted"], most=300, hint="Names and roles, in school and outside.",
        asks=Asks.NAME,
    ),
)  # fmt: skip
_DECIDED: tuple[Part, ...] = (
    Heading("Decision"),
    ChoiceField(name="outcome", label="Decision", options=OUTCOMES, required=True, menu=True),
    TextField(
        name="rationale", label="Rationale", required=True, long=True, most=2500,
        hint="Why this decision, what it rests on, and which threshold it meets.",
    ),
    TextField(name="rejected", label="What you considered and did not choose", long=True, most=800),
    DateField(name="review_date", label="Review on", looks=Looks.AHEAD, hint="Leave this blank for the usual time."),
    TextField(
        name="tell_reporter", label=labels.DECISION["tell_reporter"], most=400,
        hint="They read this from their receipt. No child's name, and nothing they do not need to know.",
    ),
)  # fmt: skip


def told(reference: str, words: str, ring: Sequence[Part] = ()) -> Form:
    """What the lead tells the reporter, and whom they may ring themselves: read in a window, never in chat."""
    nothing = () if ring else (Words(text="Nothing has been written for you yet."),)
    said: tuple[Part, ...] = tuple(pieces(words)) if words else nothing
    where = Words(text=f"Your concern {reference}", subtle=True)
    return Form(id=TOLD, key=reference, title="A message for you", parts=(where, *said, *ring))


def second(key: str, reference: str, read: Sequence[Sequence[Part]] = (), *, number: int = READ) -> Form:
    """The second reader sees what was judged and decided and why, and says on the last page whether it stands."""
    first = READ + 1 - max(1, len(read))
    number = max(first, min(number, READ))
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    asked: tuple[Part, ...] = (
        ChoiceField(name="agreed", label="Does it stand?", options=AGREE, required=True),
        TextField(name="reading", label="Your reasons", required=True, long=True, most=1500),
    )
    parts = (*about, *(read[number - first] if read else ()), *(asked if number == READ else ()))
    return Form(
        id=SECOND, key=key, page=number, title="Second reader", parts=parts, back=number > first,
        submit="Record" if number == READ else "Go on", leave="Cancel",
    )  # fmt: skip
