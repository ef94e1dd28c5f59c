"""The settings: read from the environment here alone, once, frozen, complete or the program does not start."""

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.faults import of_settings

SHORTEST_TOKEN = 32
TOO_SHORT = f"is too short: it needs {SHORTEST_TOKEN} characters or more. Make one with: openssl rand -hex 32"


class Environment(StrEnum):
    PRODUCTION = "production"
    DEVELOPMENT = "development"
    """Allows platforms on loopback and the playground; never for a school."""


class Incomplete(Exception):
    """What is missing or wrong, one sentence a line; the program does not start."""


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """Names as in the environment, in lower case. Secrets are never shown."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_file=None)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    database_url: str = "sqlite+aiosqlite:///heard.db"
    database_owner_url: SecretStr = SecretStr("")
    """The same database as its owner, for `database grant` alone: what serves a school must not have it."""
    key_file: Path = Path("heard.key")
    key_credential: str = ""
    """The name of a credential of systemd's that holds the key, in place of the key file."""
    key_vault: str = ""
    """Who alone opens the key file: the address of a key of Azure Key Vault's, or the ARN of one of AWS KMS's."""
    credentials_directory: Path | None = None
    """Set by systemd itself."""
    spool_folder: Path | None = None
    """Where what is sent waits while the database is away; None: beside the key file, under its name."""
    signing_key_file: Path | None = None
    """What signs checkpoints. None: beside the key file, as `heard.signing`."""
    checkpoint_folder: Path | None = None
    """Where copies of checkpoints go, apart from the database."""
    environment: Environment = Environment.PRODUCTION
    metrics_token: SecretStr = SecretStr("")
    """What /metrics asks for. Without it, and without the file, there is no /metrics."""
    metrics_token_file: Path | None = None
    """The same as one line of a file that its owner alone can read."""
    commands_a_minute: int = Field(default=100, ge=0)
    """Of one person, and three times as many presses; 0 for any number. Nobody who types comes near it."""

    slack_signing_secret: SecretStr = SecretStr("")
    slack_signing_secret_old: SecretStr = SecretStr("")
    """The one before, for as long as a rotation lasts."""
    slack_bot_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    teams_client_id: str = ""
    teams_client_secret: SecretStr = SecretStr("")
    teams_tenant_id: str = ""
    teams_openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_token_url: str = ""
    teams_service_url_hosts: Hosts = ("smba.trafficmanager.net",)
    tenants_file: Path | None = None
    """Further workspaces and tenants, with the files of their secrets: `bot.tenancies`."""
    graph_url: str = ""
    """Empty: Microsoft Graph is not used. For Microsoft's own: https://graph.microsoft.com/v1.0"""

    @property
    def development(self) -> bool:
        return self.environment is Environment.DEVELOPMENT

    @property
    def spool(self) -> Path:
        return self.spool_folder or self.key_file.with_suffix(".spool")

    @property
    def signing_key(self) -> Path:
        return self.signing_key_file or self.key_file.with_suffix(".signing")

    @property
    def has_slack(self) -> bool:
        """Whether a workspace is set up here; with `tenants_file` a secret alone is that of the app which its share."""
        secret = self.slack_signing_secret.get_secret_value() if self.tenants_file is None else ""
        return bool(self.slack_bot_token.get_secret_value() or secret)

    @property
    def has_teams(self) -> bool:
        return bool(self.teams_client_id or self.teams_client_secret.get_secret_value())

    def token_url(self, tenant: str) -> str:
        """Where that tenant's tokens are had: at its own address of Microsoft's, unless the environment gives another
        for its own tenant."""
        given = self.teams_token_url if tenant.lower() == self.teams_tenant_id.lower() else ""
        return given or f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"

    @model_validator(mode="after")
    def _token_is_long(self) -> "Settings":
        if 0 < len(self.metrics_token.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"METRICS_TOKEN {TOO_SHORT}")
        return self

    @model_validator(mode="after")
    def _addresses_are_safe(self) -> "Settings":
        for name in ("slack_api_url", "teams_openid_metadata_url", "teams_token_url", "graph_url"):
            address = getattr(self, name)
            if address and (fault := unsafe_address(address, development=self.development)):
                raise ValueError(f"{name.upper()} {fault}")
        if not self.development and any(_is_loopback(host) for host in self.teams_service_url_hosts):
            raise ValueError(f"TEAMS_SERVICE_URL_HOSTS {_THIS_MACHINE}")
        return self

    def missing(self) -> list[str]:
        """What a platform that is half set up still needs, a sentence each."""
        lines: list[str] = []
        if self.has_slack:
            lines += _need("Slack", {"SLACK_SIGNING_SECRET": self.slack_signing_secret.get_secret_value(),
                                     "SLACK_BOT_TOKEN": self.slack_bot_token.get_secret_value()})
        if self.has_teams:
            lines += _need("Teams", {"TEAMS_CLIENT_ID": self.teams_client_id,
                                     "TEAMS_CLIENT_SECRET": self.teams_client_secret.get_secret_value(),
                                     "TEAMS_TENANT_ID": self.teams_tenant_id})
        if not self.has_slack and not self.has_teams and self.tenants_file is None:
            lines.append("No platform is set up. Set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN for Slack, or "
                         "TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET and TEAMS_TENANT_ID for Teams.")
        return lines


_THIS_MACHINE = "names this machine itself: a platform there is for ENVIRONMENT=development alone"


def unsafe_address(address: str, *, development: bool) -> str:
    """What is wrong with a platform's address, to stand behind its name; empty where nothing is."""
    try:
        url = AnyHttpUrl(address)
    except ValueError:
        return "is not the whole address of a page, such as https://example.school/token"
    if development:
        return ""
    if url.scheme != "https":
        return "must begin with https:// (http is for ENVIRONMENT=development alone)"
    return _THIS_MACHINE if _is_loopback(url.host or "") else ""


def _is_loopback(host: str) -> bool:
    """By name or by address; another name that resolves to this machine is not looked up."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _need(platform: str, values: dict[str, str]) -> list[str]:
    return [f"{platform} needs {name}, which is not set." for name, value in values.items() if not value]


def read_settings(**given: object) -> Settings:
    """The settings from the environment; `given` ones win. Raises `Incomplete` with what is wrong, never a value."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Incomplete("\n".join(of_settings(error, Settings))) from None
