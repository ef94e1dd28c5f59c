"""Every message that chases says first, and in its notification: what is due, since when, whose, what to press.

Stories are played with the whole timetable ticking, and each message is read as it arrives.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from handlers.conversation import FormSubmitted
from handlers.notice import Notice, NoticeKind
from handlers.post.cards import draw
from handlers.rules import clocks, inbound
from handlers.rules.concern import Urgency
from handlers.rules.routing import Policy, Rung
from handlers.triage import why
from handlers.ui.card import Buttons, Card, Heading, Press, Rows
from schedules.timetable import TIMETABLE, Uses
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.acting import assigned, does
from tests.handlers.conftest import KEY
from tests.handlers.keeping import names, seals
from tests.handlers.leavers import leaves_the_staff
from tests.handlers.posting import delivered
from tests.handlers.referring import ABOUT_TOM, london, referred
from tests.handlers.reporter.test_draft_chasing import begins
from tests.handlers.school import ANSWERS, DANA, HELEN, LEE, MIA, PRIYA, ROLL, SCHOOL, TESS, TOM, Here, account
from tests.handlers.triage.test_adults import ALLEGATION, LOW, LOW_LEVEL, form_for, triaged

SAYS_NOTHING = {
    NoticeKind.TRIAGE: "the concern's own card",
    NoticeKind.RECEIPT: "the reporter's own card",
    NoticeKind.BOARD: "a list that is kept up to date",
    NoticeKind.SHARE: "something to read",
    NoticeKind.BREAK_GLASS_OPEN: "what has been agreed",
    NoticeKind.DISPOSED: "what has been done",
    NoticeKind.LETTER: "what has been done, or was not",
    NoticeKind.TUTOR: "a list that is kept up to date",
    NoticeKind.CHECKPOINT: "a copy to be kept",
    NoticeKind.ALARM: "for the technician",
    NoticeKind.CLOSED: "what was said of the school's days",
}
"""Kinds of notice that chase nobody, and what they are."""
FIRST_LINE = re.compile(r"[^.]+, [^.]+\. [^.]+\. (?:Press|Type|Ask) [^.]+\.")
SINCE = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d|\b(?:January|December|November) \d{4}|\bat \d\d:\d\d")
WHOSE = re.compile(r"yours|’s|obody|[Aa]ny|somebody other|ach has|Who has|omebody else|had it and |is closed")
CANARIES = (MIA.name, "sleeve", "wait for me", "8B", "gate", "ullying", "Ring home")


@dataclass(slots=True)
class Chat:
    """What has arrived, each message as it was when it came; a card that is drawn again in its place is none."""

    here: Here
    came: dict[Notice, Card] = field(default_factory=dict)

    async def listen(self) -> None:
        for notice, card in await delivered(self.here):
            if card is not None and notice.kind not in SAYS_NOTHING:
                self.came.setdefault(notice, card)

    async def at(self, *moments: datetime) -> None:
        """Let every job of the timetable tick at each of these."""
        for moment in moments:
            self.here.at = moment
            for job in TIMETABLE:
                await job.run(Uses(units=self.here.units, directories={}), moment)
            await self.listen()

    async def after(self, **by: float) -> None:
        await self.at(self.here.at + timedelta(**by))


Story = Callable[[Here, Chat], Awaitable[None]]


async def nobody_accepts(here: Here, chat: Chat) -> None:
    for urgency in ("now", "today", "week", "record"):
        await here.raises(answers={**ANSWERS, "urgency": urgency})
    await chat.listen()
    for _ in range(4):
        await chat.after(minutes=5)
    for _ in range(20):
        await chat.after(minutes=30)
    for _ in range(3):
        await chat.after(days=1)


async def owned(here: Here, **answers: str | tuple[str, ...]):
    concern = await here.raises(answers={**ANSWERS, **answers})
    await here.press(LEE, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def home_time_comes(here: Here, chat: Chat) -> None:
    """Three that cross it: nobody has one, one is owned, and one is said to be safe for an hour only."""
    await here.raises(answers={**ANSWERS, "urgency": "today"})
    await owned(here, urgency="today")
    safe = await here.raises(answers={**ANSWERS, "urgency": "now"})
    await chat.listen()
    await here.press(LEE, Press.ACCEPT, safe.id)
    await chat.listen()
    await chat.at(london(24, 14, 45), london(24, 15, 20))
    form = await here.opens(PRIYA, Press.SAFE_UNTIL, safe.id)
    at = {"safe_date": "2026-11-24", "safe_time": "16:30"}
    await here.send(PRIYA, form, {"reason": "She is in the club.", **at})
    await chat.listen()
    await chat.at(*(london(24, 15, minute) for minute in (30, 35, 40, 45)), london(24, 16, 0), london(24, 16, 30))
    await chat.at(*(london(24, hour, 40) for hour in (16, 17, 19, 23)), london(25, 4), london(25, 8, 30))


async def nobody_is_on_it(here: Here, chat: Chat) -> None:
    for about in ("child", "both", "adult"):
        await here.answers(
            FormSubmitted(
                who=account(TESS), form="concern", key=str(uuid4()), page=1,
                values={**ANSWERS, "about": about, "danger": "yes"},
            )
        )
        await chat.listen()
        await chat.after(minutes=1)
    for _ in range(8):
        await chat.after(minutes=5)
    await chat.after(hours=5)


async def its_owner_owes_steps(here: Here, chat: Chat) -> None:
    here.at = london(23, 10, 15)
    concern = await owned(here, urgency="week")
    await chat.after(days=1, hours=1)
    await chat.after(days=1, hours=5)
    await here.decides(LEE, concern, outcome="no_further_action", level="high", review_date="2026-12-01")
    await chat.after(hours=1)
    await chat.after(days=2)
    form = await here.opens(PRIYA, Press.SECOND_READ, concern.id)
    await here.send(PRIYA, form, {"agreed": "no", "reading": "Look again."})
    await here.decides(LEE, concern, level="high", review_date="2026-12-02")
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, {"outcome": "Resolved."})
    await chat.after(days=4)
    await chat.after(days=1)
    await chat.after(days=3)
    form = await here.opens(PRIYA, Press.SIGN_OFF, concern.id)
    await here.send(PRIYA, form, {"agreed": "no", "sign_off": "Not yet."})
    await chat.after(hours=1)


async def it_changes_hands(here: Here, chat: Chat) -> None:
    concern = await owned(here)
    for answer in ("decline", "lapse"):
        form = await here.opens(LEE, Press.HAND_OVER, concern.id)
        await here.send(LEE, form, {"to": str(PRIYA.id)})
        await chat.listen()
        if answer == "decline":
            form = await here.opens(PRIYA, Press.DECLINE, concern.id)
            await here.send(PRIYA, form, {"reason": "In court."})
        await chat.after(minutes=31)
    form = await here.opens(PRIYA, Press.COVER, concern.id)
    await here.send(PRIYA, form, {"reason": "Lee is away."})
    await chat.listen()
    form = await here.opens(TESS, Press.ADD, concern.id)
    await here.send(TESS, form, {"more": "She said it again."})
    await chat.listen()
    form = await here.opens(LEE, Press.ESCALATE, concern.id)
    await here.send(LEE, form, {"reason": "It needs the head."})
    await chat.listen()
    await names(here, DANA, concern, PRIYA)
    await chat.listen()
    await seals(here, DANA, await here.concern(concern.id), DANA)
    await chat.listen()


async def its_owner_leaves(here: Here, chat: Chat) -> None:
    await owned(here)
    await leaves_the_staff(here.units, LEE.id)
    await chat.after(minutes=1)


async def an_action_is_owed(here: Here, chat: Chat) -> None:
    action = await assigned(here, due_date="2026-11-26")
    await chat.listen()
    await chat.at(*(action.due_at + timedelta(days=day, minutes=1) for day in (-1, 0, 1)))
    await chat.at(*(action.due_at + timedelta(days=day, minutes=1) for day in (4, 5)))
    await does(here, TOM, Press.MORE_TIME, action, due_date="2026-12-04", reason="Nobody answers.")
    await chat.listen()
    for day in (4, 7, 8):
        await does(here, LEE, Press.MORE_TIME, action, due_date=f"2026-12-0{day}", reason="They are away.")
        await chat.listen()
    for _ in range(2):
        await does(here, TOM, Press.DONE, action, what_done="Rang.")
        await chat.after(minutes=5)
        await does(here, LEE, Press.SEND_BACK, action, reason="Say who answered.")
        await chat.after(minutes=5)
    await names(here, LEE, await here.concern(action.concern), TOM)
    await chat.listen()


async def an_agency_is_late(here: Here, chat: Chat) -> None:
    here.at = london(23, 15)
    _, referral = await referred(here)
    await chat.listen()
    await chat.at(*(london(day, 15, 1) for day in (24, 25, 26)))
    form = await here.opens(LEE, Press.ANSWER_REFERRAL, referral.id)
    await here.send(LEE, form, {"answer": "refused", "agency_said": "Not enough."})
    await chat.at(*(london(day, 15, 5) for day in (27, 30)))


async def nobody_outside_is_told(here: Here, chat: Chat) -> None:
    here.at = london(23, 9, 20)
    concern = await here.raises(answers=ABOUT_TOM)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    await chat.at(london(24, 9, 21), london(25, 9, 21))


async def something_is_not_sent(here: Here, chat: Chat) -> None:
    await begins(here)
    await chat.at(london(24, 10, 46), london(25, 8, 31), london(27, 12), london(7, 8, 31, month=12))


async def a_quick_one_is_not_whole(here: Here, chat: Chat) -> None:
    reply = await here.command(TESS, "quick")
    await here.send(TESS, reply.form, {"child": str(MIA.id), "child_1": str(MIA.id), "facts": "x", "urgency": "week"})
    await chat.after(hours=1, minutes=1)


async def a_duty_is_due(here: Here, chat: Chat) -> None:
    await owned(here, kinds=("fgm",), urgency="week")
    await chat.at(london(25, 7, 40), london(25, 17, 1), london(26, 7, 40), london(27, 7, 40))


async def somebody_goes_away(here: Here, chat: Chat) -> None:
    await owned(here)
    form = (await here.command(LEE, "away")).form
    await here.send(LEE, form, {"from": "2026-11-25", "until": "2026-11-27", "cover": str(PRIYA.id)})
    await chat.listen()
    await chat.at(london(25, 8, 31))


async def somebody_is_in_danger(here: Here, chat: Chat) -> None:
    sent = FormSubmitted(
        who=account(TESS), form="concern", key=str(uuid4()), page=1, values={**ANSWERS, "danger": "yes"}
    )
    await here.answers(sent)
    await chat.listen()


async def two_are_one(here: Here, chat: Chat) -> None:
    concern, other = await owned(here), await here.raises(TOM)
    form = await here.opens(LEE, Press.MERGE, concern.id)
    await here.send(LEE, form, {"into": other.reference, "reason": "One event."})
    await chat.listen()
    form = await here.opens(PRIYA, Press.AGREE_MERGE, concern.id)
    await here.send(PRIYA, form, {"agreed": "no", "why": "Two events."})
    await chat.listen()


async def a_record_may_go(here: Here, chat: Chat) -> None:
    concern = await owned(here)
    await here.decides(LEE, concern)
    await here.send(LEE, await here.opens(LEE, Press.CLOSE, concern.id), {"outcome": "Resolved."})
    for again in (False, True):
        form = await here.opens(LEE, Press.DISPOSE, concern.id)
        await here.send(LEE, form, {"basis": "ordered", "reason": "A court says so."})
        await chat.listen()
        form = await here.opens(PRIYA, Press.AGREE_DISPOSE, concern.id)
        await here.send(PRIYA, form, {"agreed": "yes" if again else "no", "why": "Read."})
        await chat.after(minutes=10)


async def somebody_asks_in_an_emergency(here: Here, chat: Chat) -> None:
    form = (await here.command(PRIYA, "unlock")).form
    await here.send(PRIYA, form, {"reference": "26-9999", "reason": "The police are here."})
    await chat.listen()


async def weeks_and_months_pass(here: Here, chat: Chat) -> None:
    for _ in range(6):
        await owned(here)
    await chat.at(london(30, 9, 1), london(1, 9, 5, month=12), london(7, 9, 1, month=12))


async def a_step_about_an_adult_is_late(here: Here, chat: Chat) -> None:
    await triaged(here, ALLEGATION)
    await chat.listen()
    await chat.at(*(london(day, 10, 16) for day in (25, 26, 27, 30)))


async def a_log_waits_to_be_read(here: Here, chat: Chat) -> None:
    here.at = london(5, 10, month=10)
    await triaged(here, LOW_LEVEL, raised=LOW)
    await chat.listen()
    await chat.at(london(7, 9, month=12), london(16, 9, month=12))


async def a_low_level_one_is_an_allegation_after_all(here: Here, chat: Chat) -> None:
    """Where the lead has low-level concerns by the school's policy, it goes to the head."""
    school = replace(SCHOOL, policy=Policy(low_level_to_lead=True))
    roll = Roll(school=school, people=ROLL.people, pupils=ROLL.pupils)
    with TemporaryDirectory() as folder:
        units = await open_units(f"sqlite+aiosqlite:///{folder}/other.db", root_key=KEY, schools=(roll,))
        there = chat.here = Here(units)
        concern = await there.raises(answers=LOW)
        await there.send(LEE, await form_for(there, concern, LEE), LOW_LEVEL)
        await chat.listen()
        await there.send(LEE, await there.opens(LEE, Press.GRAVER, concern.id), {"reason": "It adds up."})
        await chat.listen()
        await units.close()


async def more_detail_is_asked(here: Here, chat: Chat) -> None:
    concern = await owned(here)
    await here.send(LEE, await here.opens(LEE, Press.ASK_MORE, concern.id), {"asked": "Tell me where she was."})
    await chat.listen()
    for _ in range(3):
        await chat.after(days=1)


STORIES: dict[Story, set[NoticeKind]] = {
    nobody_accepts: {NoticeKind.CHASE, NoticeKind.RING},
    home_time_comes: {NoticeKind.CHASE, NoticeKind.RING},
    nobody_is_on_it: {NoticeKind.DANGER, NoticeKind.RING},
    its_owner_owes_steps: {NoticeKind.CHASE, NoticeKind.SECOND, NoticeKind.SIGN_OFF},
    it_changes_hands: {NoticeKind.CHASE},
    its_owner_leaves: {NoticeKind.CHASE},
    an_action_is_owed: {
        NoticeKind.ACTION, NoticeKind.OVERDUE, NoticeKind.VERIFY, NoticeKind.MORE_TIME, NoticeKind.EXTENDED,
        NoticeKind.ORPHANED,
    },
    an_agency_is_late: {NoticeKind.REFERRAL},
    nobody_outside_is_told: {NoticeKind.REFER_DUE},
    something_is_not_sent: {NoticeKind.DRAFT},
    a_quick_one_is_not_whole: {NoticeKind.DRAFT},
    a_duty_is_due: {NoticeKind.DUTY},
    more_detail_is_asked: {NoticeKind.MORE_ASKED},
    somebody_goes_away: {NoticeKind.COVER},
    somebody_is_in_danger: {NoticeKind.DANGER},
    two_are_one: {NoticeKind.MERGE, NoticeKind.CHASE},
    a_record_may_go: {NoticeKind.DISPOSAL, NoticeKind.CHASE},
    somebody_asks_in_an_emergency: {NoticeKind.BREAK_GLASS},
    a_step_about_an_adult_is_late: {NoticeKind.STEP_DUE},
    a_log_waits_to_be_read: {NoticeKind.LOG_DUE},
    a_low_level_one_is_an_allegation_after_all: {NoticeKind.CHASE},
    weeks_and_months_pass: {NoticeKind.HUDDLE, NoticeKind.DIGEST, NoticeKind.SAMPLE},
}  # fmt: skip

STEPS: dict[Story, set[str]] = {
    nobody_accepts: {step for step in why.UNACCEPTED if not step.startswith("passed_over") and step != inbound.STEP},
    home_time_comes: {
        "now_0", "near", *(f"undecided_{minutes}" for minutes in (0, 5, 10, 15, 30, 120, 240)), "again_30", "again_240",
    },
    its_owner_owes_steps: {
        "decide", "decide_plus_1", "second_plus_1", "sign_off", "sign_off_plus_1", "review_plus_1", "second_no",
        "kept_open",
    },
    it_changes_hands: {"offered", "declined", "lapsed", "taken_over", "added", "escalated", "named", "sealed"},
    its_owner_leaves: {"owner_gone"},
    two_are_one: {"merge_refused"},
    a_record_may_go: {"disposal_refused"},
    a_low_level_one_is_an_allegation_after_all: {"made_graver"},
}  # fmt: skip
"""The steps of a concern's own messages that must have come in a story."""


def labels(card: Card) -> set[str]:
    own = {button.label for part in card.parts if isinstance(part, Buttons) for button in part.buttons}
    return own | {row.button.label for part in card.parts if isinstance(part, Rows) for row in part.rows}


def wrong(card: Card) -> list[str]:
    """What is missing in the first line."""
    line, first = card.summary, card.parts[0]
    faults = [
        "the notification and the first line differ" if first != Heading(line) else "",
        "" if FIRST_LINE.fullmatch(line) else "it is not in four parts",
        "" if SINCE.search(line) else "it does not say when",
        "" if WHOSE.search(line) else "it does not say whose",
        *(f"there is no button {label}" for label in re.findall("“(.+?)”", line) if label not in labels(card)),
        *(f"it holds {canary}" for canary in CANARIES if canary in line),
    ]
    return [f"{line} ({fault})" for fault in faults if fault]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
async def test_each_message_says_what_since_when_whose_and_what_to_press_and_no_two_are_alike(here, story):
    chat = Chat(here)
    await story(here, chat)
    assert here.mishaps == []
    assert STORIES[story] <= {notice.kind for notice in chat.came}
    chased = {notice.step.partition(":")[0] for notice in chat.came if notice.kind is NoticeKind.CHASE}
    assert STEPS.get(story, set()) <= chased | {why.event_of(step) for step in chased}
    assert [fault for card in chat.came.values() for fault in wrong(card)] == []
    read = [(notice.to, card.summary) for notice, card in chat.came.items()]
    assert sorted(map(str, read)) == sorted(map(str, set(read))), "two messages to one person are alike"


async def test_a_concern_that_comes_back_says_first_whose_it_was_and_why_it_waits(here):
    chat = Chat(here)
    await its_owner_leaves(here, chat)
    said = {card.summary for notice, card in chat.came.items() if notice.step.startswith("owner_gone_")}
    assert said == {
        "Concern 26-48213 waits for a new owner, since Tue 24 Nov, 10:16. "
        "Lee Abara had it and is no longer here. Press “Accept”."
    }


def test_every_kind_of_notice_chases_in_a_story_or_is_said_to_chase_nobody():
    told = set().union(*STORIES.values())
    assert told | set(SAYS_NOTHING) == set(NoticeKind)
    assert not told & set(SAYS_NOTHING)


def test_every_event_of_which_somebody_is_told_comes_in_a_story():
    assert set(why.EVENTS) <= set().union(*STEPS.values())


def test_every_step_of_the_ladder_has_its_words():
    steps = {step for urgency in Urgency for step, *_ in clocks._LADDERS[urgency]}
    passed = {f"passed_over_{rung}" for rung in Rung if rung < Rung.HEAD}
    assert set(why.UNACCEPTED) == {*steps, *passed, "now_0", inbound.STEP}
    assert len(set(why.UNACCEPTED.values())) == len(why.UNACCEPTED)


async def test_a_reminder_of_what_is_settled_asks_for_nothing_any_more(here):
    chat = Chat(here)
    concern = await owned(here, urgency="week")
    await chat.after(days=1, hours=1)
    reminder = next(one for one in chat.came if one.kind is NoticeKind.CHASE and one.step.startswith("decide"))
    await here.decides(LEE, concern)
    async with here.units(SCHOOL.id) as uow:
        card = await draw(uow, replace(reminder), at=here.at)
    assert card.parts[0] == Heading(f"Safeguarding concern {concern.reference}")
