"""The forms about a referral: sent, confirmed, answered, challenged, settled, taken back. Windows alone.

Which agency it is stands here and in no card. What the moves do is in `referrals`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.record import of_several
from handlers.rules.agency import Agency, Stage
from handlers.rules.calendar import Calendar
from handlers.rules.meant import Asks
from handlers.rules.referral import Method
from handlers.ui import say
from handlers.ui.card import Facts, Words
from handlers.ui.choices import options
from handlers.ui.form import ChoiceField, DateField, Form, Option, Part, TextField, TimeField
from handlers.ui.listing import fitting
from handlers.ui.reader import Reader
from handlers.ui.spoken_days import Looks

REFER, CONFIRM, ANSWER = "refer", "referral_confirm", "referral_answer"
CHALLENGE, RESOLVE, WITHDRAW = "referral_challenge", "referral_resolve", "referral_withdraw"
CHOOSE: Final = "referrals"

AGENCY, METHOD, REFERENCE, CONTACT = "to_agency", "method", "agency_reference", "agency_contact"
TOLD, PARENTS, ANSWERED, SAID, NOTE = "told_agency", "parents_of_referral", "answer", "agency_said", "note"
CHILDREN = "referred_children"
DATE, TIME, STAGE = "event_date", "event_time", "stage"
ACCEPTED, REFUSED = "accepted", "refused"
METHODS: Final[dict[str, str]] = {
    Method.TELEPHONE: "By telephone",
    Method.ONLINE: "By an online form",
    Method.MAIL: "By e-mail",
    Method.IN_PERSON: "In person",
}
ANSWERS: Final = {
    ACCEPTED: "It accepts the referral",
    REFUSED: "No further action, or its threshold is not met",
}


def refer(
    key: str, reference: str, agencies: Sequence[Agency], by_when: Sequence[Part] = (), *,
    children: Sequence[Option] = (),
) -> Form:  # fmt: skip
    """`by_when`: whom the law says must be told, with the number and the deadline. `children`: among whom must be
    chosen, where there are several; who is none of them is not looked at (`moves`).
    """
    which = of_several.asks(
        CHILDREN, children, hint="For a child. A letter calls every other child Child B, and leaves out what is theirs."
    )
    listed = tuple(Option(key=agency.key, label=agency.name) for agency in agencies)
    parts = (
        *by_when,
        *which,
        ChoiceField(name=AGENCY, label="Which agency?", options=listed, required=True, menu=True),
        *(Words(text=agency.sending, subtle=True) for agency in agencies if agency.sending),
        ChoiceField(name=METHOD, label="How did you refer?", options=options(METHODS), required=True),
        *_when("sent"),
        TextField(name=REFERENCE, label="The agency's reference, if it gave one", most=100),
        TextField(
            name=CONTACT, label="Who you spoke or wrote to", most=200, hint="Name, post and number or address.",
            asks=Asks.NAME,
        ),
        TextField(name=TOLD, label="What you told them", long=True, hint="A letter can be made from the record."),
        TextField(
            name=PARENTS, label="Have the parents or carers been told? If not, why not?", long=True, most=1000,
            hint="For a child. Not telling them is right where it would add to the danger: say so.",
        ),
    )
    return _form(REFER, key, "Refer", f"Concern {reference}" if reference else "", parts, submit="Record referral")


def confirm(key: str, reference: str, before: Sequence[Part] = ()) -> Form:
    written = options({way: METHODS[way] for way in (Method.ONLINE, Method.MAIL)})
    parts = (
        *before,
        ChoiceField(name=METHOD, label="How was it put in writing?", options=written, required=True),
        *_when("written"),
        TextField(name=NOTE, label="Note", most=1000),
    )
    return _form(CONFIRM, key, "Confirmed in writing", _referral(reference), parts, submit="Record")


def answer(key: str, reference: str, before: Sequence[Part] = ()) -> Form:
    parts = (
        *before,
        ChoiceField(name=ANSWERED, label="What did they answer?", options=options(ANSWERS), required=True),
        TextField(
            name=SAID, label="What the agency said", required=True, long=True,
            hint="Their words and their reasons, who gave them, and what happens next.",
        ),
        TextField(name=REFERENCE, label="The agency's reference, if it is new", most=100),
        *_when("received"),
    )
    return _form(ANSWER, key, "The agency's answer", _referral(reference), parts, submit="Record answer")


def challenge(key: str, reference: str, before: Sequence[Part] = ()) -> Form:
    """`before` says to which stage it goes, and by when its answer is owed."""
    reason = TextField(
        name="reason", label="Why does the school disagree?", required=True, long=True,
        hint="The evidence, the threshold that it meets, and what you ask for.",
    )
    parts = (*before, reason)
    return _form(CHALLENGE, key, "Challenge", _referral(reference), parts, submit="Challenge")


def resolve(key: str, reference: str, before: Sequence[Part] = ()) -> Form:
    reason = TextField(
        name="reason", label="How was it resolved?", required=True, long=True,
        hint="What was agreed, or why the school accepts the answer, and what keeps the child safe now.",
    )
    return _form(RESOLVE, key, "Resolve", _referral(reference), (*before, reason), submit="Resolve")


def withdraw(key: str, reference: str, before: Sequence[Part] = ()) -> Form:
    reason = TextField(name="reason", label="Why is it withdrawn?", required=True, long=True)
    return _form(WITHDRAW, key, "Withdraw", _referral(reference), (*before, reason), submit="Withdraw")


def choose(key: str, reference: str, made: Sequence[tuple[int, str]], deeds: Sequence[tuple[str, str]]) -> Form:
    """Which of a concern's referrals, and what to do with it; `made` are their numbers and agencies."""
    every = [Option(key=str(number), label=say.fit(f"R{number} · {agency}")) for number, agency in made]
    listed, note = fitting(every, "The rest is settled, and in the chronology.")
    if not listed:
        nothing = (Words(text="No referral has been recorded for this concern."),)
        return _form(CHOOSE, key, "Referrals", f"Concern {reference}" if reference else "", nothing, submit="")
    parts = (
        *note,
        ChoiceField(name="referral", label="Which referral?", options=listed, required=True, menu=len(listed) > 5),
        ChoiceField(
            name="deed", label="What do you want to do?", required=True,
            options=tuple(Option(key=press, label=label) for press, label in deeds),
        ),
    )
    return _form(CHOOSE, key, "Referrals", f"Concern {reference}" if reference else "", parts, submit="Next")


def which(agency: Agency, *, sent_at: datetime, calendar: Calendar) -> tuple[Part, ...]:
    """Which referral this is, for whoever has several."""
    return (Facts((("To", agency.name), ("Sent", say.moment(sent_at, calendar)))),)


def next_stage(stage: Stage, number: int, *, of: int, due: datetime, calendar: Calendar) -> tuple[Part, ...]:
    """To whom the challenge goes now, and by when they owe an answer."""
    pairs = (
        ("Stage", f"{number} of {of}"),
        ("Goes to", stage.whom),
        ("Answer due", say.moment(due, calendar)),
    )
    told = "These stages are our defaults. If your safeguarding partnership publishes its own, follow those."
    return (Facts(pairs), Words(text=told, subtle=True))


def happened(reader: Reader, calendar: Calendar, *, at: datetime) -> datetime:
    """When it was done: now where neither is given. Complains of a future and of a day without its time."""
    day, clock = reader.text(DATE), reader.text(TIME)
    if not day and not clock:
        return at
    if not clock:
        reader.complain(TIME, "Give the time too: the clock starts then.")
        return at
    today = at.astimezone(calendar.zone).date().isoformat()
    moment = Reader({DATE: day or today, TIME: clock}).moment(DATE, TIME, calendar)
    if moment is None or moment > at:
        reader.complain(DATE, "This is in the future. Check the date and the time.")
        return at
    return moment


def _when(word: str) -> tuple[Part, ...]:
    return (
        DateField(name=DATE, label=f"Date {word}", looks=Looks.BACK, hint="Leave this blank for today."),
        TimeField(name=TIME, label=f"Time {word}", hint="Leave both blank to use the time now."),
    )


def _referral(reference: str) -> str:
    return f"Referral {reference}" if reference else ""


def _form(id: str, key: str, title: str, about: str, parts: Sequence[Part], *, submit: str) -> Form:
    said = (Words(text=about, subtle=True),) if about else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*said, *parts))
