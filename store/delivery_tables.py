"""The tables of what is sent: on its way, standing in chat, taken as a step, and how a platform is reached.

Beside `tables`, and part of the same schema.
"""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, Table, Uuid, text

from store.columns import count, known_word, moment, plain_text, same_school, school_key
from store.tables import PLATFORM_ID, VOCABULARY, metadata

_DIGEST = "SHA-256 of ids, in hex"


def _notice() -> tuple[Column[str] | Column[object], ...]:
    """A notice, by reference: the columns that the outbox and the posts share."""
    return (
        plain_text("kind", 20, why=VOCABULARY),
        plain_text("platform", 20, why=VOCABULARY),
        plain_text("tenant", 100, why=PLATFORM_ID),
        plain_text("place_kind", 20, why=VOCABULARY),
        plain_text("place", 400, why=PLATFORM_ID),
        plain_text("team", 200, why=PLATFORM_ID),
        Column("subject", Uuid, nullable=False),
        Column("to", Uuid, nullable=True),
        plain_text("step", 80, why="the name of a step of a ladder"),
    )


outbox = Table(  # `not_before` is written by the program before this one alone
    "outbox",
    metadata,
    school_key(),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    *_notice(),
    plain_text("same", 64, why=_DIGEST),
    plain_text("stream", 64, why=_DIGEST),
    plain_text("state", 10, why=VOCABULARY),
    moment("not_before", optional=True),
    Column("due_ms", BigInteger, nullable=True),
    Column("put_ms", BigInteger, nullable=True),
    moment("told_at", optional=True),
    moment("aside_at", optional=True),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("leased_until_ms", BigInteger, nullable=True),
    Column("ambiguous", Boolean, nullable=False),
    plain_text("reason", 64, why="a short code for why it failed"),
    same_school("schools"),
    Index(None, "school", "stream", "id"),
    known_word("state", ("waiting", "taken", "dead")),
    CheckConstraint("(state = 'taken') = (leased_until_ms IS NOT NULL)", name="what_is_taken_has_a_lease"),
    CheckConstraint("length(reason) <= 64 AND reason NOT LIKE '% %'", name="a_reason_is_a_short_code"),
)
Index(
    "ix_outbox_one_waits",
    outbox.c.school,
    outbox.c.same,
    unique=True,
    sqlite_where=outbox.c.state == "waiting",
    postgresql_where=outbox.c.state == "waiting",
)
for _name, _columns, _which in (
    ("in_order", ("stream", "id"), text("state <> 'dead' AND aside_at IS NULL")),
    ("aside", ("id",), text("aside_at IS NOT NULL")),
    ("dead", ("id",), text("state = 'dead'")),
):
    _of = [outbox.c[column] for column in ("school", *_columns)]
    Index(f"ix_outbox_{_name}", *_of, sqlite_where=_which, postgresql_where=_which)

posts = Table(
    "posts",
    metadata,
    school_key(),
    plain_text("same", 64, why=_DIGEST, key=True),
    plain_text("message", 400, why=PLATFORM_ID, key=True),
    *_notice(),
    count("serial"),
    same_school("schools"),
    Index(None, "school", "subject"),
    Index(None, "school", "message"),
)

steps = Table(
    "steps",
    metadata,
    school_key(),
    Column("subject", Uuid, primary_key=True),
    plain_text("step", 80, why="the name of a step of a ladder", key=True),
    moment("taken_at"),
    same_school("schools"),
)

addresses = Table(
    "addresses",
    metadata,
    school_key(),
    plain_text("platform", 20, why=VOCABULARY, key=True),
    plain_text("tenant", 100, why=PLATFORM_ID, key=True),
    plain_text("key", 600, why=PLATFORM_ID, key=True),
    plain_text("value", 4000, why="how the platform is reached: a service address, a conversation's id"),
    same_school("schools"),
)
