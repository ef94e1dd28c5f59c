"""Asks about each member of staff whose name was typed: is it about them, or are they close to it?

Not allowed here: a word of the account. These questions may stand in a message, where it may not.
"""

from collections.abc import Mapping, Sequence

from handlers.account import form as concern
from handlers.account import not_satisfied_form, notice_words
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.meant import Asks
from handlers.rules.people import PersonId, Role
from handlers.rules.verdict import Meant, Typed, Verdict
from handlers.ui import say, who
from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Field, Form, Option, Part, TextField

PAGE = concern.LAST + 2
"""The page with nothing but these questions, where no last look comes."""
_TYPED_BESIDE = (*concern.FIRST.values(), *not_satisfied_form.TYPED, notice_words.FROM, notice_words.REFERENCE, "more")
"""Words that are kept and that no field of the long form asks for."""
POSTS: Mapping[Role, str] = {
    Role.LEAD: "a lead",
    Role.DEPUTY: "a deputy lead",
    Role.HEAD: "the head",
    Role.CHAIR: "the chair of governors",
    Role.VICE_CHAIR: "the vice-chair of governors",
    Role.SAFEGUARDING_GOVERNOR: "the safeguarding governor",
    Role.WHISTLEBLOWING_LEAD: "the whistleblowing lead",
    Role.HR: "human resources",
    Role.NOMINATED: "the nominated person",
    Role.TRUST_LEAD: "the trust's lead",
    Role.TECHNICIAN: "the school technician",
}
LEFT = "no longer here"
_AS_THE_ADULT: Mapping[Verdict, str] = {
    Verdict.ABOUT: "Yes, it is about them",
    Verdict.CLOSE: "It is not about them, but they are close to it",
    Verdict.NO: "No, somebody else",
    Verdict.UNSURE: "Not sure",
}
_IN_WORDS: Mapping[Verdict, str] = {
    Verdict.ABOUT: "It is about them",
    Verdict.CLOSE: "They are close to the child or to what happened",
    Verdict.NO: "No: only mentioned, told or helping; or somebody else (a pupil, a parent)",
    Verdict.UNSURE: "Not sure",
}
TOLD: Mapping[Verdict, str] = {
    Verdict.ABOUT: "it is about them",
    Verdict.CLOSE: "close to it",
    Verdict.NO: "no: mentioned, told or helping, or somebody else of that name",
    Verdict.UNSURE: "not sure",
    Verdict.UNANSWERED: "not answered: counted as named",
}
"""As a lead reads it."""
WHY = "You typed names that are on the staff list. Whoever it is about, or who is close to it, sees nothing of it."
CLOSE = "Or are they close to it: to the child, or to what happened?"
ANSWER = "Please answer this. If you do not know, choose Not sure."


def typed(answers: Answers, *, added: bool = False) -> tuple[Typed, ...]:
    """Everything that somebody typed and that is kept, with how names in it are read. `added`: no page was turned."""
    fields = [one for one in concern.every_field() if isinstance(one, TextField)] if added else concern.written(answers)
    found = [Typed(text=str(answers[field.name]), asks=field.asks) for field in fields if answers.get(field.name)]
    beside = [name for name in _TYPED_BESIDE if answers.get(name)]
    return (*found, *(Typed(text=str(answers[name]), asks=Asks.WORDS) for name in beside))


def name_of(id: PersonId) -> str:
    """The field that asks about that person: what is sent for somebody else is never taken for it."""
    return f"{verdict.ANSWER}_{id.hex}"


def asked(found: Sequence[Meant]) -> tuple[Part, ...]:
    """A question about each, the first few; of the others it is said what becomes of them."""
    if not found:
        return ()
    names = who.names([one.person for one in found])
    questions = (_question(one, names[one.person.id]) for one in found[: verdict.MOST])
    more = len(found) - verdict.MOST
    rest = f"{more} more people have such a name. They count as named: they will see nothing of this."
    left = (Words(text=rest, subtle=True),) if more > 0 else ()
    return (Words(text=WHY, subtle=True), *questions, *left)


def values(found: Sequence[Meant]) -> Answers:
    """What was answered already, for the fields."""
    return {name_of(one.person.id): one.verdict for one in found if one.verdict is not Verdict.UNANSWERED}


def said(found: Sequence[Meant], values: Answers) -> dict[PersonId, str]:
    """What somebody chose about each."""
    return {one.person.id: str(values.get(name_of(one.person.id)) or "") for one in found}


def complaints(found: Sequence[Meant]) -> dict[str, str]:
    return {name_of(one.person.id): ANSWER for one in found}


def page(key: str, found: Sequence[Meant]) -> Form:
    """The page with nothing but the questions."""
    return Form(
        id=concern.ID, key=key, page=PAGE, title="Before you send", parts=asked(found), submit="Send", back=True,
        values=values(found),
    )  # fmt: skip


def _question(one: Meant, name: str) -> Field:
    post = say.posts(one.person, POSTS, "on the staff") if one.person.active else LEFT
    if one.as_the_adult:
        label, options, hint = f"Is this {name}, {post}?", _AS_THE_ADULT, ""
    else:
        label, options, hint = f"{name} is {post}. Is this about them?", _IN_WORDS, CLOSE
    choices = tuple(Option(key=key, label=words) for key, words in options.items())
    return ChoiceField(name=name_of(one.person.id), label=label, hint=hint, options=choices, required=True)
