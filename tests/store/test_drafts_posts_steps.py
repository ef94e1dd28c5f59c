"""Drafts, posts and steps."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from handlers.ports import Draft, Kind
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import AT, WORDS, Sample, notice


async def test_a_draft_comes_back_as_it_was_last_typed_until_it_is_deleted(units: Units, school: Sample) -> None:
    draft = Draft(key=uuid4(), owner=school.person("teacher").id, answers=WORDS, at=AT)
    later = replace(draft, answers={"facts": "more"}, at=AT + timedelta(minutes=1))
    async with units(school.id) as uow:
        assert await uow.drafts.get(draft.key) is None
        await uow.drafts.put(draft)
        assert await uow.drafts.get(draft.key) == draft
        await uow.drafts.put(later)
    async with units(school.id) as uow:
        assert await uow.drafts.get(draft.key) == later
        await uow.drafts.delete(draft.key)
        assert await uow.drafts.get(draft.key) is None


async def test_a_draft_and_its_concern_share_a_key(units: Units, school: Sample, tamper: Tamper) -> None:
    concern = school.concern()
    async with units(school.id) as uow:
        await uow.drafts.put(Draft(key=concern.id, owner=concern.reporter, answers=WORDS, at=AT))
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
        assert await uow.trail.answers(concern.id) == WORDS
    assert len(await tamper("SELECT key FROM case_keys")) == 1


async def test_a_draft_that_nobody_touched_for_a_month_is_cleared_by_the_next(units: Units, school: Sample) -> None:
    old = Draft(key=uuid4(), owner=school.person("teacher").id, answers=WORDS, at=AT)
    fresh = replace(old, key=uuid4(), at=AT + timedelta(days=30, minutes=1))
    async with units(school.id) as uow:
        await uow.drafts.put(old)
        await uow.drafts.put(fresh)
        assert await uow.drafts.get(old.key) is None
        assert await uow.drafts.get(fresh.key) == fresh


async def test_a_notice_may_stand_in_several_messages_and_each_is_forgotten_alone(units: Units, school: Sample) -> None:
    card = notice(to=school.person("lead").id)
    async with units(school.id) as uow:
        for message in ("m2", "m1", "m1"):
            await uow.posts.put(card, message)
        assert await uow.posts.find(card) == ["m2", "m1"]
        await uow.posts.forget(card, "m2")
        assert await uow.posts.find(card) == ["m1"]


async def test_posts_tell_place_person_step_and_kind_apart_and_list_what_stands(units: Units, school: Sample) -> None:
    subject = uuid4()
    first = notice("A", subject)
    cards = [
        first,
        replace(first, to=school.person("lead").id),
        replace(first, step="due"),
        replace(first, kind=Kind.RECEIPT),
        replace(first, place=replace(first.place, team="team")),
    ]
    async with units(school.id) as uow:
        for number, card in enumerate(cards):
            await uow.posts.put(card, f"m{number}")
            await uow.posts.put(card, f"n{number}")
        await uow.posts.put(notice("A"), "elsewhere")
        assert [await uow.posts.find(card) for card in cards] == [[f"m{n}", f"n{n}"] for n in range(5)]
        assert await uow.posts.standing(subject) == cards


async def test_a_step_is_taken_once_whoever_asks(units: Units, school: Sample) -> None:
    subject = uuid4()

    async def take(step: str) -> bool:
        async with units(school.id) as uow:
            return await uow.steps.take(subject, step, at=AT)

    assert sum(await asyncio.gather(*(take("now_5") for _ in range(20)))) == 1
    assert await take("now_10")


async def test_a_step_whose_work_failed_can_be_taken_again(units: Units, school: Sample) -> None:
    subject = uuid4()

    async def take_and_fail() -> None:
        async with units(school.id) as uow:
            assert await uow.steps.take(subject, "now_5", at=AT)
            raise ZeroDivisionError

    assert [type(e) for e in await asyncio.gather(take_and_fail(), return_exceptions=True)] == [ZeroDivisionError]
    async with units(school.id) as uow:
        assert await uow.steps.take(subject, "now_5", at=AT)
