"""The trail as it was before there was a tree: bodies of version 1, each leaf chained to the one before."""

import hashlib
import json

from sqlalchemy import Connection, text

from store.packing import canonical

_NEW = ("after", "source", "request", "wrote")
_NEWER = ("outbox_in_order", "outbox_aside", "outbox_dead", "concerns_school_about")
NO_FRONTS = tuple(f"DROP INDEX IF EXISTS ix_{name}" for name in _NEWER)
"""The outbox as it was before 0012, and concerns before 0013."""
NO_COLUMNS = (
    *NO_FRONTS,
    "ALTER TABLE outbox DROP COLUMN put_ms",
    "DROP INDEX ix_entries_school_deed_at",
    "ALTER TABLE entries DROP COLUMN at",
    "ALTER TABLE entries DROP COLUMN deed",
)
"""Entries as they were before 0011, with what came after."""
NO_ROWS = (*NO_COLUMNS, "DROP INDEX ix_entries_before_rows", "ALTER TABLE entries DROP COLUMN wrote")
"""And before 0010."""


def to_the_chain(connection: Connection) -> None:
    """The same entries in the tables of 0005, without the triggers that would refuse it."""
    sqlite = connection.dialect.name == "sqlite"
    for table in ("entries", "turned_away"):
        for deed in ("update", "delete", "replace") if sqlite else ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER {table}_refuse_{deed}{'' if sqlite else f' ON {table}'}"))
    for statement in NO_ROWS:
        connection.execute(text(statement))
    connection.execute(text("ALTER TABLE heads RENAME COLUMN newest TO leaf"))
    connection.execute(text("ALTER TABLE heads DROP COLUMN peaks"))
    for (school,) in connection.execute(text("SELECT school FROM heads")).all():
        _chain(connection, school)
    connection.execute(text("DROP TABLE checkpoints"))
    connection.execute(text("DROP TABLE turned_away_head"))
    connection.execute(text("ALTER TABLE turned_away DROP COLUMN leaf"))
    for id, body in connection.execute(text("SELECT id, body FROM turned_away")).all():
        old = canonical({**_first_version(body), "sequence": None})
        connection.execute(text("UPDATE turned_away SET body = :body WHERE id = :id"), {"id": id, "body": old})
    for table in ("entries", "turned_away"):
        for deed in ("UPDATE", "DELETE"):
            connection.execute(text(_trigger(table, deed, sqlite=sqlite)))


def _chain(connection: Connection, school: object) -> None:
    leaf = bytes(32)
    mine = {"school": school}
    query = "SELECT sequence, body FROM entries WHERE school = :school ORDER BY sequence"
    for sequence, body in connection.execute(text(query), mine).all():
        old = canonical(_first_version(body))
        leaf = hashlib.sha256(leaf + old).digest()
        update = "UPDATE entries SET body = :body, leaf = :leaf WHERE school = :school AND sequence = :sequence"
        connection.execute(text(update), {**mine, "sequence": sequence, "body": old, "leaf": leaf})
    connection.execute(text("UPDATE heads SET leaf = :leaf WHERE school = :school"), {**mine, "leaf": leaf})


def _first_version(body: bytes) -> dict[str, object]:
    return {**{name: value for name, value in json.loads(body).items() if name not in _NEW}, "version": 1}


def _trigger(table: str, deed: str, *, sqlite: bool) -> str:
    name = f"{table}_refuse_{deed.lower()}"
    if sqlite:
        refusal = "SELECT RAISE(ABORT, 'the trail can only be added to')"
        return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN {refusal}; END"
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
