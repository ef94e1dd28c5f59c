"""A page of one's own reads what is open and the newest of the rest, and counts all that its reader may know of."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from handlers.overview import board
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Status
from handlers.ui.card import Buttons, Card, Press, Words
from store.opening import open_units
from store.unit_of_work import Units
from tests.bench.filling import AT, PEOPLE, SCHOOL, fill, roll
from tests.statements import heard
from tests.store.sample import ROOT

WRITER = PEOPLE[-1]
NEWEST = 2


@pytest.fixture
async def units(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Units]:
    """Of which the newest four hundred are open."""
    monkeypatch.setattr("handlers.overview.board.LATELY_CLOSED", NEWEST)
    opened = await open_units(database_url, root_key=ROOT, schools=(roll(),))
    await fill(opened, database_url, 1_500)
    yield opened
    await opened.close()


async def test_what_is_open_and_the_newest_of_the_rest_is_read_and_the_card_counts_them_all(units: Units) -> None:
    async with units.looking(SCHOOL.id, at=AT) as uow:
        all_of_them = await uow.concerns.reported_by(WRITER.id)
        closed = [one for one in all_of_them if one.status is Status.CLOSED]
        oldest = all_of_them[0]
        read, many = await uow.concerns.lately_reported_by(WRITER.id, closed=NEWEST, also=(oldest.id,))
        assert many == len(all_of_them) > len(read)
        opened = [one for one in all_of_them if one.status is not Status.CLOSED]
        assert list(read) == [oldest, *closed[-NEWEST:], *opened]
        card = await board.mine(uow, by=WRITER, at=AT)
    assert _label(card) == f"Show all {many}"
    assert f"And {many - 10} more." in [part.text for part in card.parts if isinstance(part, Words)]


async def test_what_has_come_to_name_them_is_in_no_count(units: Units) -> None:
    async with units(SCHOOL.id, at=AT) as uow:
        one = (await uow.concerns.reported_by(WRITER.id))[0]
        before = _label(await board.mine(uow, by=WRITER, at=AT))
        named = replace(one, named=frozenset({WRITER.id}))
        await uow.concerns.save(named, because=Entry(deed=Deed.NAMED, at=AT, by=None, thing=one.id))
    async with units.looking(SCHOOL.id, at=AT) as uow:
        after = _label(await board.mine(uow, by=WRITER, at=AT))
        whole = sum(len(listed.lines) for listed in await board.all_of_mine(uow, by=WRITER, at=AT))
    assert (before, after) == (f"Show all {whole + 1}", f"Show all {whole}")


async def test_it_asks_as_often_however_much_they_sent(units: Units) -> None:
    counts: list[int] = []
    for person in (WRITER, PEOPLE[0]):  # who heads the school has sent none
        async with units.looking(SCHOOL.id, at=AT) as uow:
            with heard(units) as statements:
                await board.mine(uow, by=person, at=AT)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def _label(card: Card) -> str:
    buttons = [button for part in card.parts if isinstance(part, Buttons) for button in part.buttons]
    return next(button.label for button in buttons if button.press is Press.LIST)
