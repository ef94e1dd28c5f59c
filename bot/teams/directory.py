"""What Teams and Microsoft Graph know of people. Members come from the bot's own roster, the rest from msgraph-sdk.

The SDK is imported in a thread at the start (1,300 modules, two seconds and more); until it is there an account is
asked for without it. Without a Graph address, or the SDK, every question raises `Undelivered` and the program goes on.
"""

import asyncio
import warnings
from collections.abc import Awaitable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlsplit

import httpx

from bot import logs
from bot.intake import Unreadable, strict_json
from bot.teams.connector import trusted
from bot.teams.courier import TeamsCourier
from bot.teams.tokens import GRAPH_SCOPE, Tokens
from bot.teams.wire import text
from handlers.platform_ports import AnotherTenant, Place, Profile, Undelivered

if TYPE_CHECKING:
    from msgraph.generated.models.presence import Presence
    from msgraph.generated.models.user import User
    from msgraph.graph_service_client import GraphServiceClient

SECONDS = 5.0
MOST = 650
"""Ids in one getPresencesByUserId (Graph, same page)."""
ASKED = ["displayName", "mail", "userPrincipalName", "accountEnabled", "userType"]
AWAY = "OutOfOffice"

T = TypeVar("T")


class GraphDirectory:
    """`handlers.platform_ports.Directory` for one tenant. `graph_url` is Graph's whole base address, empty for none."""

    def __init__(self, *, courier: TeamsCourier, tokens: Tokens, graph_url: str, tenant: str) -> None:
        self._tenant = tenant.lower()
        self._courier = courier
        self._tokens = tokens
        self._url = graph_url.rstrip("/")
        self._http: httpx.AsyncClient | None = None
        self._client: GraphServiceClient | None = None
        self._one_at_a_time = asyncio.Lock()
        self._warming: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Load the SDK in the background, so that nobody's question waits for it."""
        if self._url and self._warming is None:
            self._warming = asyncio.create_task(self._warm())

    async def close(self) -> None:
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        if self._http is not None:
            await self._http.aclose()

    async def profile(self, tenant: str, user: str) -> Profile:
        self._must_be_ours(tenant)
        if self._is_loading():
            return await self._plainly(user)
        client = await self._graph()
        return _profile(await _asked(_user(client, user)))

    async def away(self, tenant: str, users: Collection[str]) -> frozenset[str]:
        """Those of the users who are out of office now; whom Graph does not know is not."""
        self._must_be_ours(tenant)
        client = await self._graph()
        every = sorted(users)
        found: set[str] = set()
        for start in range(0, len(every), MOST):
            presences = await _asked(_presences(client, every[start : start + MOST]))
            found |= {presence.id.lower() for presence in presences if presence.id and _is_away(presence)}
        return frozenset(user for user in every if user.lower() in found)

    async def members(self, place: Place) -> frozenset[str]:
        """A channel's people by Entra object id, from the bot's roster: no permission of Graph is needed."""
        return await self._courier.members(place)

    def _must_be_ours(self, tenant: str) -> None:
        if tenant.lower() != self._tenant:
            raise AnotherTenant

    async def _warm(self) -> None:
        try:
            await self._graph()
        except Undelivered as failure:
            logs.event("graph_not_ready", why=failure.reason)

    def _is_loading(self) -> bool:
        return self._client is None and self._warming is not None and not self._warming.done()

    async def _plainly(self, user: str) -> Profile:
        """The same question without the SDK, which takes seconds to load: nobody is refused because of that."""
        token = await self._tokens.get(GRAPH_SCOPE)
        try:
            answer = await self._client_for_http().get(
                f"{self._url}/users/{quote(user, safe='')}", params={"$select": ",".join(ASKED)},
                headers={"authorization": f"Bearer {token}"},
            )  # fmt: skip
            told = strict_json(answer.content) if answer.status_code == 200 else {}
        except (httpx.HTTPError, Unreadable):
            raise Undelivered("graph_not_reached") from None
        if answer.status_code != 200:
            raise _refused(answer.status_code)
        mail = text(told, "mail") or text(told, "userPrincipalName")
        guest = text(told, "userType").casefold() == "guest"
        return Profile(
            name=text(told, "displayName"), mail=mail, active=told.get("accountEnabled") is not False, guest=guest
        )

    def _client_for_http(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, verify=trusted())
        return self._http

    async def _graph(self) -> "GraphServiceClient":
        if not self._url:
            raise Undelivered("graph_not_set_up", final=True)
        async with self._one_at_a_time:
            if self._client is None:
                try:
                    self._client = await asyncio.to_thread(_make, self._url, self._tokens, self._client_for_http())
                except ImportError:
                    raise Undelivered("graph_not_installed", final=True) from None
            return self._client


def load() -> None:
    """Import what answers are read with, which the SDK does as it reads the first: more than a thousand modules for one
    user, and the whole program would stand still meanwhile, for seconds. Raises ImportError without the SDK."""
    # The SDK imports what it has itself deprecated.
    warnings.filterwarnings("ignore", "(GetQueryParameters|This class) is deprecated", DeprecationWarning)
    from msgraph.generated.communications.get_presences_by_user_id import (  # noqa: PLC0415 (an optional package)
        get_presences_by_user_id_post_request_body,
        get_presences_by_user_id_post_response,
    )
    from msgraph.generated.models.o_data_errors import o_data_error  # noqa: PLC0415
    from msgraph.generated.models.presence import Presence  # noqa: PLC0415
    from msgraph.generated.models.user import User  # noqa: PLC0415
    from msgraph.generated.users.item import user_item_request_builder  # noqa: PLC0415

    _ = get_presences_by_user_id_post_request_body, user_item_request_builder
    answers = get_presences_by_user_id_post_response.GetPresencesByUserIdPostResponse
    for kind in (User, Presence, answers, o_data_error.ODataError):
        kind().get_field_deserializers()


def _make(url: str, tokens: Tokens, http: httpx.AsyncClient) -> "GraphServiceClient":
    """A client on our own HTTP: none of the SDK's retries and redirects. Runs in a thread, for it imports for long."""
    load()
    from kiota_abstractions.authentication import (  # noqa: PLC0415 (heavy, and an optional package)
        AccessTokenProvider,
        AllowedHostsValidator,
        BaseBearerTokenAuthenticationProvider,
    )
    from msgraph.graph_request_adapter import GraphRequestAdapter  # noqa: PLC0415
    from msgraph.graph_service_client import GraphServiceClient  # noqa: PLC0415

    class OurTokens(AccessTokenProvider):
        """A token of ours for Graph's own host, and for no other."""

        async def get_authorization_token(
            self, uri: str, additional_authentication_context: dict[str, object] | None = None
        ) -> str:
            del additional_authentication_context
            return await tokens.get(GRAPH_SCOPE) if urlsplit(uri).netloc == urlsplit(url).netloc else ""

        def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
            return AllowedHostsValidator([urlsplit(url).netloc])

    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(OurTokens()), client=http)
    adapter.base_url = url
    client = GraphServiceClient(request_adapter=adapter)
    # What is asked later is imported now, while nobody waits.
    _ = client.users.by_user_id, client.communications.get_presences_by_user_id.post
    return client


async def _user(client: "GraphServiceClient", user: str) -> "User | None":
    from kiota_abstractions.base_request_configuration import RequestConfiguration  # noqa: PLC0415
    from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder  # noqa: PLC0415

    query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(select=ASKED)
    return await client.users.by_user_id(user).get(request_configuration=RequestConfiguration(query_parameters=query))


async def _presences(client: "GraphServiceClient", users: Sequence[str]) -> "Sequence[Presence]":
    from msgraph.generated.communications.get_presences_by_user_id import (  # noqa: PLC0415
        get_presences_by_user_id_post_request_body as bodies,
    )

    body = bodies.GetPresencesByUserIdPostRequestBody(ids=list(users))
    answer = await client.communications.get_presences_by_user_id.post(body)
    if answer is None:
        raise Undelivered("graph_without_answer")
    return answer.value or []


async def _asked(question: Awaitable[T]) -> T:
    """The answer, or `Undelivered`. Raised from nothing: the SDK's errors hold what was answered."""
    from kiota_abstractions.api_error import APIError  # noqa: PLC0415

    try:
        return await question
    except APIError as refusal:
        raise _refused(refusal.response_status_code or 0) from None
    except httpx.HTTPError:
        raise Undelivered("graph_not_reached") from None


def _refused(status: int) -> Undelivered:
    return Undelivered(f"graph_{status}", final=status in (401, 403, 404))


def _profile(user: "User | None") -> Profile:
    if user is None:
        raise Undelivered("graph_404", final=True)
    return Profile(
        name=user.display_name or "",
        mail=user.mail or user.user_principal_name or "",
        active=user.account_enabled is not False,
        guest=(user.user_type or "").casefold() == "guest",
    )


def _is_away(presence: "Presence") -> bool:
    told = presence.out_of_office_settings
    return bool(told and told.is_out_of_office) or presence.activity == AWAY
