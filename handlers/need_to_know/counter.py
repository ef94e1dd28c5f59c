"""Who may have a concern at all: naming somebody later, sealing it, taking the seal off."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import staff
from handlers.access import concern_for
from handlers.conversation import OpenForm, Reply
from handlers.counter import Counter, Filed, Sent
from handlers.errors import InvalidForm
from handlers.need_to_know import form as forms
from handlers.need_to_know import naming, sealing
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person, PersonId
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import is_id


async def _name(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.NAME, by=by)
    return OpenForm(forms.name(keys.key(subject), concern.reference))


async def _named(uow: UnitOfWork, sent: Sent) -> str:
    text = sent.reader.text
    wanted = naming.Naming(person=sent.person("person"), part=text("part"), reason=text("reason"))
    concern = await naming.name_person(uow, ConcernId(sent.id), wanted, by=sent.by, at=sent.at)
    if wanted.person == sent.by.id:
        return f"Recorded. You can no longer see concern {concern.reference}."
    return f"Recorded. They can no longer see concern {concern.reference} anywhere."


async def _seal(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SEAL, by=by)
    form = forms.seal(keys.key(subject), concern.reference)
    first = {forms.PEOPLE[0]: str(by.id)}
    return OpenForm(replace(form, values=first, names={str(by.id): await staff.name_of(uow, by.id)}))


async def _sealed(uow: UnitOfWork, sent: Sent) -> str:
    chosen = [str(sent.inbound.values.get(field) or "") for field in forms.PEOPLE]
    people = [PersonId(UUID(one)) for one in chosen if is_id(one)]
    if len(people) != sum(map(bool, chosen)):
        raise InvalidForm({forms.PEOPLE[0]: "Choose each person from the list."})
    reason = sent.reader.text("reason")
    concern = await sealing.seal_concern(uow, ConcernId(sent.id), people, reason, by=sent.by, at=sent.at)
    who = "One person" if len(concern.sealed_to) == 1 else f"{len(concern.sealed_to)} people"
    return f"Concern {concern.reference} is sealed. {who} can see it now."


async def _unseal(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SEAL, by=by)
    concern.unseal()
    return OpenForm(forms.unseal(keys.key(subject), concern.reference))


async def _unsealed(uow: UnitOfWork, sent: Sent) -> str:
    concern = await sealing.unseal_concern(
        uow, ConcernId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at
    )
    return f"The seal is off concern {concern.reference}. Everybody who would normally receive it can see it again."


COUNTER = Counter(
    presses={Press.NAME: _name, Press.SEAL: _seal, Press.UNSEAL: _unseal},
    forms={
        forms.NAME: Filed(take=_named, blank=forms.name, doing=Doing.NAME),
        forms.SEAL: Filed(take=_sealed, blank=forms.seal, doing=Doing.SEAL),
        forms.UNSEAL: Filed(take=_unsealed, blank=forms.unseal, doing=Doing.SEAL),
    },
)
