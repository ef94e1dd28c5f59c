"""The trail: gapless under many writers, never changed, and every tampering is noticed."""

import asyncio
import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from handlers.errors import Damaged
from handlers.rules.chronology import Deed
from handlers.rules.concern import ConcernId
from store.cause import caused_by
from store.opening import open_units
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.store.conftest import Tamper
from tests.store.sample import AT, ROOT, WORDS, Sample, sample

CASE = ConcernId(uuid4())


async def _write(units: Units, school: Sample, count: int = 6) -> None:
    async with units(school.id) as uow:
        for number in range(count):
            entry = school.entry(CASE, Deed.ADDED, facts={"n": str(number)}, words={"more": f"word {number}"})
            await uow.trail.append(entry)


async def test_an_entry_comes_back_whole_and_its_words_only_when_asked_for(units: Units, school: Sample) -> None:
    entry = school.entry(CASE, facts={"urgency": "now"}, words=WORDS)
    alone = school.entry(None, Deed.DIGESTED, by=None, facts={"day": "2026-11-09"}, words={"note": "kept"})
    async with units(school.id) as uow:
        first, second = await uow.trail.append(entry), await uow.trail.append(alone)
    async with units(school.id) as uow:
        (plain,) = await uow.trail.of(CASE)
        (opened,) = await uow.trail.of(CASE, words=True)
        answers = await uow.trail.answers(CASE)
    assert (opened, list(opened.entry.words)) == (first, list(WORDS))
    assert plain.entry.words == {}
    assert (plain.sequence, plain.leaf, second.sequence) == (1, first.leaf, 2)
    assert answers == WORDS


async def test_answers_are_those_first_submitted_and_none_is_a_fault(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        await uow.trail.append(school.entry(CASE, Deed.ADDED, words={"facts": "more"}))
        with pytest.raises(LookupError):
            await uow.trail.answers(CASE)
        await uow.trail.append(school.entry(CASE, words={"facts": "the account"}))
        assert await uow.trail.answers(CASE) == {"facts": "the account"}


async def test_a_stranger_can_work_out_each_leaf_from_what_is_stored(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _write(units, school, 3)
    leaf = bytes(32)
    for sequence, body, stored, words in await tamper("SELECT sequence, body, leaf, words FROM entries ORDER BY 1"):
        assert isinstance(body, bytes) and isinstance(words, bytes)
        told = json.loads(body)
        assert told["after"] == leaf.hex()
        leaf = hashlib.sha256(b"\x00" + body).digest()
        assert stored == leaf
        assert (told["sequence"], told["school"]) == (sequence, str(school.id))
        assert told["words"] == hashlib.sha256(words).hexdigest()
        assert told["at"] == "2026-11-09T10:15:30.123456+00:00"


async def test_sixteen_writers_at_once_leave_no_gap(units: Units, school: Sample) -> None:
    async def write(number: int) -> list[int]:
        sequences: list[int] = []
        for _ in range(5):
            async with units(school.id) as uow:
                entry = school.entry(CASE, Deed.READ, facts={"writer": str(number)})
                sequences.append((await uow.trail.append(entry)).sequence)
        return sequences

    written = await asyncio.gather(*(write(number) for number in range(16)))
    assert sorted(sequence for some in written for sequence in some) == list(range(1, 81))
    assert await verify_chain(units, school.id) is None


@pytest.mark.parametrize("statement", ["UPDATE entries SET thing = NULL", "DELETE FROM entries WHERE sequence = 2"])
async def test_the_database_refuses_to_change_the_trail(
    units: Units, school: Sample, tamper: Tamper, statement: str
) -> None:
    await _write(units, school)
    with pytest.raises(DBAPIError, match="can only be added to"):
        await tamper(statement)


async def test_those_turned_away_are_kept_without_words_and_cannot_be_changed(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    entry = school.entry(None, Deed.REFUSED, by=None, facts={"why": "unknown_school"})
    await units.turned_away(entry)
    ((body,),) = await tamper("SELECT body FROM turned_away")
    assert isinstance(body, bytes)
    assert json.loads(body)["facts"] == {"why": "unknown_school"}
    for statement in ("UPDATE turned_away SET body = body", "DELETE FROM turned_away"):
        with pytest.raises(DBAPIError, match="can only be added to"):
            await tamper(statement)
    with pytest.raises(ValueError, match="not kept"):
        await units.turned_away(school.entry(None, Deed.REFUSED, words={"facts": "sent"}))


_SWAP = (
    "UPDATE entries SET sequence = 99 WHERE sequence = 3",
    "UPDATE entries SET sequence = 3 WHERE sequence = 4",
    "UPDATE entries SET sequence = 4 WHERE sequence = 99",
)
_RENUMBER = (
    "DELETE FROM entries WHERE sequence = 3",
    "UPDATE entries SET sequence = 3 WHERE sequence = 4",
    "UPDATE entries SET sequence = 4 WHERE sequence = 5",
    "UPDATE entries SET sequence = 5 WHERE sequence = 6",
)


@pytest.mark.parametrize(
    ("attack", "first"),
    [
        (("UPDATE entries SET body = (SELECT body FROM entries WHERE sequence = 1) WHERE sequence = 3",), 3),
        (("UPDATE entries SET leaf = body WHERE sequence = 3",), 3),
        (("UPDATE entries SET words = (SELECT words FROM entries WHERE sequence = 1) WHERE sequence = 3",), 3),
        (("UPDATE entries SET words = NULL WHERE sequence = 3",), 3),
        (("UPDATE entries SET thing = NULL WHERE sequence = 3",), 3),
        (("DELETE FROM entries WHERE sequence = 3",), 3),
        (("DELETE FROM entries WHERE sequence = 1",), 1),
        (("DELETE FROM entries WHERE sequence >= 5",), 5),
        (("DELETE FROM entries",), 1),
        (_SWAP, 3),
        (_RENUMBER, 3),
        (("UPDATE heads SET sequence = 4, peaks = newest, newest = (SELECT leaf FROM entries WHERE sequence = 4)",), 5),
        (("UPDATE heads SET newest = (SELECT leaf FROM entries WHERE sequence = 4)",), 6),
        (("UPDATE heads SET peaks = newest",), 7),
    ],
)
async def test_each_tampering_is_named_by_its_first_entry(
    units: Units, school: Sample, tamper: Tamper, attack: tuple[str, ...], first: int
) -> None:
    await _write(units, school)
    assert await verify_chain(units, school.id) is None
    await tamper(*attack, triggers=False)
    assert await verify_chain(units, school.id) == first


async def test_a_body_edited_with_its_leaf_is_told_by_the_next_entry(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _write(units, school)
    ((body,),) = await tamper("SELECT body FROM entries WHERE sequence = 3")
    assert isinstance(body, bytes)
    forged = body.replace(b'"n":"2"', b'"n":"9"')
    leaf = hashlib.sha256(b"\x00" + forged).digest()
    edit = "UPDATE entries SET body = :body, leaf = :leaf WHERE sequence = 3"
    await tamper(edit, triggers=False, body=forged, leaf=leaf)
    assert await verify_chain(units, school.id) == 3


async def test_words_moved_to_another_entry_of_the_same_case_do_not_open(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _write(units, school)
    moved = "UPDATE entries SET words = (SELECT words FROM entries WHERE sequence = 1) WHERE sequence = 2"
    await tamper(moved, triggers=False)
    async with units(school.id) as uow:
        with pytest.raises(Damaged):
            await uow.trail.of(CASE, words=True)


async def test_words_do_not_open_once_the_key_of_their_case_is_destroyed_and_the_chain_still_holds(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _write(units, school)
    await tamper("DELETE FROM case_keys")
    async with units(school.id) as uow:
        assert len(await uow.trail.of(CASE)) == 6
        with pytest.raises(Damaged):
            await uow.trail.of(CASE, words=True)
    assert await verify_chain(units, school.id) is None


async def test_times_keep_their_microseconds_in_the_body(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        await uow.trail.append(school.entry(CASE, at=AT))
    async with units(school.id) as uow:
        assert (await uow.trail.of(CASE))[0].entry.at == AT


async def test_what_was_raised_in_a_time_is_found_without_its_words(units: Units, school: Sample) -> None:
    until = AT + timedelta(days=1)
    moments = {"before": AT - timedelta(seconds=1), "first": AT, "last": until - timedelta(seconds=1), "after": until}
    async with units(school.id) as uow:
        for name, at in moments.items():
            trap = {"note": '"deed":"concern.raised"', "name": name}
            await uow.trail.append(school.entry(uuid4(), facts={"name": name}, words=WORDS, at=at))
            await uow.trail.append(school.entry(uuid4(), Deed.READ, facts=trap, at=at))
    async with units(school.id) as uow:
        found = await uow.trail.done(Deed.RAISED, AT, until)
    assert [entry.facts for entry in found] == [{"name": "first"}, {"name": "last"}]
    assert {(entry.deed, len(entry.words)) for entry in found} == {(Deed.RAISED, 0)}


async def test_one_school_never_finds_what_another_raised(database_url: str) -> None:
    one, other = sample("one"), sample("other")
    opened = await open_units(database_url, root_key=ROOT, schools=(one.roll, other.roll))
    async with opened(other.id) as uow:
        await uow.trail.append(other.entry(uuid4()))
    async with opened(one.id) as uow:
        assert await uow.trail.done(Deed.RAISED, AT, AT + timedelta(days=1)) == []
    await opened.close()


async def test_an_entry_says_by_which_door_it_came_and_which_request_it_was(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    with caused_by("slack", "r1"):
        async with units(school.id) as uow:
            await uow.trail.append(school.entry(CASE))
            await uow.trail.append(school.entry(CASE, Deed.READ))
        await units.turned_away(school.entry(None, Deed.REFUSED))
    async with units(school.id) as uow:
        with caused_by("job", "too-late"):
            await uow.trail.append(school.entry(CASE, Deed.CHASED))
    told = [json.loads(bytes(body)) for (body,) in await tamper("SELECT body FROM entries ORDER BY sequence")]  # type: ignore[call-overload]
    assert [(one["source"], one["request"]) for one in told] == [("slack", "r1"), ("slack", "r1"), ("program", "")]
    ((body,),) = await tamper("SELECT body FROM turned_away")
    assert json.loads(bytes(body))["source"] == "slack"  # type: ignore[call-overload]


@pytest.mark.parametrize(("source", "request_"), [("Slack <x>", ""), ("", ""), ("slack", "a b"), ("slack", "x" * 65)])
def test_a_cause_can_hold_nothing_that_somebody_typed(source: str, request_: str) -> None:
    with pytest.raises(ValueError, match="a word and an id"), caused_by(source, request_):
        pass


async def test_nothing_in_the_trail_can_be_put_in_the_place_of_what_is_there(
    units: Units, school: Sample, tamper: Tamper, database_url: str
) -> None:
    """SQLite does it by INSERT OR REPLACE, and fires no trigger of DELETE on a connection that was not told to."""
    await _write(units, school)
    await units.turned_away(school.entry(None, Deed.REFUSED))
    columns, away = "school, sequence, thing, body, leaf, words", "id, body, leaf"
    for table, names, key in (("entries", columns, "school, sequence"), ("turned_away", away, "id")):
        same = f"INTO {table} ({names}) SELECT {names} FROM {table} WHERE true"  # noqa: S608 (names of ours)
        again = f"INSERT {same} ON CONFLICT ({key}) DO UPDATE SET body = 'x'"
        if database_url.startswith("sqlite"):
            again = f"INSERT OR REPLACE {same}"
            await tamper("PRAGMA recursive_triggers=OFF")
        with pytest.raises(DBAPIError, match="can only be added to"):
            await tamper(again)


async def test_what_another_school_wrote_is_told_where_it_stands(database_url: str, tamper: Tamper) -> None:
    one, other = sample("one"), sample("other")
    opened = await open_units(database_url, root_key=ROOT, schools=(one.roll, other.roll))
    for school in (one, other):
        await _write(opened, school)
    there = "SELECT {} FROM entries AS e WHERE e.sequence = entries.sequence AND e.school <> entries.school"
    swap = ", ".join(f"{column} = ({there.format(column)})" for column in ("body", "leaf", "words", "thing"))
    mine = {"triggers": False, "one": one.id.hex if database_url.startswith("sqlite") else one.id}
    await tamper(f"UPDATE entries SET {swap} WHERE sequence = 4 AND school = :one", **mine)  # noqa: S608 (names of ours)
    assert (await verify_chain(opened, one.id), await verify_chain(opened, other.id)) == (4, None)
    await opened.close()
