"""The command line: `python -m bot serve`, `work`, `demo`, `check`, `key`, `verify`, `bundle`, `backup`, `restore`,
`wording`, `keys rotate`, `keys schools`, `database grant`, `export letter`, `export letters`. Non-zero exit on failure.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, Never
from uuid import uuid4

import typer

from bot import logs
from bot.settings import Incomplete, Settings, read_settings

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
export = typer.Typer(no_args_is_help=True, help="Documents made on demand from the record; each making is kept in it.")
cli.add_typer(export, name="export")
database = typer.Typer(no_args_is_help=True, help="What is done to the database by its owner.")
cli.add_typer(database, name="database")
keys = typer.Typer(no_args_is_help=True, help="The key under which everything is sealed.")
cli.add_typer(keys, name="keys")
School = Annotated[Path, typer.Option("--school", help="The school file (TOML).")]
Schools = Annotated[
    list[Path], typer.Option("--school", help="A school file (TOML); give it again for each further school.")
]
AcceptedFor = Annotated[str, typer.Option("--accept-for", help="Of which school that is, by its key, among several.")]
Accepted = Annotated[
    int | None,
    typer.Option("--accept-shrink", help="Take over a list of pupils that was held: the number that was said then."),
]


@cli.callback()
def heard() -> None:
    """Heard: safeguarding concerns, from chat to a record that holds."""
    from store.cause import from_here_on  # noqa: PLC0415

    from_here_on("command", uuid4().hex)


@cli.command()
def serve(
    school: Schools,
    *,
    work: Annotated[bool, typer.Option(help="Also work the outbox and the timetable.")] = True,
    accept_shrink: Accepted = None,
    accept_for: AcceptedFor = "",
) -> None:
    """Serve a school, or several, over HTTP."""
    from bot import serving  # noqa: PLC0415 (the web stack is not needed to print help)

    logs.set_up()
    schools = serving.Schools(paths=school, accepted=accept_shrink, accepted_for=accept_for)
    _run(lambda: serving.serve_schools(read_settings(), schools, work=work))


@cli.command()
def work(school: Schools, *, accept_shrink: Accepted = None, accept_for: AcceptedFor = "") -> None:
    """Work the outbox and the timetable alone, beside processes that serve with --no-work."""
    from bot import serving  # noqa: PLC0415

    logs.set_up()
    schools = serving.Schools(paths=school, accepted=accept_shrink, accepted_for=accept_for)
    _run(lambda: serving.work_schools(read_settings(), schools))


@cli.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its database and key.")] = Path(".demo"),
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 8000,
) -> None:
    """Start a sample school with a local stand-in for Slack and Teams, and print the page's address."""
    from bot.demo import run_demo  # noqa: PLC0415

    logs.set_up(to=folder / "demo.log")
    _run(lambda: run_demo(folder, port=port))


@cli.command()
def check(school: Schools) -> None:
    """Say what is missing before a school, or several, can be served."""
    from bot.checking import check_school  # noqa: PLC0415

    logs.set_up()
    try:
        settings = read_settings()
    except Incomplete as wrong:
        _say_and_stop(str(wrong))
    lines = asyncio.run(check_school(settings, *school))
    for line in lines:
        typer.echo(line.text)
    if any(line.wrong for line in lines):
        raise typer.Exit(1)
    typer.echo("Everything that is needed is there.")


@cli.command()
def key(file: Annotated[Path, typer.Option(help="Where to write it.")] = Path("heard.key")) -> None:
    """Make a new key file (mode 0600). Keep a copy away from the database: without it nothing can be read."""
    from bot.root_key import make_key  # noqa: PLC0415

    try:
        typer.echo(make_key(_settings(), file))
    except Incomplete as wrong:
        _say_and_stop(str(wrong))


@cli.command()
def wording() -> None:
    """Check the wording of notes: JSON lines on stdin, one for each on stdout; fails if one could not be read."""
    from bot.wording import answer_lines  # noqa: PLC0415

    if answer_lines(sys.stdin.buffer, sys.stdout.buffer):
        raise typer.Exit(1)


@cli.command()
def verify(
    school: Annotated[Path | None, typer.Option(help="The school file (TOML).")] = None,
    *,
    since: Annotated[
        str, typer.Option(help="A checkpoint kept outside the database: its file, or the line of a card.")
    ] = "",
    receipt: Annotated[str, typer.Option(help="The digits behind Proof on a receipt.")] = "",
    bundle: Annotated[Path | None, typer.Option(help="An inspector's bundle, in place of the database.")] = None,
) -> None:
    """Verify the audit trail: names the first entry that does not hold. Needs no key and changes nothing.

    It lists damaged rows as well, without opening what is sealed. Ends with 0 where it holds, 1 where it does not or a
    row is damaged, 2 where nothing could be verified.
    """
    from bot.verifying import UNVERIFIED, Asked, verify_bundle, verify_trail  # noqa: PLC0415

    asked = Asked(since=since, receipt=receipt)
    if bundle and not school:
        said = verify_bundle(_settings(), bundle, asked)
    elif school and not bundle:
        said = asyncio.run(verify_trail(_settings(), school, asked))
    else:
        _say_and_stop("Say either --school with the school file, or --bundle with an inspector's bundle.")
    typer.echo(said.words, err=said.status == UNVERIFIED)
    raise typer.Exit(said.status)


@cli.command()
def bundle(
    school: School,
    *,
    out: Annotated[Path, typer.Option(help="Where to write it: a new file, such as trail.zip.")],
) -> None:
    """Make an inspector's bundle of the audit trail, with a program that verifies it: no names, no text, no key."""
    from bot.bundling import make_bundle  # noqa: PLC0415

    _say_or_stop(lambda: make_bundle(_settings(), school, out))


@cli.command()
def backup(
    to: Annotated[Path, typer.Option(help="The folder that backups are kept in; each gets a folder of its own there.")],
) -> None:
    """Back up the whole database while it is used. It counts once `restore --verify` has passed; no key is in it."""
    from bot.copying import back_up  # noqa: PLC0415

    _say_or_stop(lambda: back_up(_settings(), to))


@cli.command()
def restore(
    *,
    source: Annotated[Path, typer.Option("--from", help="The folder of one backup.")],
    verify: Annotated[bool, typer.Option("--verify", help="Only try whether it can be brought back.")] = False,
    to: Annotated[str, typer.Option(help="The address of an empty database to bring it back into.")] = "",
    at_most_days: Annotated[float, typer.Option(help="How old it may be.")] = 2,
    accept_rows: Annotated[
        int, typer.Option(help="With --to: bring back as many rows that are not as the trail says, as was said then.")
    ] = 0,
) -> None:
    """Try a backup in a place of its own (--verify), or bring it back into an empty database (--to)."""
    from bot.copying import bring_back  # noqa: PLC0415
    from bot.copying import verify as verify_it  # noqa: PLC0415

    if verify == bool(to):
        _say_and_stop("Say either --verify, or --to with the address of an empty database.")
    if verify:
        _say_or_stop(lambda: verify_it(_settings(), source, at_most_days=at_most_days))
    else:
        _say_or_stop(lambda: bring_back(_settings(), source, to, at_most_days=at_most_days, accept_rows=accept_rows))


@export.callback()
def exported() -> None:
    """Documents made on demand from the record; each making is kept in it."""


@export.command()
def letter(
    school: School,
    *,
    referral: Annotated[str, typer.Option(help="Which referral, such as 26-27415/R1.")],
    by: Annotated[str, typer.Option(help="The key in the school file of the person who sends it.")],
    out: Annotated[Path, typer.Option(help="Where to write it: a file that ends in .html or .txt.")],
) -> None:
    """Make the draft letter of a referral, for a person who may export its concern."""
    from bot.letter import write_letter  # noqa: PLC0415

    _say_or_stop(lambda: write_letter(_settings(), school, referral=referral, by=by, out=out))


@export.command()
def letters(
    school: School,
    *,
    to: Annotated[Path, typer.Option(help="The folder to write them into.")],
) -> None:
    """Fetch every letter that was asked for from chat, sealed: each opens in a browser with its asker's words alone."""
    from bot.asked_letters import write_asked  # noqa: PLC0415

    _say_or_stop(lambda: write_asked(_settings(), school, to=to))


@database.callback()
def databases() -> None:
    """What is done to the database by its owner, whom DATABASE_OWNER_URL names."""


@database.command()
def grant() -> None:
    """Bring the tables up to date and part the roles of PostgreSQL: the program may then only add to the trail."""
    from bot.granting import grant_roles  # noqa: PLC0415

    _say_or_stop(lambda: grant_roles(_settings()))


@database.command("walls")
def wall_off() -> None:
    """The same, and have PostgreSQL keep the schools apart. Once every process that serves them is of this version."""
    from bot.granting import grant_roles  # noqa: PLC0415

    _say_or_stop(lambda: grant_roles(_settings(), walled=True))


@keys.callback()
def all_keys() -> None:
    """The key under which everything is sealed, which KEY_FILE names."""


@keys.command()
def rotate() -> None:
    """Put the database under a new key, while it is used, and the new key file in the place of the old one."""
    from bot.root_key import change_key  # noqa: PLC0415

    _say_or_stop(lambda: change_key(_settings()))


@keys.command("schools")
def rotate_schools() -> None:
    """Give each school a new key of its own, while it is used; what lies under the former one follows bit by bit."""
    from bot.root_key import change_school_keys  # noqa: PLC0415

    _say_or_stop(lambda: change_school_keys(_settings()))


def _settings() -> Settings:
    try:
        settings = read_settings()
    except Incomplete as wrong:
        _say_and_stop(str(wrong))
    return settings


def _run(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run until it ends or is interrupted; what keeps it from starting is said in a sentence, here and in the log."""
    from bot.starting import reason  # noqa: PLC0415

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        typer.echo("Stopped.")
    except Exception as error:  # noqa: BLE001 (whatever it is: who starts it is told)
        words = reason(error)
        logs.error("not_started", why=type(error).__name__, say=words.splitlines())
        _say_and_stop(words)


def _say_or_stop(work: Callable[[], Coroutine[Any, Any, str]]) -> None:
    """Say what came of it; what kept it from being done is said in a sentence."""
    logs.set_up()
    try:
        typer.echo(asyncio.run(work()))
    except Incomplete as wrong:
        _say_and_stop(str(wrong))


def _say_and_stop(words: str) -> Never:
    typer.echo(words, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    cli()
