"""Going back to what was begun before, from the first page of a new form, where the choice is offered.

What was typed on that page meanwhile goes along: it may be that somebody is in danger now.
"""

from datetime import datetime
from uuid import UUID

from handlers import notices
from handlers.account import form as concern_form
from handlers.ports import UnitOfWork
from handlers.reporter import drafts, unsent
from handlers.rules.chronology import Answers
from handlers.rules.people import Person
from handlers.ui.form import Form


async def carry_on(
    uow: UnitOfWork, fresh: UUID, wanted: UUID, values: Answers, *, by: Person, at: datetime
) -> Form:
    """The draft at the page where its writer was, with everything typed. The form just opened leaves nothing."""
    draft = await unsent.of_theirs(uow, wanted, by=by)
    told = {**draft.answers, **_first_line(draft.answers, await _leave(uow, fresh, by=by))}
    if told != draft.answers:
        await unsent.keep(uow, wanted, told, by=by, at=at)
    fields = concern_form.page("", 1, {}, {}).fields()
    typed = {field.name: values[field.name] for field in fields if values.get(field.name)}
    if typed:
        await drafts.turn_page(uow, wanted, {**told, **typed}, drafts.Turn(page=1), by=by, at=at)
    return await drafts.begin(uow, wanted, by=by, at=at)


async def _leave(uow: UnitOfWork, fresh: UUID, *, by: Person) -> Answers:
    """What the form just opened holds, which goes with it; one that the leads were warned of stays."""
    draft = await uow.drafts.get(fresh)
    if draft is None or draft.owner != by.id or draft.page > 1 or await notices.warned(uow, fresh):
        return {}
    await uow.drafts.delete(fresh)
    return draft.answers


def _first_line(before: Answers, fresh: Answers) -> Answers:
    """The words after the command, under the facts that are there already."""
    words = str(fresh.get("facts") or "")
    joined = "\n".join(text for text in (str(before.get("facts") or ""), words) if text)
    return {"facts": joined} if words else {}
