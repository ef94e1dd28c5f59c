"""Where this installation has its root key from, and how it is changed for another."""

from pathlib import Path
from uuid import UUID

from bot.clock import Clock
from bot.settings import Incomplete, Settings
from bot.vaults import vault
from store.keys import Credential, KeyFaulty, KeyFile, KeyProvider
from store.rotating import fresh_file, rotate
from store.school_keys import Changed, change

_NOW = Clock()


def provider(settings: Settings) -> KeyProvider:
    """Raises `Incomplete` where a credential is named and systemd hands none over."""
    if not settings.key_credential:
        return _file(settings)
    if settings.credentials_directory is None or "/" in settings.key_credential:
        raise Incomplete(
            "KEY_CREDENTIAL is set, and systemd has handed no such credential over. Say in the unit: "
            "LoadCredentialEncrypted= with the same name."
        )
    return Credential(settings.credentials_directory, settings.key_credential)


def _file(settings: Settings) -> KeyFile:
    """Raises `Incomplete` where the vault that is named is none, or its package is not installed."""
    try:
        return KeyFile(settings.key_file, vault(settings.key_vault) if settings.key_vault else None)
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None


def make_key(settings: Settings, path: Path) -> str:
    """A new key file; what is said of it. Raises `Incomplete`."""
    if path.exists():
        raise Incomplete(f"{path} is there already. A key that is lost cannot be made again, so it is not replaced.")
    try:
        _file(settings).make(path)
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None
    if settings.key_vault:
        return (
            f"Made {path}. Only {settings.key_vault} can open it: a copy is worth nothing without that key, so keep "
            "that from being deleted too."
        )
    return f"Made {path}. Copy it to a safe place that is not beside the database."


def root_key(settings: Settings) -> bytes:
    """Raises `Incomplete` with what is wrong with it."""
    try:
        return provider(settings).root()
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None


def was_interrupted(settings: Settings) -> str:
    """A sentence for whoever cannot start with the key that is there; empty where no change of it was begun."""
    if settings.key_credential or not fresh_file(settings.key_file).exists():
        return ""
    return " A change of the key was interrupted: python -m bot keys rotate finishes it."


async def change_key(settings: Settings) -> str:
    """Raises `Incomplete` with the reason."""
    if settings.key_credential:
        raise Incomplete(
            "The key is a credential of systemd's. Unset KEY_CREDENTIAL and give the key in KEY_FILE for this one "
            "command, then make the credential from the new file with systemd-creds."
        )
    try:
        done = await rotate(settings.database_url, _file(settings), at=_NOW())
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None
    which = "one school is" if done.many == 1 else f"{done.many} schools are"
    said = (
        f"The key in {settings.key_file} is new, and {which} under it. What runs goes on; start each process anew in "
        f"its turn. Copy the new key to a safe place now. The old one is {done.kept}: keep it, apart from the data, "
        "for the 35 days in which a backup from before may be needed, and then destroy it."
    )
    if not done.shut:
        return said
    raise Incomplete("\n".join([said, *(_passed_over(school, _SHUT) for school in done.shut)]))


async def change_school_keys(settings: Settings) -> str:
    """A new key for each school; what is said of it. Raises `Incomplete` with the same where one was passed over."""
    try:
        done = await change(settings.database_url, root_key(settings), at=_NOW())
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None
    if not done.many and not done.shut:
        raise Incomplete("There is no school in the database yet, so there is no key to change.")
    lines = [_changed(school, done) for school in done.many]
    lines += [_passed_over(school, why) for school, why in done.shut.items()]
    if done.shut:
        raise Incomplete("\n".join(lines))
    return "\n".join(lines)


_SHUT = "its key does not open"


def _passed_over(school: UUID, why: str) -> str:
    return f"The school {school} was passed over, and is as it was: {why}. The others are done; check says more."


def _changed(school: UUID, done: Changed) -> str:
    if school in done.finished:
        words = f"The change of the key of the school {school} had been cut off, and is finished now"
    else:
        words = f"The school {school} has a new key"
    kept = done.kept[school]
    which = "One former key stays" if kept == 1 else f"{kept} former keys stay"
    still = f" {which}, for words in the trail that belong to no case: nobody can seal those anew." if kept else ""
    return f"{words}; {done.many[school]} rows were put under it.{still}"
