"""Bank holidays of the four nations, from the `holidays` library: the days themselves, for the school's calendar."""

from collections.abc import Iterable
from datetime import date

from holidays.countries.united_kingdom import UnitedKingdom

_SUBDIVISION = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


def bank_holidays(nation: str, years: Iterable[int]) -> frozenset[date]:
    """Every bank holiday of that nation in those years. KeyError for a nation that is none."""
    return frozenset(UnitedKingdom(subdiv=_SUBDIVISION[nation], years=list(years)))
