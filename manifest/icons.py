"""The app's mark: a speech bubble with a listening ear in it, drawn with the standard library alone.

Shapes are signed distances (negative inside) in a square of 96 units. `python -m manifest icons` writes the two
pictures to be looked at. No drawing library is allowed here.
"""

import functools
import itertools
import math
import struct
import zlib
from collections.abc import Callable, Sequence

ACCENT = "#0f4c5c"
"""The bubble's colour; white upon it has a contrast of 9.5 to 1."""

Point = tuple[float, float]
Distance = Callable[[Point], float]
Layer = tuple[Distance, tuple[int, int, int]]

_UNITS = 96.0
_TEAL = (0x0F, 0x4C, 0x5C)
_WHITE = (255, 255, 255)

# Cubic curves; each begins where the one before ends.
_HELIX = (
    ((30.8, 42.4), (29.1, 13.9), (66.7, 13.9), (65.6, 41.3)),
    ((65.0, 55.0), (53.6, 52.7), (53.1, 63.0)),
    ((52.5, 70.9), (41.1, 70.9), (38.8, 63.0)),
)
_INNER = (
    ((41.7, 41.3), (41.7, 28.2), (55.3, 28.2), (54.8, 40.7)),
    ((54.2, 47.6), (46.2, 46.4), (46.2, 53.3)),
)


@functools.cache
def colour() -> bytes:
    """192 by 192: the bubble filled, on a transparent ground."""
    ear = _either(_stroke(_curve(_HELIX), 7.0), _stroke(_curve(_INNER), 6.0))
    return _png(192, ((_bubble, _TEAL), (ear, _WHITE)))


@functools.cache
def outline() -> bytes:
    """32 by 32: white lines on a transparent ground, as Teams wants it."""
    # The ear a little smaller and without its inner fold: at this size they would run into one another.
    ear = [(48.0 + (x - 48.0) * 0.86, 42.0 + (y - 43.0) * 0.86) for x, y in _curve(_HELIX)]
    mark = _either(_edge(_bubble, 6.5), _stroke(ear, 6.5))
    return _png(32, ((mark, _WHITE),))


def _bubble(at: Point) -> float:
    return min(_rounded_box(at, (48.0, 43.0), (42.0, 36.0), 21.0), _triangle(at))


def _rounded_box(at: Point, middle: Point, half: Point, radius: float) -> float:
    x = abs(at[0] - middle[0]) - half[0] + radius
    y = abs(at[1] - middle[1]) - half[1] + radius
    return math.hypot(max(x, 0.0), max(y, 0.0)) + min(max(x, y), 0.0) - radius


_TAIL: tuple[Point, Point, Point] = ((20.0, 68.0), (46.0, 74.0), (20.0, 93.0))


def _triangle(at: Point) -> float:
    """How far outside the furthest of its three sides."""
    sides = zip(_TAIL, (*_TAIL[1:], _TAIL[0]), strict=True)
    return max(_beyond(at, begin, end) for begin, end in sides)


def _beyond(at: Point, begin: Point, end: Point) -> float:
    along = (end[0] - begin[0], end[1] - begin[1])
    across = (at[0] - begin[0]) * along[1] - (at[1] - begin[1]) * along[0]
    return across / math.hypot(*along)


def _edge(shape: Distance, width: float) -> Distance:
    """The inner rim of a shape."""
    return lambda at: max(shape(at), -shape(at) - width)


def _either(*shapes: Distance) -> Distance:
    return lambda at: min(shape(at) for shape in shapes)


def _stroke(line: Sequence[Point], width: float) -> Distance:
    """A line with round ends."""
    pairs = tuple(itertools.pairwise(line))
    left, right = min(x for x, _ in line), max(x for x, _ in line)
    top, bottom = min(y for _, y in line), max(y for _, y in line)

    def distance(at: Point) -> float:
        beside = max(left - at[0], at[0] - right, top - at[1], at[1] - bottom) - width / 2
        # Far from the line its exact distance does not matter, and most of a picture is far.
        return beside if beside > 2.0 else min(_from_segment(at, begin, end) for begin, end in pairs) - width / 2

    return distance


def _from_segment(at: Point, begin: Point, end: Point) -> float:
    run = (end[0] - begin[0], end[1] - begin[1])
    to = (at[0] - begin[0], at[1] - begin[1])
    share = (to[0] * run[0] + to[1] * run[1]) / (run[0] ** 2 + run[1] ** 2)
    share = min(1.0, max(0.0, share))
    return math.hypot(to[0] - share * run[0], to[1] - share * run[1])


def _curve(parts: Sequence[Sequence[Point]], steps: int = 14) -> tuple[Point, ...]:
    """The points of joined cubic curves."""
    line = [parts[0][0]]
    for part in parts:
        a, b, c, d = part if len(part) == 4 else (line[-1], *part)
        line += [_on(a, b, c, d, step / steps) for step in range(1, steps + 1)]
    return tuple(line)


def _on(a: Point, b: Point, c: Point, d: Point, share: float) -> Point:
    rest = 1.0 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
    return x, y


def _png(size: int, layers: Sequence[Layer]) -> bytes:
    """Red, green, blue, alpha, eight bits each (PNG, colour type 6)."""
    rows = [b"\0" + b"".join(_pixel(x, y, size, layers) for x in range(size)) for y in range(size)]
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _pixel(x: int, y: int, size: int, layers: Sequence[Layer]) -> bytes:
    scale = size / _UNITS
    at = ((x + 0.5) / scale, (y + 0.5) / scale)
    alpha, ink = 0.0, layers[0][1]
    for shape, tint in layers:
        cover = min(1.0, max(0.0, 0.5 - shape(at) * scale))
        ink = _mixed(ink, tint, cover) if alpha else tint
        alpha += (1.0 - alpha) * cover
    return bytes((*ink, round(alpha * 255)))


def _mixed(under: tuple[int, int, int], over: tuple[int, int, int], cover: float) -> tuple[int, int, int]:
    red, green, blue = (round(u + (o - u) * cover) for u, o in zip(under, over, strict=True))
    return red, green, blue
