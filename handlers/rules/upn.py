"""A unique pupil number: its check letter, and the authority that gave it (DfE, "Unique pupil numbers"). Pure.

Thirteen characters: the check letter, three figures of the authority, four of the school, two of the year, three of the
child. The last one is a letter where the number is a temporary one.
"""

import re

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Without I, O and S; each stands for its place in it."""
_SHAPE = re.compile(rf"[{ALPHABET}]\d{{11}}[\d{ALPHABET}]")
_AUTHORITY = slice(1, 4)
_KNOWN = (
    range(201, 214), range(301, 321), range(330, 337), range(340, 345), range(350, 360), range(370, 374),
    range(380, 385), range(390, 395), (420,), range(660, 682), range(800, 897), range(908, 910), range(916, 917),
    range(919, 920), range(921, 943),
)  # fmt: skip
"""Numbers of authorities in England and Wales. New ones appear: a strange one is a warning and no fault."""


def read(text: str) -> str:
    """As it is kept: in capitals, without spaces."""
    return "".join(text.upper().split())


def is_valid(upn: str) -> bool:
    """Whether its check letter follows from the rest."""
    return bool(_SHAPE.fullmatch(upn)) and upn[0] == check_letter(upn[1:])


def check_letter(rest: str) -> str:
    """For the twelve characters behind it: each by its place, 2 to 13."""
    values = [int(one) if one.isdigit() else ALPHABET.index(one) for one in rest]
    return ALPHABET[sum(weight * value for weight, value in enumerate(values, start=2)) % len(ALPHABET)]


def has_known_authority(upn: str) -> bool:
    return any(int(upn[_AUTHORITY]) in some for some in _KNOWN)
