"""What accumulates is noticed, with its evidence; what does not is left alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

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


def test_three_low_level_concerns_in_a_fortnight_are_noticed_with_their_evidence():
    held = [seen(n, days=days, level=Level.LOW) for n, days in ((1, 13), (2, 6), (3, 1))]
    found = of_child(MIA, held, at=AT)
    assert kinds(found) == {PatternKind.LOW_LEVEL}
    assert [one.reference for one in found[0].evidence] == ["26-0001", "26-0002", "26-0003"]


@pytest.mark.parametrize(
    "held",
    [
        [seen(1, days=15, level=Level.LOW), seen(2, days=6, level=Level.LOW), seen(3, days=1, level=Level.LOW)],
        [seen(1, days=9, level=Level.HIGH), seen(2, days=6, level=Level.LOW), seen(3, days=1, level=Level.LOW)],
        [seen(n, days=n, child=NOAH) for n in (1, 2, 3)],
        [],
    ],
)
def test_fewer_older_graver_or_somebody_elses_are_no_pattern_of_low_level(held):
    assert PatternKind.LOW_LEVEL not in kinds(of_child(MIA, held, at=AT))


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
