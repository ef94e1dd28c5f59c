"""The dialog behind /concern: pages that are kept as they are turned, and sent at the end.

Each page submitted is kept sealed in a draft under the concern's id; closing the window loses nothing but what was
typed on a page that was never turned.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from handlers import notices, staff
from handlers.account import form as concern_form
from handlers.account import meant_form, reported, review, tally, times
from handlers.account.names import names_of
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import meant, placing
from handlers.notice import NoticeKind
from handlers.ports import Draft, UnitOfWork
from handlers.reporter import completing, danger, receipt_card, unsent
from handlers.reporter.raising import ANOTHERS_FORM, Raised, raise_concern
from handlers.rules import verdict
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import ConcernId
from handlers.rules.drafts import PUT_BY, TURNED_BACK
from handlers.rules.people import Person, Pupil, PupilId
from handlers.ui import picked
from handlers.ui.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFaulty:
    """A page that needs another look, with everything typed and a sentence for each field."""

    form: Form
    by_field: Mapping[str, str]


async def begin(
    uow: UnitOfWork, key: UUID, *, facts: str = "", by: Person, at: datetime
) -> Form:
    """The first page, under a key that was minted for it, or the one where its writer was.

    `facts` is what is known already.
    """
    draft = await _mine(uow, key, by=by)
    sent = await uow.concerns.get(ConcernId(key))
    if sent is not None:
        own = "This form has been sent already. Type /concern to begin a new one."
        raise Refused(own if may(by, Doing.SEE_RECEIPT, sent) else ANOTHERS_FORM)
    if draft is not None and draft.page == PUT_BY:
        draft = await unsent.take_up(uow, draft, at=at)
    if draft is not None:
        return await _where_they_were(uow, draft, by=by, at=at)
    answers: Answers = {"facts": facts} if facts else {}
    if facts:
        await unsent.keep(uow, key, answers, by=by, at=at)
    return concern_form.page(str(key), 1, answers, {})


async def _where_they_were(uow: UnitOfWork, draft: Draft, *, by: Person, at: datetime) -> Form:
    """The page that was shown last, with everything typed; the last look only while there is nothing to complain of."""
    calendar, every = uow.school.calendar, concern_form.every_field()
    written = times.written_then(draft.answers, every, kept=draft.at, at=at, zone=calendar.zone)
    key, answers = str(draft.key), times.as_on(written, calendar=calendar, at=at)
    names = await names_of(uow, answers)
    if draft.page == meant_form.PAGE:
        return await _last_page(uow, draft.key, answers, names, by=by, at=at)
    if draft.page == review.PAGE:
        try:
            return await _review(uow, draft.key, answers, names, by=by, at=at)
        except InvalidForm as refusal:
            return _faulty(key, concern_form.LAST, answers, names, refusal).form
    numbers = await _numbers(uow, answers, by=by, at=at) if draft.page > 1 else ()
    shown = concern_form.page(key, max(draft.page, 1), answers, names, numbers=numbers)
    return await danger.with_told(uow, draft.key, shown, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Which page was sent, and which way it is turned."""

    page: int
    back: bool = False
    in_chat: bool = False
    """The form stands in a message. There is no last look then: it would leave the account in the chat."""
    shown: tuple[str, ...] | None = None
    """The fields of the page that were shown, where it was drawn in parts; None for all."""
    stay: bool = False
    """Another part of the same page is wanted."""


async def turn_page(
    uow: UnitOfWork, key: UUID, values: Answers, turn: Turn, *, by: Person, at: datetime
) -> Form | PageFaulty | Raised:
    """Keep a page, then show the next one, the one before, or what needs another look; the last one sends it."""
    page, back = turn.page, turn.back
    draft = await _mine(uow, key, by=by)
    if page >= review.PAGE:
        return await _reviewed(uow, key, draft, values, turn, by=by, at=at)
    before: Answers = draft.answers if draft else {}
    here = _with_page(before, values, page, turn.shown)
    typed = times.anchored(before, here, calendar=uow.school.calendar, at=at)
    answers = picked.chosen(concern_form.every_field(), typed)
    sent = await uow.concerns.get(ConcernId(key)) is not None
    if not sent:
        await unsent.keep(uow, key, answers, by=by, at=at)
        await _warn(uow, key, before, answers, by=by, at=at)
        await _take_from_whom_it_names(uow, key, draft, answers, by=by)
    names = await names_of(uow, answers)
    numbers = await _numbers(uow, answers, by=by, at=at)
    if turn.stay or back:
        shown = concern_form.page(
            str(key), page if turn.stay else max(1, page - 1), answers, names, numbers=numbers
        )
        return await danger.with_told(uow, key, shown, at=at, in_chat=turn.in_chat)
    try:
        _check(page, typed, names, calendar=uow.school.calendar, at=at)
        if page < concern_form.LAST and not sent:
            shown = concern_form.page(str(key), page + 1, answers, names, numbers=numbers, straight=turn.in_chat)
            return await danger.with_told(uow, key, shown, at=at, in_chat=turn.in_chat)
        if not sent and not turn.in_chat and not concern_form.is_urgent(answers):
            return await _review(uow, key, answers, names, by=by, at=at)
        if not sent and (asked := await _only_asked(uow, key, answers, by=by, at=at)):
            return asked
        return await _send(uow, key, answers, by=by, at=at)
    except InvalidForm as refusal:
        return _faulty(str(key), page, answers, names, refusal, numbers=numbers)


async def draw_again(uow: UnitOfWork, key: UUID, values: Answers, turn: Turn, *, by: Person, at: datetime) -> Form:
    """The page that is open, by what is chosen on it now. Nothing is kept or told before it is turned."""
    draft = await _mine(uow, key, by=by)
    page = min(max(turn.page, 1), concern_form.LAST)
    before: Answers = draft.answers if draft else {}
    answers = _with_page(before, values, page, turn.shown)
    numbers = await _numbers(uow, answers, by=by, at=at)
    shown = concern_form.page(str(key), page, answers, await names_of(uow, answers), numbers=numbers)
    return await danger.with_told(uow, key, shown, in_chat=turn.in_chat)


def _check(page: int, typed: Answers, names: Mapping[str, str], *, calendar: Calendar, at: datetime) -> None:
    """Everything about that page that needs another look; whoever was picked must be somebody here."""
    strange = picked.unknown(concern_form.page("", page, typed, {}).fields(), typed, names)
    if strange:
        raise InvalidForm(strange)
    reported.check_page(page, typed, calendar=calendar, at=at)


async def _warn(
    uow: UnitOfWork, key: UUID, before: Answers, answers: Answers, *, by: Person, at: datetime
) -> None:
    """Somebody is in danger now: whoever has it is told at once, before anything else is asked, and once.

    They are told again where an answer had taken it from them and another gives it back; whoever comes to have it by an
    answer (it is about an adult too, somebody is named) is told then.
    """
    if not unsent.warns(answers):
        return
    first = await uow.steps.take(key, "danger", at=at)
    if first:
        await uow.trail.append(Entry(deed=Deed.DANGER, at=at, by=by.id, thing=key))
    now = await danger.who_has_it(uow, key, answers, by=by.id)
    had = () if first or not unsent.warns(before) else await danger.who_has_it(uow, key, before, by=by.id)
    await notices.tell(uow, NoticeKind.DANGER, [person for person in now if person not in had], key)


async def _take_from_whom_it_names(
    uow: UnitOfWork, key: UUID, before: Draft | None, answers: Answers, *, by: Person
) -> None:
    """Who was warned and may be meant by what is typed now has the card no longer."""
    if before is None or not await notices.warned(uow, key):
        return
    had = await danger.who_has_it(uow, key, before.answers, by=by.id)
    if not unsent.warns(answers) or had != await danger.who_has_it(uow, key, answers, by=by.id):
        await notices.redraw(uow, key)


async def _review(
    uow: UnitOfWork, key: UUID, answers: Answers, names: Mapping[str, str], *, by: Person, at: datetime
) -> Form:
    """The last look, over a whole account; the texts are kept as they are before anything is said about them."""
    read = reported.read(answers, calendar=uow.school.calendar, at=at)
    first = review.first_written(answers)
    await unsent.keep(uow, key, first, by=by, at=at)
    found = await meant.among(uow, first, by=by.id)
    way = await placing.way_of(uow, read, by=by)
    goes = receipt_card.goes_to(*await placing.would_have_it(uow, way, by=by.id), about=way.about)
    return review.page(str(key), first, names, year=await _year(uow, answers), found=found, goes=goes)


async def _only_asked(uow: UnitOfWork, key: UUID, answers: Answers, *, by: Person, at: datetime) -> Form | None:
    """Where no last look comes, the page that asks who is meant; None where nothing is left to be asked."""
    reported.read(answers, calendar=uow.school.calendar, at=at)
    found = await meant.among(uow, answers, by=by.id)
    return meant_form.page(str(key), found) if verdict.unanswered(found) else None


async def _last_page(
    uow: UnitOfWork, key: UUID, answers: Answers, names: Mapping[str, str], *, by: Person, at: datetime
) -> Form:
    numbers = await _numbers(uow, answers, by=by, at=at)
    return concern_form.page(str(key), concern_form.LAST, answers, names, numbers=numbers)


async def _reviewed(
    uow: UnitOfWork, key: UUID, draft: Draft | None, values: Answers, turn: Turn, *, by: Person, at: datetime
) -> Form | PageFaulty | Raised:
    """Take what is answered of who is meant, do with each phrase what the writer chose, and send it; or go back."""
    if draft is None:
        raise Refused("This form is not kept any more. Type /concern to begin a new one.")
    found = meant.said(await meant.among(uow, draft.answers, by=by.id), values)
    kept = verdict.kept(draft.answers, found)
    names = await names_of(uow, kept)
    await unsent.keep(uow, key, kept, by=by, at=at)
    if turn.back:
        return await _last_page(uow, key, kept, names, by=by, at=at)
    answers, rewrite = await _settled(uow, kept, values, turn)
    if not rewrite and await _must_ask(uow, key, answers, found, at=at):
        return await _asked_again(uow, key, kept, values, turn, by=by)
    moved = verdict.carried(await meant.among(uow, answers, by=by.id), found)
    answers = verdict.kept(answers, moved)
    await unsent.keep(uow, key, answers, by=by, at=at)
    if rewrite:
        return concern_form.page(str(key), rewrite, answers, names)
    try:
        return await _send(uow, key, answers, by=by, at=at)
    except InvalidForm as refusal:
        return _faulty(str(key), concern_form.LAST, answers, names, refusal)


async def _settled(uow: UnitOfWork, answers: Answers, values: Answers, turn: Turn) -> tuple[Answers, int]:
    """After the hints of the last look; the page that only asks who is meant has none."""
    if turn.page != review.PAGE:
        return answers, 0
    return review.settle(answers, values, year=await _year(uow, answers))


async def _must_ask(uow: UnitOfWork, key: UUID, answers: Answers, found: meant.Found, *, at: datetime) -> bool:
    """Whether it comes back for an answer: once, and not where somebody must act now. Then who is meant is named."""
    return not concern_form.is_urgent(answers) and await meant.ask(uow, key, found, at=at)


async def _asked_again(
    uow: UnitOfWork, key: UUID, answers: Answers, values: Answers, turn: Turn, *, by: Person
) -> PageFaulty:
    """The page as it was, with everything chosen, and what is left to be answered."""
    found = await meant.among(uow, answers, by=by.id)
    if turn.page == review.PAGE:
        names = await names_of(uow, answers)
        form = review.page(str(key), answers, names, year=await _year(uow, answers), found=found)
        form = replace(form, values={**values, **form.values})
    else:
        form = meant_form.page(str(key), found)
    return PageFaulty(form=form, by_field=meant_form.complaints(verdict.unanswered(found)))


async def _numbers(uow: UnitOfWork, answers: Answers, *, by: Person, at: datetime) -> concern_form.Numbers:
    """Whom to ring now: whoever is told of danger, less whoever is named or too close, and the outside contact.

    The latter alone while it is not said which of the leads, the head or the chair is involved. Nobody where somebody
    need not act now: no page shows them then.
    """
    if not concern_form.is_urgent(answers):
        return ()
    told = () if unsent.somebody_is_meant(answers) else await unsent.told_of_danger(uow, answers, by=by.id)
    outside = uow.school.outside
    ring = (await staff.to_ring(uow, told, less=by.id, at=at)).given()
    return ring.with_outside((outside.name, outside.telephone))


async def _year(uow: UnitOfWork, answers: Answers) -> str:
    """The first child's year as the guard takes it (`Y3`, `R`, `Nursery`); empty where it is not known."""
    try:
        id = PupilId(UUID(str(answers.get("child_1", ""))))
    except ValueError:
        return ""
    pupil = (await uow.pupils.get([id])).get(id)
    return "" if pupil is None else year_group(pupil)


def year_group(pupil: Pupil) -> str:
    """Their year as the guard takes it; a roll writes N1, N2, R and 1 to 14."""
    return f"Y{pupil.year}" if pupil.year.isdigit() else {"N1": "Nursery", "N2": "Nursery"}.get(pupil.year, pupil.year)


async def _send(
    uow: UnitOfWork, key: UUID, answers: Answers, *, by: Person, at: datetime
) -> Raised:
    """The draft stays until the store clears it: a submission sent again finds the earlier pages."""
    account = reported.read(answers, calendar=uow.school.calendar, at=at)
    draft = await uow.drafts.get(key)
    if draft is not None and draft.completes is not None:
        return await completing.complete(uow, draft.completes, account, by=by, at=at)
    codes = tally.codes(answers, year=await _year(uow, answers))
    return await raise_concern(uow, account, id=ConcernId(key), by=by, at=at, codes=codes)


def _faulty(
    key: str, page: int, answers: Answers, names: Mapping[str, str], refusal: InvalidForm, *,
    numbers: concern_form.Numbers = (),
) -> PageFaulty:
    """The page with the first complaint: this one, or an earlier one that has changed its meaning since."""
    pages = {concern_form.page_of(name, answers) for name in refusal.by_field}
    shown = page if page in pages else min(pages)
    form = concern_form.page(key, shown, answers, names, numbers=numbers)
    return PageFaulty(form=form, by_field=refusal.by_field)


def _with_page(answers: Answers, values: Answers, page: int, shown: Collection[str] | None) -> Answers:
    """The answers so far with that page's answers in place of what they were: an emptied field is empty.

    Of a page that was drawn in parts only what was `shown` is replaced.
    """
    on_page = concern_form.on_page(page, answers, {**answers, **values})
    on_page = on_page if shown is None else on_page & set(shown)
    cleared = {name: value for name, value in answers.items() if name not in on_page}
    return {**cleared, **{name: value for name, value in values.items() if name in on_page and value}}


async def _mine(uow: UnitOfWork, key: UUID, *, by: Person) -> Draft | None:
    draft = await uow.drafts.get(key)
    if draft is not None and (draft.owner != by.id or draft.page == TURNED_BACK):
        raise Refused(ANOTHERS_FORM)
    return draft
