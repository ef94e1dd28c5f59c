"""Whether the platforms let Heard do its work: its token, the leads' channel, the accounts of the staff."""

from collections.abc import Sequence

from bot.checks.finding import Finding, ok
from bot.school_file import SchoolFile
from bot.wiring import Program
from handlers.platform_ports import Directory, Undelivered
from handlers.rules.people import Login
from handlers.rules.school import Place


async def token_strays(program: Program, tenant: tuple[str, str]) -> Sequence[Finding]:
    """Whether the token is of that workspace: among several files of tokens two may be mixed up."""
    office = program.offices.get(tenant)
    try:
        home = await office.strayed() if office else ""
    except Undelivered:
        return ()  # what cannot be asked is said of the leads' channel
    return [Finding(text=f"{tenant[0]}: the token for {tenant[1]} is of another workspace, {home}.")] if home else ()


async def place_fits(program: Program, place: Place) -> Finding:
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
    return ok(f"{place.platform}: the leads' channel is in order, with {len(members)} people in it{absent}.")


async def after_a_stop(program: Program, place: Place) -> Sequence[Finding]:
    """Which of the two the school has chosen: neither is wrong."""
    office = program.offices.get((place.platform, place.tenant))
    try:
        found = await office.after_a_stop(place) if office else ""
    except Undelivered:
        return ()  # as of the token
    return [ok(f"{place.platform}: {found}")] if found else ()


async def accounts_fit(program: Program, file: SchoolFile) -> Sequence[Finding]:
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
        return ok(f"{place.platform}: {SERVICE_NOT_KNOWN}")
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
