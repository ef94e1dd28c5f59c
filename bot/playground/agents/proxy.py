"""Between Playground and program: signs what goes in as the Bot Connector does, checks the token of what comes out.

The Playground itself sends no token and wants none, so that without this the program's gate could not stand. Which
client a message reaches is decided in `connector.py`.
"""

import secrets
from dataclasses import dataclass, field
from json import JSONDecodeError

import httpx
import jwt
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.agents import dialogs
from bot.playground.agents.connector import Answered, Client, Connector
from bot.playground.teams.keys import BOT_SCOPE, CONNECTOR_ISSUER, LIFETIME, Keys
from bot.playground.wire import Json, as_form, as_object, as_text

SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """What the program is told of the platform, and where it is."""

    address: str
    messages_url: str
    tenant: str
    client_id: str
    connector: Connector
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    keys: Keys = field(default_factory=Keys)

    @property
    def service_url(self) -> str:
        return f"{self.address}/connector"

    @property
    def metadata_url(self) -> str:
        return f"{self.address}/v1/.well-known/openidconfiguration"

    @property
    def token_url(self) -> str:
        return f"{self.address}/{self.tenant}/oauth2/v2.0/token"


def proxy_app(proxy: Proxy) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(_entrance(proxy))
    app.include_router(_inwards(proxy))
    app.include_router(_outwards(proxy))
    return app


def _entrance(proxy: Proxy) -> APIRouter:
    """The doors that a bot asks at: metadata, keys, tokens."""
    router = APIRouter()

    def metadata() -> Json:
        keys = f"{proxy.address}/v1/.well-known/keys"
        return {"issuer": CONNECTOR_ISSUER, "jwks_uri": keys, "id_token_signing_alg_values_supported": ["RS256"]}

    async def token(tenant: str, request: Request) -> Response:
        form = as_form(await request.body())
        known = (proxy.tenant, proxy.client_id, proxy.client_secret, BOT_SCOPE)
        if (tenant, form.get("client_id"), form.get("client_secret"), form.get("scope")) != known:
            return JSONResponse({"error": "invalid_client"}, 401)
        made = proxy.keys.app_token(client_id=proxy.client_id, tenant=proxy.tenant, scope=BOT_SCOPE)
        return JSONResponse({"token_type": "Bearer", "expires_in": LIFETIME, "access_token": made})

    router.add_api_route("/v1/.well-known/openidconfiguration", metadata)
    router.add_api_route("/v1/.well-known/keys", proxy.keys.jwks)
    router.add_api_route("/{tenant}/oauth2/v2.0/token", token, methods=["POST"])
    return router


def _inwards(proxy: Proxy) -> APIRouter:
    """From a client to the program."""
    router = APIRouter()

    async def messages(key: str, request: Request) -> Response:
        client = next((client for client in proxy.connector.clients if client.key == key), None)
        if client is None:
            return Response(status_code=404)
        return await _carry(proxy, client, await _body(request))

    router.add_api_route("/from/{key}/api/messages", messages, methods=["POST"])
    return router


async def _carry(proxy: Proxy, client: Client, activity: Json) -> Response:
    """Hand it to the program, signed; a dialog that stands for a button goes as the button."""
    proxy.connector.heard_from(client, activity)
    activity = proxy.connector.copies.as_told(client.key, {**activity, "serviceUrl": proxy.service_url})
    shimmed, opening = dialogs.is_shimmed(activity), activity.get("name") == dialogs.FETCH
    if shimmed:
        button = dialogs.pressed(activity, proxy.connector.buttons)
        if button is None and opening:
            return JSONResponse(dialogs.no_such_button(proxy.connector.buttons))
        activity = dialogs.as_task(activity, button)
    response = await _signed(proxy, activity)
    if shimmed and response.status_code == 200:
        answer = as_object(response.json()) if response.content else {}
        return JSONResponse(dialogs.as_dialog(answer) if opening else answer)
    return Response(response.content, response.status_code, media_type=response.headers.get("content-type"))


async def _signed(proxy: Proxy, activity: Json) -> httpx.Response:
    token = proxy.keys.connector_token(proxy.client_id, as_text(activity["serviceUrl"]))
    headers = {"authorization": f"Bearer {token}"}
    try:
        return await proxy.connector.http.post(proxy.messages_url, json=activity, headers=headers, timeout=SECONDS)
    except httpx.TransportError:
        return httpx.Response(504)


def _outwards(proxy: Proxy) -> APIRouter:
    """From the program to the clients."""
    router = APIRouter(prefix="/connector/v3")

    async def connector(path: str, request: Request) -> Response:
        if not _passes(proxy, request):
            return JSONResponse({"message": "Authorization has been denied for this request."}, 401)
        answered = await _route(proxy.connector, request, path)
        return JSONResponse(answered.body, answered.status)

    router.add_api_route("/{path:path}", connector, methods=["GET", "POST", "PUT", "DELETE"])
    return router


async def _route(connector: Connector, request: Request, path: str) -> Answered:
    match request.method, path.split("/"):
        case "POST", ["conversations"]:
            return await connector.create(await _body(request))
        case "POST", ["conversations", place, "activities", *reply_to]:
            return await connector.post(place, "".join(reply_to), await _body(request))
        case "PUT" | "DELETE" as method, ["conversations", place, "activities", message]:
            return await connector.change(method, place, message, await _body(request))
        case "GET", ["conversations", place, "pagedmembers"]:
            return await connector.members(place, f"?{request.url.query}")
        case "GET", ["conversations", place, "members"]:
            found = await connector.members(place, "")
            return Answered(status=found.status, body=as_object(found.body).get("members", found.body))
        case "GET", ["conversations", place, "members", wanted]:
            return await connector.member(place, wanted)
        case method, _:
            return await connector.pass_on(method, path)


def _passes(proxy: Proxy, request: Request) -> bool:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    try:
        return kind == "Bearer" and proxy.keys.read_app_token(token, BOT_SCOPE)["appid"] == proxy.client_id
    except jwt.InvalidTokenError:
        return False


async def _body(request: Request) -> Json:
    try:
        return as_object(await request.json())
    except (JSONDecodeError, UnicodeDecodeError):
        return {}
