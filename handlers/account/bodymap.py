"""The marks that were seen on a body, as a picture made of characters and as words under it. Pure.

A picture at an address would have to be public, and a copy of it would stay in the chat vendor's cache. This one is
text inside a window that one person opened: it is gone when the window is closed. Exports draw it with `bodymap_svg`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.rules.chronology import Answers
from handlers.ui import choices
from handlers.ui.card import Facts, Heading, Sketch, Words

MOST = 3
"""Marks that have a place of their own in the form."""
Cell = tuple[int, int]
"""(row, column) in one figure."""

_LABELS = {option.key: option.label for option in choices.REGIONS}
_SIDES = {option.key: option.label.lower() for option in choices.SIDES}
_SKIN = {option.key: option.label for option in choices.SKIN}

_BODY = (
    r"      |   |      ",
    r"  .---'   '---.  ",
    r" /             \ ",
    r"|   |       |   |",
    r"|   |\     /|   |",
    r"|   | |   | |   |",
    r"|   |/     \|   |",
    r"(___)       (___)",
    r"    |   |   |    ",
    r"    |   |   |    ",
    r"    |   |   |    ",
    r"    |---|---|    ",
    r"    |   |   |    ",
    r"    |   |   |    ",
    r"    (___|___)    ",
)
_CROWN = (r"      .---.      ", r"    .'     '.    ")
FRONT = (*_CROWN, r"   (| o   o |)   ", r"    |   ^   |    ", r"     \ --- /     ", *_BODY)
BACK = (*_CROWN, r"   (|       |)   ", r"    |       |    ", r"     \     /     ", *_BODY)
WIDE, TALL = 17, len(FRONT)
_SECOND = WIDE + 3
"""The column at which the back begins."""
_BESIDE = WIDE
"""The column beside a figure where a number stands whose side was not given."""
_TITLES = "R     FRONT     L".ljust(_SECOND) + "L     BACK      R"
_BLANK = " _-"
"""What a second number beside the first may stand on."""

_TRUNK = {"forehead": (1, 6), "eye": (2, 6), "cheek": (3, 6), "mouth": (4, 7), "neck": (5, 7), "chest": (8, 6),
          "belly": (10, 7), "groin": (12, 6), "head": (2, 6), "upper_back": (8, 6), "lower_back": (10, 7),
          "buttock": (12, 6)}
"""Regions that have a middle, with the cell of the side that is drawn on the left."""
_LIMBS = {"ear": (2, 3), "shoulder": (6, 4), "upper_arm": (8, 2), "forearm": (10, 2), "elbow": (10, 2),
          "hand": (12, 2), "thigh": (14, 6), "shin": (17, 6), "calf": (17, 6), "foot": (19, 6), "sole": (19, 6)}
"""Regions that a body has twice, with the cell of the one that is drawn on the left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark as it was described; whatever was not said is empty."""

    number: int
    region: str = ""
    """A key of `choices.REGIONS`."""
    side: str = ""
    """The child's own side: a key of `choices.SIDES`."""
    look: str = ""
    broken: str = ""
    """Whether the skin was broken: a key of `choices.SKIN`."""
    why: str = ""
    by: str = ""
    """Who gave that explanation."""

    @property
    def where(self) -> str:
        """The place in words: `Front: forearm, left`."""
        if self.region not in _LABELS:
            return "where it was has not been said"
        return f"{_LABELS[self.region]}, {_SIDES.get(self.side, 'side not given')}"

    @property
    def face(self) -> str:
        return self.region.partition("_")[0]

    @property
    def part(self) -> str:
        """The region without its face: `forearm`."""
        return self.region.partition("_")[2]


def names(number: int) -> dict[str, str]:
    """The names of that mark's fields in the form, by what they hold."""
    return {
        "region": f"mark_{number}", "side": f"mark_side_{number}", "look": f"mark_look_{number}",
        "broken": f"mark_broken_{number}", "why": f"mark_why_{number}", "by": f"mark_by_{number}",
    }


FIELDS = tuple(name for number in range(1, MOST + 1) for name in names(number).values())
"""In the order of the form."""


def first(answers: Answers) -> str:
    """The first field in which anything is said of a mark; empty where nothing is."""
    return next((name for name in FIELDS if answers.get(name)), "")


def marks(answers: Answers) -> tuple[Mark, ...]:
    """The marks of which anything was said, in order."""
    told = {n: {what: str(answers.get(name) or "") for what, name in names(n).items()} for n in range(1, MOST + 1)}
    return tuple(Mark(number=number, **said) for number, said in told.items() if any(said.values()))


def parts(answers: Answers) -> tuple[Heading | Words | Sketch | Facts, ...]:
    """The picture and under it the list, for the window in which an account is read; nothing where none was seen."""
    seen = marks(answers)
    if not seen:
        return ()
    drawn = (drawing(seen),) if any(mark.region in _LABELS for mark in seen) else ()
    return (Heading("Marks on the body"), *drawn, *(Facts(tuple(_listed(mark))) for mark in seen))


def drawing(seen: Sequence[Mark]) -> Sketch:
    """Front and back side by side, each number at its region; sides are the child's own."""
    rows = [list(_TITLES), *(list(front.ljust(_SECOND) + back) for front, back in zip(FRONT, BACK, strict=True))]
    taken: set[tuple[str, Cell]] = set()
    for mark in seen:
        if mark.region in _LABELS:
            _put(rows, mark, taken)
    return Sketch(lines=tuple("".join(row).rstrip() for row in rows), alt=in_words(seen))


def in_words(seen: Sequence[Mark]) -> str:
    """What the picture shows, for whoever cannot see it."""
    places = "; ".join(f"{mark.number}, {mark.where}" for mark in seen)
    unsided = any(mark.region in _LABELS and cell(mark) is None for mark in seen)
    beside = " A number with a question mark stands beside the body: its side is not known." if unsided else ""
    return f"Drawing of a body, front and back; R and L are the child's own right and left. Marks: {places}.{beside}"


def cell(mark: Mark) -> Cell | None:
    """Where in its figure the mark stands; None where that cannot be known without its side."""
    if mark.side == "middle":
        row, left = _TRUNK.get(mark.part, (0, 0))
        return (row, WIDE // 2) if left else None
    if mark.side not in _SIDES:
        return None
    row, left = _TRUNK.get(mark.part) or _LIMBS[mark.part]
    on_the_left = (mark.face == "front") == (mark.side == "right")
    return (row, left if on_the_left else WIDE - 1 - left)


def _put(rows: list[list[str]], mark: Mark, taken: set[tuple[str, Cell]]) -> None:
    at = cell(mark)
    sign, cells = (str(mark.number), _near(mark.face, at)) if at else (f"{mark.number}?", _beside(mark))
    row, column = next(found for found in cells if (mark.face, found) not in taken)
    taken.add((mark.face, (row, column)))
    start = column + (_SECOND if mark.face == "back" else 0)
    line = rows[row + 1]
    line += " " * (start + len(sign) - len(line))
    line[start : start + len(sign)] = sign


def _near(face: str, at: Cell) -> list[Cell]:
    """The cell itself, then the nearest free ones inside the figure: for a second mark at the same place."""
    figure = FRONT if face == "front" else BACK
    inside = [
        (row, column)
        for row, line in enumerate(figure)
        for column in range(len(line) - len(line.lstrip()) + 1, len(line.rstrip()) - 1)
        if line[column] in _BLANK
    ]
    return [at, *sorted(inside, key=lambda found: (2 * abs(found[0] - at[0]) + abs(found[1] - at[1]), found))]


def _beside(mark: Mark) -> list[Cell]:
    row, _ = _TRUNK.get(mark.part) or _LIMBS[mark.part]
    return sorted(((found, _BESIDE) for found in range(TALL)), key=lambda found: (abs(found[0] - row), found))


def _listed(mark: Mark) -> Iterator[tuple[str, str]]:
    which = f"Mark {mark.number}"
    yield which, mark.where
    said = {
        "size, shape, colour": mark.look,
        "skin broken": _SKIN.get(mark.broken, mark.broken),
        "explanation given": mark.why,
        "explained by": mark.by,
    }
    yield from ((f"{which}, {what}", words) for what, words in said.items() if words)
