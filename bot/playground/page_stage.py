"""What the page stands on: both worlds, the clock, and the wait for something to happen in any of them.

Everybody's screen as JSON, as the worlds tell it; nothing is drawn here and no request is known.
"""

import asyncio
import uuid
from collections import deque
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.playground.cast import Cast, Persona
from bot.playground.slack.thumbs import SlackThumbs
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.thumbs import TeamsThumbs
from bot.playground.teams.world import TeamsWorld
from bot.playground.thumbs import PlatformRefused
from bot.playground.turns import Turns
from bot.playground.wire import Json

MORNING = (8, 35)
"""Hour and minute of `next morning` on the school's clock: a school day has begun by then."""
PATIENCE = 0.8
"""Seconds that a page waits for news before it asks again: less than a server waits for it when it stops."""
AWAY = ":palm_tree:"
"""Slack's own status "Vacationing"; Teams says it in words (Graph, presence)."""
PLATFORMS = ("slack", "teams")


class ClockControl(Protocol):
    """The program's clock, in the hand of whoever sits at the page."""

    def now(self) -> datetime: ...

    async def move(self, by: timedelta) -> None:
        """Move time on, and let what is due happen."""
        ...

    async def away(self, key: str, away: bool) -> None:  # noqa: FBT001 (a switch on the page)
        """Put somebody out of office, or back. Raises ValueError for somebody without such a switch."""
        ...


@dataclass(slots=True, kw_only=True)
class PageStage:
    cast: Cast
    slack: SlackWorld
    teams: TeamsWorld
    clock: ClockControl
    zone: str
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Which start of the playground this is: what a page had seen of another run is not what stands here."""
    refused: deque[tuple[str, str]] = field(default_factory=lambda: deque[tuple[str, str]](maxlen=100))
    """(platform, rule) of gestures that came to nothing."""
    turns: Turns = field(default_factory=Turns)
    """Changes that are in neither world: the clock, a refusal."""

    @property
    def mark(self) -> str:
        """Differs whenever anything on the page may differ."""
        return f"{self.run}.{self.slack.version}.{self.teams.version}.{self.turns.version}"

    def hands(self, platform: str, key: str) -> SlackThumbs | TeamsThumbs:
        """Somebody's client on a platform. KeyError for nobody, or nobody there."""
        return self.on_slack(key) if platform == "slack" else self.on_teams(key)

    def on_slack(self, key: str) -> SlackThumbs:
        if self.cast.persona(key).slack_user is None:
            raise KeyError(key)
        return self.slack.thumbs(key)

    def on_teams(self, key: str) -> TeamsThumbs:
        if self.cast.persona(key).teams_user is None:
            raise KeyError(key)
        return self.teams.thumbs(key)

    async def newer_than(self, mark: str) -> bool:
        """Wait until the page has something new to show; False when there was nothing while it was patient."""
        if mark != self.mark:
            return True
        news = (
            self.slack.changed_since(self.slack.version),
            self.teams.changed_since(self.teams.version),
            self.turns.changed_since(self.turns.version),
        )
        await _first(*news)
        return mark != self.mark

    async def attempt(self, platform: str, gesture: Awaitable[None]) -> None:
        """Do what somebody does; what the platform refuses is kept for everybody to read, and raised."""
        try:
            await gesture
        except PlatformRefused as refused:
            self.refused.append((platform, str(refused)))
            self.turns.touch()
            raise

    async def move(self, by: str) -> None:
        """Move the clock on: minutes, or to the next `morning`."""
        await self.clock.move(self._until_morning() if by == "morning" else timedelta(minutes=int(by)))
        self.turns.touch()

    def people(self) -> list[Json]:
        """Everybody, for the picker."""
        return [_person(person) for person in self.cast.people]

    def screen(self, platform: str, key: str) -> Json:
        """Everything that the page shows while somebody is picked."""
        return {
            "mark": self.mark,
            "run": self.run,
            "screen": self.hands(platform, key).snapshot(),
            "arrived": self._arrived(),
            "refused": [{"platform": where, "rule": rule} for where, rule in self._refused()],
            "away": [person.key for person in self.cast.people if self._is_away(person)],
            "clock": {"at": self.clock.now().timestamp(), "zone": self.zone},
        }

    def _arrived(self) -> Json:
        """How many messages of others' each account has in each place: the page knows what it had shown."""
        accounts = [(p, person.key) for p in PLATFORMS for person in self.cast.people if _account(person, p)]
        return {f"{key}@{p}": _counts(self.hands(p, key).snapshot()) for p, key in accounts}

    def _refused(self) -> list[tuple[str, str]]:
        worlds = (("slack", self.slack.refusals), ("teams", self.teams.refusals))
        return [*((where, rule) for where, rules in worlds for rule in rules), *self.refused]

    def _is_away(self, person: Persona) -> bool:
        presence = self.teams.presence.get(person.teams_user or "")
        on_teams = presence is not None and presence.out_of_office is not None
        return on_teams or self.slack.statuses.get(person.slack_user or "") == AWAY

    def _until_morning(self) -> timedelta:
        now = self.clock.now().astimezone(ZoneInfo(self.zone))
        morning = now.replace(hour=MORNING[0], minute=MORNING[1], second=0, microsecond=0)
        tomorrow = (now + timedelta(days=1)).replace(hour=MORNING[0], minute=MORNING[1], second=0, microsecond=0)
        return (morning if morning > now else tomorrow).astimezone(ZoneInfo("UTC")) - now.astimezone(ZoneInfo("UTC"))


async def _first(*news: Coroutine[Any, Any, object]) -> None:
    waiting = [asyncio.create_task(one) for one in news]
    try:
        await asyncio.wait(waiting, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


def _account(person: Persona, platform: str) -> str | None:
    return person.slack_user if platform == "slack" else person.teams_user


def _person(person: Persona) -> Json:
    return {
        "key": person.key,
        "name": person.name,
        "role": person.role,
        "lead": person.lead,
        "kind": person.kind,
        "slack": person.slack_user,
        "platforms": [platform for platform in PLATFORMS if _account(person, platform)],
    }


def _counts(screen: Json) -> Json:
    return {
        chat["place"]: sum(1 for message in chat["messages"] if not message["from"]["me"]) for chat in screen["chats"]
    }
