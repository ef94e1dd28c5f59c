"""`python -m manifest build` writes what the platforms are given; `check` says what is wrong with it."""

import json
import re
from pathlib import Path
from typing import Annotated, Never
from urllib.parse import urlsplit

import typer

from manifest import icons, slack, teams

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)

_GUID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
_EXAMPLE_ID = "00000000-0000-4000-8000-000000000001"


@cli.command()
def build(
    slack_url: Annotated[str, typer.Option(help="The program's public address, https://...; writes slack.json.")] = "",
    teams_client_id: Annotated[str, typer.Option(help="The Azure bot's app id; writes heard-teams.zip.")] = "",
    teams_domain: Annotated[str, typer.Option(help="The program's host name, for Teams.")] = "",
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("build"),
    site: Annotated[str, typer.Option(help="Your page about the app; /privacy and /terms beside it.")] = teams.SITE,
    *,
    slack_look_up: Annotated[
        bool, typer.Option("--slack-look-up", help=f"Ask for {slack.LOOK_UP} too: see the technician's guide, Slack.")
    ] = False,
    teams_look_up: Annotated[
        bool, typer.Option("--teams-look-up", help=f"Ask for {teams.LOOK_UP} too: see the technician's guide, Teams.")
    ] = False,
) -> None:
    """Write the Slack manifest, the Teams app package, or both, with your addresses and ids in them."""
    if not slack_url and not teams_client_id and not teams_domain:
        _refuse("Nothing to build. Give --slack-url for Slack, or --teams-client-id and --teams-domain for Teams.")
    if slack_url:
        _must_be_https(slack_url, "--slack-url")
    if teams_client_id or teams_domain:
        _must_name_a_bot(teams_client_id, teams_domain)
        _must_be_https(site, "--site")
    out.mkdir(parents=True, exist_ok=True)
    if slack_url:
        _write(out / "slack.json", _text(slack.manifest(slack_url, look_up=slack_look_up)))
    if teams_client_id:
        package = teams.package(client_id=teams_client_id, domain=teams_domain, site=site, look_up=teams_look_up)
        _write(out / "heard-teams.zip", package)


@cli.command()
def check() -> None:
    """Validate both manifests and the icons against the vendors' schemas and rules of ours. No network."""
    from manifest import checks  # noqa: PLC0415 (the validator is a development dependency; build needs none)

    address, domain = "https://heard.example.school", "heard.example.school"
    try:
        package = teams.package(client_id=_EXAMPLE_ID, domain=domain)
        faults = [*checks.slack_faults(slack.manifest(address), address=address), *checks.package_faults(package)]
    except checks.NoSchema as missing:
        _refuse(str(missing))
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo("The Slack manifest, the Teams manifest and the icons are in order.")


@cli.command(name="icons")
def write_icons(out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("build")) -> None:
    """Write the two icons, to be looked at."""
    out.mkdir(parents=True, exist_ok=True)
    _write(out / teams.COLOUR, icons.colour())
    _write(out / teams.OUTLINE, icons.outline())


def _must_be_https(url: str, option: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        _refuse(f"{option} must be an address like https://heard.example.school, and it is {url}.")


def _must_name_a_bot(client_id: str, domain: str) -> None:
    if not _GUID.fullmatch(client_id):
        _refuse(f"--teams-client-id must be the Azure bot's app id, a GUID, and it is {client_id or 'missing'}.")
    if not _HOST.fullmatch(domain):
        _refuse(f"--teams-domain must be a host name like heard.example.school, and it is {domain or 'missing'}.")


def _text(manifest: dict[str, object]) -> bytes:
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    typer.echo(f"Wrote {path}.")


def _refuse(words: str) -> Never:
    typer.echo(words, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    cli()
