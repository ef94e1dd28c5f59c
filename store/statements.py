"""The few statements that the two engines say differently."""

from sqlalchemy import BigInteger, Boolean, ColumnElement, LargeBinary, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Insert = postgresql.Insert | sqlite.Insert


def insert(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT that can say ON CONFLICT: both engines can, in the same words."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Insert:
    """For a statement that is built once."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def upsert(connection: AsyncConnection, table: Table) -> Insert:
    """Insert, or replace everything but the key."""
    statement = insert(connection, table)
    key = list(table.primary_key.columns)
    rest = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)


class database_ms(FunctionElement[int]):  # noqa: N801 (reads as the SQL function that it is)
    """Milliseconds since 1970 by the database's own clock: leases are measured with nothing else."""

    type = BigInteger()
    inherit_cache = True
    name = "database_ms"


@compiles(database_ms, "sqlite")
def _on_sqlite(element: database_ms, compiler: SQLCompiler, **_: object) -> str:
    del element, compiler
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(database_ms, "postgresql")
def _on_postgresql(element: database_ms, compiler: SQLCompiler, **_: object) -> str:
    del element, compiler
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"


class holds(FunctionElement[bool]):  # noqa: N801 (reads as the SQL function that it is)
    """Whether a column of bytes holds those bytes anywhere."""

    type = Boolean()
    inherit_cache = True
    name = "holds"

    def __init__(self, column: ColumnElement[bytes], wanted: bytes) -> None:
        super().__init__(column, literal(wanted, LargeBinary()))


@compiles(holds, "sqlite")
def _holds_on_sqlite(element: holds, compiler: SQLCompiler, **more: object) -> str:
    return f"instr({compiler.process(element.clauses, **more)}) > 0"


@compiles(holds, "postgresql")
def _holds_on_postgresql(element: holds, compiler: SQLCompiler, **more: object) -> str:
    column, wanted = element.clauses
    return f"position({compiler.process(wanted, **more)} IN {compiler.process(column, **more)}) > 0"
