"""What `check` finds, on paper and in the program as it would serve: all of it, in one order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot import damages, holding, receiving
from bot.checks import paper, platforms
from bot.checks.finding import Finding, ok
from bot.clock import Clock
from bot.metrics import read_token
from bot.school_file import SchoolFile, SchoolFileFaulty, read_school_file
from bot.settings import Incomplete, Settings
from bot.starting import reason
from bot.tenancies import read_tenancies
from bot.wiring import SHUT, Program, assemble
from handlers.assurance import selftest
from handlers.rules.pack import ENGLAND
from store import kept_outside, roles, walls


async def check_school(settings: Settings, *paths: Path, at: datetime | None = None) -> Sequence[Finding]:
    """Everything that is missing or wrong, and what was found to be right, as things are `at` that moment, or now; of
    several schools each line says whose."""
    at = at or Clock()()
    findings = [*paper.pack_lines(ENGLAND, at.date()), *(Finding(text=line) for line in settings.missing())]
    files: list[SchoolFile] = []
    tenancies = None
    try:
        tenancies = read_tenancies(settings)
    except Incomplete as wrong:
        findings += [Finding(text=line) for line in str(wrong).splitlines()]
    for path in paths:
        try:
            files.append(read_school_file(path, roll_may_fail=True))
        except SchoolFileFaulty as fault:
            findings += [Finding(text=line) for line in str(fault).splitlines()]
    for file in files:
        findings += _of(file, files, _on_paper(file))
    if tenancies and tenancies.names() and len(files) == len(paths):
        findings += [Finding(text=line) for line in tenancies.faults([file.school for file in files])]
    if any(finding.wrong for finding in findings) or not files:
        return [*findings, *(line for file in files for line in _of(file, files, _plan_and_roll(file, at)))]
    planned = [line for file in files for line in _of(file, files, paper.plan_of(file.school, at))]
    return [*findings, *planned, *await _check_running(settings, files)]


def _of(file: SchoolFile, files: Sequence[SchoolFile], lines: Sequence[Finding]) -> Sequence[Finding]:
    """Which school's they are, where there are several."""
    return lines if len(files) == 1 else [replace(line, text=f"{file.key}: {line.text}") for line in lines]


def _on_paper(file: SchoolFile) -> Sequence[Finding]:
    pupils = "pupils not read" if file.roll_faults else f"{len(file.pupils)} pupils"
    read = ok(f"School file: {len(file.people)} people, {pupils}.")
    return [read, *(Finding(text=line, wrong=False) for line in file.warnings)]


def _plan_and_roll(file: SchoolFile, at: datetime) -> Sequence[Finding]:
    return [*paper.plan_of(file.school, at), *(Finding(text=line) for line in file.roll_faults)]


async def _check_running(settings: Settings, files: Sequence[SchoolFile]) -> Sequence[Finding]:
    try:
        program = await assemble(settings, *files, clock=Clock())
    except Exception as error:  # noqa: BLE001 (whatever keeps it from being opened: it is said)
        return [Finding(text=line) for line in reason(error).splitlines()]
    found = [ok("Database and key: in order."), _figures(settings), *_copies(settings)]
    try:
        found += await _check_role(program)
        found += [Finding(text=SHUT.format(school=school)) for school in program.units.shut()]
        for file in program.open_files:
            found += _of(file, files, await _check_one(program, file))
    except Exception as error:  # noqa: BLE001 (what was found before is said all the same)
        found += [Finding(text=line) for line in reason(error).splitlines()]
    finally:
        await program.close()
    return found


async def _check_role(program: Program) -> Sequence[Finding]:
    """Whether the program could change its own trail: on PostgreSQL it should not run as the tables' owner. And whether
    the database itself keeps several schools apart."""
    async with program.units.reading() as connection:
        found = await roles.beyond_its_work(connection)
        walled = await walls.stand(connection)
    between = () if len(program.files) < 2 else (_NO_WALLS,) if not walled else (_WALLS_OF_ONE,) if found else ()
    beyond = (_BEYOND.format(what=", it ".join(found)),) if found else ()
    return [Finding(text=text) for text in (*beyond, *between)]


def _figures(settings: Settings) -> Finding:
    """Neither is wrong: many a school has nothing that would ask."""
    return ok(_ANSWERED if read_token(settings).get_secret_value() else _NOT_ANSWERED)


_ANSWERED = "Figures: /metrics is answered to whoever has the token, and to nobody else."
_NOT_ANSWERED = "Figures: /metrics is not there. To watch Heard by them, set METRICS_TOKEN or METRICS_TOKEN_FILE."


def _copies(settings: Settings) -> Sequence[Finding]:
    """The program serves without: a folder of another machine may be away for a while, and the log says so each time.
    """
    folder = settings.checkpoint_folder
    return () if folder is None or kept_outside.takes(folder) else (Finding(text=_NO_COPIES.format(folder=folder)),)


_NO_COPIES = (
    "CHECKPOINT_FOLDER: {folder} is no folder that Heard may write in, so no copy of the audit trail's checkpoints "
    "goes there. Give it to the user that Heard runs as, or name another."
)
_NO_WALLS = (
    "PostgreSQL: nothing but the program keeps the schools in this database apart. Once every process is of this "
    "version, run: python -m bot database walls"
)

_WALLS_OF_ONE = (
    "PostgreSQL: the walls between the schools in this database hold nobody back who owns it, and the role in "
    "DATABASE_URL owns it or may pass them by: one role both owns and writes. Name another in DATABASE_URL, and run: "
    "python -m bot database grant"
)
_BEYOND = (
    "PostgreSQL: the role in DATABASE_URL may do more than its work: it {what}. Whoever gets hold of the program could "
    "then change the audit trail. Run: python -m bot database grant"
)


async def _check_one(program: Program, file: SchoolFile) -> Sequence[Finding]:
    held = program.held(file)
    damaged = [Finding(text=text) for text in damages.lines(await program.units.examine(file.school.id))]
    damaged += [ok(text) for text in damages.of_a_newer_version(program.units.newer(file.school.id))]
    unfit = holding.lines(held, file.roll_faults) if held else []
    strayed = [line for named in file.school.tenants for line in await platforms.token_strays(program, named)]
    places = [await platforms.place_fits(program, place) for place in file.school.leads_places]
    places += [line for place in file.school.leads_places for line in await platforms.after_a_stop(program, place)]
    people, ways = await platforms.accounts_fit(program, file), await _who_receives(program, file)
    return [*damaged, *(Finding(text=line) for line in unfit), *strayed, *places, *people, *ways]


async def _who_receives(program: Program, file: SchoolFile) -> Sequence[Finding]:
    """Of every possible subject, who would receive it: what the self-test works out each night."""
    async with program.units(file.school.id) as uow:
        rows = await selftest.table(uow, program.platforms, at=Clock()())
    found = [Finding(text=text, wrong=wrong) for text, wrong in receiving.lines(rows, file.keys)]
    return [ok("Who would receive a concern, by what it is about:"), *found]
