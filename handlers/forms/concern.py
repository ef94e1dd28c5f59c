"""The form behind /concern: its fields, in pages. To add a field, add it here and make the golden files anew.

A page's fields may depend on the answers given on earlier pages, never on a platform.
"""

from collections.abc import Callable, Mapping

from handlers.cards.model import Heading, Words
from handlers.forms.model import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Option,
    Part,
    PickField,
    Source,
    TextField,
    TimeField,
)
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Urgency
from handlers.rules.pack import ENGLAND
from handlers.rules.routing import Post

ID = "concern"
TITLE = "Raise a concern"
LAST = 4
_SAY = ENGLAND.words


def _options(pairs: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(key=key, label=label) for key, label in pairs.items())


YES_NO = _options({"yes": "Yes", "no": "No"})
ABOUT = _options(
    {
        About.CHILD: "A child",
        About.ADULT: "An adult who works or volunteers here",
        About.BOTH: "Both a child and an adult here",
        About.PRACTICE: "How we do things here",
    }
)
URGENCY = _options(
    {
        Urgency.NOW: "Now",
        Urgency.TODAY: "Today",
        Urgency.WEEK: "This week",
        Urgency.RECORD: "For the record",
    }
)
SOURCES = _options(
    {
        "saw": "I saw or heard it",
        "child": "The child told me",
        "other_child": "Another child told me",
        "adult": "An adult told me",
        "work": "In the child's work or a drawing",
        "online": "Online",
        "monitoring": "A monitoring alert",
        "anonymous": "Anonymously",
    }
)
PARTS_PLAYED = _options(
    {
        "harmed": "Harmed or at risk",
        "alleged": "Alleged to have caused harm",
        "witness": "Witness",
        "sibling": "Sibling",
        "mentioned": "Mentioned",
    }
)
POSTS = _options(
    {
        Post.STAFF: "Staff, supply, volunteer or contractor",
        Post.LEAD: "A safeguarding lead or deputy",
        Post.HEAD: "The head",
        Post.GOVERNOR: "The chair or another governor",
    }
)
HAPPENED = _options(
    {
        "then": "On the date below",
        "over_time": "Over time",
        "unknown": "Not known",
    }
)
LEARNED = _options({"same": "When it happened", "then": "On the date below"})
PLACES = _options(
    {
        "home": "Home",
        "classroom": "Classroom",
        "corridor": "Corridor",
        "toilets": "Toilets or changing room",
        "playground": "Playground or field",
        "gate": "School gate",
        "route": "Route or transport",
        "trip": "Trip or visit",
        "community": "In the community",
        "online": "Online",
        "unknown": "Not known",
    }
)
KINDS = tuple(Option(key=key, label=label) for key, label in ENGLAND.kinds)

_FIRST: tuple[Part, ...] = (
    Words(text=_SAY["danger"], alert=True),
    ChoiceField(name="danger", label="Is anyone in danger now?", options=YES_NO, required=True),
    ChoiceField(name="about", label="What is it about?", options=ABOUT, required=True),
    ChoiceField(
        name="urgency", label="How soon must someone act?", options=URGENCY, required=True
    ),
    ChoiceField(
        name="source", label="How do you know?", options=SOURCES, required=True, menu=True
    ),
)

_CHILDREN: tuple[Part, ...] = (
    Heading("Who"),
    PickField(
        name="child_1",
        label="Child",
        source=Source.PUPILS,
        hint="Type two letters of the name or the form. Check the form and year.",
    ),
    ChoiceField(
        name="role_1", label="This child's part in it", options=PARTS_PLAYED, menu=True
    ),
    PickField(name="child_2", label="Second child, if any", source=Source.PUPILS),
    ChoiceField(
        name="role_2", label="The second child's part in it", options=PARTS_PLAYED, menu=True
    ),
    TextField(
        name="child_other",
        label="Any other child, or one you cannot find",
        hint="Name, form and part in it; or: not known, with what you do know.",
        most=500,
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
    TextField(name="adult_other", label="An adult who is not on the list", most=500),
    ChoiceField(name="adult_post", label="What they do here", options=POSTS, menu=True),
)

_WHEN_AND_WHERE: tuple[Part, ...] = (
    Heading("When and where"),
    ChoiceField(name="happened", label="When did it happen?", options=HAPPENED, required=True),
    DateField(name="happened_date", label="Date it happened"),
    TimeField(name="happened_time", label="Time it happened"),
    ChoiceField(name="learned", label="When did you learn of it?", options=LEARNED, required=True),
    DateField(name="learned_date", label="Date you learned of it"),
    TimeField(name="learned_time", label="Time you learned of it"),
    ChoiceField(
        name="place", label="Where did it happen?", options=PLACES, required=True, menu=True
    ),
    TextField(name="place_words", label="Where exactly", hint="Room, street, site or app.", most=500),
)

_ACCOUNT: tuple[Part, ...] = (
    Words(text=_SAY["secret"], subtle=True),
    TextField(
        name="facts", label="What you saw, heard and did: facts only", hint=_SAY["facts"][:150], long=True
    ),
    TextField(
        name="own_words", label="The child's exact words", hint=_SAY["own_words"][:150], long=True
    ),
    TextField(
        name="questions", label="The questions you asked, word for word", hint=_SAY["questions"], long=True
    ),
    TextField(name="view", label="Your view, and why you hold it", hint=_SAY["view"], long=True),
)

_NEXT: tuple[Part, ...] = (
    TextField(
        name="done",
        label="What you have done",
        hint="Where the child is now, whom you have told. " + _SAY["photographs"],
        long=True,
    ),
    TextField(name="child_now", label="Where is the child now?", most=500),
    ChoiceField(
        name="safe_home",
        label="Is it safe for the child to go home?",
        options=_options({"yes": "Yes", "no": "No", "unsure": "Not sure"}),
    ),
    ChoicesField(
        name="kinds",
        label="Kind of concern",
        options=KINDS,
        most=3,
        required=True,
        hint="Up to three, or not sure.",
    ),
)

_WHO: dict[str, tuple[Part, ...]] = {
    About.CHILD: _CHILDREN,
    About.ADULT: _ADULTS,
    About.BOTH: (*_CHILDREN, *_ADULTS),
    About.PRACTICE: (),
}


def _second(answers: Answers) -> tuple[Part, ...]:
    who = _WHO.get(str(answers.get("about", "")), ())
    return (*who, *_WHEN_AND_WHERE)


_PAGES: tuple[Callable[[Answers], tuple[Part, ...]], ...] = (
    lambda _: _FIRST,
    _second,
    lambda _: _ACCOUNT,
    lambda _: _NEXT,
)


def page(key: str, number: int, answers: Answers, names: Mapping[str, str]) -> Form:
    """Page `number`, 1 to 4, with what has been answered so far in it. `names` are the labels of picked ids."""
    parts = _PAGES[number - 1](answers)
    where = Words(text=f"Page {number} of {LAST}", subtle=True)
    emergency = (Words(text=_SAY["danger"], alert=True),) if _shows_danger(number, answers) else ()
    return Form(
        id=ID,
        key=key,
        page=number,
        title=TITLE,
        parts=(where, *emergency, *parts),
        submit="Send" if number == LAST else "Next",
        back=number > 1,
        values=answers,
        names=names,
    )


def _shows_danger(number: int, answers: Answers) -> bool:
    return number > 1 and answers.get("danger") == "yes"


def fields(answers: Answers) -> tuple[Field, ...]:
    """Every field of every page that these answers lead to, in order."""
    return tuple(
        part for make in _PAGES for part in make(answers) if isinstance(part, Field)
    )


def every_field() -> tuple[Field, ...]:
    """Every field of the form, whatever was answered."""
    return fields({"about": About.BOTH})


def page_of(name: str, answers: Answers) -> int:
    """The page on which that field stands."""
    for number, make in enumerate(_PAGES, start=1):
        if any(isinstance(part, Field) and part.name == name for part in make(answers)):
            return number
    return 1
