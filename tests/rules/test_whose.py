"""Whom an entry is about: as it says, as its referral or action was, or as the concern was linked at the time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from handlers.rules import whose as module
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.deeds import SHOWN, Whose
from handlers.rules.people import PupilId
from handlers.rules.whose import FOR, whose

MIA, NOAH, ZOE = (PupilId(UUID(int=number)) for number in (901, 902, 903))
CONCERN, OTHER = UUID(int=1), UUID(int=2)
START = datetime(2026, 11, 24, 10, tzinfo=UTC)


def story(*told: tuple[Deed, dict[str, str]], raised: tuple[PupilId, ...] = (MIA,)) -> list[Sealed]:
    account = {f"child_{number}": str(id) for number, id in enumerate(raised, 1)}
    entries = [Entry(deed=Deed.RAISED, at=START, by=None, thing=CONCERN, words=account)]
    entries += [
        Entry(deed=deed, at=START + timedelta(hours=number), by=None, thing=CONCERN, facts=facts)
        for number, (deed, facts) in enumerate(told, 1)
    ]
    return [Sealed(sequence=number, entry=entry, leaf="") for number, entry in enumerate(entries)]


def about(lines: list[Sealed], *now: PupilId, **beside: frozenset[PupilId]) -> list[set[PupilId]]:
    found = whose(lines, frozenset(now), beside=beside)
    return [set(found[line.sequence]) for line in lines][1:]


def test_what_a_document_shows_is_somebodys():
    nobodys = [deed.name for deed, shown in SHOWN.items() if shown.whose is Whose.NOBODYS]
    assert not nobodys, f"handlers/rules/deeds.py: say whom an entry of {nobodys} is about, or leave it to the trail"


def test_a_referral_keeps_whom_it_was_made_for_until_its_end():
    facts = {"referral": "r1"}
    lines = story((Deed.REFERRED, {**facts, FOR: str(NOAH)}), (Deed.REFERRAL_ANSWERED, facts),
                  (Deed.REFERRAL_CHALLENGED, facts), (Deed.EXPORTED, facts), raised=(MIA, NOAH))  # fmt: skip
    assert about(lines, MIA, NOAH) == [{NOAH}] * 4


def test_what_was_done_before_a_child_was_linked_is_not_about_them():
    link = (Deed.LINKED, {"to_child": str(NOAH)})
    action = {"action": "a1"}
    lines = story((Deed.ASSIGNED, action), (Deed.DECIDED, {}), link, (Deed.DONE, action), (Deed.DECIDED, {}))
    assert about(lines, MIA, NOAH) == [{MIA}, {MIA}, {NOAH}, {MIA}, {MIA, NOAH}]


def test_whoever_takes_the_place_of_a_wrong_child_has_what_was_written_of_that_one():
    lines = story(
        (Deed.DECIDED, {}), (Deed.MISFILED, {"from": str(MIA), "to_child": str(NOAH)}),
        (Deed.MISFILED, {"from": str(NOAH), "to_child": str(ZOE)}),
    )  # fmt: skip
    assert about(lines, ZOE)[0] == {MIA, NOAH, ZOE}


def test_the_children_of_a_concern_that_is_merged_into_it_are_linked_from_then_on():
    lines = story((Deed.DECIDED, {}), (Deed.MERGED, {"from": str(OTHER)}), (Deed.DECIDED, {}))
    assert about(lines, MIA, NOAH, **{str(OTHER): frozenset({NOAH})}) == [{MIA}, {MIA, NOAH}, {MIA, NOAH}]


def test_where_it_is_not_known_since_when_a_child_is_linked_everything_may_be_about_them():
    assert about(story((Deed.DECIDED, {}), (Deed.LINKED, {"why": "schema_0002"})), MIA, NOAH)[0] == {MIA, NOAH}


def test_while_nobody_is_linked_it_cannot_be_told():
    assert about(story((Deed.DECIDED, {}), (Deed.LINKED, {"to_child": str(MIA)}), raised=()), MIA) == [set(), {MIA}]


@pytest.mark.parametrize("fact", ["", "nobody", f"{NOAH} and"])
def test_a_fact_that_is_no_list_of_ids_names_whom_it_can(fact: str):
    assert list(module.ids(fact)) == ([NOAH] if str(NOAH) in fact else [])
