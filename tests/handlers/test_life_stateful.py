"""A stateful property test: random people, buttons, forms and clocks at the desk over a real store, and a dictionary.

What is done is drawn by hypothesis; what may come of it is `life.py`'s. Requests come twice, and two at once; time
moves on by minutes to days and the whole timetable ticks. After every step the store must say what the dictionary says,
and only what is legal may have moved. At the end: the chain verifies, nothing that was written has changed, nobody who
is named has been left a card, and no card holds a word that somebody typed.

In the ordinary run the steps are the same each time. `HEARD_LIFE_EXAMPLES=500` goes on with others, from a seed that is
printed; `HEARD_LIFE_SEED` takes that seed again.
"""

import asyncio
import os
import random
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from handlers.conversation import FormSubmitted, NextPage, OpenForm
from handlers.post import cards as drawing
from handlers.post.deliveries import deliver_due
from handlers.rules.action import Action, ActionId
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.ui.card import Press
from handlers.ui.form import Form
from schedules.timetable import TIMETABLE, Uses
from store.opening import open_units
from store.row_verdicts import judge_rows
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.attacks import cast
from tests.attacks.cast import ACCOUNT, CANARIES, DECISION, ROLLS, SCHOOL, Stage
from tests.attacks.doors import Seen, Straight, card_text, seen
from tests.handlers import life
from tests.handlers.life import ACTION_LEGAL, Case, is_legal
from tests.handlers.posting import Post
from tests.handlers.school import ADULT_DECISION, about_adult

PEOPLE = {
    person.name.split()[0]: person
    for person in (cast.LEE, cast.PRIYA, cast.DANA, cast.HELEN, cast.HUGO, cast.COLIN, cast.TESS, cast.TOM)
}
NAMES = {person.id: name for name, person in PEOPLE.items()}
EXAMPLES, SEED = int(os.environ.get("HEARD_LIFE_EXAMPLES", "0")), os.environ.get("HEARD_LIFE_SEED", "")
OF_LEADS = (Press.VERIFY, Press.SEND_BACK, Press.CANCEL_ACTION)
OF_ACTIONS = (Press.ACKNOWLEDGE, Press.BEGIN, Press.WAIT, Press.DONE, Press.DONE, *OF_LEADS)
somebody = st.sampled_from(sorted(PEOPLE))
any_case = st.integers(0, 3)
yes_no = st.booleans()


class Life(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="heard-life-"))
        self.cases: dict[UUID, Case] = {}
        self.actions: dict[UUID, str] = {}
        self.written: dict[UUID, list[tuple[int, str]]] = {}
        self.versions: dict[UUID, int] = {}
        self.turn = 0

    @initialize()
    def opens(self) -> None:
        shutil.copy(self.template, self.folder / "heard.db")
        url = f"sqlite+aiosqlite:///{self.folder / 'heard.db'}"
        self.units: Units = self.run(open_units(url, root_key=bytes(range(1, 33)), schools=ROLLS))
        self.stage = Stage(self.units)
        self.door, self.post = Straight(self.stage.desk), Post()

    def run(self, what: Any) -> Any:
        return self.loop.run_until_complete(what)

    # What is done.

    @precondition(lambda self: len(self.cases) < 4)
    @rule(by=st.sampled_from(["Tess", "Tom", "Lee"]),
          about=st.sampled_from(["child", "child", "child", "Tom", "Priya", "Helen"]),
          urgency=st.sampled_from(["now", "today", "week", "record"]), close=st.sampled_from(["", "", "Priya"]))
    def raises(self, by: str, about: str, urgency: str, close: str) -> None:
        adult = {} if about == "child" else about_adult(PEOPLE[about], {})
        near = {"close": str(PEOPLE[close].id)} if close and close != by else {}
        id = self.run(self.stage.raises(PEOPLE[by], {**ACCOUNT, **adult, **near, "urgency": urgency}))
        stored = self.stored(id)
        named = {about, close} - {"child", "", by}
        case = Case(reporter=by, route=stored.route.value, rung=stored.rung, named=named, apart=about == by)
        assert case.route == {"child": "leads", "Helen": "chair"}.get(about, "head")
        self.cases[id] = case
        self.agrees()

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody)
    def opens_it(self, which: int, by: str) -> None:
        id, case = self.pick(which)
        looked = self.press(by, Press.OPEN, id)
        may = case.receives(by, PEOPLE[by].roles) or self.oversees(case, by)
        assert (looked.code == "yes") == may, (by, case, looked.code)
        if case.receives(by, PEOPLE[by].roles) and case.status == "submitted":  # who oversees it does not take it up
            case.status = "seen"
        self.agrees()

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody)
    def accepts(self, which: int, by: str) -> None:
        id, case = self.pick(which)
        by = self.lean(case, by)
        self.settles(case, by, self.press(by, Press.ACCEPT, id), life.accept(case, by))

    @precondition(lambda self: self.cases)
    @rule(which=any_case, one=somebody, other=somebody)
    def two_accept_at_once(self, which: int, one: str, other: str) -> None:
        id, case = self.pick(which)

        async def both() -> list[Seen]:
            pressed = [self.door.presses(PEOPLE[who], Press.ACCEPT, id) for who in (one, other)]
            return list(await asyncio.gather(*pressed))

        answers = list(zip((one, other), self.run(both()), strict=True))
        for who, answer in sorted(answers, key=lambda pair: pair[1].code != "yes"):
            self.settles(case, who, answer, life.accept(case, who), last=False)
        self.agrees()

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody, to=somebody, twice=yes_no)
    def hands_over(self, which: int, by: str, to: str, twice: bool) -> None:
        id, case = self.pick(which)
        by = self.lean(case, by)
        sent = self.form(by, Press.HAND_OVER, id, {"to": str(PEOPLE[to].id), "note": "CANARY"}, twice=twice)
        change = life.hand_over(case, by, to=to) if case.receives(to, PEOPLE[to].roles) else None
        self.settles(case, by, sent, change)

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody, twice=yes_no)
    def declines(self, which: int, by: str, twice: bool) -> None:
        id, case = self.pick(which)
        sent = self.form(by, Press.DECLINE, id, {"reason": "CANARY"}, twice=twice)
        self.settles(case, by, sent, life.decline(case, by))

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody, twice=yes_no)
    def covers(self, which: int, by: str, twice: bool) -> None:
        id, case = self.pick(which)
        by = self.lean(case, by)
        self.settles(case, by, self.form(by, Press.COVER, id, {"reason": "CANARY"}, twice=twice), life.cover(case, by))

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody, twice=yes_no)
    def escalates(self, which: int, by: str, twice: bool) -> None:
        id, case = self.pick(which)
        sent = self.form(by, Press.ESCALATE, id, {"reason": "CANARY"}, twice=twice)
        if sent.code == "yes":
            assert case.receives(by, PEOPLE[by].roles) and case.open
            case.rung = self.higher(case, self.stored(id))
        self.agrees()

    @precondition(lambda self: self.cases)
    @rule(which=any_case, own=st.integers(0, 3), by=somebody, twice=yes_no, level=st.sampled_from(["low", "medium"]),
          outcome=st.sampled_from(["monitoring", "no_further_action"]))
    def decides(self, which: int, own: int, by: str, twice: bool, level: str, outcome: str) -> None:
        id, case = self.pick(which)
        by = (case.owner or by) if own else by
        answers = {**DECISION, **ADULT_DECISION, "level": level, "outcome": outcome}
        if case.route != "leads":  # of an adult: a low-level concern, which nobody reads a second time or signs off
            level, outcome = "", "monitoring"
        sent = self.form(by, Press.DECIDE, id, answers, twice=twice)
        stored = self.stored(id)
        self.settles(case, by, sent, life.decide(case, by, level=level, outcome=outcome), last=False)
        if case.second == "wanted":
            case.rung = self.higher(case, stored)
        self.agrees()

    @precondition(lambda self: any(case.second == "wanted" for case in self.cases.values()))
    @rule(which=any_case, by=somebody, agreed=yes_no, twice=yes_no)
    def reads_second(self, which: int, by: str, agreed: bool, twice: bool) -> None:
        id, case = self.pick(which, lambda case: case.second == "wanted")
        by = self.lean(case, by)
        answers = {"agreed": "yes" if agreed else "no", "reading": "CANARY"}
        sent = self.form(by, Press.SECOND_READ, id, answers, twice=twice)
        self.settles(case, by, sent, life.read_second(case, by, agreed=agreed))

    @precondition(lambda self: any(case.status == "triaged" for case in self.cases.values()))
    @rule(which=any_case, own=st.integers(0, 3), by=somebody, how=st.sampled_from(["", "cancel"]), twice=yes_no)
    def closes(self, which: int, own: int, by: str, how: str, twice: bool) -> None:
        id, case = self.pick(which, lambda case: case.status == "triaged")
        by = case.owner if own else by
        owed = self.owed(id)
        answers = {"outcome": "CANARY", "open": how, "open_reason": "CANARY"}
        sent = self.form(by, Press.CLOSE, id, answers, twice=twice)
        done = life.may_close(case, by) and (not owed or how == "cancel")
        others = set(self.receivers(case)) - {case.owner}
        change = {"proposed": by} if case.level != "low" and others and case.route == "leads" else life.SHUT
        self.settles(case, by, sent, change if done else None)

    @precondition(lambda self: any(case.proposed and case.open for case in self.cases.values()))
    @rule(which=any_case, by=somebody, agreed=yes_no, twice=yes_no)
    def signs_off(self, which: int, by: str, agreed: bool, twice: bool) -> None:
        id, case = self.pick(which, lambda case: bool(case.proposed and case.open))
        by = self.lean(case, by)
        answers = {"agreed": "yes" if agreed else "no", "sign_off": "CANARY"}
        sent = self.form(by, Press.SIGN_OFF, id, answers, twice=twice)
        if not agreed and sent.code == "another_signs":
            agreed = True
        self.settles(case, by, sent, life.sign_off(case, by, agreed=agreed, owed=self.owed(id)))

    @precondition(lambda self: any(not case.open for case in self.cases.values()))
    @rule(which=any_case, by=somebody, twice=yes_no)
    def reopens(self, which: int, by: str, twice: bool) -> None:
        id, case = self.pick(which, lambda case: not case.open)
        by = self.lean(case, by)
        sent = self.form(by, Press.REOPEN, id, {"reason": "CANARY"}, twice=twice)
        self.settles(case, by, sent, life.reopen(case, by))

    @precondition(lambda self: len(self.cases) > 1)
    @rule(which=any_case, into=any_case, by=somebody, twice=yes_no)
    def proposes_to_merge(self, which: int, into: int, by: str, twice: bool) -> None:
        (id, case), (target, other) = self.pick(which), self.pick(into)
        by = self.lean(case, by)
        sent = self.form(by, Press.MERGE, id, {"into": self.stored(target).reference, "reason": "CANARY"}, twice=twice)
        both = [who for who in self.receivers(case) if who in self.receivers(other)]
        change = life.propose_merge(case, other, by, into=str(target), others=bool({*both} - {by}))
        self.settles(case, by, sent, change if by in both else None)

    @precondition(lambda self: any(case.joins for case in self.cases.values()))
    @rule(which=any_case, by=somebody, agreed=st.sampled_from([True, True, True, False]), twice=yes_no)
    def answers_a_merge(self, which: int, by: str, agreed: bool, twice: bool) -> None:
        id, case = self.pick(which, lambda case: bool(case.joins))
        by, other = self.lean(case, by), self.cases[UUID(case.joins)]
        answers = {"agreed": "yes" if agreed else "no", "why": "CANARY"}
        sent = self.form(by, Press.AGREE_MERGE, id, answers, twice=twice)
        change = life.agree_merge(case, other, by, agreed=agreed)
        self.settles(case, by, sent, change if by in self.receivers(other) else None)

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody, person=somebody, twice=yes_no)
    def names(self, which: int, by: str, person: str, twice: bool) -> None:
        id, case = self.pick(which)
        by = self.lean(case, by)
        lost = person in case.named or (case.apart and person == case.reporter)
        answers = {"person": str(PEOPLE[person].id), "part": "close", "reason": "CANARY"}
        sent = self.form(by, Press.NAME, id, answers, twice=twice)
        done = case.receives(by, PEOPLE[by].roles) and not lost
        assert (sent.code == "yes") == done, (by, person, case, sent)
        for one in self.family(id) if done else ():
            self.loses(one, person)
        if done:
            self.press_finds_nothing(person, id, case)
        self.agrees()

    @precondition(lambda self: self.cases)
    @rule(which=any_case, by=somebody, to=st.sampled_from(["Tom", "Tess", "Dana"]), twice=yes_no)
    def assigns(self, which: int, by: str, to: str, twice: bool) -> None:
        id, case = self.pick(which)
        by = self.lean(case, by)
        answers = {"kind": "call_home", "what": "CANARY", "to": str(PEOPLE[to].id), "owner": str(PEOPLE[to].id)}
        before = self.owed(id)
        sent = self.form(by, Press.ASSIGN, id, answers, twice=twice)
        out = to in case.named or (case.apart and to == case.reporter)
        done = case.open and case.receives(by, PEOPLE[by].roles) and not out
        assert (sent.code == "yes") == done, (by, to, case, sent)
        assert self.owed(id) == before + done
        self.agrees()

    @precondition(lambda self: self.actions)
    @rule(which=st.integers(0, 5), by=somebody, twice=yes_no, deed=st.sampled_from(OF_ACTIONS))
    def moves_an_action(self, which: int, by: str, deed: Press, twice: bool) -> None:
        id = sorted(self.actions)[which % len(self.actions)]
        action = self.action(id)
        case = self.cases[action.concern]
        until = (self.stage.at + timedelta(days=9)).date().isoformat()
        answers = {"what_done": "CANARY", "reason": "CANARY", "agency": "CANARY", "until": until}
        moved = self.form(by, deed, id, answers, twice=twice)
        runs = case.receives(by, PEOPLE[by].roles)
        out = by in case.named or (case.apart and by == case.reporter)
        owns = NAMES.get(action.owner) == by and not out and deed not in OF_LEADS
        assert moved.code != "yes" or runs or owns, (by, deed, case, moved)
        self.agrees()

    @precondition(lambda self: self.cases)
    @rule(which=any_case, twice=yes_no)
    def the_reporter_adds(self, which: int, twice: bool) -> None:
        id, case = self.pick(which)
        added = self.form(case.reporter, Press.ADD, id, {"more": "CANARY"}, twice=twice)
        assert (added.code == "yes") == (case.reporter not in case.named)
        self.agrees()

    @rule(passed=st.sampled_from([1, 20, 60, 240, 1440, 4320, 20_000]))
    def time_passes(self, passed: int) -> None:
        """Minutes; then everything that happens by the clock happens, twice over."""
        self.stage.at += timedelta(minutes=passed)
        uses = Uses(units=self.units, directories={})
        for job in (*TIMETABLE, *TIMETABLE):
            self.run(job.run(uses, self.stage.at))
        for id, case in self.cases.items():
            stored = self.stored(id)
            case.rung = self.higher(case, stored)
            case.offered = case.offered and NAMES.get(stored.offered_to, "") if stored.offered_to else ""
        self.agrees()

    @rule()
    def cards_arrive(self) -> None:
        for _ in range(30):
            if not self.run(deliver_due(self.units, {"slack": self.post}, at=self.stage.at, mishap=self.stage.keep)):
                break
        self.nobody_named_has_a_card()

    def teardown(self) -> None:
        if not hasattr(self, "units"):
            return
        try:
            self.agrees()
            self.every_notice_is_for_whom_it_may_be()
            self.cards_arrive()
            assert self.run(verify_chain(self.units, SCHOOL.id)) is None
            self.run(self.rows_are_as_the_trail_says())
            assert self.stage.mishaps == []
        finally:
            self.run(self.units.close())
            self.run(self.loop.shutdown_default_executor())
            self.loop.close()
            shutil.rmtree(self.folder)

    # How it is done.

    def lean(self, case: Case, by: str) -> str:
        """Three times in four somebody who receives it, or deep states are seldom reached; else whoever was drawn."""
        self.turn += 1
        able = [who for who in sorted(PEOPLE) if case.receives(who, PEOPLE[who].roles)]
        return able[sorted(PEOPLE).index(by) % len(able)] if able and self.turn % 4 else by

    def pick(self, which: int, where: Any = lambda case: True) -> tuple[UUID, Case]:
        found = [(id, case) for id, case in self.cases.items() if where(case)]
        return found[which % len(found)]

    def press(self, by: str, press: Press, subject: UUID) -> Seen:
        return self.run(self.door.presses(PEOPLE[by], press, subject))

    def form(self, by: str, press: Press, subject: UUID, answers: Any, *, twice: bool) -> Seen:
        """Press, fill what opens and send it, page by page; a press without a form is the answer itself."""
        reply = self.run(self.stage.press(PEOPLE[by], press, subject))
        while isinstance(reply, OpenForm | NextPage):
            form = reply.form
            reply = self.run(self.send(by, form, answers))
            if twice and not isinstance(reply, NextPage):
                again = seen(self.run(self.send(by, form, answers)))
                known = seen(reply).code != "yes" or "already" in again.text or again.code == "-"
                assert known, (press, again.text)
        return seen(reply)

    async def send(self, by: str, form: Form, answers: Any) -> Any:
        offered = {field.name for field in form.fields()}
        values = {name: value for name, value in answers.items() if name in offered and value}
        who = cast.accounts(PEOPLE[by])[0]
        return await self.stage.desk.answer(
            FormSubmitted(who=who, form=form.id, key=form.key, page=form.page, values=values)
        )

    def everybody(self) -> list[tuple[str, Person]]:
        return [(NAMES.get(person.id, person.name), person) for person, _ in cast.PEOPLE]

    def receivers(self, case: Case) -> list[str]:
        return [who for who, person in self.everybody() if case.receives(who, person.roles)]

    def oversees(self, case: Case, by: str) -> bool:
        out = by in case.named or (case.apart and by == case.reporter)
        return case.route == "head" and by == "Colin" and not out

    def settles(self, case: Case, by: str, answer: Seen, change: life.Change | None, *, last: bool = True) -> None:
        """The deed was done just where it may be, and came to just that."""
        may = case.receives(by, PEOPLE[by].roles) and change is not None
        assert (answer.code == "yes") == may, (by, case, change, answer)
        for name, value in (change or {}).items() if may else ():
            setattr(case, name, value)
        if last:
            self.agrees()

    def loses(self, id: UUID, person: str) -> None:
        case, stored = self.cases[id], self.stored(id)
        case.named.add(person)
        case.offered = "" if case.offered == person else case.offered
        moved = stored.route.value != case.route
        case.route, case.rung = stored.route.value, stored.rung
        if case.open and case.owner and (moved or case.owner == person):
            case.status, case.owner, case.offered, case.proposed, case.second = "seen", "", "", "", "not_needed"

    def press_finds_nothing(self, person: str, id: UUID, case: Case) -> None:
        for press in (Press.OPEN, Press.MORE, Press.CHRONOLOGY, Press.ACCEPT):
            assert self.press(person, press, id).code == "-", (person, press, case)

    def family(self, id: UUID) -> set[UUID]:
        """Whatever it was merged into, and what was merged into that."""
        found = {id}
        for _ in self.cases:
            found |= {UUID(self.cases[one].merged) for one in found if self.cases[one].merged}
            found |= {one for one, case in self.cases.items() if case.merged and UUID(case.merged) in found}
        return found

    def higher(self, case: Case, stored: Concern) -> int:
        assert stored.rung >= case.rung, "a concern is carried up, never down"
        return stored.rung

    # What is looked at.

    def stored(self, id: UUID) -> Concern:
        return self.run(self.stage.concern(id))

    def action(self, id: UUID) -> Action:
        async def look() -> Action | None:
            async with self.units(SCHOOL.id) as uow:
                return await uow.actions.get(ActionId(id))

        found = self.run(look())
        assert found is not None
        return found

    def owed(self, id: UUID) -> int:
        async def look() -> int:
            async with self.units(SCHOOL.id) as uow:
                return sum(action.live for action in await uow.actions.of(ConcernId(id)))

        return self.run(look())

    def agrees(self) -> None:
        self.run(self._agrees())
        assert self.stage.mishaps == []

    async def _agrees(self) -> None:
        async with self.units(SCHOOL.id) as uow:
            for id, case in self.cases.items():
                concern = await uow.concerns.get(ConcernId(id))
                assert concern is not None, "nothing is deleted"
                assert shown(concern) == case.fields(), case
                actions = await uow.actions.of(concern.id)
                for action in actions:
                    before = self.actions.get(action.id, "open")
                    assert is_legal(before, action.status.value, ACTION_LEGAL), (before, action.status)
                    self.actions[action.id] = action.status.value
                holds(concern, actions)
                trail = [(line.sequence, line.leaf) for line in await uow.trail.of(concern.id)]
                known = self.written.get(id, [])
                assert trail[: len(known)] == known, "what was written has changed"
                moved = concern.version != self.versions.get(id, 1)
                assert not moved or len(trail) > len(known), "a change without an entry"
                self.written[id], self.versions[id] = trail, concern.version

    async def rows_are_as_the_trail_says(self) -> None:
        async with self.units.reading() as connection:
            found = await judge_rows(connection, SCHOOL.id)
        assert (found.faults, found.unknown) == ([], [])
        assert found.rows >= len(self.cases) + len(self.actions)

    def every_notice_is_for_whom_it_may_be(self) -> None:
        self.run(self._notices())

    async def _notices(self) -> None:
        """Drawn as they would be sent: nothing to anybody named, and no word that was typed in any."""
        async with self.units(SCHOOL.id) as uow:
            waiting = await uow.outbox.claim(most=200)
            for item in waiting:
                card = await drawing.draw(uow, item.notice, at=self.stage.at)
                if card is None:
                    continue
                text, case = card_text(card), self.cases.get(item.notice.subject)
                assert not [words for words in CANARIES if words in text], item.notice.kind
                if case and item.notice.to:
                    assert NAMES.get(item.notice.to, "") not in case.named, item.notice
            for item in waiting:
                await uow.outbox.postpone(item, wait=0, reason="looked_at")

    def nobody_named_has_a_card(self) -> None:
        """Of what stands: no card of a concern in the chat of somebody who is named in it, and no word in any."""
        references = {self.stored(id).reference: case for id, case in self.cases.items()}
        whose = {cast.accounts(person)[0].user: NAMES.get(person.id, person.name) for person, _ in cast.PEOPLE}
        for place, card in self.post.standing.values():
            text = card_text(card)
            assert not [words for words in CANARIES if words in text]
            reader = whose.get(place.id, "")
            for reference, case in references.items():
                assert reader not in case.named or reference not in text, (reader, text)
                leads = {who for who, person in self.everybody() if person.among(("lead", "deputy"))}
                told = place.id == "C0LEADS" and reference in text
                assert not told or not (case.named & leads), "a lead who is named reads the channel"


def shown(concern: Concern) -> dict[str, str]:
    """The same of a stored concern as `Case.fields` says of the dictionary."""
    owner, offered, proposed = (
        NAMES.get(one, "") if one else "" for one in (concern.owner, concern.offered_to, concern.close_proposed_by)
    )
    return {
        "status": concern.status.value, "owner": owner, "offered": offered,
        "second": concern.second.value, "level": concern.level.value if concern.level else "",
        "proposed": proposed, "merged": str(concern.merged_into or ""),
        "named": " ".join(sorted(NAMES[one] for one in concern.named)),
    }  # fmt: skip


def holds(concern: Concern, actions: Any) -> None:
    """What is true of every concern at every time."""
    status, owned = concern.status.value, concern.owner is not None
    assert owned == (status not in ("submitted", "seen"))
    assert status == "closed" or concern.owner not in concern.named
    assert concern.offered_to is None or (owned and concern.offered_to not in concern.named)
    assert status != "closed" or (concern.outcome and concern.closed_at and not any(one.live for one in actions))
    assert concern.second.value != "wanted" or status in ("triaged", "closed")
    assert concern.merged_into is None or status == "closed"
    assert concern.close_proposed_by is None or status in ("triaged", "closed")


def test_a_concern_lives_as_the_domain_says(tmp_path: Path):
    async def template() -> Path:
        path = tmp_path / "template.db"
        units = await open_units(f"sqlite+aiosqlite:///{path}", root_key=bytes(range(1, 33)), schools=ROLLS)
        await units.close()
        return path

    Life.template = asyncio.run(template())
    usual = settings(
        max_examples=EXAMPLES or 5, stateful_step_count=40, deadline=None, database=None, derandomize=not EXAMPLES,
        suppress_health_check=list(HealthCheck), print_blob=True, phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    if not EXAMPLES:
        run_state_machine_as_test(Life, settings=usual)
        return
    chosen = int(SEED or random.SystemRandom().randrange(2**32))
    print(f"HEARD_LIFE_SEED={chosen}")
    run_state_machine_as_test(seed(chosen)(Life), settings=usual)
