"""One waking is one look into the outbox, and a place that is slow holds up nobody else's card."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import pairwise
from time import monotonic

import httpx
import pytest
from sqlalchemy import event

from bot import worker as working
from bot.meters import Meters, Timed
from bot.operating import Ready
from bot.signs import OutboxSign
from bot.web import web_app
from bot.worker import Worker
from handlers.rules.school import Place
from handlers.ui.card import Card, Press
from handlers.wing import Uses
from schedules.timetable import TIMETABLE
from store.opening import open_units
from store.unit_of_work import Units
from tests.bot.figures import asking
from tests.handlers.conftest import KEY
from tests.handlers.posting import Post
from tests.handlers.school import LEADS_ON_SLACK, LEE, ROLL, TESS, Here
from tests.journeys.gestures import PATIENT


class Slow(Post):
    """The leads' channel answers only when it is let to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def post(self, place: Place, card: Card) -> str:
        if place == LEADS_ON_SLACK:
            self.asked.set()
            await self.answers.wait()
        return await super().post(place, card)


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[Units]:
    opened = await open_units(sqlite_url, root_key=KEY, schools=(ROLL,))
    yield opened
    await opened.close()


@pytest.fixture
def here(units: Units, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setattr(working, "IDLE", 30.0)
    return Here(units)


async def test_lanes_that_hang_are_said_by_readyz_until_one_comes_round(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is that never ends: here a platform that is waited for by what knows no end of its patience."""
    monkeypatch.setattr(working, "HUNG", 0.5)
    monkeypatch.setattr(working, "IDLE", 0.05)
    goes_on = asyncio.Event()

    async def deliver(*_given: object, **_more: object) -> int:
        await goes_on.wait()
        return 0

    monkeypatch.setattr(working, "deliver_due", deliver)
    worker = Worker(Uses(units=here.units, directories={}), {}, lambda: here.at, meters=Meters())
    ready = Ready(units=here.units, worker=worker, outbox=OutboxSign(units=here.units))
    async with asking(web_app([], ready=ready, meters=Meters())) as client:
        assert (await client.get("/readyz")).status_code == 200, "nobody works here, and nobody was told to"
        worker.start()
        answer = await says(client, 503)
        assert (answer.json()["worker"], answer.json()["database"]) == (False, True)
        goes_on.set()
        await says(client, 200)
        worker._done["chase_danger"] -= 60
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()["timetable"]) == (503, False)
    await worker.close()


@contextmanager
def heard(units: Units) -> Iterator[list[str]]:
    """Every statement in that time."""
    statements: list[str] = []

    def hear(_conn, _cursor, statement, *_rest):
        statements.append(statement)

    engine = units._engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    yield statements
    event.remove(engine, "before_cursor_execute", hear)


def worker_of(here: Here, post: Post) -> Worker:
    worker = Worker(Uses(units=here.units, directories={}), {"slack": post}, lambda: here.at, meters=Meters())
    here.desk = type(here.desk)(units=here.units, now=lambda: here.at, wake=worker.wake, mishap=here.desk.mishap)
    return worker


async def until(holds) -> None:
    async with asyncio.timeout(PATIENT):
        while not holds():  # noqa: ASYNC110 (what is looked at tells nobody when it changes)
            await asyncio.sleep(0.01)


async def says(client: httpx.AsyncClient, status: int) -> httpx.Response:
    """What `/readyz` answers, once it is that."""
    async with asyncio.timeout(PATIENT):
        while (answer := await client.get("/readyz")).status_code != status:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0.01)
        return answer


def looks(statements: list[str]) -> list[str]:
    """Those that ask the outbox; which state the school is in is asked before each."""
    return [one for one in statements if "outbox" in one]


async def rests(worker: Worker) -> None:
    """Until one lane watches the outbox, the others wait for its place, and nobody has woken it."""
    await until(
        lambda: worker._watch.locked()
        and len(worker._watch._waiters or ()) == working.LANES - 1
        and not worker._woken.is_set()
    )


async def test_one_waking_is_one_look_that_takes_no_turn_where_nothing_is_due(here: Here) -> None:
    worker = worker_of(here, Post())
    worker.start()
    await rests(worker)
    with heard(here.units) as statements:
        worker.wake()
        await rests(worker)
    await worker.close()
    assert len(looks(statements)) == 1
    assert not [one for one in statements if not one.startswith(("SELECT", "WITH"))]


async def test_what_is_put_into_the_outbox_leaves_at_once_and_is_claimed_once(here: Here) -> None:
    post = Post()
    worker = worker_of(here, post)
    worker.start()
    await rests(worker)
    with heard(here.units) as statements:
        await here.raises()
        await until(lambda: post.at(LEADS_ON_SLACK))
        await rests(worker)
    await worker.close()
    claims = [one for one in statements if one.startswith("UPDATE outbox") and "leased_until_ms" in one]
    assert len(claims) == 1
    assert len(post.at(LEADS_ON_SLACK)) == 1


async def test_a_place_that_is_slow_holds_up_nobody_elses_card(here: Here) -> None:
    post = Slow()
    worker = worker_of(here, post)
    worker.start()
    await here.raises()
    await post.asked.wait()
    for _ in range(working.LANES - 2):
        before = len(post.standing)
        await here.raises()
        await until(lambda before=before: len(post.standing) > before)
    assert post.at(LEADS_ON_SLACK) == []
    post.answers.set()
    await until(lambda: len(post.at(LEADS_ON_SLACK)) == working.LANES - 1)
    await worker.close()


async def test_it_is_looked_into_from_time_to_time_when_nobody_wakes_it(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "IDLE", 0.1)
    here, post = Here(units), Post()
    worker = Worker(Uses(units=units, directories={}), {"slack": post}, lambda: here.at, meters=Meters())
    worker.start()
    await rests(worker)
    await here.raises()  # its desk wakes nobody, as another process would not
    await until(lambda: post.at(LEADS_ON_SLACK))
    await rests(worker)
    began = monotonic()
    with heard(units) as statements:
        await until(lambda: len(looks(statements)) >= 5)
        took = monotonic() - began
    await worker.close()
    assert len(looks(statements)) <= took / working.IDLE + 1  # one lane looks, not each of them


def test_no_two_jobs_of_the_same_time_are_done_at_once() -> None:
    """All at once they keep whoever presses then waiting for more than half a second (1,000 open concerns)."""
    when = dict(zip([job.name for job in TIMETABLE], working.firsts(TIMETABLE), strict=True))
    assert all(job.every / 2 < when[job.name] <= job.every for job in TIMETABLE)
    for every in {job.every for job in TIMETABLE}:
        times = sorted(when[job.name] for job in TIMETABLE if job.every == every)
        apart = [after - before for before, after in pairwise(times)]
        assert all(seconds > every / 2 / len(TIMETABLE) * 0.99 for seconds in apart), every


async def test_cards_make_way_for_people_who_are_being_answered_but_not_for_long(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "WAY", 30.0)
    here, post, meters = Here(units), Post(), Meters()
    worker = Worker(Uses(units=units, directories={}), {"slack": post}, lambda: here.at, meters=meters)
    here.desk = type(here.desk)(units=units, now=lambda: here.at, wake=worker.wake, mishap=here.desk.mishap)
    worker.start()
    with meters.answering():
        await here.raises()
        await asyncio.sleep(0.5)
        assert post.at(LEADS_ON_SLACK) == []
    await until(lambda: len(post.at(LEADS_ON_SLACK)) == 1)
    monkeypatch.setattr(working, "WAY", 0.2)
    with meters.answering():
        await here.raises()
        await until(lambda: len(post.at(LEADS_ON_SLACK)) == 2)
    await worker.close()


async def test_a_request_that_ends_in_a_fault_is_not_in_hand_any_more() -> None:
    meters, seen = Meters(), list[int]()

    async def app(_scope, _receive, _send):
        seen.append(meters.in_hand)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        await Timed(app, meters)({"type": "http", "path": "/slack/events"}, None, None)
    assert (seen, meters.in_hand) == ([1], 0)


async def test_closing_does_not_wait_for_the_next_look(here: Here) -> None:
    worker = worker_of(here, Post())
    worker.start()
    await rests(worker)
    async with asyncio.timeout(working.IDLE / 4):
        await worker.close()
    assert not worker.alive


async def test_the_desk_wakes_it_only_when_something_was_put_in(here: Here) -> None:
    woken: list[str] = []
    here.desk = type(here.desk)(
        units=here.units, now=lambda: here.at, wake=lambda: woken.append("x"), mishap=here.desk.mishap
    )
    for words in ("", "board", "help", "mine", "quality", "patterns"):
        await here.command(LEE, words)
    assert woken == []
    concern = await here.raises(TESS)
    assert woken == ["x"]
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert woken == ["x", "x"]
