"""The demo: the program and the playground side by side in one process, with a sample school.

They speak to one another over HTTP alone, as the program and the platforms do. The journeys of the tests stand
on the same stage.
"""

import asyncio
import secrets
import signal
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import typer
from fastapi import FastAPI

from bot.clock import Clock
from bot.playground.cast import Cast, Persona, SlackHome, TeamsHome
from bot.playground.graph import graph_app
from bot.playground.listening import free_port, listening
from bot.playground.server import playground_app
from bot.playground.slack.api import slack_app
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.connector import teams_app
from bot.playground.teams.state import Presence
from bot.playground.teams.world import TeamsWorld
from bot.school_file import SchoolFile, read_school_file
from bot.settings import Environment, Settings, read_settings
from bot.wiring import Program, assemble
from handlers import notices
from handlers.rules.people import LEADS, Person, Role
from handlers.rules.reference import Lot
from handlers.ui import say
from manifest import slack as slack_manifest
from manifest import teams as teams_manifest
from store.keys import make_key_file

SAMPLE = Path(__file__).parent / "playground" / "sample" / "school.toml"
CLIENT_ID = "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"
ROLES = {
    Role.STAFF: "Teacher",
    Role.LEAD: "Safeguarding lead",
    Role.DEPUTY: "Deputy safeguarding lead",
    Role.HEAD: "Head",
    Role.CHAIR: "Chair of governors",
    Role.VICE_CHAIR: "Vice-chair of governors",
    Role.SAFEGUARDING_GOVERNOR: "Safeguarding governor",
    Role.NOMINATED: "Nominated person",
    Role.TRUST_LEAD: "Trust's safeguarding lead",
    Role.WHISTLEBLOWING_LEAD: "Whistleblowing lead",
    Role.HR: "Human resources",
    Role.AUDITOR: "Auditor",
    Role.TECHNICIAN: "School technician",
    Role.DPO: "Data protection officer",
    Role.PUPIL: "Pupil",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that stands: for the page, and for a test to look behind it."""

    address: str
    cast: Cast
    slack: SlackWorld
    teams: TeamsWorld
    program: Program
    settings: Settings
    clock: Clock

    def now(self) -> datetime:
        return self.clock()

    async def move(self, by: timedelta) -> None:
        """Move time on and let what is due happen."""
        self.clock.move(by)
        await self.program.worker.catch_up()

    async def away(self, key: str, away: bool = True) -> None:  # noqa: FBT001, FBT002 (a switch on the page)
        """Put somebody out of office, or back: on each platform in that platform's own way."""
        person = self.cast.persona(key)
        if person.teams_user:
            self.teams.set_presence(key, Presence(out_of_office="I am out of office." if away else None))
        if person.slack_user:
            self.slack.set_status(key, ":palm_tree:" if away else "")


async def run_demo(folder: Path, *, port: int) -> None:
    """Run until interrupted; what happened stays in the folder, and the next start finds it."""
    try:
        address = free_address(port)
    except OSError:
        typer.echo(f"Port {port} is in use, so a free one is taken.")
        address = free_address(0)
    async with on_stage(folder, address=address, clock=_kept_clock(folder)) as stage:
        _greet(stage)
        await redraw(stage.program)
        typer.echo(f"\n  Heard is at {address}\n\n  A local stand-in for Slack and Teams, with invented people.")
        typer.echo("  Ctrl-C ends it; what you did is kept in .demo/ and the next start finds it.\n")
        try:
            await _until_interrupted()
        finally:
            _keep_clock(folder, stage.clock)
    typer.echo("Stopped.")


def _greet(stage: Stage) -> None:
    """A harmless message in each general channel: something to report from its menu."""
    ravi, mina = stage.cast.persona("ravi"), stage.cast.persona("mina")
    words = "Whose lunchbox is this in the hall? Blue, with a rocket on it."
    stage.slack.post(stage.slack.general, words, [], author=ravi.slack_user or "")
    stage.teams.post(stage.teams.general, {"type": "message", "text": words}, author=mina.teams_user or "")


async def redraw(program: Program) -> None:
    """Put every open concern's cards into the outbox: the stand-in's chats begin empty, the record does not."""
    for school in program.units.schools():
        async with program.units(school) as uow:
            for concern in await uow.concerns.open():
                await notices.refresh(uow, concern)


@asynccontextmanager
async def on_stage(
    folder: Path, *, address: str, clock: Clock, file: SchoolFile | None = None, lot: Lot = secrets.randbelow,
    **settings: object,
) -> AsyncGenerator[Stage]:  # fmt: skip
    """The whole of it, running: the platforms at `address`, the program beside them on a port of its own.

    `file` is the school; the sample school where none is given. `lot` draws the references: pictures want the same.
    """
    _furnish(folder)
    file = file or read_school_file(SAMPLE)
    chosen = _settings(folder, file, address=address, **settings)
    program = await assemble(chosen, file, clock=clock, lot=lot)
    door = free_address(0)
    cast = cast_of(file)
    slack, teams = _worlds(cast, chosen, door=door, address=address, clock=clock)
    stage = Stage(
        address=address, cast=cast, slack=slack, teams=teams, program=program, settings=chosen, clock=clock
    )
    try:
        async with listening(_platforms(stage), _port(address)), listening(program.app, _port(door)):
            await _able_to_ask()
            await program.start()
            await program.units.take_over()
            program.worker.start()
            await teams.install()
            yield stage
    finally:
        await program.close()
        await slack.aclose()
        await teams.aclose()


async def _able_to_ask() -> None:
    """Here everybody is new, and presses at once: what Graph's answers are read with is loaded before that. In a school
    whoever was known last week goes on meanwhile (`accounts`)."""
    from bot.teams.directory import load  # noqa: PLC0415 (heavy)

    with suppress(ImportError):
        await asyncio.to_thread(load)


def _furnish(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "heard.key").exists():
        make_key_file(folder / "heard.key")


def free_address(port: int) -> str:
    """A loopback address that is free now; 0 for any. Raises OSError when that port is taken."""
    return f"http://127.0.0.1:{free_port(port)}"


def _port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def _worlds(
    cast: Cast, settings: Settings, *, door: str, address: str, clock: Clock
) -> tuple[SlackWorld, TeamsWorld]:
    slack = SlackWorld(
        cast,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        bot_token=settings.slack_bot_token.get_secret_value(),
        events_url=f"{door}/slack/events",
        service_url=f"{address}/slack",
        manifest=slack_manifest.manifest(door),
        now=lambda: clock().timestamp(),
    )
    teams = TeamsWorld(
        cast,
        client_id=settings.teams_client_id,
        client_secret=settings.teams_client_secret.get_secret_value(),
        messages_url=f"{door}/api/messages",
        service_url=f"{address}/teams",
        manifest=teams_manifest.manifest(client_id=CLIENT_ID, domain="heard.example.school"),
        now=lambda: clock().timestamp(),
    )
    return slack, teams


def _platforms(stage: Stage) -> FastAPI:
    app = playground_app(cast=stage.cast, slack=stage.slack, teams=stage.teams, clock=stage)
    app.mount("/slack", slack_app(stage.slack))
    app.mount("/teams", teams_app(stage.teams))
    app.mount("/graph", graph_app(stage.teams))
    return app


async def _until_interrupted() -> None:
    stop = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    await stop.wait()


def _kept_clock(folder: Path) -> Clock:
    """The clock as far ahead as it was left: a record must not be older than what it follows."""
    kept = folder / "clock"
    return Clock(ahead=timedelta(seconds=float(kept.read_text("ascii"))) if kept.exists() else timedelta())


def _keep_clock(folder: Path, clock: Clock) -> None:
    (folder / "clock").write_text(str(clock.ahead.total_seconds()), "ascii")


def cast_of(file: SchoolFile) -> Cast:
    """The people of a school file as the playground knows them."""
    people: list[Persona] = []
    for person, _ in file.people:
        people.append(_told_apart(_persona(file, person), people))
    slack = next(p for p in file.school.leads_places if p.platform == "slack")
    teams = next(p for p in file.school.leads_places if p.platform == "teams")
    return Cast(
        school=file.school.name,
        people=tuple(people),
        slack=SlackHome(team=slack.tenant, domain="kingfisher", leads_channel=slack.id),
        teams=TeamsHome(tenant=teams.tenant, bot=CLIENT_ID, team=teams.team, leads_channel=teams.id),
    )


def _told_apart(persona: Persona, others: Sequence[Persona]) -> Persona:
    """Two of one first name have a handle each: `priya`, `priya-2`."""
    taken = {other.key for other in others}
    keys = (persona.key, *(f"{persona.key}-{number}" for number in range(2, len(taken) + 3)))
    return replace(persona, key=next(key for key in keys if key not in taken))


def _persona(file: SchoolFile, person: Person) -> Persona:
    accounts = {a.platform: a.user for listed, found in file.people if listed.id == person.id for a in found}
    pupil = person.has(Role.PUPIL)
    name = f"A pupil ({next(iter(accounts), 'nowhere')})" if pupil else person.name
    key = f"pupil-{next(iter(accounts), 'nowhere')}" if pupil else person.name.split()[0].casefold()
    return Persona(
        key=key,
        name=name,
        role=say.posts(person, ROLES, "Staff"),
        email=person.mail or f"{key}@kingfisher.example",
        slack_user=accounts.get("slack"),
        teams_user=accounts.get("teams"),
        lead=person.among(LEADS),
        kind="pupil" if pupil else "staff",
    )


def _settings(folder: Path, file: SchoolFile, *, address: str, **more: object) -> Settings:
    """Settings for a program whose platforms are the playground at that address."""
    tenant = next(place.tenant for place in file.school.leads_places if place.platform == "teams")
    given: dict[str, object] = {
        "environment": Environment.DEVELOPMENT,
        "database_url": f"sqlite+aiosqlite:///{folder / 'heard.db'}",
        "key_file": folder / "heard.key",
        "slack_signing_secret": secrets.token_hex(16),
        "slack_bot_token": f"xoxb-{secrets.token_hex(16)}",
        "slack_api_url": f"{address}/slack/api/",
        "teams_client_id": CLIENT_ID,
        "teams_client_secret": secrets.token_hex(16),
        "teams_tenant_id": tenant,
        "teams_openid_metadata_url": f"{address}/teams/v1/.well-known/openidconfiguration",
        "teams_token_url": f"{address}/teams/{tenant}/oauth2/v2.0/token",
        "teams_service_url_hosts": "127.0.0.1",
        "graph_url": f"{address}/graph/v1.0",
    }
    return read_settings(**{**given, **more})
