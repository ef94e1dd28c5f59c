"""What accumulates is noticed, with its evidence; what does not is left alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.concern import ConcernId, Level
from handlers.rules.patterns import PatternKind, Seen, of_child, of_school
from handlers.rules.people import PersonId, PupilId

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
MIA, ORLA, NOAH = PupilId(UUID(int=1)), PupilId(UUID(int=2)), PupilId(UUID(int=3))
LUND = PersonId(UUID(int=7))


def seen(number: int, *, days: float, child: PupilId = MIA, **more: object) -> Seen:
    base = Seen(
        id=ConcernId(UUID(int=number)), reference=f"26-{number:04d}", at=AT - timedelta(days=days),
        children=frozenset({child}), voice=True, parents=True,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def kinds(found) -> set[PatternKind]:
    return {pattern.kind for pattern in found}


LEVELS = (None, Level.LOW, Level.MEDIUM, Level.HIGH)


@given(st.lists(st.sampled_from(LEVELS), min_size=3, max_size=6))
def test_three_in_a_fortnight_are_noticed_whatever_was_judged_of_them(levels: list[Level | None]):
    held = [seen(n, days=13 - n, level=level) for n, level in enumerate(levels)]
    found = [one for one in of_child(MIA, held, at=AT) if one.kind is PatternKind.ACCUMULATES]
    assert [one.evidence for one in found] == [tuple(held)]


@pytest.mark.parametrize(
    "held",
    [
        [seen(1, days=15), seen(2, days=6), seen(3, days=1)], [seen(n, days=n, child=NOAH) for n in (1, 2, 3)],
        [seen(1, days=3), seen(2, days=1)], [],
    ],
)  # fmt: skip
def test_fewer_older_or_somebody_elses_do_not_accumulate(held: list[Seen]):
    assert PatternKind.ACCUMULATES not in kinds(of_child(MIA, held, at=AT))


@pytest.mark.parametrize("before", LEVELS)
@pytest.mark.parametrize("last", LEVELS)
def test_a_level_that_rises_is_noticed_and_no_other(before: Level | None, last: Level | None):
    held = [seen(1, days=60, level=before), seen(2, days=2, level=last)]
    rises = before is not None and last is not None and LEVELS.index(before) < LEVELS.index(last)
    assert (PatternKind.LEVEL_RISES in kinds(of_child(MIA, held, at=AT))) == rises
    with_one_between = [held[0], seen(3, days=30), held[1]]
    assert (PatternKind.LEVEL_RISES in kinds(of_child(MIA, with_one_between, at=AT))) == rises


def test_a_level_that_rose_before_the_last_term_is_left_alone():
    held = [seen(1, days=200, level=Level.LOW), seen(2, days=2, level=Level.HIGH)]
    assert PatternKind.LEVEL_RISES not in kinds(of_child(MIA, held, at=AT))


def test_one_incident_with_three_children_is_no_pattern_whoever_tells_of_it():
    three = frozenset({MIA, ORLA, NOAH})
    one = seen(1, days=2, children=three, place="gate")
    again = seen(2, days=2, children=three, place="gate")
    assert of_school([one], at=AT) == []
    assert of_school([one, again], at=AT) == []
    assert kinds(of_school([one, seen(3, days=9, children=three, place="gate")], at=AT)) == {PatternKind.SAME_PLACE}
    for child in three:
        assert of_child(child, [one], siblings=three - {child}, at=AT) == []


@pytest.mark.parametrize(("what", "kind"), [("voice", PatternKind.NO_VOICE), ("parents", PatternKind.NO_PARENTS)])
def test_what_is_missing_from_the_last_four_is_noticed(what, kind):
    held = [seen(n, days=100 - n, level=Level.MEDIUM, **{what: False}) for n in range(1, 5)]
    assert kind in kinds(of_child(MIA, held, at=AT))
    there = [*held[:3], replace(held[3], **{what: True})]
    assert kind not in kinds(of_child(MIA, there, at=AT))
    assert kind not in kinds(of_child(MIA, held[:3], at=AT))


def test_a_rising_rate_is_noticed_against_the_four_weeks_before():
    now = [seen(n, days=n, level=Level.MEDIUM) for n in (1, 5, 9)]
    before = [seen(10, days=40, level=Level.MEDIUM)]
    assert PatternKind.RISING in kinds(of_child(MIA, [*now, *before], at=AT))
    more = [*before, seen(11, days=45, level=Level.MEDIUM)]
    assert PatternKind.RISING not in kinds(of_child(MIA, [*now, *more], at=AT))
    assert PatternKind.RISING not in kinds(of_child(MIA, now, at=AT))


def test_a_brother_or_sister_with_another_concern_is_noticed():
    mine, hers = seen(1, days=2, level=Level.HIGH), seen(2, days=20, child=ORLA, level=Level.HIGH)
    assert PatternKind.SIBLINGS in kinds(of_child(MIA, [mine, hers], siblings=(ORLA,), at=AT))
    assert PatternKind.SIBLINGS not in kinds(of_child(MIA, [mine, hers], siblings=(NOAH,), at=AT))
    together = replace(mine, children=frozenset({MIA, ORLA}))
    assert PatternKind.SIBLINGS not in kinds(of_child(MIA, [together], siblings=(ORLA,), at=AT))


def test_the_same_place_for_three_children_is_noticed_and_two_children_are_not():
    children = [PupilId(UUID(int=n)) for n in (11, 12, 13)]
    held = [seen(n, days=n, child=child, place="route bus 47") for n, child in enumerate(children, start=1)]
    assert kinds(of_school(held, at=AT)) == {PatternKind.SAME_PLACE}
    assert of_school(held[:2], at=AT) == []
    assert of_school([replace(one, at=AT - timedelta(days=40)) for one in held], at=AT) == []


def test_the_same_adult_named_twice_and_reports_that_come_late_are_noticed():
    twice = [seen(n, days=n * 90, adults=frozenset({LUND})) for n in (1, 2)]
    assert kinds(of_school(twice, at=AT)) == {PatternKind.SAME_ADULT}
    late = [seen(n, days=n, delay=timedelta(days=2)) for n in (1, 2)]
    assert kinds(of_school(late, at=AT)) == {PatternKind.LATE}
    assert of_school([seen(1, days=1, delay=timedelta(hours=20)), late[0]], at=AT) == []


def test_new_evidence_makes_a_new_name_and_the_same_evidence_the_same():
    held = [seen(n, days=n, level=Level.LOW) for n in (1, 2, 3)]
    one, = of_child(MIA, held, at=AT)
    again, = of_child(MIA, list(reversed(held)), at=AT)
    more, = of_child(MIA, [*held, seen(4, days=0.5, level=Level.LOW)], at=AT)
    assert one.name == again.name != more.name
