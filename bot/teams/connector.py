"""The Bot Connector: messages out, rosters in. One try each, five seconds, no redirect, hosts on the allow-list only.

Not the SDK's client: that has no timeout, puts ids into addresses as they are, and makes up an id where none came.
Every failure is an `Undelivered` in our words; nothing of a card reaches a log.
"""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

import httpx

from bot.front import seconds_asked
from bot.intake import Json, Unreadable, strict_json
from bot.teams.hosts import ServiceHosts
from bot.teams.tokens import BOT_SCOPE, Tokens
from bot.teams.wire import items, part, text
from handlers.platform_ports import Fault, Gone, Undelivered

SECONDS = 5.0
PAGE = 500
"""Members asked for at once (Teams, "Fetch the roster": at most 500)."""
MOST_PAGES = 20

_MAY_HAVE_ARRIVED = frozenset({412, 500, 502, 503, 504})


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that the system trusts, read once for every client: it takes 30 ms."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A conversation and the service that it is reached through."""

    service_url: str
    conversation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """`client_id` is the bot's own."""

    http: httpx.AsyncClient
    tokens: Tokens
    hosts: ServiceHosts
    client_id: str

    async def post(self, at: At, activity: Json) -> str:
        """The new message's id, never an empty one."""
        answer = await self._call("POST", at.service_url, f"/{_name(at)}/activities", body=activity)
        return _id(answer)

    async def update(self, at: At, message: str, activity: Json) -> None:
        """Draw a message afresh. Raises `Gone` when it is not there any more."""
        where = f"/{_name(at)}/activities/{quote(message, safe='')}"
        await self._call("PUT", at.service_url, where, body={**activity, "id": message}, missing=Gone)

    async def delete(self, at: At, message: str) -> None:
        """Take a message of the bot's own away. Raises `Gone` when it is not there any more."""
        await self._call("DELETE", at.service_url, f"/{_name(at)}/activities/{quote(message, safe='')}", missing=Gone)

    async def open_chat(self, service_url: str, *, tenant: str, user: str) -> At:
        """The one-to-one chat with a person, by Entra object id; Teams gives the same one each time."""
        body: Json = {
            "bot": {"id": f"28:{self.client_id}"},
            "members": [{"id": user}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
            "isGroup": False,
        }
        return At(service_url=service_url, conversation=_id(await self._call("POST", service_url, "", body=body)))

    async def members(self, at: At) -> frozenset[str]:
        """The Entra object ids of a conversation's people, in lower case; `?` for somebody without one."""
        found: set[str] = set()
        token = ""
        for _ in range(MOST_PAGES):
            query = {"pageSize": str(PAGE), **({"continuationToken": token} if token else {})}
            told = await self._call("GET", at.service_url, f"/{_name(at)}/pagedmembers", query=query)
            found |= {text(part({"": one}, ""), "aadObjectId").lower() or "?" for one in items(told.get("members"))}
            token = text(told, "continuationToken")
            if not token:
                return frozenset(found)
        raise Undelivered("roster_without_end")

    async def group(self, service_url: str, team: str) -> str:
        """The Microsoft 365 group of a team that the bot is in, which is how Graph calls it."""
        told = await self._call("GET", service_url, f"/{quote(team, safe=':@;=')}", under="teams")
        if not (found := text(told, "aadGroupId")):
            raise Undelivered("no_group", final=True)
        return found

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        *,
        under: str = "conversations",
        body: Json | None = None,
        query: dict[str, str] | None = None,
        missing: Callable[[str], Undelivered] | None = None,
    ) -> Json:
        if not self.hosts.allows(service_url):
            raise Undelivered("service_url_not_allowed", final=True, fault=Fault.TOKEN)
        token = await self.tokens.get(BOT_SCOPE)
        try:
            answer = await self.http.request(
                method,
                f"{service_url.rstrip('/')}/v3/{under}{path}",
                json=body,
                params=query,
                headers={"authorization": f"Bearer {token}"},
                follow_redirects=False,
                timeout=SECONDS,
            )
        except httpx.HTTPError as failure:
            raise _not_answered(failure) from None
        if answer.status_code == 401:
            self.tokens.forget(BOT_SCOPE, token)
        if answer.status_code == 404 and missing is not None:
            raise missing("not_there")
        return _read(answer)


def _not_answered(failure: httpx.HTTPError) -> Undelivered:
    never_left = isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    reason = "timeout" if isinstance(failure, httpx.TimeoutException) else "line_dead"
    return Undelivered(reason, sent=not never_left)


def _read(answer: httpx.Response) -> Json:
    """The body of a good answer. Raises `Undelivered` for any other."""
    status = answer.status_code
    if 200 <= status < 300:
        return _body(answer)
    reason, after = f"teams_{status}", seconds_asked(answer.headers.get("retry-after", ""))
    if status == 429:
        raise Undelivered(reason, after=after or 1.0, fault=Fault.BUSY)
    if status in _MAY_HAVE_ARRIVED:
        raise Undelivered(reason, after=after, sent=True)
    fault = _FAULT.get(status, Fault.MESSAGE if status < 500 else Fault.PLATFORM)
    raise Undelivered(reason, final=fault in (Fault.PLACE, Fault.MESSAGE), fault=fault)


_FAULT = {401: Fault.TOKEN, 403: Fault.PLACE, 404: Fault.PLACE, 408: Fault.PLATFORM, 410: Fault.PLACE}
"""By status. 401 is at first an old token and no more: the next call asks for a new one. 403 is a conversation that the
app is not in (`BotNotInConversationRoster`), or that blocked it."""


def _body(answer: httpx.Response) -> Json:
    try:
        return strict_json(answer.content) if answer.content else {}
    except Unreadable:
        return {}


def _id(answer: Json) -> str:
    found = text(answer, "id")
    if not found:
        raise Undelivered("no_id", sent=True)
    return found


def _name(at: At) -> str:
    return quote(at.conversation, safe=":@;=")
