"""The doors: OpenID metadata, key set, token endpoint, and who may pass with which token.

Nothing about conversations here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import jwt
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.teams import weather
from bot.playground.teams.keys import AUDIENCES, CONNECTOR_ISSUER, LIFETIME
from bot.playground.teams.state import TeamsState
from bot.playground.wire import Json, as_form

SHARED_TENANT = "botframework.com"
"""The tenant that tokens of multi-tenant bots come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wrong:
    status: int
    error: str
    code: str
    words: str


_GRANT = _Wrong(
    status=400, error="unsupported_grant_type", code="AADSTS70003", words="Unsupported grant type."
)
_TENANT = _Wrong(status=400, error="invalid_request", code="AADSTS90002", words="Tenant not found.")
_SCOPE = _Wrong(status=400, error="invalid_scope", code="AADSTS70011", words="The scope is not valid.")
_CLIENT = _Wrong(status=400, error="unauthorized_client", code="AADSTS700016", words="Application not found.")
_SECRET = _Wrong(status=401, error="invalid_client", code="AADSTS7000215", words="Invalid client secret.")


def entrance(state: TeamsState) -> APIRouter:
    """`/v1/.well-known/...` and `/{tenant}/oauth2/v2.0/token`."""
    router = APIRouter()

    @router.get("/v1/.well-known/openidconfiguration")
    def metadata() -> Json:
        keys = f"{state.service_url}/v1/.well-known/keys"
        methods = {"token_endpoint_auth_methods_supported": ["private_key_jwt"]}
        return {
            "issuer": CONNECTOR_ISSUER,
            "jwks_uri": keys,
            "id_token_signing_alg_values_supported": ["RS256"],
            **methods,
        }

    @router.get("/v1/.well-known/keys")
    def key_set() -> Json:
        return state.keys.jwks()

    @router.post("/{tenant}/oauth2/v2.0/token")
    async def token(tenant: str, request: Request) -> Response:
        if troubled := await weather.before(state.weather.tokens):
            return troubled
        form = as_form(await request.body())
        wrong = _wrong_with(state, tenant, form)
        return _refused(wrong) if wrong else JSONResponse(_granted(state, tenant, form["scope"]))

    return router


def passes(state: TeamsState, request: Request, scope: str) -> bool:
    """Whether a request carries a token of ours for that scope, for this bot."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind != "Bearer":
        return False
    try:
        return state.keys.read_app_token(token, scope)["appid"] == state.client_id
    except jwt.InvalidTokenError:
        return False


def _wrong_with(state: TeamsState, tenant: str, form: Mapping[str, str]) -> _Wrong | None:
    checks = (
        (form.get("grant_type") == "client_credentials", _GRANT),
        (tenant in (state.tenant_id, SHARED_TENANT), _TENANT),
        (form.get("scope") in AUDIENCES, _SCOPE),
        (form.get("client_id") == state.client_id, _CLIENT),
        (form.get("client_secret") == state.client_secret, _SECRET),
    )
    return next((wrong for good, wrong in checks if not good), None)


def _refused(wrong: _Wrong) -> Response:
    body = {"error": wrong.error, "error_description": f"{wrong.code}: {wrong.words}"}
    return JSONResponse(body, wrong.status)


def _granted(state: TeamsState, tenant: str, scope: str) -> Json:
    token = state.keys.app_token(client_id=state.client_id, tenant=tenant, scope=scope)
    return {"token_type": "Bearer", "expires_in": LIFETIME, "ext_expires_in": LIFETIME, "access_token": token}
