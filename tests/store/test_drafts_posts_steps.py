"""Drafts, posts and steps."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from handlers.errors import Damaged
from handlers.notice import NoticeKind
from handlers.ports import Draft
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import AT, WORDS, Sample, notice


def a_draft(school: Sample, *, minutes: int = 0) -> Draft:
    return Draft(
        key=uuid4(), owner=school.person("teacher").id, answers=WORDS, at=AT + timedelta(minutes=minutes)
    )


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


async def test_a_draft_keeps_where_its_writer_is_when_it_was_begun_and_what_it_completes(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    concern, draft = school.concern(), a_draft(school)
    draft = replace(draft, begun=AT - timedelta(minutes=9), page=3, completes=concern.id)
    async with units(school.id) as uow:
        await uow.drafts.put(draft)
        assert await uow.drafts.get(draft.key) == draft
    stored = await tamper("SELECT answers FROM drafts")
    assert str(concern.id).encode() not in bytes(stored[0][0])


async def test_a_persons_drafts_are_theirs_alone_unsent_and_the_one_touched_last_first(
    units: Units, school: Sample
) -> None:
    sent, concern = a_draft(school), school.concern()
    sent = replace(sent, key=concern.id)
    first, second = a_draft(school), a_draft(school, minutes=5)
    other = replace(a_draft(school), owner=school.person("deputy").id)
    async with units(school.id) as uow:
        for draft in (sent, first, second, other):
            await uow.drafts.put(draft)
        assert {draft.key for draft in await uow.drafts.of(first.owner)} == {sent.key, first.key, second.key}
        await uow.concerns.save(concern, because=school.raised(concern))
        assert await uow.drafts.of(first.owner) == [second, first]
        assert await uow.drafts.of(school.person("head").id) == []


async def test_one_whose_seal_is_broken_says_so_and_is_left_out_of_its_writers_list(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    broken, whole = a_draft(school), a_draft(school, minutes=5)
    async with units(school.id) as uow:
        await uow.drafts.put(broken)
    await tamper("UPDATE drafts SET answers = :answers", answers=b"x" * 40)
    async with units(school.id) as uow:
        await uow.drafts.put(whole)
        assert await uow.drafts.of(whole.owner) == [whole]
        with pytest.raises(Damaged):
            await uow.drafts.get(broken.key)


async def test_drafts_that_nobody_touched_since_then_are_found_and_sent_ones_are_not(
    units: Units, school: Sample
) -> None:
    concern = school.concern()
    old, older, fresh = a_draft(school, minutes=-30), a_draft(school, minutes=-40), a_draft(school, minutes=1)
    async with units(school.id) as uow:
        for draft in (old, older, fresh, replace(older, key=concern.id)):
            await uow.drafts.put(draft)
        await uow.concerns.save(concern, because=school.raised(concern))
        assert await uow.drafts.untouched(since=AT - timedelta(minutes=30)) == [older.key, old.key]


async def test_only_what_was_sent_is_cleared_and_however_old_what_was_not_stays(units: Units, school: Sample) -> None:
    concern = school.concern()
    unsent, late = a_draft(school, minutes=-99_999), replace(a_draft(school), key=concern.id)
    async with units(school.id) as uow:
        await uow.drafts.put(unsent)
        await uow.drafts.put(late)
        await uow.concerns.save(concern, because=school.raised(concern))
        await uow.drafts.clear_sent(before=AT)
        assert await uow.drafts.get(late.key) is not None
        await uow.drafts.clear_sent(before=AT + timedelta(minutes=1))
        assert await uow.drafts.get(late.key) is None
        assert await uow.drafts.get(unsent.key) == unsent


async def test_a_draft_that_was_kept_before_its_page_was_noted_is_read_all_the_same(
    units: Units, school: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(school)
    monkeypatch.setattr("store.drafts._beside", lambda draft: {})
    async with units(school.id) as uow:
        await uow.drafts.put(draft)
        assert await uow.drafts.get(draft.key) == draft


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
        replace(first, kind=NoticeKind.RECEIPT),
        replace(first, place=replace(first.place, team="team")),
    ]
    async with units(school.id) as uow:
        for number, card in enumerate(cards):
            await uow.posts.put(card, f"m{number}")
            await uow.posts.put(card, f"n{number}")
        await uow.posts.put(notice("A"), "elsewhere")
        assert [await uow.posts.find(card) for card in cards] == [[f"m{n}", f"n{n}"] for n in range(5)]
        assert await uow.posts.standing(subject) == cards
        assert await uow.posts.standing_of([subject, uuid4()]) == cards
        assert await uow.posts.standing_of([]) == []


async def test_what_a_message_stands_for_is_told_by_its_place_too(units: Units, school: Sample) -> None:
    card = notice("A")
    other = replace(card, place=replace(card.place, id="another-place"))
    async with units(school.id) as uow:
        await uow.posts.put(card, "m1")
        assert await uow.posts.at(card.place, "m1") == [card]
        assert await uow.posts.at(card.place, "m2") == []
        assert await uow.posts.at(other.place, "m1") == []


async def test_a_proof_is_of_one_card_in_one_place_and_the_same_each_time(units: Units, school: Sample) -> None:
    card = notice("A", uuid4())
    others = [
        replace(card, subject=uuid4()), replace(card, kind=NoticeKind.RECEIPT), replace(card, step="due"),
        replace(card, place=replace(card.place, id="another-place")),
        replace(card, place=replace(card.place, tenant="another-tenant")),
    ]  # fmt: skip
    async with units(school.id) as uow:
        first = uow.posts.proof(card)
        proofs = {first, *(uow.posts.proof(other) for other in others)}
    async with units(school.id) as uow:
        assert uow.posts.proof(card) == first
    assert len(proofs) == len(others) + 1
    assert all(len(proof) == 32 and set(proof) <= set("0123456789abcdef") for proof in proofs)


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
