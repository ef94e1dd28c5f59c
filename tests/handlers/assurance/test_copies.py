"""A copy of the trail's end each school day, to the chair and the data protection officer, apart from the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.assurance import copies
from handlers.notice import NoticeKind
from handlers.rules.people import PersonId, Role
from store.inspecting.notes import read_line
from store.notes import Signer, line_of
from store.opening import open_units
from tests.handlers.acting import told
from tests.handlers.conftest import KEY
from tests.handlers.losing import cards
from tests.handlers.posting import works
from tests.handlers.school import COLIN, PEOPLE, ROLL, SCHOOL, TOM, Here

SIGNER = Signer.of(bytes(range(32)))
DPO = replace(TOM, roles=frozenset({Role.DPO}))
OFFICERS = tuple((DPO if person is TOM else person, accounts) for person, accounts in PEOPLE)


@pytest.fixture
async def kept(sqlite_url: str) -> AsyncIterator[Here]:
    units = await open_units(sqlite_url, root_key=KEY, schools=(replace(ROLL, people=OFFICERS),))
    yield Here(units)
    await units.close()


def day(number: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, number, hour, tzinfo=UTC)


async def ticks(here: Here, when: datetime) -> int:
    here.at = when
    return await copies.send_all(here.units, at=when)


async def signed(here: Here, when: datetime) -> str:
    """The line of what is signed then, after something has happened."""
    here.at = when
    await here.raises()
    note = await here.units.sign(SCHOOL.id, SIGNER)
    assert note is not None
    return line_of(note.checkpoint)


async def sent(here: Here) -> set[object]:
    return {to for kind, to, _ in await told(here) if kind is NoticeKind.CHECKPOINT}


async def test_the_chair_and_the_officer_have_it_once_a_school_day_and_nobody_else(kept):
    await signed(kept, day(9))
    assert [await ticks(kept, when) for when in (day(9, 7), day(9), day(9, 11))] == [0, 1, 0]
    assert await sent(kept) == {COLIN.id, DPO.id}
    assert [await ticks(kept, when) for when in (day(10), day(14), day(16))] == [1, 0, 1]  # the 14th is a Saturday


async def test_before_anything_was_signed_there_is_nothing_to_keep(kept):
    assert await ticks(kept, day(9)) == 0
    await signed(kept, day(9))
    assert await ticks(kept, day(9)) == 1


async def test_a_school_that_names_neither_tells_nobody(sqlite_url):
    neither = tuple((person, accounts) for person, accounts in PEOPLE if person is not COLIN)
    units = await open_units(sqlite_url, root_key=KEY, schools=(replace(ROLL, people=neither),))
    here = Here(units)
    await signed(here, day(9))
    assert (await ticks(here, day(9)), await sent(here)) == (0, set())
    await units.close()


async def test_each_day_s_message_stays_and_says_what_was_signed_then(kept, post):
    first = await signed(kept, day(9))
    await ticks(kept, day(9))
    await works(kept, post)
    second = await signed(kept, day(10))
    await ticks(kept, day(10))
    await works(kept, post)
    for person in (COLIN, DPO):
        shown = cards(post, person)
        assert first in shown and second in shown and first != second
        assert shown.count("'Line to keep'") == 2
    line = read_line(first)
    assert line is not None and line.mark == str(SCHOOL.id)[:8]


async def test_nothing_of_a_concern_is_on_it(kept, post):
    await signed(kept, day(9))
    await ticks(kept, day(9))
    await works(kept, post)
    shown = cards(post, DPO)
    assert "26-0001" not in shown
    assert not any(name in shown for name in ("Mia", "Tess", "sleeve", SCHOOL.name))


async def test_whoever_keeps_none_any_more_is_shown_none(kept, post):
    await signed(kept, day(9))
    await ticks(kept, day(9))
    async with kept.units(SCHOOL.id) as uow:
        (notice,) = [one.notice for one in await uow.outbox.claim(most=50) if one.notice.to == DPO.id]
        assert await copies.draw(uow, notice, day(9)) is not None
        assert await copies.draw(uow, replace(notice, to=PersonId(COLIN.id)), day(9)) is not None
        assert await copies.draw(uow, replace(notice, to=PEOPLE[0][0].id), day(9)) is None
        assert await copies.draw(uow, replace(notice, step="checkpoint:2026-11-09:99"), day(9)) is None
