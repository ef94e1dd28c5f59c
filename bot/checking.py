"""What `check` finds: each finding a sentence for the person who sets the school up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot import damages, holding, receiving
from bot.clock import Clock
from bot.metrics import read_token
from bot.school_file import SchoolFile, SchoolFileFaulty, read_school_file
from bot.settings import Incomplete, Settings
from bot.starting import reason
from bot.tenancies import read_tenancies
from bot.wiring import SHUT, Program, assemble
from handlers.assurance import selftest
from handlers.platform_ports import Directory, Undelivered
from handlers.rules import letters
from handlers.rules.calendar import WARNED_BEFORE, Calendar
from handlers.rules.letters import LETTERS
from handlers.rules.pack import ENGLAND, Pack
from handlers.rules.people import Login
from handlers.rules.school import Place
from handlers.rules.source import tally
from store import kept_outside, roles, walls


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    text: str
    wrong: bool = True


async def check_school(settings: Settings, *paths: Path, at: datetime | None = None) -> Sequence[Finding]:
    """Everything that is missing or wrong, and what was found to be right, as things are `at` that moment, or now; of
    several schools each line says whose."""
    at = at or Clock()()
    findings = [*pack_lines(ENGLAND, at.date()), *(Finding(text=line) for line in settings.missing())]
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
    planned = [line for file in files for line in _of(file, files, _plan(file, at))]
    return [*findings, *planned, *await _check_running(settings, files)]


def _of(file: SchoolFile, files: Sequence[SchoolFile], lines: Sequence[Finding]) -> Sequence[Finding]:
    """Which school's they are, where there are several."""
    return lines if len(files) == 1 else [replace(line, text=f"{file.key}: {line.text}") for line in lines]


def _on_paper(file: SchoolFile) -> Sequence[Finding]:
    pupils = "pupils not read" if file.roll_faults else f"{len(file.pupils)} pupils"
    read = _ok(f"School file: {len(file.people)} people, {pupils}.")
    return [read, *(Finding(text=line, wrong=False) for line in file.warnings)]


def _plan(file: SchoolFile, at: datetime) -> Sequence[Finding]:
    calendar = file.school.calendar
    return plan_lines(calendar, at.astimezone(calendar.zone).date())


def _plan_and_roll(file: SchoolFile, at: datetime) -> Sequence[Finding]:
    return [*_plan(file, at), *(Finding(text=line) for line in file.roll_faults)]


def plan_lines(calendar: Calendar, today: date) -> Sequence[Finding]:
    """Whether the terms run out: from six weeks before, and wrong once they have."""
    first = calendar.first_unplanned(today)
    if first is None or first - today > WARNED_BEFORE:
        return ()
    when = f"{first:%A} {_day(first)}"
    text = f"terms: nothing is said of {when} and the days after. {_COUNTS}"
    return (Finding(text=text, wrong=first == today or not calendar.is_planned(today)),)


_COUNTS = "A day in no term and no holidays counts as a school day: concerns are chased on it. Give the next [[terms]]."


async def _check_running(settings: Settings, files: Sequence[SchoolFile]) -> Sequence[Finding]:
    try:
        program = await assemble(settings, *files, clock=Clock())
    except Exception as error:  # noqa: BLE001 (whatever keeps it from being opened: it is said)
        return [Finding(text=line) for line in reason(error).splitlines()]
    found = [_ok("Database and key: in order."), _figures(settings), *_copies(settings)]
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
    return _ok(_ANSWERED if read_token(settings).get_secret_value() else _NOT_ANSWERED)


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
    damaged += [_ok(text) for text in damages.of_a_newer_version(program.units.newer(file.school.id))]
    unfit = holding.lines(held, file.roll_faults) if held else []
    strayed = [line for named in file.school.tenants for line in await _check_token(program, named)]
    places = [await _check_place(program, place) for place in file.school.leads_places]
    places += [line for place in file.school.leads_places for line in await _check_look_up(program, place)]
    people, ways = await _check_people(program, file), await _who_receives(program, file)
    return [*damaged, *(Finding(text=line) for line in unfit), *strayed, *places, *people, *ways]


async def _check_token(program: Program, tenant: tuple[str, str]) -> Sequence[Finding]:
    """Whether the token is of that workspace: among several files of tokens two may be mixed up."""
    office = program.offices.get(tenant)
    try:
        home = await office.strayed() if office else ""
    except Undelivered:
        return ()  # what cannot be asked is said of the leads' channel
    return [Finding(text=f"{tenant[0]}: the token for {tenant[1]} is of another workspace, {home}.")] if home else ()


async def _who_receives(program: Program, file: SchoolFile) -> Sequence[Finding]:
    """Of every possible subject, who would receive it: what the self-test works out each night."""
    async with program.units(file.school.id) as uow:
        rows = await selftest.table(uow, program.platforms, at=Clock()())
    found = [Finding(text=text, wrong=wrong) for text, wrong in receiving.lines(rows, file.keys)]
    return [_ok("Who would receive a concern, by what it is about:"), *found]


async def _check_place(program: Program, place: Place) -> Finding:
    """Whether the leads' channel can be used, as the courier would find it."""
    office = program.offices.get((place.platform, place.tenant))
    if office is None:
        name = place.platform.capitalize()
        return Finding(text=f"{place.platform}: the school file names a leads' channel, but {name} is not set up.")
    try:
        members = await office.directory.members(place)
    except Undelivered as failure:
        return _unusable(place, failure)
    allowed = await office.allowed(place)
    if strangers := members - allowed:
        count = len(strangers)
        return Finding(
            text=f"{place.platform}: {count} of the people in the leads' channel are not leads in the school file "
            f"({', '.join(sorted(strangers))}). Heard will not post there until they have left."
        )
    try:
        await office.courier.examine(place)
    except Undelivered as failure:
        return _unusable(place, failure)
    missing = len(allowed - members)
    absent = f"; {missing} of the leads on {place.platform} are not in it yet" if missing else ""
    return _ok(f"{place.platform}: the leads' channel is in order, with {len(members)} people in it{absent}.")


async def _check_look_up(program: Program, place: Place) -> Sequence[Finding]:
    """Which of the two the school has chosen: neither is wrong."""
    office = program.offices.get((place.platform, place.tenant))
    try:
        found = await office.finds_again(place) if office else None
    except Undelivered:
        return ()  # as of the token
    return () if found is None else [_ok(f"{place.platform}: {LOOK_UP[place.platform, found]}")]


LOOK_UP = {
    ("slack", True): (
        "after a sudden stop a card is looked up in the leads' channel before it is sent again (groups:history is "
        "granted). Let the app be in no other private channel."
    ),
    ("slack", False): (
        "after a sudden stop a card may come twice in the leads' channel, until a button on one of the two is pressed: "
        "the app has no groups:history, and need not have it (the technician's guide, Slack, says what it is for)."
    ),
    ("teams", True): (
        "after a sudden stop a card is looked up in the leads' channel before it is sent again (Graph lets the app "
        "read the channels of that team). Let the app be in no other team."
    ),
    ("teams", False): (
        "after a sudden stop a card may come twice in the leads' channel, until somebody looks at it there: the app "
        "has no ChannelMessage.Read.Group, and need not have it (the technician's guide, Teams, says what it is for)."
    ),
}


async def _check_people(program: Program, file: SchoolFile) -> Sequence[Finding]:
    """Accounts that are gone, switched off or a guest's; a platform that tells nothing of people is passed over."""
    found: list[Finding] = []
    for person, accounts in file.people:
        for account in accounts:
            office = program.offices.get((account.platform, account.tenant))
            if office and (fault := await _fault_of(office.directory, account)):
                found.append(Finding(text=f"{account.platform}: the account of {person.name} {fault}."))
    return found


async def _fault_of(directory: Directory, account: Login) -> str:
    try:
        profile = await directory.profile(account.tenant, account.user)
    except Undelivered as failure:
        return "is not known there" if failure.reason in _NOT_KNOWN else ""
    if not profile.active:
        return "is switched off"
    return "is a guest's: Heard is for members of staff" if profile.guest else ""


_NOT_KNOWN = {"user_not_found", "graph_404"}


def _unusable(place: Place, failure: Undelivered) -> Finding:
    if failure.reason == "service_url_not_allowed":
        return _ok(f"{place.platform}: {SERVICE_NOT_KNOWN}")
    why = _WORDS.get(failure.reason, failure.reason)
    return Finding(text=f"{place.platform}: the leads' channel cannot be used ({why}).")


SERVICE_NOT_KNOWN = (
    "the tenant's service address is not known yet. It is learnt when somebody first writes to the app; "
    "or give service_url in the school file, and its host in TEAMS_SERVICE_URL_HOSTS."
)


_WORDS = {
    "channel_not_private": "it is not private, or it is shared with another organisation",
    "is_archived": "it is archived",
    "strangers_in_channel": "somebody is in it who is not a lead",
    "no_connection": "the platform cannot be reached",
    "invalid_auth": "the token is not accepted",
    "not_in_channel": "the app is not in it; invite it",
    "channel_not_found": "there is no such channel, or the app is not in it",
    "missing_scope": "the app lacks a scope; install it again from the manifest",
}


def pack_lines(pack: Pack, today: date) -> Sequence[Finding]:
    """Which words of the law are in use, until when, and how well founded; wrong once their time is over.

    A pack that is not whole keeps the program from starting at all.
    """
    waiting = sum(duty.in_force is None for duty in pack.duties)
    not_yet = f", {waiting} of them not yet in force" if waiting else ""
    offered = sum(not agency.retired for agency in pack.agencies)
    held = (
        f"Guidance pack: {pack.edition}, from {_day(pack.since)}: {len(pack.kinds)} kinds of concern, "
        f"{len(pack.duties)} personal duties{not_yet}; {offered} agencies, {len(LETTERS)} letters to them."
    )
    return [_ok(held), *_founded(pack), *_expiry(pack, today)]


def _founded(pack: Pack) -> Sequence[Finding]:
    found = tally((*pack.statements, *letters.statements(LETTERS)))
    if found.read is None:
        read = "none of them read"
    else:
        first, last = found.read
        read = f"read on {_day(last)}" if first == last else f"read between {_day(first)} and {_day(last)}"
    counted = f"Guidance pack: {found.statements} statements, {read}; {found.defaults} of them are defaults of ours."
    lines = [_ok(counted)]
    if found.unread:
        lines.append(_ok(
            f"Guidance pack: {len(found.unread)} statements are yet to be read by somebody who knows the law. Each says"
            " what, under `to_read`, in handlers/rules/packs."
        ))  # fmt: skip
    return lines


def _expiry(pack: Pack, today: date) -> Sequence[Finding]:
    """When it expires, which is always said; wrong from the day after."""
    if today > pack.expires:
        return [Finding(text=f"Guidance pack: {pack.edition} expired on {_day(pack.expires)}. {_NEWER}")]
    soon = f" {_NEWER}" if pack.expires - today <= WARNED_BEFORE else ""
    return [_ok(f"Guidance pack: {pack.edition} expires on {_day(pack.expires)}.{soon}")]


_NEWER = "Bring Heard up to date, with the pack that was read against this year's guidance."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _ok(text: str) -> Finding:
    return Finding(text=text, wrong=False)
