"""From Slack to the bot: signed over the very bytes that are sent, with three seconds to answer.

It carries requests and hands back the answer; what a person sees of it is not decided here.
"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from json import JSONDecodeError
from typing import cast
from urllib.parse import urlencode

import httpx

from bot.playground.slack.state import Delivery, Sent, SlackState
from bot.playground.wire import Json, as_text

SECONDS = 3.0
"""How long Slack waits for the bot (Slack, "Acknowledging requests")."""
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot said."""

    status: int | None
    """None when nothing came in time, or the line was dead."""
    text: str = ""
    content_type: str = ""
    late: bool = False

    @property
    def good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def error(self) -> str:
        """Slack's word for what went wrong; empty when it is well."""
        if self.good:
            return ""
        if self.status is None:
            return "operation_timeout" if self.late else "dispatch_failed"
        return "http_client_error" if 400 <= self.status < 500 else "http_service_error"

    def json(self) -> Json | None:
        """The body if it is a JSON object, else None."""
        try:
            body = json.loads(self.text)
        except JSONDecodeError:
            return None
        return cast(Json, body) if isinstance(body, dict) else None


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's `v0` signature of a body (Slack, "Verifying requests from Slack")."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed(state: SlackState, kind: str, url: str, body: str, *, content_type: str = _FORM) -> Sent:
    """A request as Slack would send it now."""
    timestamp = str(int(time.time()))
    headers = {
        "content-type": content_type,
        "user-agent": "Slackbot 1.0 (local stand-in)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature(state.signing_secret, timestamp, body),
    }
    return Sent(kind=kind, url=url, body=body, headers=headers)


async def send_command(state: SlackState, form: dict[str, str]) -> Answer:
    """A slash command, as a form."""
    return await post(state, signed(state, "command", state.events_url, urlencode(form)))


async def send_payload(state: SlackState, payload: Json, *, url: str = "") -> Answer:
    """An interaction: a form with the payload in it."""
    body = urlencode({"payload": json.dumps(payload)})
    return await post(state, signed(state, as_text(payload.get("type")), url or state.events_url, body))


async def send_event(state: SlackState, envelope: Json) -> Answer:
    """An event, with its first retry: at once, as Slack's is. The later ones are ordered by `resend`."""
    sent = signed(state, "event_callback", state.events_url, json.dumps(envelope), content_type=_JSON)
    answer = await post(state, sent)
    return answer if answer.good else await post(state, _retried(state, sent, 1, answer))


async def resend(state: SlackState, times: int, *, retry: bool) -> list[Answer]:
    """The last request once more: to the letter, or (`retry`) signed anew and numbered as a retry."""
    last = state.deliveries[-1]
    sent, answer = last.request, Answer(status=last.status)
    answers: list[Answer] = []
    for number in range(1, times + 1):
        answer = await post(state, _retried(state, sent, number, answer) if retry else sent)
        answers.append(answer)
    return answers


async def post(state: SlackState, sent: Sent) -> Answer:
    """Send it, wait three seconds at most, and note how it went."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(SECONDS):
            answer = _read(await _posted(state, sent))
    except (TimeoutError, httpx.TransportError) as trouble:
        answer = Answer(status=None, late=isinstance(trouble, TimeoutError | httpx.TimeoutException))
    seconds = time.monotonic() - began
    state.deliveries.append(Delivery(request=sent, status=answer.status, seconds=seconds))
    return answer


async def _posted(state: SlackState, sent: Sent) -> httpx.Response:
    return await state.http.post(
        sent.url, content=sent.body.encode(), headers=sent.headers, timeout=SECONDS + 1
    )


def _read(response: httpx.Response) -> Answer:
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    return Answer(status=response.status_code, text=response.text, content_type=kind)


def _retried(state: SlackState, sent: Sent, number: int, before: Answer) -> Sent:
    anew = signed(state, sent.kind, sent.url, sent.body, content_type=sent.headers["content-type"])
    reason = "http_timeout" if before.status is None else "http_error"
    more = {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason}
    return Sent(kind=anew.kind, url=anew.url, body=anew.body, headers=anew.headers | more)
