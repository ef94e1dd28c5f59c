"""The database keeps it, and its answer is lost on the way: nobody is told that it is not so, and it is kept once."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import pytest

from handlers.account import quick, review
from handlers.conversation import Complaints, FormSubmitted, Reply
from handlers.desk import kept
from handlers.errors import Away, Unsure
from handlers.rules.concern import Status
from handlers.rules.school import SchoolId
from handlers.ui.card import Press
from store.opening import open_units
from store.unit_of_work import Units
from tests.handlers.school import ANSWERS, LEE, ROLL, SCHOOL, TESS, Here, account, words

KEY = bytes(range(1, 33))
WRONG = ("has not reached", "nothing has been changed", "nobody has read")
"""What would not be true."""


def answers_lost(units: Units) -> Callable[[], int]:
    """From now on each COMMIT is done, and what the database says to it does not arrive; how many were."""
    dialect: Any = units._engine.sync_engine.dialect
    commit, lost = dialect.do_commit, [0]

    def loses(connection: Any) -> None:
        commit(connection)
        lost[0] += 1
        raise TimeoutError

    dialect.do_commit = loses
    return lambda: lost[0]


def answers_come(units: Units) -> None:
    del units._engine.sync_engine.dialect.do_commit
    units._silent_at = float("-inf")


class Keeper:
    async def keep(self, school: SchoolId, words: bytes, *, once: str) -> Sequence[tuple[str, str]]:
        return ()


@pytest.fixture
async def here(database_url: str):
    units = await open_units(database_url, root_key=KEY, schools=(ROLL,))
    yield Here(units)
    await units.close()


async def _sends(here: Here, key: str, page: int) -> Reply:
    inbound = FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=ANSWERS)
    return await here.answers(inbound)


async def _up_to_the_last(here: Here) -> str:
    key = str(uuid4())
    for page in (1, 2, 3, 4):
        await _sends(here, key, page)
    return key


def _true(text: str) -> None:
    assert not any(wrong in text for wrong in WRONG), text


async def test_a_concern_that_may_be_kept_is_not_said_to_be_lost_and_is_kept_once(here: Here):
    key = await _up_to_the_last(here)
    lost = answers_lost(here.units)
    reply = await _sends(here, key, review.PAGE)
    assert lost() == 1
    assert isinstance(reply, Complaints)
    assert "may not have reached the leads" in reply.by_field[""]
    _true(reply.by_field[""])
    answers_come(here.units)
    await _sends(here, key, review.PAGE)
    async with here.units(SCHOOL.id) as uow:
        assert len(await uow.concerns.open()) == 1


async def test_what_is_kept_in_the_spool_meanwhile_is_not_said_to_be_unread(here: Here):
    object.__setattr__(here.desk, "keeper", Keeper())
    key = await _up_to_the_last(here)
    answers_lost(here.units)
    told = words(await _sends(here, key, review.PAGE))
    assert "it may not have been read yet" in told
    _true(told)


async def test_a_press_that_may_be_done_is_not_said_to_have_changed_nothing(here: Here):
    concern = await here.raises()
    answers_lost(here.units)
    told = words(await here.press(LEE, Press.ACCEPT, concern.id))
    assert told.startswith("We cannot tell whether that was done")
    _true(told)
    answers_come(here.units)
    assert (await here.concern(concern.id)).status is Status.ACCEPTED


async def test_what_fails_before_is_known_not_to_be_done(here: Here):
    async def fails() -> None:
        async with here.units(SCHOOL.id):
            raise TimeoutError

    with pytest.raises(Away) as failure:
        await fails()
    assert not isinstance(failure.value, Unsure)


def test_who_sends_a_form_of_one_page_is_told_what_becomes_of_one_that_lacks_an_answer():
    sent = FormSubmitted(who=account(TESS), form=quick.ID, key=str(uuid4()), page=1, values={})
    told = " ".join(getattr(part, "text", "") for part in kept.saved(sent, ()).parts)
    assert "If an answer is missing, it waits among what you have not sent" in told
