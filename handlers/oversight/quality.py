"""Quality of the records: figures of a term, and each month some by chance for a lead to look at.

Not allowed here: a person's name, a number small enough to be one, a record that the asker may not see.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from handlers import days_lists, notices
from handlers.access import concern_for
from handlers.account import times
from handlers.notice import NoticeKind
from handlers.oversight import figures
from handlers.oversight.quality_card import SAYS, quality_card, sample_card
from handlers.ports import UnitOfWork
from handlers.rules import record_quality
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Route, Status
from handlers.rules.people import Person
from handlers.rules.record_quality import PROMPT_MINUTES, Mark, Record
from handlers.ui.card import Card

SAMPLE = 5
"""Records a month."""
_FIRST_HAND = frozenset({"saw", "child"})


async def of_term(uow: UnitOfWork, *, by: Person, at: datetime, back: int = 0) -> Card:
    """Of this term, or of the one `back` before; for a lead or the head, and kept that they looked."""
    counted = await figures.of_term(uow, "quality", by=by, at=at, back=back)
    if counted is None:
        return quality_card(None, record_quality.figures(()))
    whole = [concern for concern in counted.concerns if concern.merged_into is None]
    accounts = await uow.trail.answers_of([concern.id for concern in whole])
    records = [record_of(uow, concern, accounts[concern.id]) for concern in whole]
    return quality_card(counted.term, record_quality.figures(records))


def record_of(uow: UnitOfWork, concern: Concern, answers: Answers) -> Record:
    """What one record has of what could be asked of it, by its account."""
    late = times.facts(answers, calendar=uow.school.calendar, at=concern.submitted_at).get(times.RECORDED_AFTER)
    child = concern.about is About.CHILD
    has = {
        Mark.FIRST_HAND: answers.get("source") in _FIRST_HAND,
        Mark.WHEN: answers.get("happened") in {"then", "over_time"},
        Mark.WHERE: answers.get("place") not in {None, "", "unknown"},
        Mark.VOICE: any(answers.get(name) for name in ("own_words", "told_by")),
        Mark.DONE: bool(answers.get("done")),
        Mark.PARENTS: bool(answers.get("parent_told")),
        Mark.PROMPT: late is not None and int(late) <= PROMPT_MINUTES,
        Mark.DECIDED: concern.triaged_at is not None,
    }
    left_out = (
        frozenset[Mark]() if child else frozenset({Mark.VOICE, Mark.PARENTS}),
        frozenset[Mark]() if late is not None else frozenset({Mark.PROMPT}),
        frozenset[Mark]() if concern.status in {Status.TRIAGED, Status.CLOSED} else frozenset({Mark.DECIDED}),
    )
    return Record(
        marks=frozenset(mark for mark, there in has.items() if there),
        asked=frozenset(Mark).difference(*left_out),
        recorded_after=None if late is None else int(late),
    )


async def checks(uow: UnitOfWork, concern: Concern) -> tuple[tuple[str, str], ...]:
    """How one record stands by itself, for whoever looks at it."""
    record = record_of(uow, concern, await uow.trail.answers(concern.id))
    return tuple((SAYS[mark], "yes" if mark in record.marks else "no") for mark in Mark if mark in record.asked)


async def look_at(uow: UnitOfWork, id: ConcernId, words: Answers, *, by: Person, at: datetime) -> Concern:
    """Keep what a lead found in a record, and draw the month's card again."""
    concern = await concern_for(uow, id, Doing.REVIEW, by=by)
    await uow.trail.append(Entry(deed=Deed.REVIEWED, at=at, by=by.id, thing=id, words=words))
    await notices.redraw(uow, subject_of(uow, at))
    return concern


async def send_sample(uow: UnitOfWork, *, at: datetime) -> bool:
    """On the first school day of a month, once: to each lead in person."""
    calendar = uow.school.calendar
    day = at.astimezone(calendar.zone).date()
    first = next(
        (d for n in range(day.day - 1, -1, -1) if calendar.is_school_day(d := day - timedelta(days=n))), None
    )
    if first != day or not calendar.is_open(at) or not await uow.steps.take(subject_of(uow, at), "sample", at=at):
        return False
    await notices.tell(uow, NoticeKind.SAMPLE, await notices.leads(uow), subject_of(uow, at))
    return True


def subject_of(uow: UnitOfWork, at: datetime) -> UUID:
    return days_lists.sample(uow, at.astimezone(uow.school.calendar.zone).date())


async def draw_sample(uow: UnitOfWork, by: Person, *, at: datetime) -> Card:
    """The month's sample as it stands, of what that lead may see."""
    calendar = uow.school.calendar
    month = at.astimezone(calendar.zone).date().replace(day=1)
    chosen = [concern for concern in await _chosen(uow, month) if may(by, Doing.REVIEW, concern)]
    since = datetime.combine(month, time.min, calendar.zone)
    return sample_card(month, [(concern, await _looked_at(uow, concern, since)) for concern in chosen])


async def _chosen(uow: UnitOfWork, month: date) -> Sequence[Concern]:
    """Of the month before, by chance, and the same whoever asks: ordered by a digest of the month and the id."""
    zone = uow.school.calendar.zone
    until = datetime.combine(month, time.min, zone)
    before = datetime.combine((month - timedelta(days=1)).replace(day=1), time.min, zone)
    eligible = [
        concern
        for concern in await uow.concerns.since(before, until)
        if concern.route is Route.LEADS and not (concern.drill or concern.sealed or concern.merged_into)
    ]
    return sorted(eligible, key=lambda concern: uuid5(concern.id, f"sample/{month:%Y-%m}"))[:SAMPLE]


async def _looked_at(uow: UnitOfWork, concern: Concern, since: datetime) -> bool:
    trail = await uow.trail.of(concern.id)
    return any(line.entry.deed is Deed.REVIEWED and line.entry.at >= since for line in trail)
