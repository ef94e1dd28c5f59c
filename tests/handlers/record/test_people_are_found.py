"""Adults and pupils in every list and search: found as typed, namesakes told apart, no label cut where it tells."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from handlers.actions import form as actions
from handlers.conversation import SearchTyped, Suggestions
from handlers.record import chronology_form, find_form
from handlers.rules.people import Person, PersonId, Pupil, PupilId, Role
from handlers.triage import away_form, owning_form
from handlers.ui import say, who
from handlers.ui.form import ChoiceField, Form, PickField, Source
from tests.handlers.school import LEE, MIA, PEOPLE, ROLL, TESS, Here, account


def person(number: int, name: str, role: Role = Role.STAFF, **more: str) -> Person:
    return Person(id=PersonId(UUID(int=number)), name=name, roles=frozenset({role}), **more)


ZOE = person(21, "Zoë Siobhán O’Brien", department="Science")
SAMS = (
    person(31, "Sam Smith", Role.DEPUTY),
    person(32, "Sam Smith", Role.HEAD),
    person(33, "Sam Smith", department="Maths"),
    person(34, "Sam Smith", department="Art", mail="s.smith@heron.example"),
    person(35, "Sam Smith", department="Art", mail="sam.smith@heron.example"),
)
LONG = "Maximiliana Persephone " + "Featherstonehaugh-Cholmondeley " * 2 + "Smythe"


async def _found(here: Here, source: Source, query: str, by: Person = TESS) -> list[str]:
    found = await here.answers(SearchTyped(who=account(by), source=source, query=query))
    assert isinstance(found, Suggestions)
    return [option.label for option in found.options]


@pytest.fixture
async def school(here: Here, reads_again) -> Here:
    """The same school with more people, and one pupil gone."""
    gone = Pupil(id=PupilId(UUID(int=950)), name="Noor O’Shea", form="11C", year="11")
    people = (*PEOPLE, *((one, ()) for one in (ZOE, *SAMS)))
    await reads_again(people=people, pupils=(*ROLL.pupils, gone))
    await reads_again(people=people)
    return here


@pytest.mark.parametrize(
    "typed", ["zoe", "Zoë", "O'Brien", "o’brien", "OBRIEN", "siobhan", "Zoë Siobhán O’Brien · Staff"]
)
async def test_an_adult_is_found_as_a_pupil_is(school: Here, typed: str):
    assert await _found(school, Source.STAFF, typed) == ["Zoë Siobhán O’Brien · Staff"]


async def test_adults_of_one_name_are_told_apart_by_post_and_then_by_what_else_is_known(school: Here):
    assert set(await _found(school, Source.STAFF, "sam smith")) == {
        "Sam Smith · Deputy lead", "Sam Smith · Head", "Sam Smith · Staff · Maths",
        "Sam Smith · Staff · Art · s.smith@heron.example", "Sam Smith · Staff · Art · sam.smith@heron.example",
    }
    assert (await _found(school, Source.STAFF, "Sam Smith · Head"))[0] == "Sam Smith · Head"
    assert set(await _found(school, Source.LEADS, "sam smith")) == {"Sam Smith · Deputy lead", "Sam Smith · Head"}


def lists_of(people) -> dict[str, Form]:
    """Every form in which one of several colleagues is chosen from a list."""
    return {
        "hand over": owning_form.hand_over("k", "26-48213", people),
        "away": away_form.form("k", "", people),
        "assign": actions.assign("k", "26-48213", people),
        "reassign": actions.reassign("k", "26-48213/1", people),
    }


@pytest.mark.parametrize("which", lists_of(()))
@pytest.mark.parametrize("name", ["Sam Smith", LONG])
def test_no_list_of_colleagues_has_two_that_read_the_same(which: str, name: str):
    people = tuple(replace(one, name=name) for one in SAMS)
    choose = next(f for f in lists_of(people)[which].fields() if isinstance(f, PickField | ChoiceField) and f.options
                  and f.options[0].key == str(SAMS[0].id))  # fmt: skip
    shown = [option.label for option in choose.options]
    assert len(set(shown)) == len(SAMS)
    assert all(len(label) <= say.LABEL for label in shown)


def test_who_cannot_be_told_apart_at_all_is_marked_as_that():
    twins = (SAMS[2], replace(SAMS[2], id=PersonId(uuid4())))
    assert [option.label for option in who.staff(twins)] == ["Sam Smith · Staff · Maths · one of two alike"] * 2


@pytest.mark.parametrize("length", [10, 60, 74, 75, 88, 300])
def test_two_of_one_name_however_long_keep_their_form_and_year_in_every_label(length: int):
    name = ("Mia " + "Featherstonehaugh " * 20)[:length].strip()
    here = [replace(MIA, name=name), replace(MIA, id=PupilId(uuid4()), name=name, form="4K", year="4")]
    ends = (" · 8B · Year 8", " · 4K · Year 4")
    shown = [option.label for option in who.pupils(here)]
    shown += [form.parts[0].text for form in (_chronology(here[0]), _chronology(here[1]))]
    shown += [form.parts[0].text for form in (_results(here[0]), _results(here[1]))]
    assert [label.endswith(end) for label, end in zip(shown, ends * 3, strict=True)] == [True] * 6
    assert all(len(label) <= say.LABEL for label in shown[:2])


def _chronology(pupil: Pupil) -> Form:
    return chronology_form.window("k", pupil.label(), (), number=1)


def _results(pupil: Pupil) -> Form:
    return find_form.found("k", pupil.label(), ())


async def test_a_pupil_who_has_left_is_found_by_name_by_whoever_reads_the_record_and_by_nobody_else(school: Here):
    assert await _found(school, Source.EVERY_PUPIL, "oshea", LEE) == ["Noor O’Shea · 11C · Year 11 · has left"]
    assert await _found(school, Source.PUPILS, "oshea", LEE) == []
    assert await _found(school, Source.EVERY_PUPIL, "oshea", TESS) == []
    assert await _found(school, Source.EVERY_PUPIL, "mia", TESS) == await _found(school, Source.PUPILS, "mia", TESS)
