"""Walls between the schools of one PostgreSQL: who has not said for which a transaction is sees no row of any.

The policies are for the application's role, which owns nothing; the owner, who migrates, sees all. SQLite has none.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.schema import metadata
from store.tables import schools
from store.trail_tables import NOBODYS, turned_away, turned_away_head

WITHOUT = {
    turned_away: "who was turned away belongs to no school",
    turned_away_head: "the head of that log",
}
"""Tables behind no wall, and why."""
_SAY = text("SELECT set_config('heard.schools', :schools, true)")
_SAID = "string_to_array(nullif(current_setting('heard.schools', true), ''), ',')::uuid[]"
_POLICY, _OWNERS, _KNOWN = "heard_school", "heard_owner", "heard_known"
_STAND = text(
    "SELECT EXISTS (SELECT 1 FROM pg_policies WHERE schemaname = current_schema() AND policyname = :policy)"
).bindparams(policy=_POLICY)


async def say(connection: AsyncConnection, of: Iterable[UUID]) -> None:
    """This transaction is for those schools, and for what is nobody's. The first statement in it."""
    if connection.dialect.name == "postgresql":
        await connection.execute(_SAY, {"schools": ",".join(map(str, (NOBODYS, *of)))})


async def say_all(connection: AsyncConnection) -> None:
    """It is for every school that there is: whoever copies or verifies all of them."""
    if connection.dialect.name == "postgresql":
        await say(connection, (await connection.scalars(select(schools.c.school))).all())


async def stand(connection: AsyncConnection) -> bool:
    return connection.dialect.name != "postgresql" or bool((await connection.execute(_STAND)).scalar_one())


def are_up(connection: Connection) -> bool:
    """The same for whoever puts them up."""
    return bool(connection.execute(_STAND).scalar_one())


def behind() -> Sequence[Table]:
    return [table for table in metadata.sorted_tables if table not in WITHOUT]


def statements(role: str) -> Sequence[str]:
    """What the owner says to put them up, or anew for what has come since; `role` is the application's, quoted."""
    return [one for table in behind() for one in _around(table, role)] + [
        f"DROP POLICY IF EXISTS {_KNOWN} ON {schools.name}",
        # Which schools there are is no secret to who serves them: it is asked before one of them is opened.
        f"CREATE POLICY {_KNOWN} ON {schools.name} FOR SELECT TO {role} USING (true)",
    ]


def _around(table: Table, role: str) -> Sequence[str]:
    name, theirs = table.name, f"(school = ANY ({_SAID}))"
    return (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {_POLICY} ON {name}",
        f"CREATE POLICY {_POLICY} ON {name} TO {role} USING {theirs} WITH CHECK {theirs}",
        f"DROP POLICY IF EXISTS {_OWNERS} ON {name}",
        f"CREATE POLICY {_OWNERS} ON {name} TO CURRENT_USER USING (true) WITH CHECK (true)",
    )
