"""The marks on a body as a picture for exports: an outline, front and back, with numbered marks. Pure.

Text alone: nothing in it is fetched, no script, no style sheet, no font of its own. Never used in chat, where a picture
would have to stand at an address. No word that anybody typed is in it: the list of marks goes with it in words.
"""

from collections.abc import Iterator, Sequence

from handlers.account.bodymap import Mark, in_words
from handlers.ui.choices import REGIONS

WIDTH, HEIGHT = 520, 470
Point = tuple[float, float]

_MIDDLE = {"front": 130.0, "back": 390.0}
"""The line down the middle of each figure."""
_RADIUS = 9.0
_KNOWN = {option.key for option in REGIONS}

_HALF = (
    "M 0 30 C 22 30 33 46 32 66 C 34 64 37 67 36 73 C 35 80 32 82 30 81 C 27 93 20 100 13 104 L 13 116"
    " C 16 124 40 127 50 131 C 62 136 66 148 68 162 C 72 190 78 212 82 236 C 84 248 88 258 89 266"
    " C 91 277 87 290 81 290 C 75 290 71 281 70 268 C 64 244 56 218 50 190 C 47 208 43 218 43 230"
    " C 43 246 49 258 49 276 C 50 302 46 326 44 344 C 46 366 42 392 38 414 C 37 424 46 430 46 436"
    " C 46 441 30 442 22 440 C 16 438 18 428 18 418 C 18 392 14 366 16 344 C 15 322 9 300 4 282 L 0 282"
)
"""One half of the outline, its middle at x = 0; the other half is its mirror image."""

_TRUNK: dict[str, tuple[Point, float]] = {
    "forehead": ((0, 46), 14), "eye": ((0, 62), 13), "cheek": ((0, 78), 16), "mouth": ((0, 93), 9),
    "neck": ((0, 111), 9), "chest": ((0, 158), 26), "belly": ((0, 212), 22), "groin": ((0, 266), 20),
    "head": ((0, 58), 16), "upper_back": ((0, 156), 26), "lower_back": ((0, 214), 22), "buttock": ((0, 258), 22),
}
"""Regions that have a middle: the point there, and how far from it their left and right lie."""
_LIMBS: dict[str, Point] = {
    "ear": (34, 73), "shoulder": (50, 140), "upper_arm": (61, 172), "forearm": (73, 232), "elbow": (66, 208),
    "hand": (80, 274), "thigh": (27, 306), "shin": (31, 372), "calf": (31, 372), "foot": (32, 432), "sole": (32, 432),
}
"""Regions that a body has twice: the point of the one drawn on the right."""
_FACE = (
    '<path d="M -15 62 q 4 -4 8 0 M 7 62 q 4 -4 8 0 M 0 66 l -3 10 h 5 M -7 87 q 7 5 14 0"/>'
    '<path d="M -24 160 q 10 8 20 1 M 4 161 q 10 7 20 -1"/><path d="M -1.5 226 h 3"/>'
    '<path d="M -38 344 q 7 5 14 0 M 24 344 q 7 5 14 0"/>'
)
_SPINE = (
    '<path d="M 0 128 V 236"/><path d="M 0 244 V 282"/><path d="M -34 276 q 16 12 32 2 M 2 278 q 16 10 32 -2"/>'
    '<path d="M -26 148 q -2 16 8 24 M 26 148 q 2 16 -8 24"/>'
)


def svg(seen: Sequence[Mark]) -> str:
    """The whole picture as an SVG document; sides are the child's own."""
    drawn = "".join(_figure(face) for face in _MIDDLE)
    numbers = "".join(_numbers(seen))
    words = _escaped(in_words(seen))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{words}"><title>{words}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f"{drawn}{numbers}</svg>"
    )


def point(mark: Mark) -> Point | None:
    """Where in its figure the mark stands, from the middle line; None where that cannot be known without its side."""
    if mark.side == "middle":
        return _TRUNK[mark.part][0] if mark.part in _TRUNK else None
    if mark.side not in ("left", "right"):
        return None
    across, down = _LIMBS[mark.part] if mark.part in _LIMBS else _sideways(*_TRUNK[mark.part])
    return (across if (mark.face == "front") == (mark.side == "left") else -across, down)


def _sideways(middle: Point, apart: float) -> Point:
    return (apart, middle[1])


def _figure(face: str) -> str:
    left, right = ("R", "L") if face == "front" else ("L", "R")
    inside = _FACE if face == "front" else _SPINE
    half = f'<path d="{_HALF}" fill="#f6f3ee"/>'
    return (
        f'<g transform="translate({_MIDDLE[face]:g} 0)"><g fill="none" stroke="#444" stroke-width="1.6"'
        f' stroke-linejoin="round" stroke-linecap="round">{half}<g transform="scale(-1 1)">{half}</g>'
        f'<g stroke="#999" stroke-width="1.2">{inside}</g></g>'
        '<g font-family="sans-serif" font-size="13" fill="#222" text-anchor="middle">'
        f'<text y="18" font-size="15">{face.title()}</text>'
        f'<text x="-102" y="180">{left}</text><text x="102" y="180">{right}</text></g></g>'
    )


def _numbers(seen: Sequence[Mark]) -> Iterator[str]:
    taken: list[Point] = []
    for mark in seen:
        if mark.region not in _KNOWN:
            continue
        at, unsure = point(mark), ""
        if at is None:
            down = _LIMBS[mark.part][1] if mark.part in _LIMBS else _TRUNK[mark.part][0][1]
            at, unsure = (117.0, down), "?"
        placed = _free((at[0] + _MIDDLE[mark.face], at[1]), taken)
        taken.append(placed)
        yield _number(placed, f"{mark.number}{unsure}")


def _free(at: Point, taken: Sequence[Point]) -> Point:
    """That point, or where another mark stands already the next one towards the middle of the body."""
    across, down = at
    step = 2 * _RADIUS if down < HEIGHT / 2 else -2 * _RADIUS
    while any(abs(across - x) < 2 * _RADIUS and abs(down - y) < 2 * _RADIUS for x, y in taken):
        down += step
    return (across, down)


def _number(at: Point, words: str) -> str:
    across, down = at
    return (
        f'<circle cx="{across:g}" cy="{down:g}" r="{_RADIUS:g}" fill="#b00020" stroke="#fff" stroke-width="1.5"/>'
        f'<text x="{across:g}" y="{down + 4:g}" font-family="sans-serif" font-size="12" font-weight="bold" fill="#fff"'
        f' text-anchor="middle">{words}</text>'
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
