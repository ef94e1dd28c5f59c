"""A Key Vault and a KMS on loopback, as strict as their documents: real TLS, tokens, signatures and sealing."""

import base64
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.playground.listening import free_port

Answer = tuple[int, Mapping[str, str], object]
"""Status, headers, and what is said as JSON."""


@dataclass
class Asked:
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def answering(answer: Callable[[Asked], Answer], *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server in threads of its own, for clients that wait; its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, said = answer(Asked(self.command, parts.path, parse_qs(parts.query), headers, body))
            content = json.dumps(said).encode()
            self.send_response(status)
            more = {"content-type": "application/json", "content-length": str(len(content)), **more}
            for name, value in more.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _do  # noqa: N815 (as the library calls them)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """For 127.0.0.1: what the server shows, and the file that whoever shall trust it is given."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a vault on loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    shown, secret = folder / "vault.pem", folder / "vault.secret"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, secret)
    return context, shown


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_OAEP = OAEP(mgf=MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


@dataclass
class KeyVault:
    """One key with its versions; `may_get`: whether the identity may read the public half."""

    port: int = 0
    may_get: bool = True
    disabled: set[str] = field(default_factory=set)
    token: str = field(default_factory=secrets.token_urlsafe)
    identity: str = field(default_factory=secrets.token_urlsafe)
    versions: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def turn(self) -> str:
        """A new version, which is the newest."""
        version = secrets.token_hex(16)
        self.versions[version] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return version

    @property
    def name(self) -> str:
        return f"https://127.0.0.1:{self.port}/keys/heard"

    @property
    def resource(self) -> str:
        """What it says it is of: its own host must end with that, as all at vault.azure.net do."""
        return f"https://0.0.1:{self.port}"

    def identify(self, asked: Asked) -> Answer:
        """What hands a machine's identity its tokens."""
        if asked.headers.get("x-identity-header") != self.identity or asked.query["resource"] != [self.resource]:
            return 401, {}, {"statusCode": 401}
        found = {"access_token": self.token, "expires_on": str(int(time.time()) + 3600), "resource": self.resource}
        return 200, {}, {**found, "token_type": "Bearer"}

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            where = f'Bearer authorization="https://login.invalid/a-tenant", resource="{self.resource}"'
            return 401, {"www-authenticate": where}, {"error": {"code": "Unauthorized"}}
        _, keys, name, *rest = asked.path.split("/")
        version, *deed = [one for one in rest if one] or [next(reversed(self.versions))]
        if version in {"wrapkey", "unwrapkey"}:
            version, deed = next(reversed(self.versions)), [version]
        if (keys, name) != ("keys", "heard") or version not in self.versions or not asked.query.get("api-version"):
            return self._no(404, "KeyNotFound")
        return self._do(version, "".join(deed), asked)

    def _do(self, version: str, deed: str, asked: Asked) -> Answer:
        key, kid = self.versions[version], f"{self.name}/{version}"
        if not deed:
            if not self.may_get:
                return self._no(403, "Forbidden")
            numbers = key.public_key().public_numbers()
            parts = {"n": _b64(numbers.n.to_bytes(256)), "e": _b64(numbers.e.to_bytes(3))}
            shown = {"kid": kid, "kty": "RSA", "key_ops": ["wrapKey", "unwrapKey"], **parts}
            return 200, {}, {"key": shown, "attributes": {"enabled": version not in self.disabled}}
        said = json.loads(asked.body)
        if version in self.disabled or said["alg"] != "RSA-OAEP-256":
            return self._no(403, "Forbidden")
        value = _raw(said["value"])
        try:
            done = key.public_key().encrypt(value, _OAEP) if deed == "wrapkey" else key.decrypt(value, _OAEP)
        except ValueError:
            return self._no(400, "BadParameter")
        return 200, {}, {"kid": kid, "value": _b64(done)}

    def _no(self, status: int, code: str) -> Answer:
        self.refused.append(code)
        return status, {}, {"error": {"code": code, "message": "CANARY what the vault says of it"}}


@dataclass
class Kms:
    """One symmetric key, which the holder of these credentials may use."""

    name: str = "arn:aws:kms:eu-west-2:111122223333:key/0d990263-018e-4e65-a703-eff731de951e"
    user: str = "AKIAINVENTED0000001"
    password: str = field(default_factory=secrets.token_urlsafe)
    disabled: bool = False
    port: int = 0
    _key: bytes = field(default_factory=lambda: AESGCM.generate_key(256))
    refused: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        if not self._is_signed(asked):
            return self._no("IncompleteSignatureException")
        deed = asked.headers["x-amz-target"].removeprefix("TrentService.")
        said = json.loads(asked.body)
        if said["KeyId"] != self.name:
            return self._no("NotFoundException")
        if self.disabled:
            return self._no("DisabledException")
        bound = json.dumps(said.get("EncryptionContext", {}), sort_keys=True).encode()
        if deed == "Encrypt":
            nonce = secrets.token_bytes(12)
            sealed = nonce + AESGCM(self._key).encrypt(nonce, base64.b64decode(said["Plaintext"]), bound)
            return 200, {}, {"KeyId": self.name, "CiphertextBlob": base64.b64encode(sealed).decode()}
        assert deed == "Decrypt"
        sealed = base64.b64decode(said["CiphertextBlob"])
        try:
            found = AESGCM(self._key).decrypt(sealed[:12], sealed[12:], bound)
        except (InvalidTag, ValueError):
            return self._no("InvalidCiphertextException")
        return 200, {}, {"KeyId": self.name, "Plaintext": base64.b64encode(found).decode()}

    def _is_signed(self, asked: Asked) -> bool:
        """Signature version 4 over the request as it came."""
        given = asked.headers.get("authorization", "")
        names = given.partition("SignedHeaders=")[2].partition(",")[0].split(";")
        signer = SigV4Auth(Credentials(self.user, self.password), "kms", self.name.split(":")[3])
        request = AWSRequest(
            method=asked.method, url=f"http://127.0.0.1:{self.port}{asked.path}", data=asked.body,
            headers={name: asked.headers[name] for name in names if name in asked.headers},
        )
        request.context["timestamp"] = asked.headers.get("x-amz-date", "")
        right = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        return {"host", "x-amz-date", "x-amz-target"} <= set(names) and given.endswith(f"Signature={right}")

    def _no(self, code: str) -> Answer:
        self.refused.append(code)
        return 400, {}, {"__type": code, "message": "CANARY what KMS says of it"}
