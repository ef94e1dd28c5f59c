"""Statements are compiled once a session, not once for each engine: every test opens a store, and so makes engines.

SQLAlchemy keeps what it has compiled by the dialect's object, and each engine has one of its own. Here they are kept by
the dialect's name, which is enough: `store.engine` makes all engines of one kind alike.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event

_Key = tuple[Any, ...]


class _ByName(dict[_Key, Any]):
    def get(self, key: _Key, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: _Key, compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


_COMPILED = _ByName()


@event.listens_for(Engine, "engine_connect")
def _shared(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_COMPILED)
