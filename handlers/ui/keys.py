"""The short forms behind a lead's buttons, one function each: what is asked, and nothing about what it does.

Their key is `<id of the concern or action>:<a nonce>`, minted when the form is opened: a form that is sent
twice is known by it. `subject` reads the id back.
"""

from uuid import UUID, uuid4

from handlers.rules.chronology import Answers
from handlers.rules.concern import Outcome
from handlers.ui.card import Words
from handlers.ui.form import Form, Option, Part
from handlers.ui.reader import Reader

OUTCOMES = tuple(
    Option(key=key, label=label)
    for key, label in {
        Outcome.MONITORING: "Monitoring",
        Outcome.INTERNAL_SUPPORT: "Support in school",
        Outcome.EARLY_HELP: "Early help",
        Outcome.REFERRAL: "Referral to an outside agency",
        Outcome.ADULT_CONDUCT: "Adult conduct",
        Outcome.NO_FURTHER_ACTION: "No further action",
    }.items()
)


def key(id: UUID) -> str:
    return f"{id}:{uuid4().hex[:12]}"


def subject(key: str) -> UUID:
    """The id in a form's key. ValueError when it is not one of ours."""
    return UUID(key.partition(":")[0])


def check(form: Form, answers: Answers) -> Reader:
    """Complaints about the fields of that form, raised together as `InvalidForm`."""
    reader = Reader(answers)
    reader.check(form.fields())
    reader.finish()
    return reader


def short_form(
    id: str, key: str, title: str, reference: str, parts: tuple[Part, ...], *, submit: str
) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*about, *parts))
