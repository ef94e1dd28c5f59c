"""What is wrong is found by itself, told once in the log and by a card, and told once more when it is over."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot import worker as working
from bot.meters import Meters
from bot.signs import OFF, UNTAKEN, ClockSign, OutboxSign, RoomSign, SpoolSign
from bot.watch import EVERY, Watch
from bot.worker import GRACE, Worker
from handlers.errors import Away
from handlers.rules.trouble import Trouble
from handlers.ui.card import Card
from handlers.wing import Job, Uses
from store.opening import open_units
from store.spool import Spool
from store.unit_of_work import Units
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import HELEN, LEE, ROLL, SCHOOL, THEO, TUESDAY, Here

KEY = bytes(range(1, 33))
GUIDE = Path(__file__).parents[2] / "manifest" / "guide" / "technician.md"
HOUR = 3600.0


@pytest.fixture
async def units(database_url: str) -> AsyncIterator[Units]:
    units = await open_units(database_url, root_key=KEY, schools=(ROLL,))
    yield units
    await units.close()


@pytest.fixture
def errors(caplog: pytest.LogCaptureFixture) -> list[Mapping[str, object]]:
    """The events that the log has had so far, from the latest on when it is asked."""
    caplog.set_level(logging.INFO, "heard")
    logging.getLogger("heard").propagate = True
    return _Events(caplog)


class _Events(list[Mapping[str, object]]):
    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        super().__init__()
        self._caplog = caplog

    def named(self, name: str) -> list[tuple[str, Mapping[str, object]]]:
        told = [(one.levelname, vars(one)["event"]) for one in self._caplog.records if "event" in vars(one)]
        return [(level, event) for level, event in told if event["event"] == name]


class Sign:
    """Wrong while it is told to be."""

    def __init__(self) -> None:
        self.found: dict[Trouble, str] = {}

    async def __call__(self) -> Mapping[Trouble, str]:
        return self.found


def watch(units: Units, *signs: object) -> Watch:
    return Watch(units=units, signs=signs, clock=lambda: TUESDAY)  # type: ignore[arg-type]


def said(cards: list[Card]) -> str:
    return " ".join(getattr(part, "text", "") for card in cards for part in card.parts)


@pytest.mark.parametrize("trouble", [one for one in Trouble if one in {
    Trouble.CHASE_LATE, Trouble.CLOCK_OFF, Trouble.DISK_FULL, Trouble.SPOOL_LATE, Trouble.OUTBOX_LATE}])
async def test_it_is_told_once_and_once_when_it_is_over(units: Units, errors, trouble: Trouble):
    here, post, sign = Here(units), Post(), Sign()
    first, second = watch(units, sign), watch(units, sign)
    sign.found = {trouble: "because"}
    for one in (first, second, first):
        await one.look()
    await works(here, post)
    for person in (THEO, HELEN):
        assert len(post.at(chat_with(person))) == 1
    assert post.at(chat_with(LEE)) == []
    assert [level for level, _ in errors.named(trouble.value)] == ["ERROR", "ERROR"], "once in each process"
    assert (await units.counts())[SCHOOL.id][f"trouble_{trouble}"] == 1
    sign.found = {}
    for one in (first, second, first):
        await one.look()
    await works(here, post)
    assert len(post.at(chat_with(THEO))) == 2
    assert [level for level, _ in errors.named(f"{trouble.value}_over")] == ["INFO", "INFO"]
    assert (await units.counts())[SCHOOL.id][f"trouble_{trouble}"] == 0


async def test_what_is_wrong_at_a_platforms_door_names_the_platform_and_each_ends_by_itself(units: Units, errors):
    here, post, found = Here(units), Post(), {"slack": {Trouble.SIGNATURES_REFUSED: "slack_unsigned"}, "teams": {}}

    async def of_platforms() -> Mapping[str, Mapping[Trouble, str]]:
        return found

    one = Watch(units=units, signs=(), of_platforms=of_platforms, clock=lambda: TUESDAY)
    for _ in range(2):
        await one.look()
    await works(here, post)
    (card,) = post.at(chat_with(THEO))
    assert "say they are from Slack and cannot prove it" in said([card])
    found["teams"] = {Trouble.SIGNATURES_REFUSED: "teams_no_token"}
    await one.look()
    found["slack"] = {}
    await one.look()
    await works(here, post)
    words = said(post.at(chat_with(THEO)))
    assert "say they are from Teams and cannot prove it" in words
    assert "now that says it is from Slack" in words
    assert "now that says it is from Teams" not in words
    reasons = [(event["where"].partition(":")[0], event["reason"]) for _, event in errors.named("signatures_refused")]
    assert reasons == [("slack", "slack_unsigned"), ("teams", "teams_no_token")]
    assert (await units.counts())[SCHOOL.id]["trouble_signatures_refused"] == 1


async def test_a_damaged_row_is_named_in_the_log_and_told_until_it_is_put_right(units: Units, errors):
    here, post = Here(units), Post()
    concern = await here.raises()
    await works(here, post)
    one = watch(units)
    async with units._engine.begin() as connection:
        whole = (await connection.execute(text("SELECT key FROM case_keys"))).scalar_one()
        await connection.execute(text("UPDATE case_keys SET key = :key"), {"key": whole[:-1] + b"x"})
    for _ in range(2):
        one._examined = float("-inf")
        await one.look()
    ((level, event),) = errors.named("row_set_aside")
    assert (level, event["table"], event["id"]) == ("ERROR", "case_keys", str(concern.id))
    assert len(errors.named("row_damaged")) == 1
    await works(here, post)
    for person in (THEO, HELEN, LEE):
        assert "damaged and cannot be read" in said(post.at(chat_with(person)))
    async with units._engine.begin() as connection:
        await connection.execute(text("UPDATE case_keys SET key = :key"), {"key": whole})
    one._examined = float("-inf")
    await one.look()
    await works(here, post)
    assert "can be read again" in said(post.at(chat_with(THEO)))
    assert len(errors.named("row_damaged_over")) == 1


@pytest.mark.parametrize(("by", "why"), [(HOUR, "set_on"), (-HOUR, "set_back"), (OFF - 5, ""), (5 - OFF, "")])
async def test_a_step_of_the_machines_clock_is_noticed_whichever_way(by: float, why: str):
    wall, steady = [1_000_000.0], [50.0]

    async def database() -> float:
        return wall[0]

    sign = ClockSign(database=database, wall=lambda: wall[0], steady=lambda: steady[0])
    assert await sign() == {}
    wall[0], steady[0] = wall[0] + 10 + by, steady[0] + 10
    assert await sign() == ({Trouble.CLOCK_OFF: why} if why else {})
    wall[0], steady[0] = wall[0] + 601, steady[0] + 601
    assert await sign() == {}, "it is taken for right then"


@pytest.mark.parametrize(("by", "why"), [(HOUR, "behind_the_database"), (-HOUR, "ahead_of_the_database")])
async def test_a_clock_that_is_not_the_databases_is_told_for_as_long_as_that_lasts(units: Units, by: float, why: str):
    async def database() -> float:
        return await units.time() + by

    sign = ClockSign(database=database)
    for _ in range(2):
        assert await sign() == {Trouble.CLOCK_OFF: why}
    assert await ClockSign(database=units.time)() == {}


async def test_little_room_and_a_folder_that_is_gone_are_told(tmp_path: Path):
    assert await RoomSign((tmp_path,), little=1)() == {}
    assert await RoomSign((tmp_path,), little=2**62)() == {Trouble.DISK_FULL: "little_room"}
    assert await RoomSign((tmp_path / "gone",))() == {Trouble.DISK_FULL: "cannot_be_read"}


async def test_what_waits_in_the_spool_is_told_after_a_while_and_what_was_set_aside_at_once(tmp_path: Path):
    spool = Spool(tmp_path, KEY)
    spool.keep(b"words", once="1")
    since = spool.waiting()[0].since
    assert await SpoolSign(spool, now=lambda: since + 40)() == {}
    assert await SpoolSign(spool, now=lambda: since + 50)() == {Trouble.SPOOL_LATE: "waits"}
    spool.put_aside(spool.waiting()[0].name)
    assert await SpoolSign(spool)() == {Trouble.SPOOL_LATE: "set_aside"}


async def test_what_is_due_and_not_taken_is_late_and_what_is_taken_in_hand_is_not(units: Units):
    here, steady = Here(units), [0.0]
    sign = OutboxSign(units=units, steady=lambda: steady[0])
    await here.raises()
    for steady[0] in (0.0, UNTAKEN):
        assert await sign() == {}
    steady[0] = UNTAKEN + 1
    assert await sign() == {Trouble.OUTBOX_LATE: "not_taken"}
    assert sign.late
    async with units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=20)
    assert await sign() == {}
    assert not sign.late
    async with units(SCHOOL.id) as uow:
        for item in claimed:
            await uow.outbox.postpone(item, wait=0, reason="x")
    assert await sign() == {}, "it was taken, and is due again from now on"
    steady[0] += UNTAKEN + 1
    assert await sign() == {Trouble.OUTBOX_LATE: "not_taken"}


async def test_where_nobody_carries_anything_the_alarm_is_carried_and_nothing_else_and_what_hangs_is_left(
    units: Units, errors, monkeypatch: pytest.MonkeyPatch
):
    here, post, sign = Here(units), Post(), Sign()
    await here.raises()
    worker = Worker(Uses(units=units, directories={}), {"slack": post}, lambda: TUESDAY, meters=Meters())
    one = Watch(units=units, signs=(sign,), carry=worker.carry_alarms, clock=lambda: TUESDAY)
    sign.found = {Trouble.CLOCK_OFF: "because"}
    await one.look()
    assert post.at(chat_with(THEO)) == [], "that is the worker's"
    sign.found = {Trouble.OUTBOX_LATE: "not_taken"}
    await one.look()
    words = said(post.at(chat_with(THEO)))
    assert "wait and nobody carries them" in words
    assert post.at(chat_with(LEE)) == []
    monkeypatch.setattr("bot.watch.PATIENCE", 0.05)
    never = Watch(units=units, signs=(sign,), carry=asyncio.Event().wait, clock=lambda: TUESDAY)
    await asyncio.wait_for(never.look(), 30)


async def test_of_two_schools_either_may_wait_and_the_database_that_is_away_says_nothing():
    first, steady = {"a": (1, 0), "b": None}, [0.0]
    away = []

    class Outbox:
        def __init__(self, school: str) -> None:
            self.school = school

        async def first_due(self) -> object:
            return first[self.school]

    class Schools:
        def schools(self) -> list[str]:
            return list(first)

        @asynccontextmanager
        async def looking(self, school: str) -> AsyncIterator[object]:
            if away:
                raise Away
            yield SimpleNamespace(outbox=Outbox(school))

    sign = OutboxSign(units=Schools(), steady=lambda: steady[0])  # type: ignore[arg-type]
    await sign()
    steady[0] = UNTAKEN + 1
    first["b"] = (7, 0)
    assert await sign() == {Trouble.OUTBOX_LATE: "not_taken"}, "the other's is young"
    away.append(True)
    assert await sign() == {}


async def test_a_job_that_fails_is_late_until_it_is_done(units: Units, monkeypatch: pytest.MonkeyPatch):
    broken = [True]

    async def run(_: Uses, at: datetime) -> None:
        assert at.tzinfo is UTC
        if broken[0]:
            raise RuntimeError

    job = Job(name="of_the_test", every=60, run=run)
    worker = Worker(Uses(units=units, directories={}), {}, lambda: TUESDAY, meters=Meters(), also=(job,))  # type: ignore[arg-type]
    worker.start()
    assert worker.late() == ""
    worker._done[job.name] -= 60 + GRACE + 1
    await worker._run(job)
    assert worker.late() == "of_the_test"
    broken[0] = False
    await worker._run(job)
    assert worker.late() == ""
    await worker.close()


async def test_what_fails_once_is_tried_again_soon_and_a_late_job_is_told_before_a_minute_is_over(
    units: Units, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(working, "AGAIN", 0.01)
    runs: list[datetime] = []

    async def run(_: Uses, at: datetime) -> None:
        runs.append(at)
        if len(runs) == 1:
            raise RuntimeError

    job = Job(name="of_the_test", every=60, run=run)
    worker = Worker(Uses(units=units, directories={}), {}, lambda: TUESDAY, meters=Meters(), also=(job,))  # type: ignore[arg-type]
    worker.start()
    worker._done[job.name] -= 60 + GRACE + 1
    assert worker.late() == "of_the_test"
    await worker._tick(job)
    assert (len(runs), worker.late()) == (2, "")
    await worker.close()
    assert GRACE + 2 * EVERY < 60, "a look that has just missed it, the next one, and the card"
    assert working.AGAIN < GRACE
    assert UNTAKEN + 2 * EVERY < 60


def test_the_guide_says_what_to_do_about_each():
    lines = GUIDE.read_text("utf-8").splitlines()
    for trouble in Trouble:
        (row,) = [line for line in lines if line.startswith(f"| `{trouble.value}` |")]
        assert all(cell.strip() for cell in row.strip("|").split("|")), row
