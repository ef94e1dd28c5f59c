"""Ed25519 (RFC 8032, 5.1): whether a signature is one. In plain Python, for whoever has nothing else.

Only to verify: nothing here is secret, so nothing need take the same time. A point is X, Y, Z, T with x = X/Z, y = Y/Z
and xy = T/Z.
"""

import functools
import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
Rows = list[list[Point]]


def add(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def decoded(point: bytes) -> Point | None:
    number = int.from_bytes(point, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def encoded(point: Point) -> bytes:
    x, y = (value * pow(point[2], -1, P) % P for value in point[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little")


def rows_of(point: Point) -> Rows:
    """Its multiples, for each digit of a number to the base 16: then to multiply is only to add."""
    rows: Rows = []
    for _ in range(64):
        row: list[Point] = [(0, 1, 1, 0)]
        for _ in range(15):
            row.append(add(row[-1], point))
        rows.append(row)
        point = add(row[-1], point)
    return rows


def multiplied(rows: Rows, number: int) -> Point:
    found: Point = (0, 1, 1, 0)
    for row in rows:
        found, number = add(found, row[number & 15]), number >> 4
    return found


@functools.cache
def base() -> Rows:
    point = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return rows_of(point) if point else []


@functools.cache
def taken_off(public: bytes) -> Rows | None:
    """Of the key's point, turned round; None where it is none."""
    point = decoded(public) if len(public) == 32 else None
    return rows_of((P - point[0], point[1], 1, P - point[3])) if point else None


def is_signature(public: bytes, signature: bytes, message: bytes) -> bool:
    rows, number = taken_off(public), int.from_bytes(signature[32:], "little")
    if rows is None or len(signature) != 64 or number >= L:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return encoded(add(multiplied(base(), number), multiplied(rows, hashed))) == signature[:32]
