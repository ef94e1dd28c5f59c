"""The kinds of column that the schema is made of. What may hold text says why it may be plain, or is sealed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.engine import Dialect


class SealedBytes(TypeDecorator[bytes]):
    """Ciphertext of `store.sealing`: the only home of a name and of anything typed."""

    impl = LargeBinary
    cache_ok = True


class UtcTime(TypeDecorator[datetime]):
    """A moment, always with its zone in Python and always UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def as_stored(row: Mapping[str, object]) -> Mapping[str, object]:
    """As it will be read: a moment is UTC then, whatever clock it was written from."""
    return {
        name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in row.items()
    }


def whole(value: object) -> int:
    """A number, as it is read. TypeError for anything else: SQLite keeps in a column whatever is put there."""
    if not isinstance(value, int):
        raise TypeError("a number was stored here")
    return value


def plain(value: object) -> str:
    """The same of a text."""
    if not isinstance(value, str):
        raise TypeError("a text was stored here")
    return value


def school_key() -> Column[object]:
    return Column("school", Uuid, primary_key=True)


def plain_text(name: str, length: int, *, why: str, key: bool = False, optional: bool = False) -> Column[str]:
    """A text column, with the reason why it is not sealed."""
    return Column(name, String(length), primary_key=key, nullable=optional, info={"plain": why})


def plain_bytes(name: str, *, why: str, optional: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=optional, info={"plain": why})


def sealed(name: str, *, optional: bool = False) -> Column[bytes]:
    return Column(name, SealedBytes, nullable=optional)


def other_id(name: str, *, optional: bool = False) -> Column[object]:
    return Column(name, Uuid, nullable=optional)


def moment(name: str, *, optional: bool = False) -> Column[datetime]:
    return Column(name, UtcTime, nullable=optional)


def count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def same_school(parent: str, column: str | None = None) -> ForeignKeyConstraint:
    """A key to another table of the same school."""
    if column is None:
        return ForeignKeyConstraint(["school"], [f"{parent}.school"])
    return ForeignKeyConstraint(["school", column], [f"{parent}.school", f"{parent}.id"])


def known_word(column: str, words: Iterable[str]) -> CheckConstraint:
    """It says of which column it is, and which words (`info`): one that is not among them may be a newer version's."""
    known = tuple(str(word) for word in words)
    listed = ", ".join(f"'{word}'" for word in known)
    info = {"column": column, "words": frozenset(known)}
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known", info=info)
