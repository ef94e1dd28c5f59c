"""The form behind /concern: its fields, in pages. To add a field, add it here and make the golden files anew.

A page's fields may depend on the answers given on earlier pages, never on a platform. What may be chosen: `choices`.
"""

from collections.abc import Callable, Mapping

from handlers.account import bodymap, not_satisfied_form, rewriting, voices
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Urgency
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import choices
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Part,
    PickField,
    Source,
    TextField,
    TimeField,
)

ID = "concern"
TITLE = "Raise a concern"
LAST = 4
CHILDREN = ("1", "2", "3")
"""Children found by name; further ones are written down."""
FIRST = {"facts": "facts_first", "own_words": "own_words_first"}
"""Where a text is kept as it was first written, before the guard said anything about it."""
CONFIRMED, HINTED = "confirmed", "hinted"
BESIDE: Mapping[str, str] = {
    "facts_first": "Facts, as they were first written",
    "own_words_first": "The child's words, as they were first written",
    CONFIRMED: "Confirmed by the writer as exactly what was seen or heard",
    **not_satisfied_form.LABELS,
    verdict.ANSWER: "People whose names were typed, and what the writer says of each",
}
"""Answers that no field asks for, with the words under which a lead reads them."""
_SAY = ENGLAND.words

_FIRST: tuple[Part, ...] = (
    Words(text=_SAY["danger"], alert=True),
    ChoiceField(name="danger", label="Is anyone in danger now?", options=choices.YES_NO, required=True),
    ChoiceField(name="about", label="What is it about?", options=choices.ABOUT, required=True),
    ChoiceField(name="urgency", label="How soon must someone act?", options=choices.URGENCY, required=True),
    ChoiceField(
        name="told_lead", label="Have you told a lead in person?", options=choices.YES_NO, required=True,
        hint=_SAY["told_lead"],
    ),
    TextField(name="told_whom", label="Whom did you tell, and when?", most=200, asks=Asks.NAME),
    PickField(
        name="close", label="Is a lead, the head or the chair involved, or close to you or the child?",
        source=Source.LEADS, hint=_SAY["close"],
    ),
    ChoiceField(
        name="relative", label="Are you a parent or relative of the child?", options=choices.YES_NO, menu=True
    ),
)

_SOURCE = ChoiceField(
    name="source", label="How do you know?", options=choices.SOURCES, required=True, menu=True
)


def _child(number: str) -> tuple[Part, ...]:
    if number == CHILDREN[0]:
        return (
            PickField(
                name="child_1", label="Child", source=Source.PUPILS,
                hint="Type two letters of the name or the form. Check the form and year.",
            ),
            ChoiceField(
                name="role_1", label="This child's part in it", options=choices.PARTS_PLAYED, menu=True
            ),
        )
    which = {"2": "Second", "3": "Third"}[number]
    return (
        PickField(name=f"child_{number}", label=f"{which} child, if any", source=Source.PUPILS),
        ChoiceField(
            name=f"role_{number}", label=f"The {which.lower()} child's part in it", options=choices.PARTS_PLAYED,
            menu=True,
        ),
    )


_CHILDREN: tuple[Part, ...] = (
    Heading("Who"),
    *(part for number in CHILDREN for part in _child(number)),
    TextField(
        name="child_other",
        label="Any other child, or one you cannot find",
        hint="Name, form and part in it; or: not known, with what you do know.",
        most=500,
        asks=Asks.NAME,
    ),
)

_ADULTS: tuple[Part, ...] = (
    Heading("The adult"),
    PickField(
        name="adult",
        label="Adult",
        source=Source.STAFF,
        hint="Type two letters of the name.",
    ),
    TextField(name="adult_other", label="An adult who is not on the list", most=500, asks=Asks.ADULT),
    ChoiceField(name="adult_post", label="What they do here", options=choices.POSTS, menu=True),
    ChoiceField(
        name="adult_weight", label="How serious may it be?", options=choices.WEIGHTS, menu=True, hint=_SAY["weight"]
    ),
)

_WHEN_AND_WHERE: tuple[Part, ...] = (
    Heading("When and where"),
    ChoiceField(name="happened", label="When did it happen?", options=choices.HAPPENED, required=True),
    DateField(name="happened_date", label="Date it happened"),
    TimeField(name="happened_time", label="Time it happened"),
    ChoiceField(name="learned", label="When did you learn of it?", options=choices.LEARNED, required=True),
    DateField(name="learned_date", label="Date you learned of it"),
    TimeField(name="learned_time", label="Time you learned of it"),
    ChoiceField(
        name="place", label="Where did it happen?", options=choices.PLACES, required=True, menu=True
    ),
    TextField(name="place_words", label="Where exactly", hint="Room, street, site or app.", most=500),
)

_WHO: dict[str, tuple[Part, ...]] = {
    About.CHILD: _CHILDREN,
    About.ADULT: _ADULTS,
    About.BOTH: (*_CHILDREN, *_ADULTS),
    About.PRACTICE: (),
}


def _second(answers: Answers) -> tuple[Part, ...]:
    return (_SOURCE, *_WHO.get(str(answers.get("about", "")), ()), *_WHEN_AND_WHERE)


_FACTS = TextField(
    name="facts", label="What you saw, heard and did: facts only", hint=_SAY["facts"], long=True
)
_QUESTIONS = TextField(
    name="questions", label="The questions you asked, word for word", hint=_SAY["questions"], long=True, most=1500
)
_AROUND: tuple[Part, ...] = (
    TextField(name="others", label="What others told you", hint=_SAY["others"], long=True, most=2000),
    TextField(
        name="present", label="Who else was there", hint="Full names, and what each could see or hear.", most=500,
        asks=Asks.PERSON,
    ),
    TextField(name="looked", label="How the child looked and behaved", hint=_SAY["looked"], long=True, most=1000),
    ChoiceField(name="marks", label="Did you see a mark or an injury?", options=choices.MARKS, menu=True),
    TextField(name="view", label="Your view, and why you hold it", hint=_SAY["view"], long=True, most=2000),
)


def _third(answers: Answers) -> tuple[Part, ...]:
    facts, words = rewriting.above("facts", answers), rewriting.above("own_words", answers)
    return (*facts, _FACTS, *words, *voices.fields(answers), _QUESTIONS, *_AROUND)


def _mark(number: int) -> tuple[Part, ...]:
    """One mark on the body map. There is no place for a photograph, and there will be none."""
    which = ("The mark", "The second mark", "The third mark")[number - 1]
    name = bodymap.names(number)
    hint = {key: _SAY[key] if number == 1 else "" for key in ("side", "mark", "explained")}
    return (
        ChoiceField(name=name["region"], label=f"{which}: where on the body", options=choices.REGIONS, menu=True),
        ChoiceField(
            name=name["side"], label=f"{which}: which side", options=choices.SIDES, menu=True, hint=hint["side"]
        ),
        TextField(name=name["look"], label=f"{which}: size, shape and colour", hint=hint["mark"], most=300),
        ChoiceField(name=name["broken"], label=f"{which}: is the skin broken?", options=choices.SKIN, menu=True),
        TextField(name=name["why"], label=f"{which}: the explanation given", hint=hint["explained"], most=400),
        TextField(name=name["by"], label=f"{which}: who gave that explanation", most=120, asks=Asks.PERSON),
    )


_SEEN = {"1": 1, "2": 2, "3": 3}


def _marks(answers: Answers) -> tuple[Part, ...]:
    seen = _SEEN.get(str(answers.get("marks", "")), 0)
    body = tuple(part for number in range(1, seen + 1) for part in _mark(number))
    return (Heading("Marks"), Words(text=_SAY["photographs"], subtle=True), *body) if body else ()


_NEXT: tuple[Part, ...] = (
    TextField(name="done", label="What you have done", hint="What you did, whom you have told, when.", long=True,
              most=2500),
    TextField(name="child_now", label="Where is the child now?", most=500),
    ChoiceField(name="safe_home", label="Is it safe for the child to go home?", options=choices.SAFE_HOME),
    ChoiceField(
        name="parent_told", label="Has a parent or carer been told?", options=choices.PARENT_TOLD, menu=True
    ),
    TextField(
        name="parent_words", label="What they said, or why telling them may not be safe", most=1000
    ),
    TextField(name="wishes", label="What the child wants to happen", most=1000),
    ChoiceField(
        name="said_whom", label="Did you say whom you would tell?", options=choices.YES_NO, menu=True
    ),
    ChoicesField(
        name="kinds",
        label="Kind of concern",
        options=choices.KINDS,
        most=3,
        required=True,
        hint="Up to three, or not sure.",
    ),
    ChoiceField(
        name="notes", label="Are there handwritten notes?", options=choices.YES_NO, menu=True, hint=_SAY["notes"]
    ),
    ChoicesField(
        name="own_account", label="Before you send", options=choices.OWN_ACCOUNT, most=1, required=True
    ),
)

_PAGES: tuple[Callable[[Answers], tuple[Part, ...]], ...] = (
    lambda _: _FIRST,
    _second,
    _third,
    lambda answers: (*_marks(answers), *_NEXT),
)


Numbers = tuple[tuple[str, str], ...]


def page(
    key: str, number: int, answers: Answers, names: Mapping[str, str], *, numbers: Numbers = (),
    straight: bool = False,
) -> Form:
    """Page `number`, 1 to 4, with what has been answered so far in it.

    `names` are the labels of picked ids; `numbers` whom to ring, shown where somebody must act now; `straight`: nothing
    comes between the last page and sending it.
    """
    parts = tuple(voices.named(part, answers, names) for part in _PAGES[number - 1](answers))
    where = Words(text=f"Page {number} of {LAST}", subtle=True)
    emergency = _emergency(numbers) if number > 1 and is_urgent(answers) else ()
    return Form(
        id=ID,
        key=key,
        page=number,
        title=TITLE,
        parts=(where, *emergency, *parts),
        submit="Send" if number == LAST and (straight or is_urgent(answers)) else "Next",
        back=number > 1,
        values=answers,
        names=names,
    )


def is_urgent(answers: Answers) -> bool:
    """Somebody must act now: nothing may come between the writer and sending it."""
    return answers.get("danger") == "yes" or answers.get("urgency") == Urgency.NOW


def _emergency(numbers: Numbers) -> tuple[Part, ...]:
    return (Words(text=_SAY["danger"], alert=True), *((Facts(numbers),) if numbers else ()))


def fields(answers: Answers) -> tuple[Field, ...]:
    """Every field of every page that these answers lead to, in order."""
    return tuple(
        part for make in _PAGES for part in make(answers) if isinstance(part, Field)
    )


def every_field() -> tuple[Field, ...]:
    """Every field of the form, whatever was answered."""
    return fields({"about": About.BOTH, "child_2": "any", "child_3": "any", "marks": "3"})


def page_of(name: str, answers: Answers) -> int:
    """The page on which that field stands."""
    for number, make in enumerate(_PAGES, start=1):
        if any(isinstance(part, Field) and part.name == name for part in make(answers)):
            return number
    return 1
