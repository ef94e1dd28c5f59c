"""The gate: attacks 16 to 29 and 57 of ASSURANCE.md, each by its number, with real tokens over real HTTP."""

import base64
import hmac
import json
import logging
import time

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse, Response

from bot.intake import MOST_BYTES
from bot.teams.hosts import ServiceHosts
from bot.teams.keys import KeyRing
from tests.bot.teams.conftest import TENANT, Clock, Stage, TestDesk, aad, free_port, listening

STRANGE = "11111111-2222-4333-8444-555555555555"


def _encoded(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


async def refused(stage: Stage, desk: TestDesk, answer: httpx.Response, *status: int) -> None:
    """Refused with nothing in the answer, nothing asked of the desk, nothing sent."""
    assert answer.status_code in (status or (401, 403))
    assert answer.content == b""
    assert desk.heard == []
    assert not [path for path in stage.fetched if "/v3/" in path or path.endswith("/token")]


async def test_a_good_token_is_let_in(stage: Stage, desk: TestDesk):
    assert (await stage.send(stage.activity())).status_code == 200
    assert desk.heard[0].who.user == aad(6)
    assert desk.heard[0].who.tenant == TENANT


@pytest.mark.parametrize("header", ["", "Bearer", "Basic abc", "bearer x", "Bearer not.a.token", "Bearer é"])
async def test_no_good_header_is_refused(stage: Stage, desk: TestDesk, header: str):
    """16."""
    await refused(stage, desk, await stage.send(stage.activity(), token=None), 401)
    sent = {"authorization": header.encode(), "content-type": "application/json"}
    answer = await stage.http.post(stage.world.messages_url, json=stage.activity(), headers=sent)
    await refused(stage, desk, answer, 401)


async def test_an_unsigned_token_is_refused(stage: Stage, desk: TestDesk):
    """17."""
    token = jwt.encode(stage.claims(), None, algorithm="none", headers={"kid": stage.world.keys.kid})
    await refused(stage, desk, await stage.send(stage.activity(), token), 401)


async def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(stage: Stage, desk: TestDesk):
    """18."""
    public = stage.world.keys._private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    parts = [{"alg": "HS256", "typ": "JWT", "kid": stage.world.keys.kid}, stage.claims()]
    signed = b".".join(_encoded(json.dumps(part).encode()) for part in parts)
    token = signed + b"." + _encoded(hmac.digest(public, signed, "sha256"))
    await refused(stage, desk, await stage.send(stage.activity(), token.decode()), 401)


async def test_a_wrong_key_under_the_right_id_is_refused(stage: Stage, desk: TestDesk):
    """19."""
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    token = jwt.encode(stage.claims(), other, algorithm="RS256", headers={"kid": stage.world.keys.kid})
    await refused(stage, desk, await stage.send(stage.activity(), token), 401)


async def test_a_thousand_unknown_key_ids_cost_one_fetch_a_minute(stage: Stage, desk: TestDesk):
    """20."""
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for number in range(1000):
        token = jwt.encode(stage.claims(), other, algorithm="RS256", headers={"kid": f"k{number}"})
        assert (await stage.send(b"{}", token)).status_code == 401
    assert stage.fetched.count("/teams/v1/.well-known/keys") == 1
    stage.clock.ahead = 61
    assert (await stage.send(b"{}", token)).status_code == 401
    assert stage.fetched.count("/teams/v1/.well-known/keys") == 2
    assert desk.reasons == ["teams_unknown_key", "teams_unknown_key"]


@pytest.mark.parametrize("aud", ["somebody-else", "", None, ["0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"], 7])
async def test_a_wrong_audience_is_refused(stage: Stage, desk: TestDesk, aud: object):
    """21."""
    await refused(stage, desk, await stage.send(stage.activity(), aud=aud), 401)


@pytest.mark.parametrize("iss", ["https://api.botframework.com.evil.example", "", None, f"https://sts.windows.net/{TENANT}/"])
async def test_a_wrong_issuer_is_refused(stage: Stage, desk: TestDesk, iss: object):
    """22."""
    await refused(stage, desk, await stage.send(stage.activity(), iss=iss), 401)


@pytest.mark.parametrize("ago", [600, 240, 70])
async def test_an_expired_token_is_refused(stage: Stage, desk: TestDesk, ago: int):
    """23."""
    await refused(stage, desk, await stage.send(stage.activity(), exp=int(time.time()) - ago), 401)


@pytest.mark.parametrize("exp", [None, "soon", True, [1], pytest.param(10**400, id="400_digits")])
async def test_a_token_without_an_end_is_refused(stage: Stage, desk: TestDesk, exp: object):
    """24."""
    await refused(stage, desk, await stage.send(stage.activity(), exp=exp), 401)


@pytest.mark.parametrize("nbf", [pytest.param(int(time.time()) + 3000, id="50_minutes"), "later"])
async def test_a_token_for_later_is_refused(stage: Stage, desk: TestDesk, nbf: object):
    """25."""
    await refused(stage, desk, await stage.send(stage.activity(), nbf=nbf), 401)


async def test_a_service_url_that_differs_is_refused(stage: Stage, desk: TestDesk):
    """26."""
    elsewhere = stage.world.service_url + "x"
    await refused(stage, desk, await stage.send(stage.activity(serviceUrl=elsewhere)))
    await refused(stage, desk, await stage.send(stage.activity(), serviceurl=elsewhere))
    await refused(stage, desk, await stage.send(stage.activity(), serviceurl=None))
    await refused(stage, desk, await stage.send(stage.activity(serviceUrl=""), serviceurl=""))
    await refused(stage, desk, await stage.send(stage.activity(serviceUrl=None)))
    await refused(stage, desk, await stage.send(stage.activity(serviceUrl=["x"])))
    without = {key: value for key, value in stage.activity().items() if key != "serviceUrl"}
    await refused(stage, desk, await stage.send(without))


LOOK_ALIKES = [
    "https://169.254.169.254/teams/", "https://smba.trafficmanager.net.evil.example/", "https://evil.example/",
    "https://smba.trafficmanager.net@evil.example/", "https://evil.example/smba.trafficmanager.net",
    "https://smba.trafficmanager.net:8443/", "http://smba.trafficmanager.net/", "https://smba.trafficmanager.net./",
    "https://smba.trafficmanager.net\\@evil.example/", "https://evil.example#smba.trafficmanager.net",
    "https://evil.example?x=smba.trafficmanager.net", "https://xsmba.trafficmanager.net/",
    "https://smba.trafficmanager.net/a/../../b", "ftp://smba.trafficmanager.net/", "https://smba.trafficmanаger.net/",
    "smba.trafficmanager.net", "//smba.trafficmanager.net/", "https://", "https://[::1", "https://smba.trafficmanager.net:x/",
]


@pytest.mark.parametrize("address", LOOK_ALIKES)
def test_a_host_that_only_looks_like_ours_is_not_ours(address: str):
    """27."""
    assert not ServiceHosts(hosts=frozenset({"smba.trafficmanager.net"})).allows(address)


def test_the_school_s_own_host_is_ours():
    hosts = ServiceHosts(hosts=frozenset({"smba.trafficmanager.net"}))
    assert hosts.allows("https://smba.trafficmanager.net/uk/7d9a1c52-3b7e/")
    assert hosts.allows("https://SMBA.trafficmanager.net:443/teams")


@pytest.mark.parametrize("address", ["http://169.254.169.254/teams", "http://127.0.0.1.evil.example/", "http://evil@127.0.0.2/"])
async def test_a_service_url_elsewhere_is_refused_and_nothing_is_sent(stage: Stage, desk: TestDesk, address: str):
    """27."""
    answer = await stage.send(stage.activity(serviceUrl=address), serviceurl=address)
    await refused(stage, desk, answer, 403)
    assert desk.reasons == ["teams_service_url_not_allowed"]


async def test_a_redirect_of_the_keys_is_not_followed():
    """28."""
    asked: list[str] = []
    app = FastAPI()

    @app.get("/metadata")
    def metadata() -> Response:
        return RedirectResponse("/elsewhere", 302)

    @app.get("/elsewhere")
    def elsewhere() -> Response:
        asked.append("elsewhere")
        return JSONResponse({"jwks_uri": "http://127.0.0.1/"})

    async with listening(app, free_port()) as address, httpx.AsyncClient(follow_redirects=True) as http:
        ring = KeyRing(f"{address}/metadata", http, now=Clock(), loopback=True)
        assert await ring.key("any") is None
    assert asked == []


@pytest.mark.parametrize("where", ["conversation", "channelData", "both"])
async def test_another_tenant_is_refused_and_kept_with_who_it_was(stage: Stage, desk: TestDesk, where: str):
    """29."""
    activity = stage.activity()
    if where in ("conversation", "both"):
        activity["conversation"] = {**activity["conversation"], "tenantId": STRANGE}
    if where in ("channelData", "both"):
        activity["channelData"] = {"tenant": {"id": STRANGE}}
    await refused(stage, desk, await stage.send(activity), 403)
    (why, who), = desk.away
    assert why == ("teams_unknown_tenant" if where == "both" else "teams_tenant_not_clear")
    assert (who.tenant if who else None) == (STRANGE if where == "both" else None)


async def test_a_press_from_another_tenant_is_told_so_and_reaches_no_desk(stage: Stage, desk: TestDesk):
    """29, in words."""
    activity = stage.invoke("task/fetch", {"data": {"heard": {"press": "start"}}})
    activity["conversation"]["tenantId"] = activity["channelData"]["tenant"]["id"] = STRANGE
    answer = await stage.send(activity)
    assert answer.json()["task"]["type"] == "continue"
    assert desk.heard == []
    assert desk.reasons == ["teams_unknown_tenant"]
    assert not [path for path in stage.fetched if "/v3/" in path]


@pytest.mark.parametrize(
    "more", [{"channelId": "directline"}, {"channelId": None}, {"from": {"id": "29:x"}}, {"from": "tess"}]
)
async def test_another_channel_or_nobody_as_sender_is_refused(stage: Stage, desk: TestDesk, more: dict[str, object]):
    await refused(stage, desk, await stage.send(stage.activity(**more)), 403)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1, "a": 2}',
     b"[" * 10_000, b'{"a":' * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000, b'{"a": ' + b"9" * 6000 + b"}"],
    ids=range(14),
)
async def test_malformed_json_is_refused(stage: Stage, desk: TestDesk, body: bytes):
    """57."""
    await refused(stage, desk, await stage.send(body), 400)


async def test_a_body_that_is_too_long_is_refused(stage: Stage, desk: TestDesk):
    await refused(stage, desk, await stage.send(b" " * (MOST_BYTES + 1)), 413)

    async def without_length():
        for _ in range(20):
            yield b" " * 100_000

    headers = {"authorization": f"Bearer {stage.world.keys.sign(stage.claims())}"}
    answer = await stage.http.post(stage.world.messages_url, content=without_length(), headers=headers)
    await refused(stage, desk, answer, 413)


async def test_a_refusal_is_kept_once_a_minute_for_each_reason(stage: Stage, desk: TestDesk):
    for _ in range(5):
        await stage.send(stage.activity(), token=None)
        await stage.send(b"{")
    assert desk.reasons == ["teams_no_token", "teams_not_json"]


async def test_no_refusal_writes_what_was_sent_into_a_log(stage: Stage, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    await stage.send(json.dumps({"text": "CANARY"}).encode())
    await stage.send(stage.activity(text="CANARY", channelId="other"))
    await stage.send(stage.invoke("task/submit", {"data": {"heard": {"form": 7}, "facts": "CANARY"}}))
    await stage.send(b'{"a": CANARY}')
    assert "CANARY" not in caplog.text
    assert stage.world.keys.sign({"a": 1})[:20] not in caplog.text


async def test_keys_are_had_wherever_the_metadata_says_and_weak_or_foreign_ones_are_left_out(stage: Stage):
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 (short on purpose)
    weak = short.public_key().public_numbers()
    n = base64.urlsafe_b64encode(weak.n.to_bytes(128, "big")).rstrip(b"=").decode()
    good = stage.world.keys.jwks()["keys"][0]
    keys = [
        {**good, "kid": "good"},
        {**good, "kid": "skype", "endorsements": ["skype"]},
        {**good, "kid": "enc", "use": "enc"},
        {"kty": "RSA", "kid": "weak", "n": n, "e": "AQAB"},
        {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
        "x", None, {},
    ]
    app = FastAPI()
    app.add_api_route("/any/where", lambda: {"jwks_uri": f"{address}/keys-here", "issuer": "https://issuer.example"})
    app.add_api_route("/keys-here", lambda: {"keys": keys})
    async with listening(app, free_port()) as address:
        ring = KeyRing(f"{address}/any/where", stage.http, now=stage.clock, loopback=True)
        await ring.warm()
        found = [kid for kid in ("good", "skype", "enc", "weak", "secret", "") if await ring.key(kid)]
    assert found == ["good"]
    assert ring.issuers == {"https://issuer.example", "https://api.botframework.com"}


async def test_keys_over_plain_http_are_not_taken_from_afar(stage: Stage):
    url = f"{stage.world.service_url}/v1/.well-known/openidconfiguration"
    ring = KeyRing(url, stage.http, now=stage.clock, loopback=False)
    assert await ring.key(stage.world.keys.kid) is None


async def test_a_platform_that_was_away_for_a_moment_is_asked_again_soon(stage: Stage):
    port, clock = free_port(), Clock()
    ring = KeyRing(f"http://127.0.0.1:{port}/metadata", stage.http, now=clock, loopback=True)
    await ring.warm()
    app = FastAPI()
    app.add_api_route("/metadata", lambda: {"jwks_uri": f"{stage.world.service_url}/v1/.well-known/keys"})
    async with listening(app, port):
        assert await ring.key(stage.world.keys.kid) is not None


def test_nothing_in_the_environment_opens_the_gate(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """32: the adapter reads no environment and no `.env` file, and does not load the SDK's server, which does."""
    import subprocess
    import sys
    from pathlib import Path

    (tmp_path / ".env").write_text("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS=true\nCANARY_ENV=1\n")
    code = (
        "import os, sys, bot.teams.app, bot.teams.directory\n"
        "assert 'CANARY_ENV' not in os.environ\n"
        "assert not {'microsoft_teams.apps', 'dotenv', 'msgraph'} & set(sys.modules), 'loaded'\n"
    )
    root = Path(__file__).parents[3]
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, check=False, cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
