"""The term at the desk: the same people and gestures, the real store and jobs, no platform between.

A third platform of the plainest sort, fast enough for a whole term minute by minute: forms are filled by their labels
as they are described, cards stand as they are drawn. What Slack and Teams make of them is judged on the stage.
"""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.playground.thumbs import Answer, Seen, ShownField, Window
from bot.school_file import SchoolFile
from handlers.conversation import (
    ButtonPressed,
    CommandTyped,
    Complaints,
    FormSubmitted,
    Inbound,
    NextPage,
    OpenForm,
    SearchTyped,
    Suggestions,
    Tell,
)
from handlers.desk.desk import Desk
from handlers.platform_ports import Gone, Place, Profile
from handlers.post.deliveries import deliver_due
from handlers.rules.people import Login
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Words
from handlers.ui.form import ChoiceField, ChoicesField, Field, Form, PickField
from schedules.timetable import TIMETABLE, Uses
from store.opening import open_units
from store.rolls import Roll
from store.unit_of_work import Units
from tests.journeys.term import StillClock, Stood

KEY = bytes(range(1, 33))
BY_THE_DAY = frozenset({"morning_digest", "weekly_huddle", "monthly_sample", "self_test", "drill"})
"""Jobs that are of no concern of the story's, and have tests of their own."""


@dataclass(slots=True)
class Wall:
    """One platform's places: a courier that puts cards up, and a directory that knows who is out of office."""

    name: str
    places: dict[str, dict[str, Card]] = field(default_factory=dict[str, dict[str, Card]])
    out: set[str] = field(default_factory=set[str])
    ever: list[str] = field(default_factory=list[str])
    """Everything that ever stood there."""

    async def post(self, place: Place, card: Card) -> str:
        id = str(len(self.ever) + 1)
        self._put(place, id, card)
        return id

    async def update(self, place: Place, message: str, card: Card) -> None:
        if message not in self.places.get(place.id, {}):
            raise Gone("gone")
        self._put(place, message, card)

    async def withdraw(self, place: Place, message: str) -> None:
        if self.places.get(place.id, {}).pop(message, None) is None:
            raise Gone("gone")

    def _put(self, place: Place, id: str, card: Card) -> None:
        self.places.setdefault(place.id, {})[id] = card
        self.ever.append(repr(card))

    async def away(self, tenant: str, users: Collection[str]) -> frozenset[str]:
        return frozenset(users) & self.out

    async def profile(self, tenant: str, user: str) -> Profile:
        return Profile(name=user, mail="", active=True, guest=False)

    async def members(self, place: Place) -> frozenset[str]:
        return frozenset()


class Hands:
    """One person at the desk; implements as much of `bot.playground.thumbs.Thumbs` as the term's gestures need."""

    platform = "desk"

    def __init__(self, desk: Desk, who: Login, wall: Wall, leads: str) -> None:
        self._desk, self._who, self._wall, self._leads = desk, who, wall, leads
        self._form: Form | None = None
        self._card: Card | None = None
        self._typed: dict[str, str | tuple[str, ...]] = {}
        self._faults: Mapping[str, str] = {}

    async def say(self, text: str, *, place: str = "bot", file: str = "") -> None:
        await self._sends(CommandTyped(who=self._who, text=text.removeprefix("/concern").strip()))

    def window(self) -> Window | None:
        if self._form is None:
            return None if self._card is None else Window(title="", words=_words(self._card.parts))
        fields = tuple(
            ShownField(
                label=one.label, kind="", complaint=self._faults.get(one.name, ""),
                options=tuple(option.label for option in getattr(one, "options", ())),
            )
            for one in self._form.fields()
        )
        return Window(
            title=self._form.title, words=_words(self._form.parts), fields=fields, buttons=(self._form.submit,)
        )

    async def fill(self, answers: Mapping[str, Answer]) -> None:
        assert self._form is not None
        named = {one.label: one for one in self._form.fields()}
        for label, answer in answers.items():
            self._typed[named[label].name] = await self._value(named[label], answer)

    async def press(self, label: str, *, on: Seen | None = None) -> None:
        if on is not None:
            button = next(one for one in _buttons(self._found(on)) if one.label == label)
            pressed = ButtonPressed(who=self._who, press=button.press, subject=button.subject, version=button.version)
            await self._sends(pressed)
            return
        form = self._form
        assert form is not None, label
        assert label == form.submit, label
        names = {one.name for one in form.fields()}
        values = {name: value for name, value in {**form.values, **self._typed}.items() if name in names}
        await self._sends(FormSubmitted(who=self._who, form=form.id, key=form.key, page=form.page, values=values))

    def chat(self, place: str = "bot") -> tuple[Seen, ...]:
        cards = self._wall.places.get(self._leads if place == "leads" else self._who.user, {})
        return tuple(
            Seen(
                id=id, place=place, words=_words(card.parts), preview=card.summary,
                buttons=tuple(button.label for button in _buttons(card)),
            )
            for id, card in cards.items()
        )

    async def close(self) -> None:
        self._form, self._card, self._typed, self._faults = None, None, {}, {}

    def _found(self, on: Seen) -> Card:
        return self._wall.places[self._leads if on.place == "leads" else self._who.user][on.id]

    async def _sends(self, inbound: Inbound) -> None:
        reply = await self._desk.answer(inbound)
        self._faults = reply.by_field if isinstance(reply, Complaints) else {}
        if isinstance(reply, OpenForm | NextPage | Complaints):
            self._form, self._card = reply.form, None
            self._typed = self._typed if isinstance(reply, Complaints) else {}
        elif isinstance(reply, Tell):
            self._form, self._card, self._typed = None, reply.card, {}

    async def _value(self, field: Field, answer: Answer) -> str | tuple[str, ...]:
        if isinstance(field, ChoiceField):
            return next(option.key for option in field.options if option.label == answer)
        if isinstance(field, ChoicesField):
            return tuple(option.key for option in field.options if option.label in answer)
        if isinstance(field, PickField):
            asked = SearchTyped(who=self._who, source=field.source, query=str(answer).partition(" · ")[0])
            found = await self._desk.answer(asked)
            assert isinstance(found, Suggestions)
            return next(option.key for option in found.options if option.label.startswith(str(answer)))
        return str(answer)


def _words(parts: Sequence[object]) -> str:
    said: list[str] = []
    for part in parts:
        if isinstance(part, Words | Heading):
            said.append(part.text)
        elif isinstance(part, Facts):
            said += [f"{name} {value}" for name, value in part.pairs]
    return "\n".join(said)


def _buttons(card: Card) -> list[Button]:
    return [button for part in card.parts if isinstance(part, Buttons) for button in part.buttons]


class AtTheDesk(Stood):
    def __init__(self, units: Units, file: SchoolFile, folder: Path, clock: StillClock) -> None:
        super().__init__(file, folder, clock)
        self.units = units
        self.walls = {"slack": Wall("slack"), "teams": Wall("teams")}
        self.mishaps: list[str] = []
        self._desk = Desk(units=units, now=clock, wake=lambda: None, mishap=self._keep)
        self._hands: dict[str, Hands] = {}

    def _keep(self, reference: str, error: BaseException) -> None:
        self.mishaps.append(f"{self.now()} {reference} {error!r}")

    def on(self, key: str) -> Hands:
        who = self.account(key)
        leads = next(place.id for place in self.file.school.leads_places if place.platform == who.platform)
        return self._hands.setdefault(key, Hands(self._desk, who, self.walls[who.platform], leads))

    async def tick(self) -> None:
        uses = Uses(units=self.units, directories=self.walls)
        for job in TIMETABLE:
            if job.name not in BY_THE_DAY:
                await job.run(uses, self.clock())

    async def carried(self) -> None:
        while await deliver_due(self.units, self.walls, at=self.clock(), mishap=self._keep):
            pass

    def message(self, platform: str, user: str, id: str) -> str:
        leads = next(place.id for place in self.file.school.leads_places if place.platform == platform)
        return repr(self.walls[platform].places[user or leads][id])

    def count(self) -> int:
        return sum(len(cards) for wall in self.walls.values() for cards in wall.places.values())

    async def out_of_office(self, key: str, *, away: bool) -> None:
        who = self.account(key)
        self.walls[who.platform].out = self.walls[who.platform].out | {who.user} if away else set()


@asynccontextmanager
async def term_at_the_desk(folder: Path, file: SchoolFile, clock: StillClock) -> AsyncGenerator[AtTheDesk]:
    roll = Roll(school=file.school, people=file.people, pupils=file.pupils)
    units = await open_units(f"sqlite+aiosqlite:///{folder / 'heard.db'}", root_key=KEY, schools=(roll,))
    stood = AtTheDesk(units, file, folder, clock)
    yield stood
    stood.close()
    await units.close()
    assert stood.mishaps == []
