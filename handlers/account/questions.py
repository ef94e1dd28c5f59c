"""The questions behind /concern, page by page: what calls for each, and whether it must be answered.

To add a field, add it here, say in `goes` where it goes, and make the golden files anew. A field may stand on two pages
where two things call for it, and where it need not be answered on the first for somebody is in danger. What may be
chosen: `choices`.
"""

from dataclasses import replace

from handlers.account import bodymap, voices
from handlers.account.called_for import (
    Asked,
    When,
    about_a_child,
    about_an_adult,
    about_practice,
    always,
    among,
    both,
    calm,
    either,
    given,
    heard_a_child,
    in_danger,
    learned_apart,
    must_be_seen,
    never,
    one_of,
    only_an_adult,
    picked,
    picked_first,
    soon,
    told_by_others,
    unless,
)
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import choices
from handlers.ui.card import Heading, Words
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Part, PickField, Source, TextField, TimeField
from handlers.ui.spoken_days import Looks

_SAY = ENGLAND.words
_A_CHILD = "Type two letters. Not listed? Leave this blank."


def _ask(part: Part, *, when: When = always, needed: bool | When = False, stays: When = always) -> Asked:
    test = needed if callable(needed) else (always if needed else never)
    return Asked(part=part, when=when, needed=test, stays=stays)


_ABOUT = ChoiceField(name="about", label="What is it about?", options=choices.ABOUT)
_CHILD = PickField(name="child_1", label="Child", source=Source.PUPILS, hint=_A_CHILD)
_ONE_OF_THEM = one_of("involved", "close", "both")
_INVOLVED = either(_ONE_OF_THEM, both(in_danger, unless(given("involved"))))

_FIRST: tuple[Asked, ...] = (
    _ask(Words(text=_SAY["danger"], alert=True), when=calm),
    _ask(
        ChoiceField(name="danger", label="Is anyone in danger now?", options=choices.YES_NO, redraws=True), needed=True
    ),
    _ask(Words(text=_SAY["danger_first"], alert=True), when=in_danger),
    _ask(_ABOUT, needed=calm),
    _ask(_CHILD, when=unless(either(only_an_adult, about_practice)), stays=about_a_child),
    _ask(
        ChoiceField(name="urgency", label="How soon must someone act?", options=choices.URGENCY), needed=calm,
    ),
    _ask(
        ChoiceField(name="told_lead", label="Have you told a lead in person?", options=choices.YES_NO), needed=calm,
    ),
    _ask(
        ChoiceField(
            name="involved", label="Is a lead, the head or the chair involved, or close?",
            options=choices.INVOLVED,
        )
    ),
)  # fmt: skip


def _another_child(number: str) -> PickField:
    label = {"2": "Another child, if any", "3": "A third child, if any"}[number]
    return PickField(name=f"child_{number}", label=label, source=Source.PUPILS)


def _part_played(number: str) -> ChoiceField:
    """The child's name stands in its label where there are several."""
    whose = {"1": "This child's part in it", "2": "The second child's part", "3": "The third child's part"}[number]
    return ChoiceField(name=f"role_{number}", label=whose, options=choices.PARTS_PLAYED, menu=True)


def _child_by_words(label: str) -> TextField:
    return TextField(
        name="child_other", label=label, hint="Name and form, and their part in it. Not known? Say what you do know.",
        most=500, asks=Asks.NAME,
    )  # fmt: skip


_UNPICKED = both(about_a_child, unless(given("child_1")))
_OTHERS = TextField(name="others", label="What others told you", hint=_SAY["others"], long=True, most=2000)
_ADULT_BY_WORDS = both(about_an_adult, unless(given("adult")))

_SECOND: tuple[Asked, ...] = (
    _ask(_ABOUT, when=both(in_danger, unless(given("about"))), needed=True),
    _ask(
        TextField(name="told_whom", label="Who did you tell, and when?", most=200, asks=Asks.NAME),
        when=one_of("told_lead", "yes"), needed=True,
    ),
    _ask(Words(text=_SAY["danger_who"], alert=True), when=both(in_danger, _ONE_OF_THEM, unless(given("close")))),
    _ask(
        PickField(
            name="close", label="Which lead, head or chair is involved or close?", source=Source.LEADS,
            hint=_SAY["close"],
        ),
        when=_INVOLVED, needed=_ONE_OF_THEM,
    ),
    _ask(
        ChoiceField(
            name="relative", label="Are you a parent or relative of the child?", options=choices.YES_NO, menu=True
        ),
        when=never,
    ),
    _ask(replace(_CHILD, label="Which child, if any?"), when=only_an_adult),
    _ask(_CHILD, when=both(in_danger, unless(either(only_an_adult, about_practice, picked("child_1"))))),
    _ask(_part_played("1"), when=both(picked_first, given("child_1")), needed=True, stays=about_a_child),
    _ask(_child_by_words("Who is the child?"), when=both(calm, _UNPICKED), needed=True, stays=about_a_child),
    _ask(_another_child("2"), when=both(picked_first, given("child_1")), stays=about_a_child),
    _ask(Heading("The adult"), when=about_an_adult),
    _ask(
        PickField(
            name="adult", label="Adult", source=Source.STAFF,
            hint="Type two letters. Not listed? Leave this blank.",
        ),
        when=about_an_adult, stays=about_an_adult,
    ),
    _ask(
        ChoiceField(
            name="adult_weight", label="How serious may it be?", options=choices.WEIGHTS, menu=True, hint=_SAY["weight"]
        ),
        when=about_an_adult, stays=about_an_adult,
    ),
    _ask(ChoiceField(name="source", label="How do you know?", options=choices.SOURCES, menu=True), needed=True),
    _ask(
        ChoiceField(name="happened", label="When did it happen?", options=choices.HAPPENED, menu=True), needed=True
    ),
    _ask(TimeField(name="happened_time", label="At what time?")),
    _ask(
        ChoiceField(name="place", label="Where did it happen?", options=choices.PLACES, menu=True), needed=True
    ),
    _ask(TextField(name="place_words", label="Where exactly", most=500)),
    _ask(
        ChoiceField(
            name="parent_told", label="Have parents been told?", options=choices.PARENT_TOLD, menu=True
        ),
        when=about_a_child,
    ),
)  # fmt: skip

_SEEN = {"1": 1, "2": 2, "3": 3}


def _saw_marks(number: int) -> When:
    return lambda answers: _SEEN.get(str(answers.get("marks", "")), 0) >= number


_THIRD: tuple[Asked, ...] = (
    _ask(
        DateField(name="happened_date", label="On which day did it happen?", looks=Looks.BACK),
        when=one_of("happened", "then"), needed=True, stays=one_of("happened", "then"),
    ),
    _ask(
        ChoiceField(name="learned", label="When did you learn of it?", options=choices.LEARNED, menu=True),
        when=learned_apart, needed=True,
    ),
    _ask(TimeField(name="learned_time", label="At what time?"), when=learned_apart),
    _ask(_part_played("1"), when=both(in_danger, about_a_child, given("child_1")), needed=True),
    _ask(_child_by_words("Who is the child?"), when=both(in_danger, _UNPICKED), needed=True),
    _ask(_another_child("2"), when=both(in_danger, about_a_child, given("child_1"))),
    _ask(_part_played("2"), when=both(picked_first, given("child_2")), needed=True, stays=about_a_child),
    _ask(_another_child("3"), when=both(picked_first, given("child_2")), stays=about_a_child),
    _ask(
        TextField(name="adult_other", label="Who is the adult?", most=500, asks=Asks.ADULT),
        when=_ADULT_BY_WORDS, needed=True, stays=about_an_adult,
    ),
    _ask(
        ChoiceField(name="adult_post", label="What they do here", options=choices.POSTS, menu=True),
        when=_ADULT_BY_WORDS, needed=True, stays=about_an_adult,
    ),
    _ask(
        TextField(name="facts", label="What you saw, heard and did: facts only", hint=_SAY["facts"], long=True),
        needed=must_be_seen,
    ),
    _ask(Words(text=_SAY["secret"], subtle=True), when=one_of("source", "child")),
    _ask(Words(text=_SAY["nudes"], subtle=True), when=one_of("place", "online")),
    *(
        _ask(voices.words_of(child), when=both(unless(about_practice), voices.speaks(child)))
        for child in voices.CHILDREN
    ),
    *(_ask(voices.how_told(child), when=both(one_of("source", "child"), voices.speaks(child)))
      for child in voices.CHILDREN),
    _ask(_OTHERS, when=told_by_others),
    _ask(ChoiceField(name="marks", label="A mark or an injury?", options=choices.MARKS, menu=True),
         when=unless(about_practice)),
    _ask(TextField(name="view", label="Your view, and why you hold it", hint=_SAY["view"], long=True, most=2000)),
    _ask(
        ChoicesField(
            name="further", label="Tick what to add on the next page", options=choices.FURTHER,
            most=len(choices.FURTHER),
        )
    ),
)  # fmt: skip


def _mark(number: int) -> tuple[Asked, ...]:
    """One mark on the body map. There is no place for a photograph, and there will be none."""
    which = ("The mark", "The second mark", "The third mark")[number - 1]
    name = bodymap.names(number)
    hint = {key: _SAY[key] if number == 1 else "" for key in ("side", "mark", "explained")}
    fields_of_it = (
        ChoiceField(name=name["region"], label=f"{which}: where on the body", options=choices.REGIONS, menu=True),
        ChoiceField(
            name=name["side"], label=f"{which}: which side", options=choices.SIDES, menu=True, hint=hint["side"]
        ),
        TextField(name=name["look"], label=f"{which}: size, shape and colour", hint=hint["mark"], most=300),
        ChoiceField(name=name["broken"], label=f"{which}: is the skin broken?", options=choices.SKIN, menu=True),
        TextField(name=name["why"], label=f"{which}: the explanation given", hint=hint["explained"], most=400),
        TextField(name=name["by"], label=f"{which}: who gave that explanation", most=120, asks=Asks.PERSON),
    )
    seen = _saw_marks(number)
    return tuple(_ask(part, when=seen, stays=seen) for part in fields_of_it)


_FOURTH: tuple[Asked, ...] = (
    _ask(
        DateField(name="learned_date", label="On which day did you learn of it?", looks=Looks.BACK),
        when=one_of("learned", "then"), needed=True, stays=one_of("learned", "then"),
    ),
    _ask(_part_played("2"), when=both(in_danger, given("child_2"), about_a_child), needed=True),
    _ask(_another_child("3"), when=both(in_danger, given("child_2"), about_a_child)),
    _ask(_part_played("3"), when=both(about_a_child, given("child_3")), needed=calm, stays=about_a_child),
    _ask(
        _child_by_words("Another child, who is not on the list"),
        when=both(among("further", "child"), unless(_UNPICKED)), stays=about_a_child,
    ),
    *(_ask(voices.how_told(child), when=both(unless(one_of("source", "child")), voices.has_words(child)))
      for child in voices.CHILDREN),
    _ask(voices.INTERPRETER, when=voices.was_interpreted),
    _ask(
        TextField(
            name="questions", label="The questions you asked, word for word", hint=_SAY["questions"], long=True,
            most=1500,
        ),
        when=heard_a_child,
    ),
    _ask(_OTHERS, when=both(unless(told_by_others), among("further", "others"))),
    _ask(
        TextField(
            name="present", label="Who else was there", hint="Full names, and what each could see or hear.", most=500,
            asks=Asks.PERSON,
        ),
        when=among("further", "present"),
    ),
    _ask(
        TextField(
            name="looked", label="How the child looked and behaved", hint=_SAY["looked"], long=True, most=1000
        ),
        when=among("further", "looked"),
    ),
    _ask(Heading("Marks"), when=_saw_marks(1)),
    _ask(Words(text=_SAY["photographs"], subtle=True), when=_saw_marks(1)),
    *(one for number in range(1, 4) for one in _mark(number)),
    _ask(
        TextField(name="done", label="What you have done", hint="Whom you told, and when.", long=True,
                  most=2500)
    ),
    _ask(TextField(name="child_now", label="Where is the child now?", most=500), when=both(about_a_child, soon)),
    _ask(
        ChoiceField(name="safe_home", label="Safe to go home?", options=choices.SAFE_HOME),
        when=both(about_a_child, soon),
    ),
    _ask(
        TextField(name="parent_words", label="What they said, or why telling them may not be safe", most=1000),
        when=one_of("parent_told", "yes", "unsafe"),
    ),
    _ask(TextField(name="wishes", label="What the child wants", most=1000), when=heard_a_child),
    _ask(
        ChoiceField(name="said_whom", label="Did you say whom you would tell?", options=choices.YES_NO, menu=True),
        when=heard_a_child,
    ),
    _ask(
        ChoicesField(
            name="kinds", label="Kind of concern", options=choices.KINDS, most=3, hint="Up to three."
        ),
        needed=True,
    ),
    _ask(ChoiceField(name="notes", label="Handwritten notes?", options=choices.NOTES, menu=True)),
    _ask(
        ChoicesField(name="own_account", label="Before you send", options=choices.OWN_ACCOUNT, most=1), needed=True
    ),
)  # fmt: skip

PAGES = (_FIRST, _SECOND, _THIRD, _FOURTH)
