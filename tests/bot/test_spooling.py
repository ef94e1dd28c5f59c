"""While the store is away what is sent is kept, and nobody is told more than is so; then it is brought in, once."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.spooling import Drainer, Keeper
from handlers.account import meant_form, review
from handlers.conversation import CommandTyped, Complaints, FormSubmitted, NextPage, Reply, Tell, Who
from handlers.desk import kept
from handlers.desk.desk import Desk
from handlers.errors import Away
from handlers.platform_ports import Standing, Undelivered
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import Concern, ConcernId, Urgency
from handlers.rules.people import Login, Person
from handlers.rules.school import Place, SchoolId
from handlers.ui.card import Card
from store.opening import open_units
from store.spool import Spool
from store.unit_of_work import Units
from tests.handlers.school import ANSWERS, LEE, MIA, ROLL, SCHOOL, TESS, TOM, TUESDAY, account, words

KEY = bytes(range(1, 33))
QUICK: Answers = {"child_1": str(MIA.id), "facts": "He came in wet.", "urgency": "now"}


class Fitful:
    """The real store, which is away when it is told to be."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self.away = False
        self.dies_after = -1
        """How many units end well before it goes away."""

    @asynccontextmanager
    async def __call__(
        self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None
    ) -> AsyncGenerator[UnitOfWork]:
        if self.away or self.dies_after == 0:
            raise Away
        self.dies_after -= 1
        async with self._units(school, at=at, patience=patience) as uow:
            yield uow

    @asynccontextmanager
    async def looking(
        self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None
    ) -> AsyncGenerator[UnitOfWork]:
        if self.away:
            raise Away
        async with self._units.looking(school, at=at, patience=patience) as uow:
            yield uow

    async def school_of(self, who: Login) -> SchoolId | None:
        return await self._units.school_of(who)

    def schools(self) -> Sequence[SchoolId]:
        return self._units.schools()

    async def turned_away(self, entry: object) -> None:
        if self.away:
            raise Away

    async def ready(self) -> bool:
        return not self.away


@dataclass
class Posts:
    """A courier that keeps what it was given."""

    cards: list[tuple[Place, Card]] = field(default_factory=list)
    faulty: bool = False

    async def post(self, place: Place, card: Card) -> str:
        if self.faulty:
            raise Undelivered("is_archived", final=True)
        self.cards.append((place, card))
        return "1"

    async def update(self, place: Place, message: str, card: Card) -> None:
        raise AssertionError("nothing stands")

    async def withdraw(self, place: Place, message: str) -> None:
        raise AssertionError("nothing stands")


@dataclass
class Stage:
    fitful: Fitful
    desk: Desk
    keeper: Keeper
    drainer: Drainer
    spool: Spool
    posts: Posts
    clock: list[datetime]
    mishaps: list[str]

    async def sends(self, form: str, values: Answers, *, key: UUID, page: int = 1, by: Person = TESS) -> Reply:
        return await self.desk.answer(
            FormSubmitted(who=account(by), form=form, key=str(key), page=page, values=values)
        )

    async def fills(self, key: UUID, answers: Answers = ANSWERS, *, up_to: int = 4) -> None:
        for page in range(1, up_to + 1):
            assert isinstance(await self.sends("concern", answers, key=key, page=page), NextPage)

    async def concern(self, key: UUID) -> Concern | None:
        async with self.fitful(SCHOOL.id) as uow:
            return await uow.concerns.get(ConcernId(key))

    async def deeds(self, key: UUID) -> list[Deed]:
        async with self.fitful(SCHOOL.id) as uow:
            return [line.entry.deed for line in await uow.trail.of(key)]

    async def told_in_time(self) -> None:
        for task in tuple(self.keeper._telling):
            await task


@pytest.fixture
async def stage(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    units = await open_units(sqlite_url, root_key=KEY, schools=(ROLL,))
    fitful, clock, posts, mishaps = Fitful(units), [TUESDAY], Posts(), list[str]()
    spool = Spool(tmp_path / "heard.spool", KEY)
    spool.open_folder()
    keeper = Keeper(spool=spool, schools={SCHOOL.id: SCHOOL}, couriers={"slack": posts, "teams": posts})
    desk = Desk(
        units=fitful, now=lambda: clock[0], wake=lambda: None, mishap=lambda at, error: mishaps.append(repr(error)),
        keeper=keeper,
    )  # fmt: skip
    drainer = Drainer(spool=spool, desk=desk, keeper=keeper, ready=fitful.ready)
    yield Stage(fitful, desk, keeper, drainer, spool, posts, clock, mishaps)
    await units.close()


async def test_the_last_page_is_kept_and_brought_in_once_with_the_time_at_which_it_was_sent(stage: Stage):
    key = uuid4()
    await stage.fills(key)
    stage.fitful.away = True
    for _ in range(3):
        told = await stage.sends("concern", {}, key=key, page=review.PAGE)
        assert "saved safely" in words(told)
        assert "it may not have been read yet" in words(told)
        assert "ring 999" in words(told)
    assert await stage.drainer.drain() == 0
    stage.clock[0] = TUESDAY.replace(hour=14)
    stage.fitful.away = False
    assert await stage.drainer.drain() >= 1
    assert stage.spool.waiting() == []
    assert (await stage.deeds(key)).count(Deed.RAISED) == 1
    assert (await stage.deeds(key)).count(Deed.KEPT_MEANWHILE) == 1
    async with stage.fitful(SCHOOL.id) as uow:
        (late,) = [line.entry for line in await uow.trail.of(key) if line.entry.deed is Deed.KEPT_MEANWHILE]
        assert (await uow.trail.answers(ConcernId(key)))["facts"] == ANSWERS["facts"]
    assert late.facts["sent"] == TUESDAY.isoformat()


@pytest.mark.parametrize("page", [4, meant_form.PAGE, review.PAGE])
async def test_every_page_with_which_it_may_be_sent_is_kept(stage: Stage, page: int):
    key = uuid4()
    await stage.fills(key, up_to=3 if page == 4 else 4)
    stage.fitful.away = True
    assert "saved safely" in words(await stage.sends("concern", ANSWERS if page == 4 else {}, key=key, page=page))
    stage.fitful.away = False
    await stage.drainer.drain()
    assert await stage.concern(key) is not None


@pytest.mark.parametrize("page", [1, 2, 3])
async def test_a_page_that_only_leads_on_stays_open_and_says_that_nothing_was_saved(stage: Stage, page: int):
    stage.fitful.away = True
    told = await stage.sends("concern", ANSWERS, key=uuid4(), page=page)
    assert isinstance(told, Complaints)
    assert told.by_field[""].startswith("NOT SAVED")
    assert stage.spool.waiting() == []


async def test_a_quick_concern_is_kept_whole(stage: Stage):
    key = uuid4()
    stage.fitful.away = True
    assert "saved safely" in words(await stage.sends("quick", QUICK, key=key))
    stage.fitful.away = False
    assert await stage.drainer.drain() == 1
    concern = await stage.concern(key)
    assert concern is not None
    assert concern.urgency is Urgency.NOW


async def test_a_name_that_would_have_been_asked_about_counts_as_named(stage: Stage):
    key = uuid4()
    stage.fitful.away = True
    await stage.sends("quick", {**QUICK, "urgency": "today", "facts": "Priya shouted at him."}, key=key)
    stage.fitful.away = False
    assert await stage.drainer.drain() == 1
    assert await stage.concern(key) is not None


async def test_what_cannot_be_a_concern_becomes_its_writers_draft_and_nothing_of_it_is_lost(stage: Stage):
    key = uuid4()
    stage.fitful.away = True
    typed = {**QUICK, "child_1": "A name that somebody typed"}
    assert "among what you have not sent" in words(await stage.sends("quick", typed, key=key))
    stage.fitful.away = False
    assert await stage.drainer.drain() == 1
    async with stage.fitful(SCHOOL.id) as uow:
        draft = await uow.drafts.get(key)
    assert draft is not None
    assert draft.answers["facts"] == "He came in wet."


SHORT: dict[str, Answers] = {"quick": QUICK, "police_notice": {"child_1": str(MIA.id), "others": "He was there."}}


@pytest.mark.parametrize(
    ("form", "less"),
    [("quick", "facts"), ("quick", "urgency"), ("quick", "child_1"), ("police_notice", "others"),
     ("police_notice", "child_1")],
)  # fmt: skip
async def test_a_short_form_that_lacks_an_answer_is_asked_for_it_and_not_said_to_be_saved(
    stage: Stage, form: str, less: str
):
    key, whole = uuid4(), SHORT[form]
    stage.fitful.away = True
    typed = {**{name: value for name, value in whole.items() if name != less}, "child_other": ""}
    told = await stage.sends(form, typed, key=key)
    assert isinstance(told, Complaints)
    missing = "child_other" if less == "child_1" else less
    assert told.by_field.keys() == {"", missing}
    assert missing in {field.name for field in told.form.fields()}
    assert {name: told.form.values[name] for name in typed} == typed
    assert stage.spool.waiting() == []
    assert "saved safely" in words(await stage.sends(form, {**typed, missing: whole.get(missing, "Mia")}, key=key))
    stage.fitful.away = False
    assert await stage.drainer.drain() == 1
    assert await stage.concern(key) is not None


async def test_what_a_stranger_sent_is_set_aside_and_stays(stage: Stage):
    stage.fitful.away = True
    stranger = Who(platform="slack", tenant="T0SCHOOL", user="U404")
    await stage.desk.answer(FormSubmitted(who=stranger, form="quick", key=str(uuid4()), page=1, values=QUICK))
    stage.fitful.away = False
    assert await stage.drainer.drain() == 0
    assert len(stage.spool.set_aside()) == 1


async def test_what_somebody_sent_by_a_copy_of_anothers_form_is_set_aside_and_touches_nothing(stage: Stage):
    key = uuid4()
    await stage.sends("quick", QUICK, key=key)
    before = await stage.deeds(key)
    stage.fitful.away = True
    await stage.sends("quick", {**QUICK, "facts": "Something else."}, key=key, by=TOM)
    stage.fitful.away = False
    assert await stage.drainer.drain() == 0
    assert len(stage.spool.set_aside()) == 1
    assert await stage.deeds(key) == before


async def test_a_leads_waits_while_their_account_cannot_be_asked_about_and_holds_up_nobody(stage: Stage):
    class Silent:
        async def standing(self, who: Login, *, lately: bool = False) -> Standing:
            return Standing.UNKNOWN

    mine, another = uuid4(), uuid4()
    stage.fitful.away = True
    await stage.sends("quick", QUICK, key=mine, by=LEE)
    await stage.sends("quick", QUICK, key=another)
    stage.fitful.away = False
    answers = stage.drainer.desk
    stage.drainer.desk = replace(answers, accounts=Silent())
    assert await stage.drainer.drain() == 1
    assert await stage.concern(another) is not None
    assert len(stage.spool.waiting()) == 1
    stage.drainer.desk = answers
    assert await stage.drainer.drain() == 1
    assert await stage.concern(mine) is not None


async def test_a_bug_over_one_holds_up_nobody(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    keys = [uuid4(), uuid4()]
    stage.fitful.away = True
    for key in keys:
        await stage.sends("quick", QUICK, key=key)
    stage.fitful.away = False
    bring_in = kept.bring_in

    async def trips(uow: UnitOfWork, item: kept.Kept, *, at: datetime) -> bool:
        if item.inbound.key == str(keys[0]):
            raise AttributeError("no such thing")
        return await bring_in(uow, item, at=at)

    monkeypatch.setattr(kept, "bring_in", trips)
    assert await stage.drainer.drain() == 1
    assert len(stage.spool.set_aside()) == 1
    assert await stage.concern(keys[1]) is not None


async def test_one_who_cannot_be_read_holds_up_nobody(stage: Stage, tmp_path: Path):
    stage.fitful.away = True
    stage.spool.keep(b"no form of ours", once="x")
    key = uuid4()
    await stage.sends("quick", QUICK, key=key)
    (tmp_path / "heard.spool" / ("0" * 32 + ".sealed")).write_bytes(b"no seal of ours")
    stage.fitful.away = False
    assert await stage.drainer.drain() == 1
    assert len(stage.spool.set_aside()) == 2
    assert await stage.concern(key) is not None


@pytest.mark.parametrize("units", [0, 1, 2])
async def test_a_store_that_goes_away_again_meanwhile_loses_and_doubles_nothing(stage: Stage, units: int):
    keys = [uuid4() for _ in range(3)]
    stage.fitful.away = True
    for key in keys:
        await stage.sends("quick", QUICK, key=key)
    stage.fitful.away, stage.fitful.dies_after = False, units
    await stage.drainer.drain()
    stage.fitful.dies_after = -1
    await stage.drainer.drain()
    assert stage.spool.waiting() == []
    for key in keys:
        assert (await stage.deeds(key)).count(Deed.RAISED) == 1
        assert (await stage.deeds(key)).count(Deed.KEPT_MEANWHILE) == 1


async def test_the_leads_place_is_told_of_the_outage_once_and_of_nothing_that_was_sent(stage: Stage):
    stage.fitful.away = True
    for _ in range(3):
        await stage.sends("quick", QUICK, key=uuid4())
    await stage.told_in_time()
    assert [place for place, _ in stage.posts.cards] == list(SCHOOL.leads_places)
    shown = repr([card for _, card in stage.posts.cards])
    assert "wet" not in shown
    assert "now" not in shown.casefold().replace("know", "")
    stage.fitful.away = False
    await stage.drainer.drain()
    stage.fitful.away = True
    await stage.sends("quick", QUICK, key=uuid4())
    await stage.told_in_time()
    assert len(stage.posts.cards) == 2 * len(SCHOOL.leads_places)


async def test_a_place_that_cannot_be_told_keeps_nobody_waiting(stage: Stage):
    stage.fitful.away, stage.posts.faulty = True, True
    assert "saved safely" in words(await stage.sends("quick", QUICK, key=uuid4()))
    await stage.told_in_time()


async def test_where_it_cannot_be_kept_either_nobody_is_told_a_success(stage: Stage, tmp_path: Path):
    stage.fitful.away = True
    folder = tmp_path / "heard.spool"
    folder.rmdir()
    folder.write_bytes(b"")
    told = await stage.sends("quick", QUICK, key=uuid4())
    assert isinstance(told, Complaints)
    assert told.by_field[""].startswith("NOT SAVED")
    assert told.form.values == QUICK
    assert "wet" not in " ".join(stage.mishaps)


async def test_what_is_no_form_is_not_kept(stage: Stage):
    stage.fitful.away = True
    assert "nothing has been changed" in words(await stage.desk.answer(CommandTyped(who=account(TESS))))
    assert stage.spool.waiting() == []


async def test_a_form_sent_again_after_it_was_brought_in_finds_it(stage: Stage):
    key = uuid4()
    stage.fitful.away = True
    await stage.sends("quick", QUICK, key=key)
    stage.fitful.away = False
    await stage.drainer.drain()
    again = await stage.sends("quick", QUICK, key=key)
    assert isinstance(again, Tell)
    assert (await stage.deeds(key)).count(Deed.RAISED) == 1
    assert Deed.ADDED not in await stage.deeds(key)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(
    st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS).map(tuple)), st.none() | st.lists(TEXTS).map(tuple),
    st.booleans(), st.integers(1, 6), TEXTS,
)  # fmt: skip
def test_what_is_packed_is_the_same_unpacked(
    values: Answers, shown: tuple[str, ...] | None, chat: bool, page: int, key: str
):
    inbound = FormSubmitted(
        who=account(TESS), form="concern", key=key, page=page, values=values, shown=shown, in_chat=chat
    )
    assert kept.unpacked(kept.packed(inbound, TUESDAY)) == kept.Kept(inbound=inbound, at=TUESDAY)
    assert not kept.is_sending(replace(inbound, back=True))
