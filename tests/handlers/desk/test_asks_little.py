"""How often the database is asked for what people do all day: counted, on both engines, the reading and the writing."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from handlers.conversation import ButtonPressed, CommandTyped, FormSubmitted, Inbound, OpenForm, Reply
from handlers.desk.desk import Desk
from handlers.post.deliveries import deliver_due
from handlers.ui.card import Press
from store.opening import open_units
from store.unit_of_work import Units
from tests.bench.filling import AT, BUSY, LEE, SCHOOL, TESS, account_of, fill, roll
from tests.handlers.posting import Post
from tests.statements import heard, told, turns
from tests.store.sample import ROOT

MOST = {"the form": 4, "a page": 7, "the same page again": 7, "a concern": 20, "Accept": 14}
"""Statements. The head of the school is one before and one after, for whoever writes; of what is sent and pressed two
ask what stands in the leads' place for the day, and which platform is down. Accept asks what is about whatever hangs
from the concern: it is another's to do from then on."""
OF_ITS_BATCH = {"a concern": (2, 19), "Accept": (2, 14)}
"""Transactions that write, and statements with the look before them, for the card and the receipt."""


@pytest.fixture
async def units(database_url: str) -> AsyncIterator[Units]:
    opened = await open_units(database_url, root_key=ROOT, schools=(roll(),))
    await fill(opened, database_url, 60)
    yield opened
    await opened.close()


async def _does(units: Units, inbound: Inbound) -> Reply:
    def broken(reference: str, error: BaseException) -> None:
        raise error

    return await Desk(units=units, now=lambda: AT, wake=lambda: None, mishap=broken).answer(inbound)


def _sent(key: UUID) -> Inbound:
    values = {"child_1": str(BUSY.id), "facts": "She held her sleeve down.", "urgency": "week"}
    return FormSubmitted(who=account_of(TESS), form="quick", key=str(key), page=1, values=values)


async def test_what_is_done_all_day_asks_little(units: Units) -> None:
    opened = await _does(units, CommandTyped(who=account_of(TESS), text=""))
    assert isinstance(opened, OpenForm)
    values = {"danger": "no", "about": "child", "urgency": "week"}
    form, key = opened.form, uuid4()
    page = FormSubmitted(who=account_of(TESS), form=form.id, key=form.key, page=1, values=values)
    does: dict[str, Inbound] = {
        "the form": CommandTyped(who=account_of(TESS), text=""),
        "a page": page,
        "the same page again": page,
        "a concern": _sent(key),
        "Accept": ButtonPressed(who=account_of(LEE), press=Press.ACCEPT, subject=key, version=1),
    }
    over: list[str] = []
    for name, inbound in does.items():
        with heard(units) as statements:
            await _does(units, inbound)
        if len(statements) > MOST[name]:
            over.append(f"{name}, {MOST[name]} at the most: {told(statements)}")
    assert not over, "\n".join(over)
    async with units.looking(SCHOOL.id) as uow:
        assert [one.owner for one in await uow.concerns.open() if one.id == key] == [LEE.id]


async def test_a_batch_of_cards_is_two_transactions(units: Units) -> None:
    """The card in the leads' place and the receipt, when they are new and when they change."""
    key, post = uuid4(), Post()
    does = {
        "a concern": _sent(key),
        "Accept": ButtonPressed(who=account_of(LEE), press=Press.ACCEPT, subject=key, version=1),
    }
    for name, inbound in does.items():
        await _does(units, inbound)
        with heard(units) as statements, turns(units) as taken:
            assert await _delivers(units, post) == 2
        writes, most = OF_ITS_BATCH[name]
        assert len(taken) <= writes, f"{name}: {len(taken)} transactions"
        assert len(statements) <= most, f"{name}, {most} at the most: {told(statements)}"
    assert await _delivers(units, post) == 0
    (card,) = post.at(SCHOOL.leads_places[0])
    assert "Accepted by" in str(card)
    assert len(post.standing) == 2


async def _delivers(units: Units, post: Post) -> int:
    def broken(reference: str, error: BaseException) -> None:
        raise error

    return await deliver_due(units, {"slack": post}, at=AT, mishap=broken)
