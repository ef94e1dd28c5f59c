"""A tenant with a team in it, held in memory: the state behind the connector, Graph and everybody's client.

It knows Teams' objects and nothing of the bot that is judged with it.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from bot.playground.cast import Cast, Persona
from bot.playground.listening import loopback_client
from bot.playground.switchboard import Switchboard, Throttle
from bot.playground.teams import tenant
from bot.playground.teams.keys import Keys
from bot.playground.teams.places import Conversation, Kind, Posted, root_of
from bot.playground.turns import Turns
from bot.playground.wire import Json, as_objects, as_text, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What Graph says about somebody's availability."""

    availability: str = "Available"
    activity: str = "Available"
    out_of_office: str | None = None
    """The automatic reply's words, while somebody is out of office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request to the bot, as it went: for the page's log and for tests of the five seconds."""

    activity: str
    name: str
    """The invoke's name, else the activity's type."""
    attempt: int
    status: int | None
    """None when no answer came in time."""
    seconds: float


@dataclass(slots=True, kw_only=True)
class Weather:
    """The faults ordered, and the counting of calls."""

    connector: Switchboard = field(default_factory=Switchboard)
    graph: Switchboard = field(default_factory=lambda: Switchboard(throttled=False))
    tokens: Switchboard = field(default_factory=lambda: Switchboard(throttled=False))
    throttle: Throttle = field(default_factory=Throttle)


class TeamsState(Turns):
    """The tenant, the faults ordered for it, and where the bot is."""

    def __init__(  # noqa: PLR0913 (where everything is, each by its name)
        self,
        cast: Cast,
        *,
        client_id: str,
        client_secret: str,
        messages_url: str = "http://127.0.0.1:8001/api/messages",
        service_url: str = "http://127.0.0.1:8000/teams",
        manifest: Json | None = None,
        now: Callable[[], float] = time.time,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        super().__init__()
        self.cast = cast
        self.client_id = client_id
        self.client_secret = client_secret
        self.messages_url = messages_url
        self.service_url = service_url.rstrip("/")
        self.manifest = manifest or {}
        self.now = now
        self.http = http or loopback_client()
        self.keys = Keys()
        self.weather = Weather()
        self.presence: dict[str, Presence] = {}
        self.deliveries: deque[Delivery] = deque(maxlen=500)
        self.refusals: deque[str] = deque(maxlen=500)
        """Rules that the bot broke against the connector, newest last."""
        self._last_id = 0
        self.conversations: dict[str, Conversation] = {}
        self._furnish()

    @property
    def tenant_id(self) -> str:
        return self.cast.teams.tenant

    @property
    def bot_name(self) -> str:
        """The app's short name in the manifest."""
        return as_text(within(self.manifest, "name", "short")) or "Bot"

    @property
    def reads_messages(self) -> bool:
        """Whether the app may read the team's channels: asked for by the manifest, granted when it is installed."""
        asked = as_objects(within(self.manifest, "authorization", "permissions", "resourceSpecific"))
        return self.general.with_bot and any(one.get("name") == "ChannelMessage.Read.Group" for one in asked)

    @property
    def general(self) -> Conversation:
        return self.conversations[self.cast.teams.team]

    @property
    def leads(self) -> Conversation:
        return self.conversations[self.cast.teams.leads_channel]

    def person(self, anybody: str) -> Persona | None:
        """Somebody by object id or by `29:` id."""
        for found in tenant.on_teams(self.cast):
            if anybody in (tenant.aad_of(found), tenant.user_id(tenant.aad_of(found))):
                return found
        return None

    def conversation(self, anything: str) -> Conversation | None:
        """A conversation by its id, with or without a thread's suffix."""
        return self.conversations.get(root_of(anything)[0])

    def personal_chat(self, aad: str) -> Conversation:
        """A person's chat with the bot; it comes into being when it is first asked for."""
        made = tenant.personal_chat_id(self.client_id, aad)
        chat = Conversation(id=made, kind=Kind.PERSONAL, name=self.bot_name, members=[aad])
        return self.conversations.setdefault(made, chat)

    def post(
        self, place: Conversation, activity: Json, *, author: str = "", only_for: str | None = None
    ) -> Posted:
        """Put a message into a conversation. Who may is checked by the caller."""
        person = self.person(author) if author else None
        posted = Posted(
            id=self.new_id(),
            author=author,
            author_name=person.name if person else self.bot_name,
            at=self.now(),
            activity=activity,
            turn=self.touch(),
            only_for=only_for,
        )
        place.messages.append(posted)
        return posted

    def update(self, posted: Posted, activity: Json) -> None:
        """Change a message in place, for everybody: what an invoke had shown to one person is gone."""
        posted.activity = activity
        posted.edited += 1
        posted.views.clear()
        posted.turn = self.touch()

    def show(self, posted: Posted, aad: str, card: Json) -> None:
        """Let one person see a card in place of the message's own."""
        posted.views[aad] = card
        posted.turn = self.touch()

    def new_id(self) -> str:
        """An id like Teams' own: milliseconds since 1970, never twice."""
        self._last_id = max(self._last_id + 1, int(self.now() * 1000))
        return str(self._last_id)

    async def aclose(self) -> None:
        """Let go of the connections to the bot."""
        await self.http.aclose()

    def _furnish(self) -> None:
        home, people = self.cast.teams, tenant.on_teams(self.cast)
        team = [tenant.aad_of(person) for person in people if person.kind in ("staff", "guest")]
        leads = [tenant.aad_of(person) for person in people if person.lead]
        for made, name, members, private in (
            (home.team, "General", team, False),
            (home.leads_channel, "Safeguarding leads", leads, True),
        ):
            channel = Conversation(id=made, kind=Kind.CHANNEL, name=name, members=members, private=private)
            self.conversations[made] = channel
