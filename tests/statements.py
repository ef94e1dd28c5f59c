"""What the store says to its database: for tests that count."""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import event

from store.unit_of_work import Units

_TABLE = re.compile(r"(?:\bFROM|\bINTO|^UPDATE)\s+(\w+)")


@contextmanager
def heard(units: Units) -> Iterator[list[str]]:
    """Every statement in that time, as the driver gets it. One for many rows is one. What says on PostgreSQL for which
    school a transaction is comes with its beginning, and is not counted: one each (`store.walls`)."""
    statements: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "heard.schools" not in statement:
            statements.append(statement)

    engine = units._engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", hear)


@contextmanager
def turns(units: Units) -> Iterator[list[object]]:
    """Every transaction of that time that could write: they follow one another, and others wait for them."""
    taken: list[object] = []
    turn = units._turns.turn

    @asynccontextmanager
    async def counted(patience: float | None = None) -> AsyncGenerator[None]:
        taken.append(None)
        async with turn(patience):
            yield

    units._turns.turn = counted
    try:
        yield taken
    finally:
        del units._turns.turn


def told(statements: Sequence[str]) -> str:
    """They by verb and table, the most frequent first: what a test says when there are too many."""
    shapes = Counter(_shape(statement) for statement in statements)
    return f"{len(statements)} statements: " + ", ".join(f"{shape} x{many}" for shape, many in shapes.most_common())


def _shape(statement: str) -> str:
    return f"{statement.split(maxsplit=1)[0]} {'+'.join(sorted(set(_TABLE.findall(statement))))}"
