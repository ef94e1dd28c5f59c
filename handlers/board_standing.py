"""Where boards stand, and whose is drawn again: only a board that somebody has asked for, and only when it may differ.

What is on a board is gathered when it is drawn (`handlers.overview.board`). Nobody named in a concern has theirs
drawn again because of it: not even that something happened is told to them.
"""

from collections.abc import Collection
from uuid import UUID, uuid5

from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PersonId
from handlers.rules.school import Place

HOME = "home"
"""Stands for the message on a page that holds one card: it has no id of its own."""
_TAKES_IT_FROM_SOME = frozenset({Deed.NAMED, Deed.SEALED})


def board_of(uow: UnitOfWork, person: Person, place: Place) -> Notice:
    """One subject for every board of a school: where they stand is one look."""
    return Notice(kind=NoticeKind.BOARD, place=place, subject=uuid5(uow.school.id, "board"), to=person.id)


async def standing(uow: UnitOfWork) -> Collection[Notice]:
    return await uow.posts.standing(uuid5(uow.school.id, "board"))


async def follow(uow: UnitOfWork, concern: Concern, *, also: Collection[UUID | None] = ()) -> None:
    """The boards on which that concern may show are drawn again; `also` are people who have lost a part in it."""
    boards = await standing(uow)
    if not boards:
        return
    people = {person.id: person for person in await uow.people.all()}
    owing = {action.owner for action in await uow.actions.of(concern.id)}
    for board in boards:
        person = people.get(board.to) if board.to else None
        if person is not None and (person.id in owing or person.id in also or _shows(concern, person)):
            await _again(uow, board, concern)


async def taken_away(uow: UnitOfWork, concern: Concern, because: Entry) -> None:
    """Some lose it by what was just written: it goes from their boards at once."""
    if because.deed not in _TAKES_IT_FROM_SOME:
        return
    told = {word for fact in because.facts.values() for word in fact.split()}
    for board in await standing(uow):
        if str(board.to) in told:
            await uow.outbox.put(board)
        else:
            await _again(uow, board, concern)


async def refresh_of(uow: UnitOfWork, person: PersonId) -> None:
    """Something of theirs alone has begun or ended."""
    for board in await standing(uow):
        if board.to == person:
            await uow.outbox.put(board)


async def refresh_all(uow: UnitOfWork) -> None:
    """In the morning: what has come due by the clock alone."""
    for board in await standing(uow):
        await uow.outbox.put(board)


async def _again(uow: UnitOfWork, board: Notice, concern: Concern) -> None:
    if board.to not in concern.named:
        await uow.outbox.put(board)


def _shows(concern: Concern, person: Person) -> bool:
    return may(person, Doing.READ, concern) or may(person, Doing.SEE_RECEIPT, concern)
