"""What a test raises the short way is what the pages of the form come to, to the last word that is kept."""

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest

from handlers.rules import own_words
from handlers.rules.chronology import Answers, Entry
from tests.handlers.school import ABOUT_HELEN, ABOUT_LEE, ANSWERS, SCHOOL, TESS, Here

ACCOUNTS: Mapping[str, Answers] = {
    "of a child": ANSWERS,
    "of an adult": ABOUT_LEE,
    "of the head": ABOUT_HELEN,
    "for the record, by a relative": {**ANSWERS, "urgency": "record", "relative": "yes"},
    "with a phrase to look at": {**ANSWERS, "facts": "She was obviously lying. She held her sleeve down."},
    "of yesterday": {**ANSWERS, "learned": "yesterday"},
}


async def kept(here: Here, id: UUID) -> list[Entry]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(id, words=True)]


def less(told: Mapping[str, object]) -> dict[str, object]:
    """Without what is drawn by lot: the nonce, and the digest that is made with it."""
    return {name: value for name, value in told.items() if name not in {own_words.NONCE, own_words.FACT}}


@pytest.mark.parametrize("answers", ACCOUNTS.values(), ids=ACCOUNTS)
async def test_the_short_way_comes_to_what_the_pages_come_to(here, answers):
    long, short = uuid4(), uuid4()
    await here.raises_as_told(TESS, answers, key=long)
    await here.raises(TESS, answers, key=short)
    told = [
        [(entry.deed, entry.by, entry.at, less(entry.facts), less(entry.words)) for entry in await kept(here, id)]
        for id in (long, short)
    ]
    assert told[0] == told[1]
    first, second = await here.concern(long), await here.concern(short)
    same = ("about", "route", "urgency", "named", "children", "reporter_as", "rung", "version", "status")
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]
