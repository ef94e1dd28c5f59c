"""The keys of the local Bot Connector and the local Entra: what they sign, and how they check it.

Tokens only. Who may have one is decided in `entrance.py`; no activity is known here.
"""

import base64
import time
import uuid
from functools import cache

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.playground.wire import Json

CONNECTOR_ISSUER = "https://api.botframework.com"
"""Issuer of what the Bot Connector sends to a bot (Bot Connector authentication, step 4)."""

BOT_SCOPE = "https://api.botframework.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
AUDIENCES = {BOT_SCOPE: "https://api.botframework.com", GRAPH_SCOPE: "https://graph.microsoft.com"}

LIFETIME = 3600
"""Seconds: a connector token's and an application token's life."""


@cache
def _pair() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Keys:
    """One RSA key pair a process, made when it is first needed and never written down: the Bot Connector and Entra are
    Microsoft's, and the same for every tenant. Making one takes 50 ms."""

    def __init__(self) -> None:
        self._private = _pair()
        self.kid = uuid.uuid4().hex

    def jwks(self) -> Json:
        """The public half as RFC 7517 says it, with the channels that the Bot Connector endorses."""
        numbers = self._private.public_key().public_numbers()
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "endorsements": ["msteams"]}
        return {"keys": [{**key, "n": _number(numbers.n), "e": _number(numbers.e)}]}

    def sign(self, claims: Json) -> str:
        """Any claims under this key, RS256: for a good token and for a test's bad ones."""
        return jwt.encode(claims, self._private, algorithm="RS256", headers={"kid": self.kid})

    def connector_token(self, audience: str, service_url: str) -> str:
        """What stands behind `Bearer` when the Bot Connector calls a bot."""
        times = self._times()
        return self.sign({"iss": CONNECTOR_ISSUER, "aud": audience, "serviceurl": service_url, **times})

    def app_token(self, *, client_id: str, tenant: str, scope: str) -> str:
        """What the token endpoint hands to an application. KeyError for a scope that does not exist."""
        who = {"appid": client_id, "tid": tenant, "idtyp": "app", "ver": "1.0", "uti": uuid.uuid4().hex}
        issuer = f"https://sts.windows.net/{tenant}/"
        return self.sign({"iss": issuer, "aud": AUDIENCES[scope], **who, **self._times()})

    def read_app_token(self, token: str, scope: str) -> Json:
        """The claims of an application token. jwt.InvalidTokenError when it is not good for the scope."""
        return jwt.decode(
            token,
            self._private.public_key(),
            algorithms=["RS256"],
            audience=AUDIENCES[scope],
            options={"require": ["exp", "aud", "appid"]},
        )

    @staticmethod
    def _times() -> Json:
        now = int(time.time())
        return {"iat": now, "nbf": now, "exp": now + LIFETIME}


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
