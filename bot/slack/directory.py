"""What Slack knows of people, through `users.info` alone.

Slack has no out-of-office. A person counts as away while their status carries the emoji of one of Slack's own two
presets for it, "Vacationing" and "Out sick": the emoji and not the words, for those are translated. Slack takes a
status away itself when it runs out. Presence says only that no client is open, so it is not asked.
"""

# slack_sdk's methods take untyped keyword arguments.
# pyright: reportUnknownMemberType=false

from collections.abc import Collection
from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.intake import Json
from bot.slack.calls import bot_user, call, members
from handlers.platform_ports import AnotherTenant, Place, Profile, Undelivered

AWAY = frozenset({":palm_tree:", ":face_with_thermometer:"})
_GUEST = ("is_restricted", "is_ultra_restricted", "is_stranger")
_UNKNOWN = frozenset({"user_not_found", "user_not_visible"})


class SlackDirectory:
    """`handlers.platform_ports.Directory` for one workspace. Every method may raise `Undelivered`."""

    def __init__(self, client: AsyncWebClient, *, team: str, organisation: str = "") -> None:
        self._client = client
        self._team = team
        self._organisation = organisation
        self._bot = ""

    async def profile(self, tenant: str, user: str) -> Profile:
        self._must_be_ours(tenant)
        told = await self._info(user)
        about = _object(told, "profile")
        name = about.get("real_name") or told.get("real_name") or told.get("name") or ""
        return Profile(
            name=str(name),
            mail=str(about.get("email") or ""),
            active=not (told.get("deleted") or told.get("is_bot")),
            guest=any(told.get(mark) for mark in _GUEST) or not self._belongs(told),
        )

    async def away(self, tenant: str, users: Collection[str]) -> frozenset[str]:
        """Those who say so by their status; somebody whom Slack does not know is not away."""
        self._must_be_ours(tenant)
        return frozenset([user for user in users if await self._is_away(user)])

    async def members(self, place: Place) -> frozenset[str]:
        """A channel's members without bots."""
        self._must_be_ours(place.tenant)
        self._bot = self._bot or await bot_user(self._client)
        there = await members(self._client, place.id) - {self._bot}
        return frozenset([user for user in there if not (await self._info(user)).get("is_bot")])

    async def home(self) -> str:
        """The workspace that the token is of; empty where it is a whole organisation's."""
        told = await call(self._client.auth_test())
        return "" if told.get("is_enterprise_install") else str(told.get("team_id") or "")

    def _belongs(self, told: Json) -> bool:
        """Whether they are of our workspace: as its own, or in an organisation (Enterprise Grid) as a member of it."""
        theirs, grid = str(told.get("team_id") or ""), _object(told, "enterprise_user")
        organisation = str(grid.get("enterprise_id") or "")
        joined = self._team in cast("list[object]", grid.get("teams") or [])
        return theirs in ("", self._team) or joined or organisation == self._organisation != ""

    def _must_be_ours(self, tenant: str) -> None:
        if tenant != self._team:
            raise AnotherTenant

    async def _is_away(self, user: str) -> bool:
        try:
            told = await self._info(user)
        except Undelivered as failure:
            if failure.reason in _UNKNOWN:
                return False
            raise
        return _object(told, "profile").get("status_emoji") in AWAY

    async def _info(self, user: str) -> Json:
        return _object(await call(self._client.users_info(user=user)), "user")


def _object(holder: Json, key: str) -> Json:
    found: object = holder.get(key)
    return cast(Json, found) if isinstance(found, dict) else {}
