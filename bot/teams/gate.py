"""The gate before anything else: only what the Bot Connector signed for a bot of ours, from its own tenant, goes on.

There is no way to switch it off. Nothing of a body or a token reaches a log or an exception here. The sender is
`from.aadObjectId` of the verified activity and never a value inside a card.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jwt
from fastapi import Request
from jwt.types import Options

from bot.intake import Json, TurnedAway, Unreadable, read_body, refuse_announced, strict_json
from bot.teams.hosts import ServiceHosts, same_address
from bot.teams.keys import CHANNEL, KeyRing
from bot.teams.wire import part, text
from handlers.conversation import Who

LONGEST_TOKEN = 8192
LEEWAY = 60.0
"""Seconds by which the clocks may differ. The SDK alone allows 300."""
LATEST = 1e11
"""Seconds since 1970 that a date can have."""

_OPTIONS: Options = {
    "require": ["exp", "iss", "aud", "serviceurl"],
    # Audience, times and issuer are checked below, against our bots, our clock and the metadata.
    "verify_aud": False,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_iss": False,
}
_ID = re.compile(r"[0-9a-z-]{1,64}")


class UnknownTenant(TurnedAway):
    """A good token from a tenant that is none of its bot's: whoever pressed something is told so in words. In another
    bot's tenant nothing proves who they are, so nobody is named."""

    def __init__(self, who: Who | None, activity: Json) -> None:
        super().__init__(403, "teams_unknown_tenant", who)
        self.activity = activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Admits or turns away. `now` is seconds since 1970."""

    tenants: Mapping[str, frozenset[str]]
    """By the client id of each bot: the tenants that it is for, in lower case. What is meant for one counts for no
    other's."""
    hosts: ServiceHosts
    keys: KeyRing
    now: Callable[[], float]

    async def admit(self, request: Request) -> Json:
        """The activity, verified. Raises `TurnedAway`."""
        refuse_announced(request, door="teams")
        claims = await self._claims(request.headers.get("authorization", ""))
        raw = await read_body(request, door="teams")
        try:
            activity = strict_json(raw)
        except Unreadable as why:
            raise TurnedAway(400, f"teams_{why}") from None
        self._check_address(activity, claims)
        self._check_sender(activity, self.tenants[claims["aud"]])
        return activity

    async def _claims(self, authorization: str) -> Json:
        token = authorization.removeprefix("Bearer ")
        if token == authorization or not token or len(token) > LONGEST_TOKEN:
            raise TurnedAway(401, "teams_no_token")
        key = await self.keys.key(_kid(token))
        if key is None:
            raise TurnedAway(401, "teams_unknown_key")
        try:
            claims = jwt.decode(token, key, algorithms=["RS256"], options=_OPTIONS)
        except (jwt.PyJWTError, ValueError, TypeError):
            raise TurnedAway(401, "teams_token_not_good") from None
        self._check_claims(claims)
        return claims

    def _check_claims(self, claims: Json) -> None:
        if not isinstance(claims["aud"], str) or claims["aud"] not in self.tenants:
            raise TurnedAway(401, "teams_token_not_good")
        if claims["iss"] not in self.keys.issuers:
            raise TurnedAway(401, "teams_wrong_issuer")
        if not _seconds(claims["exp"]) > self.now() - LEEWAY:
            raise TurnedAway(401, "teams_token_expired")
        if "nbf" in claims and not _seconds(claims["nbf"]) <= self.now() + LEEWAY:
            raise TurnedAway(401, "teams_token_too_early")

    def _check_address(self, activity: Json, claims: Json) -> None:
        address = text(activity, "serviceUrl")
        if not address or not same_address(address, text(claims, "serviceurl")):
            raise TurnedAway(403, "teams_service_url_differs")
        if not self.hosts.allows(address):
            raise TurnedAway(403, "teams_service_url_not_allowed")
        if activity.get("channelId") != CHANNEL:
            raise TurnedAway(403, "teams_other_channel")

    def _check_sender(self, activity: Json, tenants: frozenset[str]) -> None:
        told = {text(part(activity, "conversation"), "tenantId"), text(part(activity, "channelData", "tenant"), "id")}
        told = {tenant.lower() for tenant in told if tenant}
        if len(told) != 1:
            raise TurnedAway(403, "teams_tenant_not_clear")
        if not told <= tenants:
            ours = told <= frozenset().union(*self.tenants.values())
            raise UnknownTenant(None if ours else sender(activity), activity)
        if activity.get("type") in ("message", "invoke") and sender(activity) is None:
            raise TurnedAway(403, "teams_no_sender")


def sender(activity: Json) -> Who | None:
    """Who sent a verified activity, by tenant and Entra object id; None when it does not say."""
    tenant = text(part(activity, "conversation"), "tenantId") or text(part(activity, "channelData", "tenant"), "id")
    user = text(part(activity, "from"), "aadObjectId").lower()
    if not _ID.fullmatch(user) or not _ID.fullmatch(tenant.lower()):
        return None
    return Who(platform="teams", tenant=tenant.lower(), user=user)


def _kid(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError):
        raise TurnedAway(401, "teams_no_token") from None
    kid = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(kid, str):
        raise TurnedAway(401, "teams_wrong_algorithm")
    return kid


def _seconds(claim: object) -> float:
    """A moment in a token; never a good one when it is no number."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not abs(claim) < LATEST:
        return math.nan
    return float(claim)

