"""From the client through the Bot Connector to the bot: signed, with five seconds, and tried three times.

It carries activities and hands back the answer; what a person sees of it is not decided here.
"""

import asyncio
import time
from dataclasses import dataclass
from json import JSONDecodeError
from typing import cast

import httpx

from bot.playground.teams.activities import activity_id
from bot.playground.teams.state import Delivery, TeamsState
from bot.playground.thumbs import PlatformRefused
from bot.playground.wire import Json, as_object, as_text

ATTEMPTS = 3
"""An invoke and its two retries (Teams, "five seconds to respond")."""
INVOKE_SECONDS = 5.0
MESSAGE_SECONDS = 15.0
"""A message waits longer than an invoke, and comes again under its own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot said to an activity."""

    status: int | None
    """None when nothing came in time, or the line was dead."""
    body: Json

    @property
    def arrived(self) -> bool:
        return self.status is not None and self.status < 500


async def deliver(state: TeamsState, activity: Json, *, must_say: bool = False) -> Answer:
    """Hand an activity to the bot and return its answer; retries carry new ids, as the client's do.

    `must_say`: an empty answer counts as a failure (Action.Execute). PlatformRefused when the bot refuses,
    or has not answered well three times.
    """
    answer = Answer(status=None, body={})
    for attempt in range(1, ATTEMPTS + 1):
        answer = await _attempt(state, activity, attempt)
        if answer.arrived and (answer.body or not must_say):
            break
        activity = activity | ({"id": activity_id()} if activity["type"] == "invoke" else {})
    else:
        raise PlatformRefused(
            f"Unable to reach app: {name_of(activity)} failed {ATTEMPTS} times{_how(answer)}"
        )
    if cast(int, answer.status) >= 300:
        raise PlatformRefused(f"the app refused {name_of(activity)}{_how(answer)}")
    return answer


def name_of(activity: Json) -> str:
    """The invoke's name, else the activity's type."""
    return as_text(activity.get("name")) or as_text(activity.get("type"))


def _how(answer: Answer) -> str:
    return ": no answer in time" if answer.status is None else f": status {answer.status}"


async def _attempt(state: TeamsState, activity: Json, attempt: int) -> Answer:
    began = time.monotonic()
    budget = INVOKE_SECONDS if activity["type"] == "invoke" else MESSAGE_SECONDS
    try:
        async with asyncio.timeout(budget):
            answer = _read(await _post(state, activity))
    except (TimeoutError, httpx.TransportError):
        answer = Answer(status=None, body={})
    delivery = Delivery(
        activity=as_text(activity.get("id")),
        name=name_of(activity),
        attempt=attempt,
        status=answer.status,
        seconds=time.monotonic() - began,
    )
    state.deliveries.append(delivery)
    return answer


async def _post(state: TeamsState, activity: Json) -> httpx.Response:
    token = state.keys.connector_token(state.client_id, activity["serviceUrl"])
    headers = {"authorization": f"Bearer {token}", "user-agent": "Microsoft-SkypeBotApi (local stand-in)"}
    return await state.http.post(state.messages_url, json=activity, headers=headers, timeout=MESSAGE_SECONDS)


def _read(response: httpx.Response) -> Answer:
    try:
        body = as_object(response.json()) if response.content else {}
    except (JSONDecodeError, UnicodeDecodeError):
        body = {}
    return Answer(status=response.status_code, body=body)
