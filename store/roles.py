"""PostgreSQL's two roles: an owner, who makes and changes the tables, and the application, which only works with rows.

Here alone stands what the application may do with each table. Of a log it may read and add: it can neither change nor
take away an entry, nor put off the triggers that refuse it, whatever somebody makes the program say.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from functools import partial

from sqlalchemy import URL, Connection, Table, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from store import engine as engines
from store import walls
from store.case_tables import concern_children, concern_sealed
from store.delivery_tables import outbox, posts
from store.migrations.running import is_newest, upgrade
from store.schema import metadata
from store.tables import accounts, concern_named, drafts
from store.trail_tables import checkpoints, entries, turned_away
from store.trouble_tables import troubles

LOGS = (entries, turned_away, checkpoints)
"""What is only ever added to."""
EMPTIED = (accounts, concern_children, concern_named, concern_sealed, drafts, outbox, posts, troubles)
"""What the application takes rows from: links, what waits or stands, drafts. Of nothing else it ever takes one."""
_VERSION = "alembic_version"
_PATIENT = 600.0
"""Seconds that a statement may take while tables are made anew."""


class RolesFaulty(Exception):
    """The roles could not be made apart; the text is a sentence for the technician."""


def allowed(table: Table) -> Sequence[str]:
    """What the application may do with it."""
    if table in LOGS:
        return ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", *(("DELETE",) if table in EMPTIED else ()))


async def part(owner: str, application: str, *, walled: bool = False) -> str:
    """Bring the schema to its newest form as its owner, and give the application what it needs and no more: the name of
    its role, which is made where there is none. Both are addresses of the same database. Raises `RolesFaulty`.

    `walled`: put up the walls between schools too (`store.walls`); where they stand they are kept up in any case.
    """
    theirs, ours = _addresses(owner, application)
    await _as_owner(theirs, ours, walled=walled)
    if found := await beyond(application):
        raise RolesFaulty(f"The role {ours.username} still may too much: it {', it '.join(found)}.")
    return str(ours.username)


async def beyond(address: str) -> Sequence[str]:
    """What the role of that address may do beyond its work, as ends of a sentence that begins with it. Raises
    `RolesFaulty` where it cannot be asked."""
    try:
        engine = engines.make_engine(address, deadline=_PATIENT)
        try:
            async with engines.reading(engine) as connection:
                return await beyond_its_work(connection)
        finally:
            await engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        raise RolesFaulty(f"The address in DATABASE_URL does not let anybody in: {_why(error)}.") from None


async def beyond_its_work(connection: AsyncConnection) -> Sequence[str]:
    """The same of who is connected; nothing on SQLite, which knows no roles."""
    if connection.dialect.name != "postgresql":
        return []
    logs = {"logs": [table.name for table in LOGS]}
    found = [what for what, query in _BEYOND.items() if (await connection.execute(text(query), logs)).scalar_one()]
    knows = (await connection.execute(text(_KNOWS_PARAMETERS))).scalar_one()
    if knows and (await connection.execute(text(_SWITCHES_OFF))).scalar_one():
        found.append("may switch every trigger off")
    return found


def may_make_tables(connection: Connection) -> bool:
    """Whether who is connected may bring the schema to a newer form."""
    query = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    return connection.dialect.name != "postgresql" or bool(connection.execute(text(query)).scalar_one())


_MINE = "pg_has_role(current_user, {}, 'MEMBER')"
_HERE = "relnamespace = current_schema()::regnamespace"
_LOGS_NOW = f"FROM pg_class WHERE {_HERE} AND relname = ANY(:logs)"
_BEYOND = {
    "is a superuser": "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
    "may make roles or databases, copy the database or pass walls by": (
        "SELECT rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles "
        "WHERE rolname = current_user"
    ),
    "owns the database": (
        f"SELECT {_MINE.format('datdba')} FROM pg_database WHERE datname = current_database()"  # noqa: S608
    ),
    "owns the schema": (
        f"SELECT {_MINE.format('nspowner')} FROM pg_namespace WHERE nspname = current_schema()"  # noqa: S608
    ),
    "owns tables": f"SELECT coalesce(bool_or({_MINE.format('relowner')}), false) FROM pg_class WHERE {_HERE}",  # noqa: S608
    "owns functions": (
        f"SELECT coalesce(bool_or({_MINE.format('proowner')}), false) FROM pg_proc "  # noqa: S608
        "WHERE pronamespace = current_schema()::regnamespace"
    ),
    "may make tables": (
        "SELECT has_schema_privilege(current_schema(), 'CREATE') "
        "OR has_database_privilege(current_database(), 'CREATE, TEMPORARY')"
    ),
    "may change or cut the trail": (
        "SELECT coalesce(bool_or(has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER') "
        f"OR has_any_column_privilege(oid, 'UPDATE')), false) {_LOGS_NOW}"
    ),
    "may run programs or write files on the server": (
        f"SELECT coalesce(bool_or({_MINE.format('oid')}), false) FROM pg_roles "  # noqa: S608
        "WHERE rolname IN ('pg_execute_server_program', 'pg_write_server_files')"
    ),
}
_KNOWS_PARAMETERS = "SELECT current_setting('server_version_num')::integer >= 150000"
_SWITCHES_OFF = "SELECT has_parameter_privilege('session_replication_role', 'SET')"


def _addresses(owner: str, application: str) -> tuple[URL, URL]:
    try:
        theirs, ours = engines.address_of(owner), engines.address_of(application)
    except ValueError:
        raise RolesFaulty("DATABASE_OWNER_URL is no address of a database.") from None
    if {theirs.get_backend_name(), ours.get_backend_name()} != {"postgresql"}:
        raise RolesFaulty("Only PostgreSQL has roles. A file of SQLite is whoever's can write it.")
    if not theirs.username or not ours.username or theirs.username == ours.username:
        raise RolesFaulty("DATABASE_URL and DATABASE_OWNER_URL must each name a user, and not the same one.")
    if theirs.database != ours.database:
        raise RolesFaulty("DATABASE_URL and DATABASE_OWNER_URL must name the same database.")
    return theirs, ours


async def _as_owner(theirs: URL, ours: URL, *, walled: bool) -> None:
    """All of it or nothing."""
    engine = engines.make_engine(theirs.render_as_string(hide_password=False), deadline=_PATIENT)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(partial(_make_apart, ours=ours, walled=walled))
    except (SQLAlchemyError, OSError) as error:
        raise RolesFaulty(f"The owner in DATABASE_OWNER_URL could not do it: {_why(error)}. {_NOTHING}") from None
    finally:
        await engine.dispose()


_NOTHING = "Nothing has been changed. To make the role, and to take over what another one owns, it must be a superuser."


def _make_apart(connection: Connection, ours: URL, *, walled: bool) -> None:
    role = connection.dialect.identifier_preparer.quote_identifier(str(ours.username))
    known = "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :role)"
    if not connection.execute(text(known), {"role": ours.username}).scalar_one():
        connection.exec_driver_sql(_made(role, ours.password))
    for statement in connection.execute(text(_TAKE_OVER), {"role": role}).scalars().all():
        connection.exec_driver_sql(statement)
    if not is_newest(connection):
        upgrade(connection)
    walled = walled or walls.are_up(connection)
    for statement in (*_grants(connection, role), *(walls.statements(role) if walled else ())):
        connection.exec_driver_sql(statement)


def _made(role: str, password: str | None) -> str:
    """Its password goes over as a verifier, so that no log of the server's ever holds it."""
    secret = f" PASSWORD '{scram(password)}'" if password else ""
    return f"CREATE ROLE {role} LOGIN{secret}"


_TAKE_OVER = """
SELECT format('ALTER %s %I.%I OWNER TO CURRENT_USER', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
              current_schema(), relname)
FROM pg_class AS one WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S')
AND relowner <> current_user::regrole AND NOT EXISTS (
    SELECT 1 FROM pg_depend WHERE relkind = 'S' AND objid = one.oid AND deptype IN ('a', 'i')
    AND classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass)
UNION ALL
SELECT format('ALTER FUNCTION %s OWNER TO CURRENT_USER', oid::regprocedure)
FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proowner <> current_user::regrole
UNION ALL
SELECT format('ALTER SCHEMA %I OWNER TO CURRENT_USER', nspname) FROM pg_namespace
WHERE nspname = current_schema() AND nspowner = CAST(:role AS regrole)
UNION ALL
SELECT format('ALTER DATABASE %I OWNER TO CURRENT_USER', datname) FROM pg_database
WHERE datname = current_database() AND datdba = CAST(:role AS regrole)
"""
"""Every table that is another role's, and what else is the application's. A sequence that is part of a table goes with
it."""


def _grants(connection: Connection, role: str) -> Sequence[str]:
    """First nothing for anybody, then to the application what each table needs."""
    prepare = connection.dialect.identifier_preparer
    database, schema = connection.execute(text("SELECT current_database(), current_schema()")).one()
    here, in_it = prepare.quote_identifier(database), prepare.quote_identifier(schema)
    needed = [(table.name, ", ".join(allowed(table))) for table in metadata.sorted_tables]
    return (
        *(f"REVOKE ALL ON DATABASE {here} FROM {whom}" for whom in ("PUBLIC", role)),
        *(f"REVOKE ALL ON SCHEMA {in_it} FROM {whom}" for whom in ("PUBLIC", role)),
        *(f"REVOKE ALL ON ALL TABLES IN SCHEMA {in_it} FROM {whom}" for whom in ("PUBLIC", role)),
        *(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {in_it} FROM {whom}" for whom in ("PUBLIC", role)),
        f"GRANT CONNECT ON DATABASE {here} TO {role}",
        f"GRANT USAGE ON SCHEMA {in_it} TO {role}",
        *(f"GRANT {rights} ON {in_it}.{prepare.quote_identifier(name)} TO {role}"
          for name, rights in (*needed, (_VERSION, "SELECT"))),
    )  # fmt: skip


_ROUNDS = 4096
"""As PostgreSQL itself counts them."""


def scram(password: str, *, salt: bytes = b"") -> str:
    """The verifier that PostgreSQL keeps of a password (RFC 5803, SCRAM-SHA-256); a new salt where none is given."""
    salt = salt or secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", unicodedata.normalize("NFKC", password).encode(), salt, _ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    told = [base64.b64encode(part).decode() for part in (salt, stored, hmac.digest(salted, b"Server Key", "sha256"))]
    return f"SCRAM-SHA-256${_ROUNDS}:{told[0]}${told[1]}:{told[2]}"


def _why(error: Exception) -> str:
    """A short word for what a server said: never its text, which may hold an address."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or getattr(error, "sqlstate", None)
    return _STATES.get(str(state), f"PostgreSQL says {state}" if state else "the server cannot be reached")


_STATES = {
    "28P01": "the password is not accepted",
    "28000": "the user is not accepted",
    "3D000": "there is no such database",
    "42501": "it may not",
}
