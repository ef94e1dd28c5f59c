"""The few statements that the two engines say differently."""

from functools import cache

from sqlalchemy import BigInteger, Boolean, ColumnElement, LargeBinary, String, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Insert = postgresql.Insert | sqlite.Insert


def insert(connection: AsyncConnection, table: Table) -> Insert:
    """An INSERT that can say ON CONFLICT: both engines can, in the same words. Rows are given when it is done."""
    return insert_for(connection.dialect.name, table)


@cache
def insert_for(dialect: str, table: Table) -> Insert:
    """The same by the engine's name. Each is built once: to build one costs more than to do it."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def fresh(connection: AsyncConnection, table: Table) -> Insert:
    """Insert where there is none yet; else it touches no row."""
    return _fresh(connection.dialect.name, table)


def upsert(connection: AsyncConnection, table: Table) -> Insert:
    """Insert, or replace everything but the key."""
    return _upsert(connection.dialect.name, table)


@cache
def _fresh(dialect: str, table: Table) -> Insert:
    return insert_for(dialect, table).on_conflict_do_nothing()


@cache
def _upsert(dialect: str, table: Table) -> Insert:
    statement = insert_for(dialect, table)
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


class said(FunctionElement[str]):  # noqa: N801 (reads as the SQL function that it is)
    """The text that a body of an entry says first under that name, for a column that the database works out itself.

    No key is needed, nor a body that is whole: of one that says nothing under it, whatever comes out is no deed.
    """

    type = String()
    inherit_cache = False

    def __init__(self, name: str, length: int) -> None:
        super().__init__()
        self.name, self.length = f'"{name}":"', length


@compiles(said, "sqlite")
def _said_on_sqlite(element: said, compiler: SQLCompiler, **_: object) -> str:
    del compiler
    rest = f"substr(body, instr(body, x'{element.name.encode().hex()}') + {len(element.name)}, {element.length + 1})"
    return f"CAST(substr({rest}, 1, instr({rest}, x'22') - 1) AS TEXT)"


@compiles(said, "postgresql")
def _said_on_postgresql(element: said, compiler: SQLCompiler, **_: object) -> str:
    del compiler
    return f"substring(encode(body, 'escape') from '{element.name}([^\"]{{0,{element.length}}})\"')"
