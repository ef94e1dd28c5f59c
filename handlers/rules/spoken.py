"""Text as the words that it is read by: folded, so that one name typed in many ways is one. Pure.

Accents, capitals, dots, hyphens, apostrophes, invisible characters and letters that only look alike make no difference.
Nothing here is ever shown: it is only compared.
"""

import re
import unicodedata
from dataclasses import dataclass

_POSSESSIVE = re.compile(r"(?<=[^\W_])['’‘ʼ＇`´][sS]\b")
_APOSTROPHES = "'’‘ʼʻʹ′＇`´‛ʾʿ"
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, ""),
        **dict(zip("АВЕКМНОРСТУХІЈЅӀԚԜ", "ABEKMHOPCTYXIJSIQW", strict=True)),
        **dict(zip("авекмнорстухіјѕӏԛԝһԁ", "abekmhopctyxijslqwhd", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **dict(zip("αεικνορτυγ", "aeiknoptuy", strict=True)),
        **dict(zip("øØłŁđĐðÐıɑɡŋħŧ", "oOlLdDdDiagnht", strict=True)),
        "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ẞ": "SS",
    }
)
"""Letters of other scripts that stand for Latin ones, and those that Unicode does not take apart."""
_DIGITS = str.maketrans("013457", "oleast")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    """Folded."""
    capital: bool
    """Whether it was begun with one."""


def words(text: str) -> tuple[Word, ...]:
    """Every word in order; what stands between words is dropped."""
    return tuple(Word(_folded(word), word[0].isupper()) for word in _WORD.findall(_plain(text)))


def folded(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(text))


def searched(text: str) -> tuple[str, ...]:
    """The same of what is typed into a search, where a word may be half a word: no letter of it is left out."""
    return tuple(word.casefold() for word in _WORD.findall(_latin(text)))


def _plain(text: str) -> str:
    return _latin(_POSSESSIVE.sub("", text))


def _latin(text: str) -> str:
    """Latin letters without accents, nothing invisible; capitals are kept."""
    known = text.translate(_ALIKE)
    if known.isascii():
        return known
    taken_apart = unicodedata.normalize("NFKD", known)
    kept = "".join(one for one in taken_apart if unicodedata.category(one) not in _UNSEEN)
    return kept.translate(_ALIKE)


_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cn", "Co", "Cs"})
"""Accents, and what takes no room: bidi marks, joiners."""


def _folded(word: str) -> str:
    """A figure among letters is the letter that it is written for."""
    plain = word.casefold()
    if word.isalpha():
        return plain
    letters = sum(one.isalpha() for one in plain)
    return plain.translate(_DIGITS) if 2 < letters < len(plain) else plain
