"""One person, several posts: over every way in which the posts of a small school may fall on few people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules import authority, break_glass, routing, selftest
from handlers.rules.authority import Doing
from handlers.rules.concern import About, CannotMove, Outcome, Route, Second
from handlers.rules.people import LEADS, Person, PersonId, Role
from handlers.rules.routing import HIGHEST, Policy, Post, Rung
from handlers.rules.selftest import Fault
from tests.rules.test_concern import RAISED, TESS

Holds = Mapping[str, Sequence[Role]]
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
NO_POSTS = {Role.STAFF, Role.PUPIL, Role.AUDITOR, Role.TECHNICIAN, Role.DPO}
POSTS = tuple(role for role in Role if role not in NO_POSTS)
FEW = (Role.LEAD, Role.DEPUTY, Role.HEAD, Role.CHAIR, Role.NOMINATED)
ADULTS = tuple(route for route in Route if route is not Route.LEADS)


def school(**holds: Sequence[Role]) -> tuple[Person, ...]:
    """`school(a=[Role.LEAD, Role.HEAD])`: people named by letters, each with their posts."""
    return tuple(
        Person(id=PersonId(UUID(int=100 + n)), name=name, roles=frozenset(roles or [Role.STAFF]))
        for n, (name, roles) in enumerate(holds.items())
    )


def small_schools() -> Iterator[tuple[Person, ...]]:
    """Each of five posts with one of three people, or with nobody: 1,024 schools, of which those that differ by more
    than who is called what stand for all."""
    for where in product((*"abc", ""), repeat=len(FEW)):
        if list(dict.fromkeys(filter(None, where))) != list("abc")[: len({*where} - {""})]:
            continue
        yield school(**{name: [role for role, who in zip(FEW, where, strict=True) if who == name] for name in "abc"})


schools = st.lists(st.frozensets(st.sampled_from(POSTS)), min_size=1, max_size=5).map(
    lambda posts: school(**{f"p{n}": tuple(held) for n, held in enumerate(posts)})
)


def names(people: Sequence[Person]) -> str:
    return "".join(person.name for person in people)


def climb(concern, people) -> list[tuple[int, str]]:
    """The clock's way up: how far it has come and who is told, from the first rung to the outside contact's."""
    found = [routing.chased(concern, rung, people) for rung in Rung]
    return [(rung, names(told)) for rung, told in found]


# Who gets it.


@given(people=schools, data=st.data())
@settings(max_examples=300)
def test_every_concern_is_received_by_somebody_who_is_not_named_while_anybody_is_left(people, data):
    named = data.draw(st.frozensets(st.sampled_from(people)))
    for route in Route:
        concern = replace(RAISED, route=route, named=frozenset(person.id for person in named))
        left = [p for p in people if p not in named and routing.receives(replace(concern, rung=HIGHEST), p)]
        for rung in Rung:
            came, told = routing.chased(concern, rung, people)
            assert bool(told) == bool(left), "never silence"
            assert not set(told) & named
            assert len({person.id for person in told}) == len(told), "one card for one thing"
            carried = replace(concern, rung=max(came, routing.lowest_rung(concern, people) or 0))
            assert all(routing.receives(carried, person) for person in told), "whoever is told may open it"


@given(people=schools, policy=st.builds(Policy, low_level_to_lead=st.booleans(), head_is_proprietor=st.booleans()))
@settings(max_examples=200)
def test_who_is_named_in_it_loses_it_by_every_post_that_they_hold(people, policy):
    for person, about in product(people, About):
        route = routing.route(about, routing.posts_of([person]), policy=policy)
        for rung in range(HIGHEST + 1):
            concern = replace(RAISED, about=about, route=route, named=frozenset({person.id}), rung=rung)
            assert not any(authority.may(person, doing, concern) for doing in Doing)
            assert person not in routing.pool(concern, rung, people)


@pytest.mark.parametrize(
    ("posts", "route"),
    [
        ([Role.LEAD, Role.HEAD], Route.CHAIR),
        ([Role.DEPUTY, Role.HEAD], Route.CHAIR),
        ([Role.DEPUTY, Role.WHISTLEBLOWING_LEAD], Route.HEAD),
        ([Role.HEAD, Role.WHISTLEBLOWING_LEAD, Role.STAFF], Route.CHAIR),
        ([Role.LEAD, Role.SAFEGUARDING_GOVERNOR], Route.CHAIR),
        ([Role.CHAIR, Role.SAFEGUARDING_GOVERNOR], Route.VICE_CHAIR),
        ([Role.HEAD, Role.CHAIR], Route.OUTSIDE),
        ([Role.HEAD, Role.TRUST_LEAD], Route.CHAIR),
        ([Role.LEAD, Role.TRUST_LEAD], Route.TRUST),
        ([Role.HR, Role.DEPUTY], Route.HEAD),
    ],
)
def test_a_concern_about_somebody_goes_past_every_post_that_they_hold(posts, route):
    """DOMAIN, "Who gets it": a lead goes to the head; lead = head: the chair."""
    (person,) = school(a=posts)
    assert routing.route(About.ADULT, routing.posts_of([person])) is route
    assert routing.route(About.PRACTICE, routing.posts_of([person])) is route


def test_a_post_without_a_name_may_mean_whoever_holds_it_with_all_their_other_posts():
    people = school(a=[Role.LEAD, Role.HEAD], b=[Role.DEPUTY], c=[Role.CHAIR])
    held = routing.held_with(Post.LEAD, people)
    assert routing.route(About.ADULT, held) is Route.CHAIR, "`a safeguarding lead` may be the head"
    assert routing.alone_in(Post.LEAD, people) is None, "it may be either of two"
    assert routing.alone_in(Post.HEAD, people) == people[0]
    assert routing.alone_in(Post.STAFF, school(a=[])) is None
    assert routing.held_with(Post.LEAD, school(a=[Role.LEAD], b=[Role.HEAD])) == [Post.LEAD]


@given(person=schools.map(lambda people: people[0]), rung=st.integers(0, HIGHEST), about=st.sampled_from(About))
def test_several_posts_let_somebody_do_what_each_of_them_does_and_no_more(person, rung, about):
    for route in Route:
        concern = replace(RAISED, about=about, route=route, rung=rung)
        ones = [replace(person, roles=frozenset({role})) for role in person.roles]
        for doing in Doing:
            assert authority.may(person, doing, concern) == any(authority.may(one, doing, concern) for one in ones)
        assert break_glass.may_ask(person) == any(break_glass.may_ask(one) for one in ones)


# The ladder.


def test_no_ladder_asks_the_same_people_twice_in_a_row_by_another_post():
    for people, route in product(small_schools(), Route):
        concern = replace(RAISED, route=route)
        steps = [routing.chased(concern, rung, people) for rung in Rung]
        for (_, before), (came, told), rung in zip(steps, steps[1:], list(Rung)[1:], strict=False):
            again = set(before) & set(told)
            assert not again or came >= Rung.OUTSIDE or routing.asks_twice(route, rung), (people, route, rung)


@pytest.mark.parametrize(
    ("posts", "steps"),
    [
        ({"a": [Role.LEAD], "b": [Role.DEPUTY], "c": [Role.HEAD]}, ["0 a", "1 b", "2 c", "3 abc"]),
        ({"a": [Role.LEAD, Role.HEAD], "b": [Role.DEPUTY], "c": [Role.CHAIR]}, ["0 a", "1 b", "3 ab", "3 ab"]),
        ({"a": [Role.LEAD], "b": [Role.DEPUTY, Role.HEAD], "c": [Role.CHAIR]}, ["0 a", "1 b", "3 ab", "3 ab"]),
        ({"a": [Role.LEAD], "b": [Role.HEAD], "c": [Role.CHAIR]}, ["0 a", "2 b", "3 ab", "3 ab"]),
        ({"a": [Role.LEAD, Role.HEAD], "c": [Role.CHAIR]}, ["0 a", "4 ac", "4 ac", "4 ac"]),
        ({"a": [Role.LEAD, Role.HEAD]}, ["0 a", "3 a", "3 a", "3 a"]),
    ],
    ids=["apart", "lead is head", "deputy is head", "no deputy", "one and the chair", "one"],
)
def test_a_childs_concern_climbs_by_person(posts, steps):
    """3: everybody who has it, with the outside contact's number. 4: and whoever stands outside the leadership."""
    assert [f"{rung} {told}" for rung, told in climb(RAISED, school(**posts))] == steps


def test_what_the_head_leaves_climbs_past_them_though_they_are_chair_too():
    people = school(a=[Role.HEAD, Role.CHAIR], b=[Role.NOMINATED], c=[Role.LEAD])
    assert climb(replace(RAISED, route=Route.HEAD), people) == [(0, "a"), (1, "a"), (4, "ab"), (4, "ab")]


def test_who_carries_it_up_is_not_told_it_by_their_other_post():
    people = school(a=[Role.LEAD, Role.HEAD], b=[Role.DEPUTY], c=[Role.CHAIR])
    told = routing.climbed(RAISED, 1, people, less={people[1].id})
    assert (told[0], names(told[1])) == (3, "a")
    alone = school(a=[Role.LEAD, Role.HEAD], c=[Role.CHAIR])
    told = routing.climbed(RAISED, 1, alone, less={alone[0].id})
    assert (told[0], names(told[1])) == (4, "c")


# Two people for one decision.


@given(people=schools, rung=st.integers(0, HIGHEST), route=st.sampled_from(Route), data=st.data())
@settings(max_examples=200)
def test_nobody_is_their_own_second_reader_and_whoever_is_asked_may_read(people, rung, route, data):
    maker = data.draw(st.sampled_from(people))
    concern = replace(RAISED, route=route, rung=rung, decided_by=maker.id)
    carried, readers = routing.up_to_another(concern, {maker.id}, people)
    assert maker not in readers
    assert carried >= rung
    assert all(authority.may(reader, Doing.SECOND_READ, replace(concern, rung=carried)) for reader in readers)
    anybody = any(p != maker and routing.receives(replace(concern, rung=HIGHEST), p) for p in people)
    assert bool(readers) == anybody, "the next rung, while there is one"
    decided = replace(RAISED, owner=maker.id).decide(Outcome.NO_FURTHER_ACTION, by=maker.id, at=AT, second=True)
    with pytest.raises(CannotMove):
        decided.read_second(by=maker.id, agreed=True)
    assert decided.second is Second.WANTED


# What the technician is told.


def rows(people: Sequence[Person]) -> dict[str, Fault | None]:
    """What is wrong with the way of each subject."""
    reached = frozenset(person.id for person in people)
    found = selftest.rows(people, reached, policy=Policy(), sealed=(), at=AT)
    return {f"{row.subject.what} {row.subject.who.name if row.subject.who else ''}".strip(): row.fault for row in found}


def test_the_self_test_says_where_one_person_is_all_there_is():
    found = rows(school(a=[Role.LEAD, Role.HEAD], c=[Role.CHAIR]))
    assert found["a child"] is None
    assert found["a child, too close: a"] is Fault.ALONE
    assert found["an allegation against a"] is Fault.ALONE
    assert found["an adult who is not listed (lead)"] is Fault.ALONE, "whoever alone is lead is the head"
    assert rows(school(a=[Role.LEAD, Role.HEAD]))["a child"] is Fault.ALONE


def test_the_self_test_gives_a_row_for_every_person_whatever_they_hold():
    for people in small_schools():
        found = rows(people)
        assert all(f"an allegation against {person.name}" in found for person in people)
        assert all(f"a child, too close: {person.name}" in found for person in people if person.among(LEADS))


def test_a_teacher_who_reports_holds_their_receipt_and_their_post():
    """The reporter is a lead too: they have both, as any lead who reports."""
    lead = Person(id=TESS, name="Tess", roles=frozenset({Role.STAFF, Role.LEAD}))
    assert {Doing.ADD, Doing.ACCEPT} <= {doing for doing in Doing if authority.may(lead, doing, RAISED)}
    assert lead.held() == (Role.LEAD,)
