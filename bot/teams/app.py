"""Teams' door: our own route and gate, then parse, the desk, render. Nothing is decided here.

The SDK's HTTP server is not used: see the README beside this file.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

import httpx
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot import logs
from bot.front import FrontDesk, Noted, Refusals, unnoted
from bot.intake import Json, Quiet, TurnedAway
from bot.teams import parse, render
from bot.teams.connector import At
from bot.teams.courier import SERVICE, TeamsCourier, chat_key
from bot.teams.gate import Gate, UnknownTenant, sender
from bot.teams.hosts import ServiceHosts
from bot.teams.keys import KeyRing
from bot.teams.limits import LARGEST, size
from bot.teams.wire import part, text
from handlers.conversation import ButtonPressed, CommandTyped, FormSubmitted, Inbound, Reply, Suggestions, Tell, Who
from handlers.errors import UnknownSchool
from handlers.platform_ports import Addresses, Undelivered
from handlers.ui import mishaps, plain
from handlers.ui.card import OPENS_A_WINDOW, Card, Press

MOST_REMEMBERED = 10_000

_WAYS_IN = {
    Press.START: "", Press.START_HERE: "", Press.QUICK: "quick", Press.QUICK_HERE: "quick", Press.NOTICE: "notice",
    Press.NOTICE_HERE: "notice",
}  # fmt: skip
"""Buttons that a client may send as a message, with the words that bring the same card again."""
_DIALOGS = frozenset({"task/fetch", "task/submit", "composeExtension/submitAction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """A bot, the tenants that it is registered for, and the courier that has its token."""

    client_id: str
    tenants: frozenset[str]
    courier: TeamsCourier


class TeamsDoor:
    """`POST /api/messages`. `now` in seconds since 1970, real time; `loopback`: the platform may be on this machine."""

    def __init__(  # noqa: PLR0913 (each is a setting of its own, and they meet in bot/offices alone)
        self,
        *,
        desk: FrontDesk,
        bots: Sequence[Bot],
        service_hosts: frozenset[str],
        openid_metadata_url: str,
        http: httpx.AsyncClient,
        addresses: Callable[[str], Addresses],
        now: Callable[[], float],
        loopback: bool,
        noted: Noted = unnoted,
    ) -> None:
        self._desk = desk
        self._couriers = {tenant.lower(): bot.courier for bot in bots for tenant in bot.tenants}
        self._keys = KeyRing(openid_metadata_url, http, now=now, loopback=loopback)
        self._gate = Gate(
            tenants=_by_client(bots),
            hosts=ServiceHosts(hosts=frozenset(host.lower() for host in service_hosts), loopback=loopback),
            keys=self._keys,
            now=now,
        )
        self._refusals = Refusals(desk=desk, quiet=Quiet(now), door="teams", noted=noted)
        self._addresses = addresses
        self._remembered: dict[tuple[str, str], str] = {}
        self._warming: asyncio.Task[None] | None = None
        self.router = APIRouter()
        self.router.add_api_route("/api/messages", self._receive, methods=["POST"], response_model=None)

    async def start(self) -> None:
        """Fetch the keys in the background, so that nobody's press waits for them."""
        if self._warming is None:
            self._warming = asyncio.create_task(self._keys.warm())

    async def close(self) -> None:
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)

    async def _receive(self, request: Request) -> Response:
        try:
            activity = await self._gate.admit(request)
        except UnknownTenant as refusal:
            await self._refusals.tell(refusal)
            return _unknown_school(refusal)
        except TurnedAway as refusal:
            await self._refusals.tell(refusal)
            return Response(status_code=refusal.status)
        try:
            return await self._answer(activity)
        except Exception as error:  # noqa: BLE001 (the last door: Teams keeps the text of a form that gets a 500)
            logs.mishap(uuid4().hex[:8], error)
            return Response(status_code=500)

    async def _answer(self, activity: Json) -> Response:
        who, kind = sender(activity), text(activity, "type")
        await self._remember(activity, who)
        if kind == "conversationUpdate":
            here = parse.whereabouts(activity)
            self._couriers[here.tenant].look_again(here.conversation)
        if who is None:
            return Response(status_code=200)
        if kind == "invoke":
            answer = _weighed(await self._invoked(activity, who))
            return JSONResponse(answer)
        if kind == "message":
            return await self._message(activity, who)
        return Response(status_code=200)

    async def _invoked(self, activity: Json, who: Who) -> Json:
        name = text(activity, "name")
        if name == "composeExtension/fetchTask":
            return render.dialog_answer(await self._ask(activity, parse.command(activity, who)))
        if name in _DIALOGS:
            data = part(activity, "value", "data")
            return render.dialog_answer(await self._pressed(activity, data, who), wanted=parse.wanted(data))
        if name == "adaptiveCard/action":
            return await self._executed(activity, who)
        if name == "application/search":
            return await self._searched(activity, who)
        return {}

    async def _executed(self, activity: Json, who: Who) -> Json:
        data = part(activity, "value", "action", "data")
        if (seen := parse.seen(activity, data, who)) is not None:
            return render.message_answer(await self._ask(activity, seen), to_a_form=False)
        if _needs_a_window(parse.pressed(activity, data, who)):
            return render.message_answer(Tell(plain.say(mishaps.NO_WINDOW_HERE, alert=True)), to_a_form=False)
        reply = await self._pressed(activity, data, who)
        return render.message_answer(reply, to_a_form=parse.is_form(data), wanted=parse.wanted(data))

    async def _searched(self, activity: Json, who: Who) -> Json:
        inbound = parse.search(activity, who)
        reply = await self._ask(activity, inbound) if inbound else None
        return render.search_answer(reply if isinstance(reply, Suggestions) else Suggestions(()))

    async def _pressed(self, activity: Json, data: Json, who: Who) -> Reply:
        inbound = parse.pressed(activity, data, who)
        return await self._ask(activity, inbound) if inbound else Tell(plain.say(mishaps.NOT_OURS, alert=True))

    async def _ask(self, activity: Json, inbound: Inbound) -> Reply:
        told = parse.is_guest(activity)
        return await self._desk.answer(inbound, guest=True) if told else await self._desk.answer(inbound)

    async def _message(self, activity: Json, who: Who) -> Response:
        """Answered in the person's own chat, wherever it was typed: never in a channel."""
        reply = await self._ask(activity, inbound) if (inbound := _said(activity, who)) else None
        card = reply.card if isinstance(reply, Tell) else plain.say(mishaps.NO_WINDOW_HERE, alert=True)
        try:
            await self._say(parse.whereabouts(activity), who, card)
        except Undelivered as failure:
            logs.event("teams_answer_not_posted", why=failure.reason)
            # Teams sends a message again that was not taken: where the answer cannot stand yet, that is what helps.
            return Response(status_code=200 if failure.final or failure.sent else 503)
        return Response(status_code=200)

    async def _say(self, here: parse.Whereabouts, who: Who, card: Card) -> None:
        courier = self._couriers[who.tenant]
        if here.personal and here.conversation:
            await courier.answer(At(service_url=here.service_url, conversation=here.conversation), card)
        else:
            await courier.whisper(who, card)

    async def _remember(self, activity: Json, who: Who | None) -> None:
        """Keep how the place is reached. What cannot be kept must not keep the person from an answer."""
        here = parse.whereabouts(activity)
        news = {SERVICE: here.service_url}
        if here.personal and here.conversation and who is not None:
            news[chat_key(who.user)] = here.conversation
        for key, value in news.items():
            if self._remembered.get((here.tenant, key)) != value:
                await self._keep(here.tenant, key, value)

    async def _keep(self, tenant: str, key: str, value: str) -> None:
        try:
            await self._addresses(tenant).remember(key, value)
        except Exception as error:  # noqa: BLE001 (whatever the store says: the answer goes on without it)
            logs.mishap("teams_address", error)
            return
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[tenant, key] = value


def _by_client(bots: Sequence[Bot]) -> Mapping[str, frozenset[str]]:
    """The tenants of each client id, in lower case; schools may share a bot."""
    found: dict[str, frozenset[str]] = {}
    for bot in bots:
        found[bot.client_id] = found.get(bot.client_id, frozenset()) | {tenant.lower() for tenant in bot.tenants}
    return found


def _said(activity: Json, who: Who) -> Inbound | None:
    """A typed message, or a button that a client sent as one: what would open a window cannot be answered so."""
    value = activity.get("value")
    if not isinstance(value, dict) or text(activity, "text").strip():
        return parse.typed(activity, who)
    inbound = parse.pressed(activity, part(activity, "value"), who)
    if isinstance(inbound, ButtonPressed) and inbound.press in _WAYS_IN:
        return CommandTyped(who=who, text=_WAYS_IN[inbound.press], in_chat=True)
    return None if isinstance(inbound, FormSubmitted) or _needs_a_window(inbound) else inbound


def _needs_a_window(inbound: ButtonPressed | FormSubmitted | None) -> bool:
    """Its answer is for a window alone, whichever way a client sends it: in a message it would stay."""
    return isinstance(inbound, ButtonPressed) and inbound.press in OPENS_A_WINDOW


def _unknown_school(refusal: UnknownTenant) -> Response:
    """In words where Teams shows the answer itself; to that tenant's service nothing is sent."""
    reply = Tell(plain.say(str(UnknownSchool()), alert=True))
    name = text(refusal.activity, "name") if text(refusal.activity, "type") == "invoke" else ""
    if name == "adaptiveCard/action":
        return JSONResponse(render.message_answer(reply, to_a_form=False))
    if name in _DIALOGS or name == "composeExtension/fetchTask":
        return JSONResponse(render.dialog_answer(reply))
    return Response(status_code=refusal.status)


def _weighed(answer: Json) -> Json:
    """Sent all the same: Teams may take more than we plan for, and what was typed must come back."""
    if size(answer) > LARGEST:
        logs.event("teams_card_large", bytes=size(answer))
    return answer
