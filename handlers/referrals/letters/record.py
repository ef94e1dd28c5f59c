"""Gathers what a letter is filled from, for one who may export the concern, and keeps that it was made.

Concerns about adults share nothing with concerns about children: earlier ones are told of from the same side only.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from handlers import staff
from handlers.access import by_reference, concern_for
from handlers.account import form as concern_form
from handlers.account import read_as
from handlers.account.names import names_of
from handlers.errors import NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.record.for_child import beside, for_children
from handlers.referrals.letters.making import make
from handlers.referrals.letters.model import Before, Letter, Record, Signer
from handlers.rules.agency import Whom
from handlers.rules.authority import Doing, may
from handlers.rules.children_in import parts, roles
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import CannotMove, Concern, Route
from handlers.rules.drafts import WHOLE
from handlers.rules.letters import CHALLENGE, LETTERS
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PupilId, Role
from handlers.rules.referral import Referral
from handlers.rules.whose import FOR, Children, whose
from handlers.ui import say

_REFERENCE = re.compile(r"(?P<concern>.{4,30})/R(?P<number>[0-9]{1,4})", re.ASCII)
NOTHING: Mapping[str, str] = MappingProxyType({})
Beside = Mapping[str, Children]
"""The children of concerns that were merged with this one, by id."""
NO_LONGER = (
    "Referral R{number} was about a child whom this concern is not linked to any more, so its letter cannot be made "
    "from it. Link the child again, or write to the agency."
)
_POSTS = {
    Role.LEAD: "Designated safeguarding lead",
    Role.DEPUTY: "Deputy designated safeguarding lead",
    Role.HEAD: "Head",
    Role.CHAIR: "Chair of governors",
    Role.VICE_CHAIR: "Vice-chair of governors",
    Role.TRUST_LEAD: "Safeguarding lead of the trust",
    Role.NOMINATED: "Nominated person",
    Role.SAFEGUARDING_GOVERNOR: "Safeguarding governor",
}


async def export_letter(uow: UnitOfWork, reference: str, *, by: Person, at: datetime) -> Letter:
    """The draft letter of that referral (`26-27415/R1`). `NoSuchConcern` for none, and for not theirs."""
    referral, concern = await _find(uow, reference, by=by, at=at)
    return await make_letter(uow, referral, concern, by=by, at=at)


async def make_letter(
    uow: UnitOfWork, referral: Referral, concern: Concern, *, by: Person, at: datetime,
    more: Mapping[str, str] = NOTHING,
) -> Letter:  # fmt: skip
    """The draft letter for one of whom it is known that they may export it. `more`: further facts of its entry."""
    facts = {"what": "letter", "referral": str(referral.id), "number": str(referral.number), **more}
    kept = await uow.trail.append(Entry(deed=Deed.EXPORTED, at=at, by=by.id, thing=concern.id, facts=facts))
    record = await _record(uow, referral, concern, by=by, made=kept.proof, at=at)
    agency = ENGLAND.agency(referral.agency)
    return make(LETTERS[CHALLENGE if referral.stage else agency.letter], record)


async def _find(uow: UnitOfWork, reference: str, *, by: Person, at: datetime) -> tuple[Referral, Concern]:
    found = _REFERENCE.fullmatch(reference.strip())
    concern = await by_reference(uow, found["concern"], by=by, at=at) if found else None
    if found is None or concern is None:
        raise NoSuchConcern
    concern = await concern_for(uow, concern.id, Doing.EXPORT, by=by)
    for referral in await uow.referrals.of(concern.id):
        if str(referral.number) == found["number"]:
            return referral, concern
    raise NoSuchConcern


async def _record(
    uow: UnitOfWork, referral: Referral, concern: Concern, *, by: Person, made: str, at: datetime
) -> Record:
    kept = await uow.trail.of(concern.id, words=True)
    told = _whole(await uow.trail.answers(concern.id), kept)
    mine = about(referral, concern, kept, told, await beside(uow, kept))
    view = await for_children(uow, mine, [concern], {concern.id: kept})
    lines = view.lines(kept, told, concern.children)
    answers = view.account(told, concern.children)
    pupils = await uow.pupils.get(mine)
    post = say.posts(by, _POSTS, "")
    return Record(
        school=uow.school.name,
        calendar=uow.school.calendar,
        concern=concern,
        referral=referral,
        agency=ENGLAND.agency(referral.agency),
        lines=lines,
        answers=answers,
        names=view.names(await names_of(uow, answers)),
        roles=roles(told, [line.entry for line in kept]),
        children=[pupils[id] for id in dict.fromkeys((*parts(answers), *pupils)) if id in pupils],
        others={id: alias for id, alias in view.aliases.items() if id in concern.children},
        people=await staff.names(uow),
        earlier=await _earlier(uow, concern, mine, by=by, at=at),
        signer=Signer(name=by.name, post=post, telephone=by.telephone, mail=by.mail),
        made=made,
        at=at,
    )


def about(
    referral: Referral, concern: Concern, lines: Sequence[Sealed], told: Answers, beside: Beside
) -> Sequence[PupilId]:
    """Whom the letter is made for: as was chosen, else every child where it is for an adult, else who was harmed.

    Nobody who was linked to the concern only after the agency was told. Raises `CannotMove` where it was about
    children whom the concern is not linked to any more.
    """
    everybody = [*(id for id in parts(told) if id in concern.children), *sorted(concern.children, key=str)]
    whole = list(dict.fromkeys(everybody))
    (sent,) = (line for line in lines if line.entry.deed is Deed.REFERRED and _is_of(line, referral))
    meant = whose(lines, concern.children, beside=beside)[sent.sequence]
    theirs = [id for id in whole if id in meant] if meant else whole
    if meant and not theirs:
        raise CannotMove(NO_LONGER.format(number=referral.number))
    if FOR in sent.entry.facts or Whom.CHILD not in ENGLAND.agency(referral.agency).whom:
        return theirs
    played = roles(told, [line.entry for line in lines])
    harmed = [id for id in theirs if played.get(id, "") in {"harmed", ""}]
    return harmed or theirs[:1]


def _is_of(line: Sealed, referral: Referral) -> bool:
    return line.entry.facts.get("referral") == str(referral.id)


def _whole(answers: Answers, lines: Sequence[Sealed]) -> Answers:
    """The account with what was told later in the same form, after three quick answers."""
    later = [line.entry.words for line in lines if line.entry.facts.get("form") == WHOLE]
    return {**answers, **{name: value for words in later for name, value in words.items() if value}}


async def _earlier(
    uow: UnitOfWork, concern: Concern, mine: Sequence[PupilId], *, by: Person, at: datetime
) -> Sequence[Before]:
    """What the sender may export of the same children's earlier concerns; that it was, is kept in each."""
    if concern.route is not Route.LEADS:
        return ()
    found = {one.id: one for pupil in mine for one in await uow.concerns.of_pupil(pupil)}
    shown = [
        one
        for one in found.values()
        if one.id != concern.id
        and one.route is Route.LEADS
        and not one.drill
        and one.submitted_at < concern.submitted_at
        and may(by, Doing.EXPORT, one)
    ]
    return [await _before(uow, one, by=by, at=at) for one in sorted(shown, key=lambda one: one.submitted_at)]


async def _before(uow: UnitOfWork, concern: Concern, *, by: Person, at: datetime) -> Before:
    trail = await uow.trail.of(concern.id)
    answers = await uow.trail.answers(concern.id)
    kinds = next(field for field in concern_form.every_field() if field.name == "kinds")
    facts = {"what": "letter"}
    await uow.trail.append(Entry(deed=Deed.EXPORTED, at=at, by=by.id, thing=concern.id, facts=facts))
    return Before(
        reference=concern.reference,
        received=concern.submitted_at,
        kinds=read_as.shown(kinds, answers["kinds"], {}) if answers.get("kinds") else "",
        outcome=say.OUTCOME[concern.outcome].capitalize() if concern.outcome else "No decision recorded",
        proof=next((line.proof for line in trail if line.entry.deed is Deed.RAISED), ""),
    )
