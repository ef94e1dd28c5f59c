from dataclasses import replace
from uuid import UUID

import pytest

from handlers.rules import routing
from handlers.rules.authority import Doing, may
from handlers.rules.concern import About, Route
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.routing import Post
from tests.rules.test_concern import RAISED, TESS


def person(number: int, role: Role) -> Person:
    return Person(id=PersonId(UUID(int=number)), name=f"P{number}", role=role)


LEAD, DEPUTY, HEAD = person(11, Role.LEAD), person(12, Role.DEPUTY), person(13, Role.HEAD)
CHAIR, TEACHER = person(14, Role.CHAIR), Person(id=TESS, name="Tess", role=Role.STAFF)
EVERYONE = (LEAD, DEPUTY, HEAD, CHAIR, TEACHER)


@pytest.mark.parametrize(
    ("about", "posts", "expected"),
    [
        (About.CHILD, [], Route.LEADS),
        (About.ADULT, [Post.STAFF], Route.HEAD),
        (About.ADULT, [], Route.HEAD),
        (About.ADULT, [Post.LEAD], Route.HEAD),
        (About.ADULT, [Post.HEAD], Route.CHAIR),
        (About.ADULT, [Post.STAFF, Post.HEAD], Route.CHAIR),
        (About.ADULT, [Post.GOVERNOR], Route.CHAIR),
        (About.BOTH, [Post.STAFF], Route.HEAD),
        (About.PRACTICE, [], Route.HEAD),
    ],
)
def test_what_it_is_about_decides_who_gets_it(about, posts, expected):
    assert routing.route(about, posts) is expected


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


@pytest.mark.parametrize("doing", [d for d in Doing if d not in {Doing.SEE_RECEIPT, Doing.ADD}])
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
