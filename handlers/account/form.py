"""The form behind /concern as it is drawn, page by page. What it asks, and when, is in `questions`."""

from collections.abc import Collection, Iterator, Mapping

from handlers.account import called_for, goes, not_satisfied_form, notice_words, rewriting, voices
from handlers.account.questions import PAGES
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.concern import Urgency
from handlers.rules.pack import ENGLAND
from handlers.ui.card import Facts, Words
from handlers.ui.form import Field, Form, Part, TextField

ID = "concern"
TITLE = "Raise a concern"
LAST = len(PAGES)
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
    **notice_words.LABELS,
    verdict.ANSWER: "People whose names were typed, and what the writer says of each",
}
"""Answers that no field asks for, with the words under which a lead reads them."""
_SAY = ENGLAND.words
_FIELDS = called_for.each_once(PAGES)
_ORDER = (*(name for name in goes.FIELDS if name in _FIELDS), *(name for name in _FIELDS if name not in goes.FIELDS))
"""In which the record has the fields; the pages ask in another."""
_WRITTEN = tuple(name for name in _ORDER if isinstance(_FIELDS[name], TextField))

Numbers = tuple[tuple[str, str], ...]


def page(
    key: str, number: int, answers: Answers, names: Mapping[str, str], *, numbers: Numbers = (),
    straight: bool = False, stood: Collection[str] | None = None,
) -> Form:
    """Page `number`, 1 to 4, with what has been answered so far in it.

    `names` are the labels of picked ids; `numbers` whom to ring, shown where somebody must act now; `straight`: nothing
    comes between the last page and sending it; `stood`: the fields that are to stand on it, whatever calls for them.
    """
    parts = tuple(_parts(number, answers, names, stood))
    where = Words(text=f"Page {number} of {LAST}", subtle=True)
    emergency = _emergency(number, numbers) if is_urgent(answers) else ()
    return Form(
        id=ID,
        key=key,
        page=number,
        title=TITLE,
        parts=(where, *emergency, *parts),
        submit="Send" if number == LAST and (straight or is_urgent(answers)) else "Next",
        back=number > 1,
        kept=True,
        values=answers,
        names=names,
    )


def _parts(
    number: int, answers: Answers, names: Mapping[str, str], stood: Collection[str] | None
) -> Iterator[Part]:
    """What stands on that page, with what is to be rewritten above its field."""
    told = stood is not None
    for part in called_for.that_stood(PAGES, number, stood) if told else called_for.parts_of(PAGES, number, answers):
        if isinstance(part, Field):
            yield from rewriting.above(part.name, answers)
        yield voices.named(part, answers, names)


def is_urgent(answers: Answers) -> bool:
    """Somebody must act now: nothing may come between the writer and sending it."""
    return answers.get("danger") == "yes" or answers.get("urgency") == Urgency.NOW


def _emergency(number: int, numbers: Numbers) -> tuple[Part, ...]:
    """What to do now, and whom to ring; the first page says the former itself."""
    words = (Words(text=_SAY["danger"], alert=True),) if number > 1 else ()
    return (*words, *((Facts(numbers),) if numbers else ()))


def fields(answers: Answers) -> tuple[Field, ...]:
    """Every field of every page that these answers lead to, once, in the order in which the record has them."""
    asked = {field.name: field for field in called_for.fields(PAGES, answers)}
    return tuple(asked[name] for name in _ORDER if name in asked)


def written(answers: Answers) -> tuple[TextField, ...]:
    """Those of them in which something was written."""
    found = (called_for.stands(PAGES, name, answers) for name in _WRITTEN if answers.get(name))
    return tuple(field for field in found if isinstance(field, TextField))


def every_field() -> tuple[Field, ...]:
    """Every field of the form, whatever was answered."""
    return tuple(_FIELDS[name] for name in _ORDER)


def page_of(name: str, answers: Answers) -> int:
    """The page on which that field stands; the first where nothing asks for it."""
    return called_for.page_of(PAGES, name, answers) or 1


def on_page(number: int, *answers: Answers) -> frozenset[str]:
    """The fields that stand on that page by any of these answers: as it was shown, and as it was sent."""
    return frozenset(part.name for told in answers for part in page("", number, told, {}).fields())
