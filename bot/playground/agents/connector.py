"""The Bot Connector in front of several Playgrounds: what the program posts reaches each client that would show it.

A one-to-one chat belongs to one client; a channel or group stands in all. Who may post is checked in `proxy.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json import JSONDecodeError
from urllib.parse import quote

import httpx

from bot.playground.agents.casting import Home, Person
from bot.playground.agents.copies import Copies
from bot.playground.agents.dialogs import Buttons
from bot.playground.wire import Json, as_object, as_objects, as_text, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One Playground, and who sits at it."""

    person: Person
    address: str

    @property
    def key(self) -> str:
        return self.person.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    status: int
    body: object


@dataclass(slots=True, kw_only=True)
class Connector:
    home: Home
    clients: Sequence[Client]
    http: httpx.AsyncClient
    copies: Copies = field(default_factory=Copies)
    buttons: Buttons = field(default_factory=Buttons)
    _owner: dict[str, Client] = field(default_factory=dict[str, Client])
    """The client of each one-to-one chat and of each thread that was begun in one."""

    def heard_from(self, client: Client, activity: Json) -> None:
        """A thread that somebody began is known to their client alone."""
        self._owner[as_text(activity.get("id"))] = client

    async def create(self, body: Json) -> Answered:
        """A one-to-one chat, or with `isGroup` a thread in a channel."""
        if body.get("isGroup"):
            return await self._create_thread(body)
        wanted = as_text(next((member.get("id") for member in as_objects(body.get("members"))), ""))
        person = next((p for p in self.home.people if wanted.lower() in (p.id.lower(), p.aad.lower())), None)
        if person is None:
            return Answered(status=403, body=_error("BotNotInConversationRoster", "Nobody of that id is here."))
        # Somebody without a client has a chat too, which nobody sees; the first client keeps it.
        client = next((c for c in self.clients if c.person == person), self.clients[0])
        made = await self._send(client, "POST", "conversations", {**body, "members": [{"id": person.id}]})
        self._owner[as_text(as_object(made.body).get("id"))] = client
        return made

    async def _create_thread(self, body: Json) -> Answered:
        answers = {c.key: await self._send(c, "POST", "conversations", body) for c in self.clients}
        first = next(iter(answers.values()))
        ids = {key: as_text(as_object(answer.body).get("activityId")) for key, answer in answers.items()}
        told = self.copies.keep(ids)
        self.buttons.note(as_text(within(body, "channelData", "channel", "id")), told, as_object(body.get("activity")))
        return first

    async def post(self, place: str, reply_to: str, body: Json) -> Answered:
        """A message, in every client that shows the place."""
        answers: dict[str, Answered] = {}
        for client in self._showing(place, reply_to):
            path = f"conversations/{_q(self.copies.place_in_client(client.key, place))}/activities"
            path += f"/{_q(self.copies.in_client(client.key, reply_to))}" if reply_to else ""
            answers[client.key] = await self._send(client, "POST", path, body)
        first = next(iter(answers.values()))
        if first.status >= 300:
            return first
        told = self.copies.keep({key: as_text(as_object(a.body).get("id")) for key, a in answers.items()})
        self.buttons.note(place.partition(";")[0], told, body)
        return Answered(status=first.status, body={"id": told})

    async def change(self, method: str, place: str, message: str, body: Json) -> Answered:
        """A message replaced or deleted, in every client that shows it."""
        answers: list[Answered] = []
        for client in self._showing(place, message):
            own = self.copies.in_client(client.key, message)
            path = f"conversations/{_q(self.copies.place_in_client(client.key, place))}/activities/{_q(own)}"
            answers.append(await self._send(client, method, path, {**body, "id": own} if body else body))
        self.buttons.note(place.partition(";")[0], message, body)
        first = answers[0]
        return Answered(status=first.status, body={"id": message} if first.status < 300 else first.body)

    async def members(self, place: str, query: str) -> Answered:
        """The roster. The Playground has no private channels: the leads' channel is made one here."""
        base = place.partition(";")[0]
        found = await self._send(self.clients[0], "GET", f"conversations/{_q(base)}/pagedmembers{query}")
        if base != self.home.leads_channel:
            return found
        leads = {person.aad for person in self.home.people if person.lead}
        everybody = as_objects(as_object(found.body).get("members"))
        return Answered(status=found.status, body={"members": [m for m in everybody if m.get("aadObjectId") in leads]})

    async def member(self, place: str, wanted: str) -> Answered:
        """One of them, by either id: the Playground itself knows `29:` ids alone."""
        everybody = as_objects(as_object((await self.members(place, "")).body).get("members"))
        found = [one for one in everybody if wanted in (one.get("id"), one.get("aadObjectId"))]
        missing = _error("MemberNotFoundInConversation", "Member not found in conversation.")
        return Answered(status=200, body=found[0]) if found else Answered(status=404, body=missing)

    async def pass_on(self, method: str, path: str) -> Answered:
        """Whatever else is asked of the first client."""
        return await self._send(self.clients[0], method, "/".join(_q(part) for part in path.split("/")))

    def _showing(self, place: str, message: str) -> Sequence[Client]:
        base, _, root = place.partition(";messageid=")
        owner = self._owner.get(base) or self._owner.get(root) or (self._owner.get(message) if message else None)
        at_home = next((client for client in self.clients if client.person.chat == base), None)
        return [found] if (found := at_home or owner) else self.clients

    async def _send(self, client: Client, method: str, path: str, body: Json | None = None) -> Answered:
        url = f"{client.address}/_connector/v3/{path}"
        response = await self.http.request(method, url, json=body if method in ("POST", "PUT") else None)
        try:
            return Answered(status=response.status_code, body=response.json() if response.content else {})
        except JSONDecodeError:
            # A body that is too large gets a page of HTML.
            return Answered(status=response.status_code, body={})


def _q(part: str) -> str:
    return quote(part, safe="")


def _error(code: str, message: str) -> Mapping[str, object]:
    return {"error": {"code": code, "message": message}}
