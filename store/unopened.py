"""Why a database cannot be opened, each a sentence for the technician. No address, name or value is repeated."""

from errno import EDQUOT, ENOSPC
from sqlite3 import SQLITE_CORRUPT, SQLITE_FULL, SQLITE_NOTADB, SQLITE_READONLY

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from handlers.errors import Away, Busy
from store.migrations.running import newest
from store.schema import metadata


class Unopened(ValueError):
    """The database cannot be used; the text is a sentence for the technician."""


NEWER = (
    "The database was written by a newer version of Heard. Nothing has been changed. Start that version."
)
FOREIGN = (
    "The database at the address in DATABASE_URL is not Heard's: something else has its tables there. Nothing has been "
    "changed. Give Heard a database of its own."
)
AWAY = (
    "The database cannot be reached at the address in DATABASE_URL: it is not running, it does not answer, or the "
    "address is wrong. Start it, or put the address right."
)
FULL = (
    "There is no room left on the disk of the database, so nothing can be kept. Make room, and start Heard again."
)
DAMAGED = (
    "The file of the database is damaged, or is no database. Nothing has been changed. Bring it back from a backup: "
    "python -m bot restore"
)
CLOSED = (
    "The user that Heard runs as may not write to the database. Give that user the right to, and start Heard again."
)
REFUSED = "The database refuses the user or the password in DATABASE_URL, or has no database of that name."
TAKEN = "Something else holds the database and does not let go of it. End it, and start Heard again."
_SQLITE = {SQLITE_FULL: FULL, SQLITE_CORRUPT: DAMAGED, SQLITE_NOTADB: DAMAGED, SQLITE_READONLY: CLOSED}
_POSTGRESQL = {"53100": FULL, "55P03": TAKEN, "28": REFUSED, "3D": REFUSED, "42501": CLOSED, "25006": CLOSED}
_GONE = frozenset({"08", "53", "55", "57", "58"})


def why(error: Exception) -> str | None:
    """The sentence for what the database said; None where it is no fault of the database's."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(code := getattr(cause, "sqlite_errorcode", None), int):
        return _SQLITE.get(code & 0xFF, AWAY)
    if isinstance(state := getattr(cause, "sqlstate", None), str):
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]) or (AWAY if state[:2] in _GONE else None)
    if isinstance(cause, OSError) and cause.errno in {ENOSPC, EDQUOT}:
        return FULL
    if isinstance(cause, PermissionError):
        return CLOSED
    if isinstance(error, Busy):
        return TAKEN
    return AWAY if isinstance(error, Away | OSError | DBAPIError) else None


def must_be_ours(connection: Connection) -> None:
    """Raises `Unopened` for a database that something else has its tables in, or that a newer Heard has written."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables if connection.dialect.name == "sqlite" else tables & metadata.tables.keys():
            raise Unopened(FOREIGN)
        return
    numbers = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if not all(number.isdecimal() for number in numbers) or not tables & metadata.tables.keys():
        raise Unopened(FOREIGN)
    if any(number > newest() for number in numbers):
        raise Unopened(NEWER)
