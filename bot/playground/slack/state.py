"""A workspace with an app in it, held in memory: the state behind the Web API and everybody's client.

It knows Slack's objects and nothing of the bot that is judged with it.
"""

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from bot.playground.cast import Cast, Persona
from bot.playground.listening import loopback_client
from bot.playground.slack import team
from bot.playground.slack.hooks import Hooks
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.slack.stack import OpenView, Stack, as_sent, complete_blocks
from bot.playground.slack.triggers import Triggers
from bot.playground.switchboard import Switchboard, Throttle
from bot.playground.turns import Turns
from bot.playground.wire import Json, as_list, as_text, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request to the bot, to the letter."""

    kind: str
    """`command`, or the payload's or event's type."""
    url: str
    body: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request to the bot, as it went: for the page's log and for tests of the three seconds."""

    request: Sent
    status: int | None
    """None when no answer came in time, or the line was dead."""
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Web API (or of a response_url), as the bot made it; the token is left out."""

    method: str
    body: Json
    error: str
    """Slack's word for what was wrong; empty when it was taken."""

    @property
    def text(self) -> str:
        """The whole body as JSON, for a search."""
        return json.dumps(self.body, ensure_ascii=False)


class SlackState(Turns):
    """The workspace, the faults ordered for it, and where the bot is."""

    def __init__(  # noqa: PLR0913 - everything that a workspace is made of
        self,
        cast: Cast,
        *,
        signing_secret: str,
        bot_token: str,
        events_url: str = "http://127.0.0.1:8001/slack/events",
        options_url: str | None = None,
        service_url: str = "http://127.0.0.1:8000/slack",
        manifest: Json | None = None,
        now: Callable[[], float] = time.time,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        super().__init__()
        self.cast = cast
        self.signing_secret = signing_secret
        self.bot_token = bot_token
        self.events_url = events_url
        self.options_url = options_url
        self.service_url = service_url.rstrip("/")
        self.manifest = manifest
        self.now = now
        self.http = http or loopback_client()
        self.switchboard = Switchboard()
        self.throttle = Throttle()
        self.triggers = Triggers()
        self.hooks = Hooks()
        self.deliveries: deque[Delivery] = deque(maxlen=500)
        self.calls: deque[Call] = deque(maxlen=5000)
        self.refusals: deque[str] = deque(maxlen=500)
        """Rules that the bot broke, newest last."""
        self.stacks: list[Stack] = []
        self.homes: dict[str, OpenView] = {}
        """What has been published to people's Home tabs, by user id."""
        self.statuses: dict[str, str] = {}
        """The status emoji that people have set, by user id."""
        self.channels: dict[str, Channel] = {}
        self.keeps_messages = False
        """Compliance exports are on in this workspace: no message can be deleted."""
        self._last_ts = 0
        self._furnish()

    @property
    def bot_name(self) -> str:
        """The bot's name in the manifest."""
        named = within(self.manifest, "features", "bot_user", "display_name")
        return as_text(named) or as_text(within(self.manifest, "display_information", "name")) or "Bot"

    @property
    def names(self) -> dict[str, str]:
        """Names by user id of everybody who is not deleted."""
        people = team.on_slack(self.cast)
        return {team.user_of(person): person.name for person in people if person.kind != "deleted"}

    @property
    def scopes(self) -> frozenset[str] | None:
        """What the app was granted; None when there is no manifest to say so."""
        if self.manifest is None:
            return None
        asked = within(self.manifest, "oauth_config", "scopes")
        return frozenset(
            as_text(one) for name in ("bot", "bot_optional") for one in as_list(within(asked, name))
        )

    @property
    def general(self) -> Channel:
        return self.channels[team.GENERAL]

    @property
    def leads(self) -> Channel:
        return self.channels[self.cast.slack.leads_channel]

    def person(self, user: str) -> Persona | None:
        """Somebody by user id."""
        return next((one for one in team.on_slack(self.cast) if team.user_of(one) == user), None)

    def im(self, user: str) -> Channel:
        """A person's chat with the bot; it comes into being when it is first asked for."""
        made = team.im_id(self.cast.slack.bot_user, user)
        return self.channels.setdefault(
            made, Channel(id=made, kind=Kind.IM, name="directmessage", members=[user])
        )

    def post(
        self, channel: Channel, text: str, blocks: list[Json], *, author: str = "", only_for: str | None = None
    ) -> Message:
        """Put a message into a channel. Who may, and in which form, is checked by the caller."""
        made = Message(
            ts=self.new_ts(),
            author=author,
            author_name=self.names.get(author, author) if author else self.bot_name,
            at=self.now(),
            text=text,
            blocks=complete_blocks(blocks),
            turn=self.touch(),
            only_for=only_for,
        )
        channel.messages.append(made)
        return made

    def edit(self, message: Message, text: str, blocks: list[Json]) -> None:
        """Change a message in place."""
        message.text, message.blocks = text, complete_blocks(blocks)
        message.edited += 1
        message.turn = self.touch()

    def open_view(self, *, view_id: str = "", external_id: str = "") -> OpenView | None:
        """An open modal on anybody's screen."""
        found = (stack.find(view_id=view_id, external_id=external_id) for stack in self.stacks)
        return next((one for one in found if one), None)

    def view_object(self, opened: OpenView) -> Json:
        """An open modal as payloads and answers carry it."""
        home = self.cast.slack
        return as_sent(opened, {"team": home.team, "app": home.app, "bot": bot_id(home.bot_user)})

    def new_ts(self) -> str:
        """A message's timestamp, in seconds with six decimals, never twice."""
        self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    async def aclose(self) -> None:
        """Let go of the connections to the bot."""
        await self.http.aclose()

    def _furnish(self) -> None:
        people = [person for person in team.on_slack(self.cast) if person.kind != "deleted"]
        staff = [team.user_of(person) for person in people if person.kind == "staff"]
        leads = [team.user_of(person) for person in people if person.lead]
        for made, name, members, kind in (
            (team.GENERAL, "general", staff, Kind.PUBLIC),
            (self.cast.slack.leads_channel, "safeguarding-leads", leads, Kind.PRIVATE),
        ):
            self.channels[made] = Channel(id=made, kind=kind, name=name, members=members)


def bot_id(bot_user: str) -> str:
    """The `B` id of a bot user."""
    return "B" + bot_user.removeprefix("U")
