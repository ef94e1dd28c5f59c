"""A low-level concern that is an allegation after all goes where allegations go: whoever has it by policy loses it."""

from datetime import datetime

from handlers import notices
from handlers.need_to_know import losing_it, placing
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Route
from handlers.rules.people import Person

_NOTHING: Answers = {}


async def to_the_head(
    uow: UnitOfWork, id: ConcernId, words: Answers = _NOTHING, *, by: Person, at: datetime
) -> Concern | None:
    """Take it from whoever has low-level concerns, where it is with them. `words`: why, sealed in the entry.

    It waits for a new owner and is told like a concern that has come in; None where it is where it belongs.
    """
    concern = await uow.concerns.get(id)
    if concern is None or concern.route is not Route.LOW_LEVEL:
        return None
    moved = await placing.on_its_rung(uow, concern.reroute(Route.HEAD), at=at)
    entry = Entry(
        deed=Deed.MADE_GRAVER, at=at, by=by.id, thing=id, facts={"route": moved.route.value}, words=words
    )
    written = await record(uow, moved, because=entry)
    await losing_it.draw_everything_again(uow, moved)
    await placing.raise_alarms(uow, moved, at=at)
    told = await notices.first_told(uow, moved)
    await notices.tell(uow, NoticeKind.CHASE, told, id, step=f"made_graver_{written.sequence}")
    return moved
