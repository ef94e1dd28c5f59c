"""What a person reads in a window of their own: an account with what has happened since, or an action.

Every reading writes an entry. The window is gone when it is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers import allegation, staff
from handlers.access import concern_for
from handlers.account import times
from handlers.account import window as account
from handlers.account.names import names_of, names_since
from handlers.ports import UnitOfWork
from handlers.record import labels
from handlers.recording import record
from handlers.rules import allegation as case_rules
from handlers.rules import drafts, own_words, routing, verdict
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.drafts import WHOLE
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PersonId
from handlers.ui import pages, say
from handlers.ui.card import Button, Facts, Heading, Look, Press, Words
from handlers.ui.form import Form, Part

WHY = {"left": "who is no longer here", "post": "who receives such concerns no longer"}
"""Why somebody can have something no longer, by the code of the entry."""
_NOTHING: Answers = {}
_LABELS = {Press.ACCEPT: "Accept", Press.DECIDE: "Triage", Press.ALLEGATION: "Next steps", Press.MORE: "More"}
UNFINISHED = (
    "This is a quick concern: three answers, and the rest is still to come. Its writer has been asked for it, and it "
    "will stand below. Do not wait for it."
)


async def open_concern(
    uow: UnitOfWork, id: ConcernId, *, page: int, by: Person, at: datetime
) -> Form:
    """The account, for one who may read it. The first reading by a recipient marks it read."""
    concern = await concern_for(uow, id, Doing.READ, by=by, at=at)
    if page == 1:
        concern = await _mark_read(uow, concern, by=by, at=at)
    answers = await uow.trail.answers(id)
    names = await names_of(uow, answers)
    about = (*await _unfinished(uow, concern), *await _tell_outside(uow, concern))
    sent = replace(
        await _sent(uow, concern, answers), buttons=presses(concern, by), since=await _since(uow, concern, names)
    )
    return account.window(
        str(id), f"Concern {concern.reference}", about, answers, names, number=page,
        sent=sent,
    )


async def _mark_read(uow: UnitOfWork, concern: Concern, *, by: Person, at: datetime) -> Concern:
    seen = concern.see(at=at) if routing.receives(concern, by) else concern
    if seen is concern:
        await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=concern.id))
    else:
        await record(uow, seen, because=Entry(deed=Deed.SEEN, at=at, by=by.id, thing=concern.id))
    return seen


def to_read(concern: Concern) -> Button:
    """The account itself, where something else about the concern is shown."""
    return Button(press=Press.OPEN, label="Open", subject=concern.id, version=concern.version)


def presses(concern: Concern, by: Person) -> tuple[Button, ...]:
    """What a lead does next, where they have just read it; the rest is behind the last."""
    open_, mine = concern.status is not Status.CLOSED, concern.owner == by.id
    free = concern.owner is None or concern.offered_to == by.id
    shown = {
        Press.ACCEPT: open_ and free and may(by, Doing.ACCEPT, concern),
        Press.DECIDE: open_ and mine and concern.status is not Status.TRIAGED and may(by, Doing.DECIDE, concern),
        Press.ALLEGATION: case_rules.is_about(concern) and may(by, Doing.READ, concern),
        Press.MORE: may(by, Doing.READ, concern),
    }
    return tuple(
        Button(
            press=press, label=_LABELS[press], subject=concern.id, version=concern.version,
            look=Look.PRIMARY if press in {Press.ACCEPT, Press.DECIDE} else Look.PLAIN,
        )
        for press, holds in shown.items()
        if holds
    )  # fmt: skip


async def _unfinished(uow: UnitOfWork, concern: Concern) -> Sequence[Part]:
    """That the rest of a quick one has not been told."""
    told = [line.entry for line in await uow.trail.of(concern.id)]
    if concern.status is Status.CLOSED or not drafts.incomplete(told):
        return ()
    return (Words(text=UNFINISHED, alert=True),)


async def _tell_outside(uow: UnitOfWork, concern: Concern) -> Sequence[Part]:
    """Whom to ring of an allegation, until that is recorded. Not on the card: it tells what the concern is about."""
    if not await allegation.must_be_rung(uow, concern):
        return ()
    officer = allegation.officer(uow)
    return (Words(text=ENGLAND.words["lado"], alert=True), Facts(((officer.name, officer.telephone),)))


async def _sent(uow: UnitOfWork, concern: Concern, answers: Answers) -> account.Sent:
    calendar, names = uow.school.calendar, await staff.names(uow)
    level = (("Level", concern.level.value.capitalize()),) if concern.level else ()
    return account.Sent(
        by=await staff.name_of(uow, concern.reporter),
        at=say.moment(concern.submitted_at, calendar),
        soon=say.URGENCY[concern.urgency],
        times=times.sentence(answers, calendar=calendar, recorded=concern.submitted_at),
        state=(("State", say.state(concern, names, calendar)), *level),
    )


async def _since(
    uow: UnitOfWork, concern: Concern, names: Mapping[str, str]
) -> tuple[Part, ...]:
    people = await staff.names(uow)
    parts: list[Part] = []
    lines = await uow.trail.of(concern.id, words=True)
    names, told = {**names, **await names_since(uow, lines)}, await uow.trail.answers(concern.id)
    for line in lines:
        if line.entry.facts.get("form") == WHOLE or line.entry.deed is Deed.CHILD_ASKED:
            names = {**names, **await names_of(uow, line.entry.words)}
        if line.entry.deed in labels.TITLES:
            parts += line_of(line, people, uow, names, told)
    since = (Heading("What has happened since"), *parts) if parts else ()
    return (*since, *_proof(lines))


def _proof(lines: Sequence[Sealed]) -> tuple[Part, ...]:
    """What the reporter's receipt has too. Last: nobody needs it to act."""
    raised = next((line for line in lines if line.entry.deed is Deed.RAISED), None)
    return (Facts((("Proof", raised.proof),)),) if raised else ()


def line_of(
    line: Sealed, people: Mapping[PersonId, str], uow: UnitOfWork, names: Mapping[str, str],
    told: Answers = _NOTHING,
) -> list[Part]:  # fmt: skip
    """An entry as it is shown: what happened, who did it and when, to whom, and what they wrote.

    `told` is the account that it was added to: it says which child's words they are.
    """
    entry = line.entry
    who = staff.name(people, entry.by) if entry.by else "Heard"
    when = say.moment(entry.at, uow.school.calendar)
    which = f"Action {entry.facts['number']}" if "action" in entry.facts and "number" in entry.facts else "Action"
    title = labels.TITLES[entry.deed].replace("Action", which, 1)
    parts: list[Part] = [Words(text=f"{title} · {who} · {when}")]
    if pairs := _whom_and_when(entry, people, uow):
        parts.append(Facts(pairs))
    parts += _by_code(entry)
    if entry.facts.get("form") == WHOLE:
        return [*parts, *account.told(own_words.typed(entry.words), names)]
    if asked := account.who_is_meant(entry.words, {str(id): name for id, name in people.items()}):
        parts.append(Facts(asked))
    for name, value in own_words.typed(entry.words).items():
        if name == verdict.ANSWER:
            continue
        text = ", ".join(map(labels.label, value)) if name == "fields" else labels.shown(name, value)
        if text:
            head = labels.headed(name, {**told, **entry.words}, names)
            parts += [Words(text=head, subtle=True), *pages.pieces(names.get(text, text))]
    return parts


def _whom_and_when(
    entry: Entry, people: Mapping[PersonId, str], uow: UnitOfWork
) -> tuple[tuple[str, str], ...]:
    """To whom something was given, and by when."""
    given = entry.facts.get("owner") or entry.facts.get("to")
    pairs = [("To", staff.name(people, given))] if given else []
    if who := entry.facts.get("person") or entry.facts.get("sealed_to"):
        named = (staff.name(people, id) for id in who.split())
        pairs.append(("Who", ", ".join(named)))
    if whose := entry.facts.get("whose"):
        pairs.append(("Whose it was", f"{staff.name(people, whose)}, {WHY[entry.facts['why']]}"))
    if "referral" in entry.facts:
        pairs.append(("Referral", f"R{entry.facts['number']}"))
    if due := entry.facts.get("due"):
        pairs.append(("Due", say.moment(datetime.fromisoformat(due), uow.school.calendar)))
    if entry.deed is Deed.KEPT_MEANWHILE:
        pairs.append(("Sent", say.moment(datetime.fromisoformat(entry.facts["sent"]), uow.school.calendar)))
    if until := entry.facts.get("until"):
        pairs.append(("Until", say.moment(datetime.fromisoformat(until), uow.school.calendar)))
    return tuple(pairs)


def _by_code(entry: Entry) -> list[Part]:
    """What its facts say by a code: an outcome, or why it counts as "now"."""
    if entry.deed is Deed.COUNTS_AS_NOW:
        return [Words(text=labels.COUNTS_AS_NOW[entry.facts["why"]])]
    return [Words(text=_outcome(entry.facts["outcome"]))] if "outcome" in entry.facts else []


def _outcome(key: str) -> str:
    return next((words for known, words in say.OUTCOME.items() if known.value == key), key).capitalize()
