"""Which Slack workspaces and Entra tenants the program is set up for: that of the environment, and those of a file.

The file (`TENANTS_FILE`, TOML) holds no secret: each stands in a file of its own that nobody else can read. What is
wrong is said a sentence each, and never a secret with it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot import faults, toml_file
from bot.secret_file import read_closed, read_secret
from bot.settings import Incomplete, Settings, unsafe_address
from handlers.rules.school import School

LARGEST = 100_000
"""Bytes of the file itself."""
PLACES = {"slack": "Slack workspace", "teams": "Teams tenant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackTenancy:
    """One workspace with the token of the app in it."""

    team: str
    """Empty for the environment's own until it is known which school's it is."""
    token: SecretStr
    secrets: tuple[SecretStr, ...]
    """What its app's requests are signed with: the one in use and the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsTenancy:
    """One Entra tenant with the bot that is registered in it."""

    tenant: str
    client_id: str
    client_secret: SecretStr
    token_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenancies:
    slack: tuple[SlackTenancy, ...]
    teams: tuple[TeamsTenancy, ...]

    def names(self) -> tuple[tuple[str, str], ...]:
        """Platform and tenant of each."""
        return (*(("slack", one.team) for one in self.slack), *(("teams", one.tenant) for one in self.teams))

    def placed(self, schools: Collection[School]) -> "Tenancies":
        """With the environment's own workspace as that of the one school which no other token is set up for."""
        known = {one.team for one in self.slack}
        free = sorted({team for school in schools for name, team in school.tenants if name == "slack"} - known)
        team = free[0] if len(free) == 1 else ""
        return replace(self, slack=tuple(one if one.team else replace(one, team=team) for one in self.slack))

    def faults(self, schools: Sequence[School]) -> list[str]:
        """What keeps these schools from being served with these tenants, a sentence each."""
        if len(schools) > len({school.id for school in schools}):
            return ["Two school files have the same key: ids are made from it, so each school needs one of its own."]
        placed = self.placed(schools)
        lines = [line for school in schools for line in _not_set_up(school, placed.names())]
        return [*_named_twice(schools), *lines, *_without_a_school(placed, schools)]


def _named_twice(schools: Sequence[School]) -> Iterator[str]:
    """A request says its tenant and nothing of a school: in one that is two schools' nobody can be told apart."""
    for (platform, tenant), count in Counter(named for school in schools for named in school.tenants).items():
        if count > 1:
            both = " and ".join(school.name for school in schools if (platform, tenant) in school.tenants)
            yield (
                f"{both} name the same {PLACES[platform]}, {tenant}: whose somebody is could not be told. Give each "
                "its own, or write them as one school."
            )


def _not_set_up(school: School, names: Collection[tuple[str, str]]) -> Iterator[str]:
    """A platform that is used by nobody here may stand in a school file; with another tenant than ours it is a slip."""
    used = {platform for platform, _ in names}
    missing = [named for named in school.tenants if named not in names]
    for platform, tenant in missing:
        if platform in used:
            yield f"{school.name}: its school file names the {PLACES[platform]} {tenant}, which is not set up."
    if len(missing) == len(school.tenants) and not any(platform in used for platform, _ in missing):
        named = " or ".join(f"{PLACES[platform]} {tenant}" for platform, tenant in missing)
        yield f"{school.name}: nothing is set up for its {named}, so nobody there could reach it."


def _without_a_school(tenancies: Tenancies, schools: Collection[School]) -> Iterator[str]:
    served = {named for school in schools for named in school.tenants}
    for platform, tenant in tenancies.names():
        if not tenant:
            yield (
                "SLACK_BOT_TOKEN is one workspace's, and the school files do not say which: each Slack workspace that "
                "has no entry in TENANTS_FILE would be it, and there must be one such."
            )
        elif (platform, tenant) not in served:
            yield f"The {PLACES[platform]} {tenant} is set up, but no school file names it."


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SlackRow(_Row):
    team: str = Field(
        pattern=r"^T[A-Z0-9]{2,40}$", description="the workspace's id: T, then capitals and figures"
    )
    bot_token_file: Path
    signing_secret_file: Path | None = None
    signing_secret_old_file: Path | None = None


class _TeamsRow(_Row):
    tenant: str = Field(pattern=r"^[0-9A-Za-z-]{1,64}$", description="the tenant's ID in Entra")
    client_id: str = Field(min_length=1)
    client_secret_file: Path
    token_url: str = ""


class _File(_Row):
    slack: tuple[_SlackRow, ...] = ()
    teams: tuple[_TeamsRow, ...] = ()


def read_tenancies(settings: Settings) -> Tenancies:
    """The environment's own, then the file's. Raises `Incomplete`; what the environment lacks is `missing`'s to say."""
    own = Tenancies(slack=tuple(_own_slack(settings)), teams=tuple(_own_teams(settings)))
    if settings.tenants_file is None:
        return own
    path = settings.tenants_file
    raw = _checked(path)
    every = Tenancies(
        slack=(*own.slack, *(_slack(row, path, settings) for row in raw.slack)),
        teams=(*own.teams, *(_teams(row, path, settings) for row in raw.teams)),
    )
    twice = [named for named, count in Counter(every.names()).items() if count > 1]
    if twice:
        raise Incomplete("\n".join(f"The {PLACES[platform]} {tenant} is set up twice." for platform, tenant in twice))
    if not every.names():
        raise Incomplete(f"{path.name} names no Slack workspace ([[slack]]) and no Teams tenant ([[teams]]).")
    return every


def _own_slack(settings: Settings) -> Iterator[SlackTenancy]:
    if settings.has_slack:
        yield SlackTenancy(team="", token=settings.slack_bot_token, secrets=_signing(settings))


def _own_teams(settings: Settings) -> Iterator[TeamsTenancy]:
    if settings.has_teams:
        yield TeamsTenancy(
            tenant=settings.teams_tenant_id.lower(), client_id=settings.teams_client_id,
            client_secret=settings.teams_client_secret, token_url=settings.token_url(settings.teams_tenant_id),
        )  # fmt: skip


def _signing(settings: Settings) -> tuple[SecretStr, ...]:
    """The secrets of the app that the environment names: of each workspace that has no app of its own."""
    held = (settings.slack_signing_secret, settings.slack_signing_secret_old)
    return tuple(secret for secret in held if secret.get_secret_value())


def _slack(row: _SlackRow, path: Path, settings: Settings) -> SlackTenancy:
    files = (row.signing_secret_file, row.signing_secret_old_file)
    own = tuple(_secret(path, name) for name in files if name)
    if not row.signing_secret_file and (own or not _signing(settings)):
        raise Incomplete(
            f"{path.name}: the workspace {row.team} needs signing_secret_file, or SLACK_SIGNING_SECRET where all share "
            "one app."
        )
    return SlackTenancy(team=row.team, token=_secret(path, row.bot_token_file), secrets=own or _signing(settings))


def _teams(row: _TeamsRow, path: Path, settings: Settings) -> TeamsTenancy:
    if row.token_url and (fault := unsafe_address(row.token_url, development=settings.development)):
        raise Incomplete(f"{path.name}: token_url {fault}")
    return TeamsTenancy(
        tenant=row.tenant.lower(), client_id=row.client_id, client_secret=_secret(path, row.client_secret_file),
        token_url=row.token_url or settings.token_url(row.tenant.lower()),
    )  # fmt: skip


def _checked(path: Path) -> _File:
    try:
        held = toml_file.parsed(read_closed(path, LARGEST))
    except toml_file.Unreadable as why:  # it never shows what stands there: somebody may have written a secret
        raise Incomplete(f"{path.name} {why}.") from None
    try:
        return _File.model_validate(held)
    except ValidationError as error:
        lines = [f"{path.name}: {line}" for line in faults.sentences(error, _File, held)]
        raise Incomplete("\n".join(lines)) from None


def _secret(path: Path, name: Path) -> SecretStr:
    """A relative name is beside the file that names it."""
    return read_secret(path.parent / name)
