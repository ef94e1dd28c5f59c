"""To whoever reported it, each time that nobody has answered: who was asked, whom to ring, and that it is pressed on.

In their own chat. No child, no kind, no word of what they wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.rules.concern import Concern
from handlers.ui import due
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Part, Press, Words
from handlers.ui.due import Due
from handlers.ui.numbers import NOBODY, Numbers

RUNGS: Mapping[str, str] = {
    "now_5": "Nobody has answered in 5 minutes",
    "now_10": "Nobody has answered in 10 minutes",
    "now_15": "Nobody has answered in 15 minutes",
    "today_30": "Nobody has answered in 30 minutes of school time",
    "today_60": "Nobody has answered in an hour of school time",
    "today_120": "Nobody has answered in two hours of school time",
    "home_time": "Nobody has answered, and home time is near",
    "passed_over_0": "Whoever was asked first is away or out of reach",
    "passed_over_1": "Everybody asked so far is away or out of reach",
}
"""How it begins, by the step of `rules.clocks` or of being passed over that has come."""
AGAIN, UNDECIDED, DANGER = "again", "undecided", "danger"
"""How the other steps begin; their minutes follow."""
HOME_TIME = "now_0"
PRESSED_ON = "Heard goes on asking, and asks the next in line, until somebody answers."
OUT_OF_DATE = "You need ring nobody from this list any more: what it was about has been sent, changed or thrown away"
EMERGENCY = "If a child may be in danger, ring 999."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who was asked, and whom to ring."""

    silent: Numbers
    """Who was asked before and has not answered."""
    fresh: Numbers = NOBODY
    """Who is being asked now."""
    unwritten: Numbers = NOBODY
    """Who has it and cannot be asked by chat."""
    closed: bool = False
    """School is closed."""
    everybody: bool = False
    """There is nobody further up in school."""
    outside: tuple[str, str] = ("", "")


def said(step: str, *, owned: bool = False) -> str:
    """How the message of that step begins."""
    kind = step.partition(":")[0]
    if kind == HOME_TIME:
        return "Home time has come and nothing has been decided" if owned else "Home time has come and nobody has it"
    name, _, minutes = kind.rpartition("_")
    if name in _AFTER:
        return _AFTER[name].format(length=due.length(int(minutes)))
    return RUNGS[kind]


_AFTER: Mapping[str, str] = {
    AGAIN: "Nobody has answered in {length}",
    UNDECIDED: "Nothing has been decided in {length}",
    DANGER: "Nobody has said in {length} that they are on it",
}


def ring_card(
    concern: Concern, step: str, asked: Asked, *, since: str, owner: str = "", passed: bool = True
) -> Card:
    """`since`: when it is due, as it is read, and whether that has `passed`; `owner`: whose it is, where somebody owns
    it."""
    asks = Due(
        what=f"{said(step, owned=bool(owner))}: your concern {concern.reference}",
        when=f"due {'since' if passed else 'by'} {since}", whose=due.belongs_to(owner), do=_DO,
    )  # fmt: skip
    add = Button(press=Press.ADD, label="Add to it", subject=concern.id, version=concern.version)
    return due.card(asks, (*_parts(asked), Buttons((add,))))


def danger_card(step: str, asked: Asked, carry_on: Button, *, since: str) -> Card:
    """To whoever is still writing that somebody is in danger."""
    asks = Due(what=said(step), when=f"you said {since} that somebody may be in danger", whose=NOBODY_ON_IT, do=_DO)
    return due.card(asks, (*_parts(asked), Buttons((carry_on,))))


_DO = "Ask for one of them in person, or ring now"
NOBODY_ON_IT = "Nobody is on it yet"


def _parts(asked: Asked) -> tuple[Part, ...]:
    """Whom to ring: whoever is here before the outside number, and whoever is away after it."""
    parts: list[Part] = [Words(text=EMERGENCY, alert=True)]
    told = [
        *_told("These have been asked and have not answered:", asked.silent),
        *_told("These are being asked now:", asked.fresh),
        *_told("Heard has no chat with these, so ring them:", asked.unwritten),
    ]
    here = [one for one in told if one.numbers.here]
    parts += [part for one in here for part in one.drawn()]
    if asked.closed or asked.everybody or not asked.silent or not here:
        parts += [Words(text=_why_outside(asked), alert=True), Facts((asked.outside,))]
    parts += [part for one in told if one not in here for part in one.drawn()]
    return (*parts, Words(text=PRESSED_ON))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    says: str
    numbers: Numbers

    def drawn(self) -> tuple[Part, ...]:
        return Words(text=self.says), Facts(self.numbers.listed())


def _told(says: str, numbers: Numbers) -> tuple[_Told, ...]:
    return (_Told(says=says, numbers=numbers),) if numbers else ()


def _why_outside(asked: Asked) -> str:
    if asked.closed:
        return "School is closed. If you do not reach one of them, ring this number yourself:"
    if not asked.everybody and (asked.silent or asked.fresh):
        return "All of them are away. If you do not reach one of them, ring this number yourself:"
    return "There is nobody else in school to ask. If you do not reach one of them, ring this number yourself:"


def settled(concern: Concern, state: str) -> Card:
    """In the place of one that stands, once somebody has answered."""
    facts = Facts((("Your concern", concern.reference), ("State", state)))
    heading = f"Somebody has answered: your concern {concern.reference}"
    return Card(summary=heading, parts=(Heading(heading), facts))


def over(accepted: tuple[str, str] | None = None) -> Card:
    """The same of what was still being written: who is on it and since when, or that this message is out of date."""
    heading = OUT_OF_DATE
    if accepted:
        heading = f"{accepted[0]} has been on it since {accepted[1]}: you said that somebody may be in danger"
    return Card(summary=heading, parts=(Heading(heading),))
