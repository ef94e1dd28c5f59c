from dataclasses import replace
from uuid import UUID

import pytest

from handlers.rules import routing
from handlers.rules.authority import Doing, may
from handlers.rules.concern import About, ReporterAs, Route
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.routing import Policy, Post, Weight
from tests.rules.test_concern import RAISED, TESS


def person(number: int, role: Role) -> Person:
    return Person(id=PersonId(UUID(int=number)), name=f"P{number}", roles=frozenset({role}))


LEAD, DEPUTY, HEAD = person(11, Role.LEAD), person(12, Role.DEPUTY), person(13, Role.HEAD)
CHAIR, TEACHER = person(14, Role.CHAIR), Person(id=TESS, name="Tess", roles=frozenset({Role.STAFF}))
EVERYONE = (LEAD, DEPUTY, HEAD, CHAIR, TEACHER)


@pytest.mark.parametrize(
    ("about", "posts", "expected"),
    [
        (About.CHILD, [], Route.LEADS),
        (About.CHILD, [Post.HEAD], Route.LEADS),
        (About.ADULT, [Post.STAFF], Route.HEAD),
        (About.ADULT, [], Route.HEAD),
        (About.ADULT, [Post.LEAD], Route.HEAD),
        (About.ADULT, [Post.HEAD], Route.CHAIR),
        (About.ADULT, [Post.STAFF, Post.HEAD], Route.CHAIR),
        (About.ADULT, [Post.LEAD, Post.HEAD], Route.CHAIR),
        (About.ADULT, [Post.HEAD, Post.CHAIR], Route.OUTSIDE),
        (About.ADULT, [Post.CHAIR], Route.VICE_CHAIR),
        (About.ADULT, [Post.GOVERNOR], Route.CHAIR),
        (About.ADULT, [Post.TRUST], Route.TRUST),
        (About.BOTH, [Post.STAFF], Route.HEAD),
        (About.BOTH, [Post.HEAD], Route.CHAIR),
        (About.PRACTICE, [], Route.HEAD),
        (About.PRACTICE, [Post.HEAD], Route.CHAIR),
    ],
)
def test_what_it_is_about_decides_who_gets_it(about, posts, expected):
    assert routing.route(about, posts) is expected


@pytest.mark.parametrize("weight", [Weight.LOW_LEVEL, Weight.SELF])
def test_a_low_level_concern_goes_to_the_lead_only_where_the_school_says_so(weight):
    lead = Policy(low_level_to_lead=True)
    assert routing.route(About.ADULT, [Post.STAFF], weight=weight) is Route.HEAD
    assert routing.route(About.ADULT, [Post.STAFF], weight=weight, policy=lead) is Route.LOW_LEVEL
    assert routing.route(About.ADULT, [Post.LEAD], weight=weight, policy=lead) is Route.HEAD
    assert routing.route(About.ADULT, [Post.HEAD], weight=weight, policy=lead) is Route.CHAIR
    assert routing.route(About.BOTH, [Post.STAFF], weight=weight, policy=lead) is Route.HEAD
    assert routing.route(About.ADULT, [Post.STAFF], policy=lead) is Route.HEAD


def test_where_the_head_is_the_sole_proprietor_nobody_in_school_has_it():
    assert routing.route(About.ADULT, [Post.HEAD], policy=Policy(head_is_proprietor=True)) is Route.OUTSIDE


@pytest.mark.parametrize("route", list(Route))
def test_every_ladder_ends_with_somebody_while_anybody_is_left(route):
    """However many are named, somebody outside the pools below still has it, until there is nobody at all."""
    everyone = tuple(person(50 + n, role) for n, role in enumerate(Role) if role is not Role.PUPIL)
    named: frozenset[PersonId] = frozenset()
    concern = replace(RAISED, route=route)
    while (rung := routing.lowest_rung(concern, everyone)) is not None:
        told = routing.pool(concern, 0, everyone)
        assert told
        assert not named & {p.id for p in told}
        carried = replace(concern, rung=rung)
        assert all(routing.receives(carried, p) for p in told)
        named |= {told[0].id}
        concern = replace(concern, named=named)
    assert routing.pool(concern, 0, everyone) == ()
    assert not any(routing.receives(concern, p) for p in everyone if p.id in named)


@pytest.mark.parametrize("route", [one for one in Route if one is not Route.LEADS])
def test_concerns_about_adults_share_no_place_with_concerns_about_children(route):
    everyone = tuple(person(50 + n, role) for n, role in enumerate(Role))
    assert not routing.fits_the_leads_place(replace(RAISED, route=route), everyone)


def test_a_sealed_concern_is_open_to_those_people_alone_whatever_their_role():
    sealed = replace(RAISED, sealed_to=frozenset({DEPUTY.id, TEACHER.id}), reporter=HEAD.id)
    assert [p for p in EVERYONE if routing.receives(sealed, p)] == [DEPUTY, TEACHER]
    assert not routing.fits_the_leads_place(sealed, EVERYONE)
    assert routing.pool(sealed, 0, EVERYONE) == (DEPUTY, TEACHER)
    assert [p for p in EVERYONE if may(p, Doing.READ, sealed)] == [DEPUTY, TEACHER]
    gone = (LEAD, replace(DEPUTY, active=False), HEAD)
    assert routing.pool(sealed, 0, gone) == (LEAD,), "an empty pool goes up: nothing is dropped"


def test_a_reporter_who_is_a_relative_keeps_their_receipt_and_nothing_by_role():
    relative = replace(RAISED, reporter=LEAD.id, reporter_as=ReporterAs.RELATIVE)
    allowed = {doing for doing in Doing if may(LEAD, doing, relative)}
    assert allowed == {Doing.SEE_RECEIPT, Doing.ADD}
    assert routing.pool(relative, 0, EVERYONE) == (DEPUTY,)
    assert not routing.fits_the_leads_place(relative, EVERYONE)


def test_the_chair_oversees_what_the_head_has_and_loses_it_when_named():
    about_adult = replace(RAISED, route=Route.HEAD, about=About.ADULT)
    assert {doing for doing in Doing if may(CHAIR, doing, about_adult)} == {Doing.READ, Doing.READ_ACTION}
    assert not may(CHAIR, Doing.READ, replace(about_adult, named=frozenset({CHAIR.id})))
    assert not may(CHAIR, Doing.READ, replace(about_adult, about=About.PRACTICE))


def test_an_empty_rung_goes_to_the_next_one_up():
    assert routing.pool(RAISED, 0, (HEAD, CHAIR)) == (HEAD,)


def test_everyone_named_leaves_every_pool():
    named = replace(RAISED, named=frozenset({LEAD.id, DEPUTY.id}))
    assert routing.pool(named, 0, EVERYONE) == (HEAD,)
    assert not routing.fits_the_leads_place(named, EVERYONE)


def test_a_concern_about_an_adult_never_stands_in_the_leads_place():
    about_adult = replace(RAISED, route=Route.HEAD)
    assert not routing.fits_the_leads_place(about_adult, EVERYONE)
    assert [p for p in EVERYONE if routing.receives(about_adult, p)] == [HEAD]


@pytest.mark.parametrize("doing", list(Doing))
def test_a_person_named_may_do_nothing_whatever_their_role(doing):
    for who in EVERYONE:
        assert not may(who, doing, replace(RAISED, named=frozenset({who.id}), reporter=who.id))


@pytest.mark.parametrize("doing", [d for d in Doing if d not in {Doing.SEE_RECEIPT, Doing.ADD, Doing.BREAK_GLASS}])
def test_leads_do_everything_with_a_childs_concern_and_teachers_nothing(doing):
    assert may(LEAD, doing, RAISED)
    assert may(DEPUTY, doing, RAISED)
    assert not may(TEACHER, doing, RAISED)
    assert not may(CHAIR, doing, RAISED)


def test_the_head_may_read_only_once_it_has_been_carried_up_to_them():
    assert not may(HEAD, Doing.READ, RAISED)
    assert may(HEAD, Doing.READ, replace(RAISED, rung=2))


def test_the_reporter_sees_their_receipt_and_may_add_but_not_read():
    assert may(TEACHER, Doing.ADD, RAISED)
    assert may(TEACHER, Doing.SEE_RECEIPT, RAISED)
    assert not may(TEACHER, Doing.READ, RAISED)


def test_somebody_who_has_left_may_do_nothing():
    assert not may(replace(LEAD, active=False), Doing.READ, RAISED)
