"""The program's own role on PostgreSQL: it works with rows, and can neither change nor cut the trail (attack 67)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from asyncpg import connect
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from handlers.rules.chronology import Deed
from store import roles
from store.engine import make_engine
from store.opening import open_units
from store.roles import EMPTIED, LOGS, RolesFaulty, beyond, part
from store.schema import metadata
from tests.postgres import Server
from tests.store.sample import ROOT, Sample

ROLE = "heard_program"


def named(url: str, user: str, password: str | None = None) -> str:
    return make_url(url).set(username=user, password=password).render_as_string(hide_password=False)


@pytest.fixture
async def application(postgres_url: str, postgres_server: Server) -> AsyncIterator[str]:
    """The address of a database whose roles are apart."""
    address = named(postgres_url, ROLE)
    await part(postgres_url, address)
    yield address
    await postgres_server.forget(postgres_url, ROLE)


async def run(url: str, *statements: str) -> None:
    engine = make_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


async def test_the_program_works_in_a_role_that_owns_nothing(application: str, school: Sample) -> None:
    units = await open_units(application, root_key=ROOT, schools=(school.roll,))
    async with units(school.id) as uow:
        await uow.concerns.save(concern := school.concern(), because=school.raised(concern))
    await units.turned_away(school.entry(None, Deed.REFUSED, by=None, facts={"why": "unknown_school"}))
    async with units.looking(school.id) as uow:
        assert await uow.concerns.get(concern.id) is not None
    await units.close()
    assert await beyond(application) == []


_ATTEMPTS = [
    "UPDATE {log} SET {text} = {text}",
    "UPDATE {log} SET {key} = 1 WHERE false",
    "DELETE FROM {log}",
    "TRUNCATE {log}",
    "TRUNCATE {log} CASCADE",
    "DROP TABLE {log}",
    "DROP TRIGGER {log}_refuse_update ON {log}",
    "ALTER TABLE {log} DISABLE TRIGGER ALL",
    "ALTER TABLE {log} RENAME TO other",
    "ALTER TABLE {log} ADD COLUMN other integer",
    "ALTER TABLE {log} OWNER TO CURRENT_USER",
    "CREATE RULE other AS ON INSERT TO {log} DO INSTEAD NOTHING",
    "CREATE TRIGGER other BEFORE INSERT ON {log} EXECUTE FUNCTION refuse_change()",
    "INSERT INTO {log} ({written}) SELECT {written} FROM {log} ON CONFLICT ({unique}) DO UPDATE SET {text} = 'x'",
    "LOCK TABLE {log} IN ACCESS EXCLUSIVE MODE",
    "MERGE INTO {log} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
]
_PAST_IT = [
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "DROP FUNCTION refuse_change() CASCADE",
    "CREATE FUNCTION other() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE other (one integer)",
    "CREATE TEMPORARY TABLE entries (one integer)",
    "CREATE SCHEMA other",
    "DROP SCHEMA public CASCADE",
    "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT ALL ON TABLES TO PUBLIC",
    "SET ROLE postgres",
    "GRANT postgres TO CURRENT_USER",
    "CREATE ROLE other SUPERUSER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "COPY heads TO PROGRAM 'true'",
    "UPDATE alembic_version SET version_num = '0001'",
    "DELETE FROM concerns",
    "DELETE FROM heads",
    "TRUNCATE heads CASCADE",
]


@pytest.mark.parametrize("log", [table.name for table in LOGS])
async def test_67_the_program_can_neither_change_nor_cut_the_trail(
    application: str, postgres_url: str, log: str
) -> None:
    key = {"entries": "sequence", "turned_away": "id", "checkpoints": "size"}[log]
    unique = ", ".join(column.name for column in metadata.tables[log].primary_key)
    written = ", ".join(f'"{column.name}"' for column in metadata.tables[log].columns if column.computed is None)
    body = "note" if log == "checkpoints" else "body"
    for attempt in _ATTEMPTS:
        statement = attempt.format(log=log, key=key, unique=unique, text=body, written=written)
        with pytest.raises(ProgrammingError) as refused:
            await run(application, statement)
        assert refused.value.orig.sqlstate == "42501", statement  # type: ignore[union-attr]


@pytest.mark.parametrize("attempt", _PAST_IT)
async def test_67_nor_get_past_what_keeps_it(application: str, attempt: str) -> None:
    with pytest.raises(DBAPIError) as refused:
        await run(application, attempt)
    assert refused.value.orig.sqlstate == "42501"  # type: ignore[union-attr]


_TOO_MUCH = {
    "is a superuser": "ALTER ROLE {role} SUPERUSER",
    "may make roles or databases": "ALTER ROLE {role} CREATEROLE",
    "pass walls by": "ALTER ROLE {role} BYPASSRLS",
    "owns the database": "ALTER DATABASE {database} OWNER TO {role}",
    "owns the schema": "ALTER SCHEMA public OWNER TO {role}",
    "owns tables": "ALTER TABLE drafts OWNER TO {role}",
    "owns functions": "ALTER FUNCTION refuse_change() OWNER TO {role}",
    "may make tables": "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC",
    "may change or cut the trail": "GRANT UPDATE (body) ON entries TO {role}",
    "change or cut the trail": "GRANT pg_write_all_data TO {role}",
    "may run programs": "GRANT pg_execute_server_program TO {role}",
    "may switch every trigger off": "GRANT SET ON PARAMETER session_replication_role TO {role}",
}


@pytest.mark.parametrize("what", _TOO_MUCH)
async def test_what_the_role_may_beyond_its_work_is_named_and_taken_back_where_it_can_be(
    application: str, postgres_url: str, postgres_server: Server, what: str
) -> None:
    database = make_url(postgres_url).database
    await run(postgres_url, _TOO_MUCH[what].format(role=ROLE, database=database))
    assert any(what in found for found in await beyond(application))
    if "ALTER ROLE" in _TOO_MUCH[what] or "GRANT pg_" in _TOO_MUCH[what] or "PARAMETER" in _TOO_MUCH[what]:
        with pytest.raises(RolesFaulty, match="still may too much"):
            await part(postgres_url, application)
    else:
        await part(postgres_url, application)
        assert await beyond(application) == []


async def test_a_database_that_the_program_owned_is_taken_over_with_all_that_is_in_it(
    postgres_server: Server, postgres_url: str, school: Sample
) -> None:
    its_own = f"ALTER DATABASE {make_url(postgres_url).database} OWNER TO {ROLE}"
    anew = ("DROP SCHEMA public CASCADE", f"CREATE SCHEMA public AUTHORIZATION {ROLE}")
    await run(postgres_url, f"CREATE ROLE {ROLE} LOGIN", its_own, *anew)
    application = named(postgres_url, ROLE)
    units = await open_units(application, root_key=ROOT, schools=(school.roll,))
    await units.close()
    assert {"owns the database", "owns the schema", "owns tables", "owns functions"} <= {*await beyond(application)}
    await part(postgres_url, application)
    assert await beyond(application) == []
    await (await open_units(application, root_key=ROOT, schools=(school.roll,))).close()
    await postgres_server.forget(postgres_url, ROLE)


async def test_a_schema_that_is_older_is_its_owners_to_bring_up_to_date(
    application: str, postgres_url: str, school: Sample
) -> None:
    await run(postgres_url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(ValueError, match="python -m bot database grant"):
        await open_units(application, root_key=ROOT, schools=(school.roll,))


async def test_addresses_that_do_not_fit_are_told_in_words(postgres_url: str, sqlite_url: str) -> None:
    for owner, application, why in (
        (postgres_url, postgres_url, "not the same one"),
        (postgres_url, f"{named(postgres_url, ROLE)}x", "the same database"),
        (sqlite_url, sqlite_url, "Only PostgreSQL"),
        ("", postgres_url, "no address"),
        (named(postgres_url, "nobody_here"), named(postgres_url, ROLE), "the user is not accepted"),
        ("postgresql+asyncpg://a@127.0.0.1:1/x", "postgresql+asyncpg://b@127.0.0.1:1/x", "cannot be reached"),
    ):
        with pytest.raises(RolesFaulty, match=why):
            await part(owner, application)


async def test_a_new_role_is_let_in_by_its_password_and_the_password_itself_is_never_sent(
    postgres_url: str, postgres_server: Server
) -> None:
    """The server is told to ask for one, and keeps what PostgreSQL itself would."""
    typed = "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n 'door' \\ 7"
    await part(postgres_url, named(postgres_url, ROLE, typed))
    keeper = await connect(named(postgres_url, "postgres").replace("+asyncpg", ""))
    rules = Path(await keeper.fetchval("SHOW hba_file"))
    before = rules.read_text("utf-8")
    try:
        rules.write_text(f"host all {ROLE} 127.0.0.1/32 scram-sha-256\n{before}", "utf-8")
        await keeper.fetchval("SELECT pg_reload_conf()")
        assert await beyond(named(postgres_url, ROLE, typed)) == []
        with pytest.raises(RolesFaulty, match="the password is not accepted"):
            await beyond(named(postgres_url, ROLE, "another"))
        kept = await keeper.fetchval("SELECT rolpassword FROM pg_authid WHERE rolname = $1", ROLE)
        assert kept.startswith("SCRAM-SHA-256$4096:")
    finally:
        rules.write_text(before, "utf-8")
        await keeper.fetchval("SELECT pg_reload_conf()")
        await keeper.close()
        await postgres_server.forget(postgres_url, ROLE)


def test_every_table_that_rows_are_taken_from_is_one_and_no_log_is() -> None:
    assert {*LOGS, *EMPTIED} <= {*metadata.sorted_tables}
    assert not {*LOGS} & {*EMPTIED}
    assert roles.allowed(LOGS[0]) == ("SELECT", "INSERT")
