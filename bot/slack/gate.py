"""The gate before Bolt: only what Slack has signed, lately, and for the first time, goes on.

Works on raw bytes and knows nothing of what they mean. Nothing of a body reaches a log or an exception here.

An exact replay (same bytes, timestamp and signature) is answered with an empty 200 once the first has been
answered well, and does nothing: the first answer may hold a child's words, so it is not given twice. While the
first is still being answered the replay waits for it; where that failed, the replay is answered afresh, so that
a repeat after a fault does its work. The memory of signatures is this process's own: across processes and
restarts the ids in forms and buttons make repeats harmless (ASSURANCE, "Never lost, never twice").
"""

import asyncio
import hashlib
import hmac
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from bot.intake import TurnedAway, read_body

LONGEST_AGE = 300.0
"""Seconds by which a timestamp may differ from the clock, either way (Slack, "Verifying requests")."""
MOST_REMEMBERED = 50_000

_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

Now = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A request that Slack has signed."""

    body: str
    headers: Mapping[str, str]
    """Without `x-slack-bolt-*`, which Bolt obeys and the signature does not cover."""
    signature: str
    """Timestamp and signature together: the same request again has the same."""
    signed_at: float
    signed_by: frozenset[int]
    """Which of the workspaces' own secrets have signed it: one, or all that share an app."""


class Gate:
    """Admits or turns away; `secrets` are, of each workspace, the one in use and, while rotating, the one before."""

    def __init__(self, secrets: Sequence[Sequence[str]], now: Now) -> None:
        self._holders: dict[bytes, set[int]] = {}
        for number, held in enumerate(secrets):
            for secret in filter(None, held):
                self._holders.setdefault(secret.encode(), set()).add(number)
        self._now = now

    async def admit(self, request: Request) -> Admitted:
        """The request, verified. Raises `TurnedAway`."""
        raw = await read_body(request, door="slack")
        try:
            body = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise TurnedAway(400, "slack_not_utf8") from None
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        signed_by = self._signed_by(raw, stamp, signature)
        headers = {k: v for k, v in request.headers.items() if not k.startswith("x-slack-bolt-")}
        return Admitted(
            body=body, headers=headers, signature=f"{stamp}:{signature}", signed_at=float(stamp), signed_by=signed_by
        )

    def _signed_by(self, raw: bytes, stamp: str, signature: str) -> frozenset[int]:
        if not signature:
            raise TurnedAway(401, "slack_unsigned")
        if not _TIMESTAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
            raise TurnedAway(401, "slack_signature_malformed")
        if abs(self._now() - float(stamp)) > LONGEST_AGE:
            raise TurnedAway(401, "slack_timestamp_off")
        signed = [secret for secret in self._holders if hmac.compare_digest(_sign(secret, stamp, raw), signature)]
        if not signed:
            raise TurnedAway(401, "slack_signature_wrong")
        return frozenset(number for secret in signed for number in self._holders[secret])


@dataclass(frozen=True, slots=True)
class _Seen:
    until: float
    went_well: asyncio.Future[bool]


class Replays:
    """Answers each signed request once."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._seen: OrderedDict[str, _Seen] = OrderedDict()

    async def once(self, request: Admitted, answer: Callable[[], Awaitable[Response]]) -> Response:
        """The answer, or an empty one when this very request has been answered well before."""
        while (earlier := self._seen.get(request.signature)) is not None:
            if await asyncio.shield(earlier.went_well):
                return Response(status_code=200)
        mine = self._remember(request)
        went_well = False
        try:
            response = await answer()
            went_well = response.status_code < 300
            return response
        finally:
            if not went_well:
                self._seen.pop(request.signature, None)
            mine.set_result(went_well)

    def _remember(self, request: Admitted) -> asyncio.Future[bool]:
        while self._seen and self._oldest_is_over():
            self._seen.popitem(last=False)
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._seen[request.signature] = _Seen(request.signed_at + LONGEST_AGE, mine)
        return mine

    def _oldest_is_over(self) -> bool:
        return len(self._seen) >= MOST_REMEMBERED or next(iter(self._seen.values())).until < self._now()


def _sign(secret: bytes, stamp: str, raw: bytes) -> str:
    return "v0=" + hmac.new(secret, b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
