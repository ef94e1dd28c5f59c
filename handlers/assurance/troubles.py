"""A trouble that lasts: told once when it begins and once when it is over, to whoever can put it right.

The row of it (`ports.Troubles`) is what makes it once, whoever finds it and however often; the card says what is so
when it is drawn. By whatever way still works: `notices.place_of` goes round a platform that is down.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from handlers import notices
from handlers.assurance import selftest
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person
from handlers.rules.trouble import DOWN, Lasting, Trouble
from handlers.ui.card import Card
from handlers.ui.plain import alarm_card, over_card

STEP = "trouble"
OVER = ":over"
_SENT_THEN = "What waits is sent as soon as it does, each card once and as things stand then."
WORDS: Mapping[Trouble, str] = {
    Trouble.PLATFORM_SILENT: (
        "{platform} does not take our messages at present. " + _SENT_THEN + " Until then whoever can be reached in "
        "another way is told there. Ask your technician to look at it."
    ),
    Trouble.TOKEN_REFUSED: (
        "{platform} does not accept the app any more: its token or a permission was taken away. " + _SENT_THEN +
        " Until then whoever can be reached in another way is told there. Ask your technician to run the check."
    ),
    Trouble.PLACE_UNFIT: (
        "The leads' channel cannot be used: it is not private, has somebody in it who is not a lead, is archived, or "
        "the app is not in it. Cards are sent to each lead directly until it is put right. Where others can read it, "
        "the cards that stood there have been taken away, and come back then. Ask your technician to run the check."
    ),
    Trouble.NOTICE_STUCK: (
        "A message of Heard could not be delivered, though others could. It is tried again every few minutes. Ask your "
        "technician to look at the log, and to run the check."
    ),
    Trouble.ROW_DAMAGED: (
        "Part of what Heard keeps is damaged and cannot be read. It has been set aside, and everything else "
        "goes on. Ask your technician to run the check, which names it, and to bring it back from a backup."
    ),
    Trouble.CHASE_LATE: (
        "Heard has not looked in time at what it reminds people of: do not rely on its reminders until it "
        "does. Ask your technician to look at the log."
    ),
    Trouble.CLOCK_OFF: (
        "The clock of the machine on which Heard runs is wrong, or was set: reminders may come early or late."
        " Ask your technician to put it right."
    ),
    Trouble.DISK_FULL: (
        "There is hardly any room left on the disk on which Heard keeps its records. When it is full nothing "
        "can be saved. Ask your technician to make room."
    ),
    Trouble.SPOOL_LATE: (
        "What staff have sent is kept safely and has not come into the records yet. Ask your technician to "
        "look at the log."
    ),
    Trouble.OUTBOX_LATE: (
        "Messages of Heard wait and nobody carries them: people may not have been told of what was sent. Ask your "
        "technician to look at the log, and to start the program again."
    ),
    Trouble.SIGNATURES_REFUSED: (
        "Requests keep coming to Heard that say they are from {platform} and cannot prove it. None of them was let in. "
        "Either the app's secret was changed on {platform} and not here: then nobody can use Heard there. Or somebody "
        "is trying to get in. Ask your technician to try Heard on {platform}, and to look at the log."
    ),
}  # fmt: skip
WELL_AGAIN: Mapping[Trouble, str] = {
    Trouble.PLATFORM_SILENT: "{platform} takes our messages again. What waited has been sent or is on its way.",
    Trouble.TOKEN_REFUSED: "{platform} accepts the app again. What waited has been sent or is on its way.",
    Trouble.PLACE_UNFIT: "The leads' channel can be used again. What waited has been sent there or is on its way.",
    Trouble.NOTICE_STUCK: "Every message that could not be delivered has been delivered, or is needed no more.",
    Trouble.ROW_DAMAGED: "Everything that Heard keeps can be read again.",
    Trouble.CHASE_LATE: "Heard looks in time again at what it reminds people of.",
    Trouble.CLOCK_OFF: "The clock of the machine on which Heard runs is right again.",
    Trouble.DISK_FULL: "There is room again on the disk on which Heard keeps its records.",
    Trouble.SPOOL_LATE: "What staff had sent has come into the records.",
    Trouble.OUTBOX_LATE: "The messages of Heard are carried again. What waited has been sent or is on its way.",
    Trouble.SIGNATURES_REFUSED: (
        "Hardly a request comes to Heard now that says it is from {platform} and cannot prove it. If nobody knows why "
        "they came, try Heard on {platform}."
    ),
}


async def begin(
    uow: UnitOfWork, trouble: Trouble, where: str, *, reason: str, at: datetime, also: Collection[Person] = ()
) -> bool:
    """Keep it and tell it, once however often it is found. `also`: who is told beside those who keep the program."""
    if not await uow.troubles.begin(trouble, where, reason=reason, at=at):
        return False
    await _keep(uow, {"why": trouble.value, "reason": reason}, at=at)
    told = {person.id: person for person in (*also, *await selftest.keepers(uow))}
    lasting = Lasting(trouble=trouble, where=where, reason=reason, since=at)
    await notices.tell(uow, NoticeKind.ALARM, told.values(), _subject(uow, trouble, where), step=_step(lasting))
    if trouble in DOWN:
        await _draw_receipts(uow)
    return True


async def becomes(uow: UnitOfWork, lasting: Lasting, *, reason: str, at: datetime) -> None:
    """It goes on for another reason: that is kept, and nobody is told of the same trouble again."""
    if await uow.troubles.becomes(lasting, reason):
        await _keep(uow, {"why": lasting.trouble.value, "reason": reason}, at=at)


async def end(uow: UnitOfWork, lasting: Lasting, *, at: datetime) -> bool:
    """It is over: those who were told that it began are told so."""
    if not await uow.troubles.end(lasting.trouble, lasting.where):
        return False
    await _keep(uow, {"why": f"{lasting.trouble.value}_over"}, at=at)
    subject = _subject(uow, lasting.trouble, lasting.where)
    for notice in await uow.posts.standing(subject):
        if notice.step == _step(lasting):
            await uow.outbox.put(replace(notice, step=notice.step + OVER))
    if lasting.trouble in DOWN:
        await _draw_receipts(uow)
    return True


async def _keep(uow: UnitOfWork, facts: Mapping[str, str], *, at: datetime) -> None:
    await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=None, facts=facts))


async def _draw_receipts(uow: UnitOfWork) -> None:
    """Whether anybody can be reached has changed: a receipt must not say what is so no longer."""
    for concern in await uow.concerns.unaccepted():
        await notices.show_receipt(uow, concern)


def _subject(uow: UnitOfWork, trouble: Trouble, where: str) -> UUID:
    return uuid5(uow.school.id, f"{STEP}/{trouble}/{where}")


def _step(lasting: Lasting) -> str:
    """Each time that it begins is a message of its own."""
    return f"{STEP}:{lasting.trouble}:{lasting.where.partition(':')[0]}:{lasting.since:%Y%m%dT%H%M%S}"


async def draw(uow: UnitOfWork, notice: Notice) -> Card | None:
    """What is wrong, while it is; that it is well again, to whoever was told; nothing to anybody else.

    That a platform is down arrives by that platform when it is so no longer.
    """
    trouble = Trouble(notice.step.split(":")[1])
    if notice.step.endswith(OVER):
        first = replace(notice, step=notice.step.removesuffix(OVER))
        return over_card(_said(WELL_AGAIN[trouble], notice)) if await uow.posts.find(first) else None
    itself = trouble in DOWN and notice.place.platform == _platform(notice)
    lasts = not itself and any(_is_of(uow, one, notice) for one in await uow.troubles.lasting())
    return alarm_card(_said(WORDS[trouble], notice)) if lasts or await uow.posts.find(notice) else None


def _is_of(uow: UnitOfWork, lasting: Lasting, notice: Notice) -> bool:
    return _subject(uow, lasting.trouble, lasting.where) == notice.subject and _step(lasting) == notice.step


def _said(words: str, notice: Notice) -> str:
    return words.format(platform=_platform(notice).capitalize())


def _platform(notice: Notice) -> str:
    return notice.step.split(":")[2]
