"""Who is said to have a concern: over routes, staff of every sort, who is named, how far up it is, who owns it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reporter import who_has_it
from handlers.rules import held, routing
from handlers.rules.concern import About, ReporterAs, Route, Status
from handlers.rules.people import LEADS, Role
from handlers.rules.routing import HIGHEST
from tests.rules.test_concern import RAISED
from tests.rules.test_several_posts import school, schools

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
abouts = {Route.LEADS: [About.CHILD], Route.HEAD: [About.ADULT, About.BOTH, About.PRACTICE]}
ways = st.sampled_from([(route, about) for route in Route for about in abouts.get(route, [About.ADULT])])


def cases(data, people):
    route, about = data.draw(ways)
    named = data.draw(st.frozensets(st.sampled_from(people)))
    rung = data.draw(st.integers(0, HIGHEST))
    concern = replace(RAISED, route=route, about=about, rung=rung, named=frozenset(one.id for one in named))
    if not routing.pool(concern, 0, people):
        return concern, ()
    concern = replace(concern, rung=max(rung, routing.lowest_rung(concern, people) or 0))
    return concern, [one for one in people if routing.receives(concern, one)]


@given(people=schools, data=st.data())
@settings(max_examples=400)
def test_a_post_that_is_said_is_held_by_somebody_who_has_it_and_whoever_has_it_holds_one_that_is_said(people, data):
    concern, receiving = cases(data, people)
    said = held.held(concern, receiving, None).by
    assert len(set(said)) == len(said)
    assert bool(said) == bool(receiving)
    for post in set(said) - {None}:
        assert any(person.has(post) or (post is Role.LEAD and person.among(LEADS)) for person in receiving), post
    unsaid = {None, Role.WHISTLEBLOWING_LEAD}
    for person in receiving:
        named = any(person.has(post) for post in said if post) or (Role.LEAD in said and person.among(LEADS))
        assert named or held.post_of(concern, person) in unsaid


@given(people=schools, data=st.data())
@settings(max_examples=400)
def test_who_has_taken_it_on_is_said_by_a_post_of_theirs_and_by_nothing_else(people, data):
    concern, receiving = cases(data, people)
    if not receiving:
        return
    owner = data.draw(st.sampled_from(receiving))
    concern = concern.accept(by=owner.id, at=AT)
    found = held.held(concern, receiving, owner)
    assert found.by == (found.owner,)
    post = found.owner
    assert post is None or owner.has(post) or (post is Role.LEAD and owner.among(LEADS))
    if post is None:
        assert held.post_of(concern, owner) is Role.WHISTLEBLOWING_LEAD


@given(people=schools, data=st.data())
@settings(max_examples=300)
def test_a_relative_or_the_subject_reads_neither_who_took_it_on_nor_how_far_up_it_is(people, data):
    concern, receiving = cases(data, people)
    as_a_relative = replace(concern, reporter_as=ReporterAs.RELATIVE)
    first = held.held(replace(as_a_relative, rung=0), receiving, None)
    assert held.held(as_a_relative, receiving, None) == first
    for owner in receiving[:1]:
        assert held.held(replace(as_a_relative, owner=owner.id, status=Status.ACCEPTED), receiving, owner) == first


@given(people=schools, data=st.data())
@settings(max_examples=300)
def test_a_seal_says_of_nobody_that_it_is_open_to_them_but_of_those_who_had_it_before(people, data):
    concern, receiving = cases(data, people)
    if not receiving:
        return
    to = data.draw(st.frozensets(st.sampled_from(receiving), min_size=1))
    sealed = concern.seal(frozenset(one.id for one in to))
    said = held.held(sealed, list(to), None).by
    assert {post for post in said if post} <= {
        Role.LEAD if post in LEADS else post for post in routing.own_posts(concern)
    }


def test_no_receipt_tells_by_the_posts_that_it_names_what_kind_of_concern_it_is():
    """What is said of a low-level concern, or of one about the school's practice, is said of others as well."""
    people = school(a=[Role.LEAD], b=[Role.DEPUTY], c=[Role.HEAD], d=[Role.WHISTLEBLOWING_LEAD], e=[Role.CHAIR])

    def said(**as_it_is) -> str:
        concern = replace(RAISED, **as_it_is)
        receiving = [one for one in people if routing.receives(concern, one)]
        return who_has_it.named(held.held(concern, receiving, None))

    climbed = {said(route=Route.LEADS, about=About.CHILD, rung=rung) for rung in range(HIGHEST + 1)}
    assert said(route=Route.LOW_LEVEL, about=About.ADULT) in climbed
    assert said(route=Route.HEAD, about=About.PRACTICE) == said(route=Route.HEAD, about=About.ADULT) == "The head"


@pytest.mark.parametrize("post", [post for post in Role if post in routing.MAY_HAVE_ONE])
def test_every_post_that_may_come_to_have_one_has_its_words(post):
    for route in Route:
        concern = replace(RAISED, route=route, about=About.CHILD if route is Route.LEADS else About.PRACTICE)
        (person,) = school(a=[post])
        if held.post_of(concern, person) is not None:
            assert who_has_it.taken_on(held.held(concern.accept(by=person.id, at=AT), [person], person).owner)
