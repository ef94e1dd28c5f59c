"""Case work: levels, second readers, sign-off, sealing, children by id, referrals, shares, more states of an action.

SQLite cannot change a check: there the table is made anew with its rows, as its own documentation says, with foreign
keys off for the migration alone (`store.engine`) and checked at its end (`store.migrations.running`).
Every new column has a default in the database, so that the program before this one can still write.
"""

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_URGENCIES = "urgency IN ('now', 'today', 'week', 'record')"
_NEW_OF_CONCERNS: Mapping[str, str] = {
    "route_is_known": "route IN ('leads', 'head', 'chair', 'vice_chair', 'outside', 'trust', 'low_level')",
    "level_is_known": "level IN ('low', 'medium', 'high')",
    "second_is_known": "second IN ('not_needed', 'wanted', 'given')",
    "reporter_as_is_known": "reporter_as IN ('staff', 'relative', 'subject')",
    "a_merged_concern_is_closed": "merged_into IS NULL OR status = 'closed'",
    "closing_is_proposed_by_somebody_at_a_time": "(close_proposed_by IS NULL) = (close_proposed_at IS NULL)",
}
_NEW_OF_ACTIONS: Mapping[str, str] = {
    "status_is_known": (
        "status IN ('open', 'acknowledged', 'in_progress', 'waiting', 'done', 'verified', 'cancelled')"
    ),
    "kind_is_known": (
        "kind IN ('call_home', 'body_map', 'refer', 'inform', 'meet', 'observe', 'support', 'write', 'other')"
    ),
    "urgency_is_known": _URGENCIES,
    "a_done_action_was_done_at_a_time": "(status IN ('done', 'verified')) = (done_at IS NOT NULL)",
    "who_waits_knows_until_when": "(status = 'waiting') = (waiting_until IS NOT NULL)",
    "a_verified_action_was_verified_by_one": "(status = 'verified') = (verified_by IS NOT NULL)",
}


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        short, long = sa.String(length=20), sa.String(length=40)
        people.alter_column("role", existing_type=short, type_=long, existing_nullable=False)
    _alter(
        "concerns",
        [
            _moment("offered_at"),
            sa.Column("level", sa.String(length=20), nullable=True),
            sa.Column("decided_by", sa.Uuid(), nullable=True),
            sa.Column("second", sa.String(length=20), nullable=False, server_default="not_needed"),
            _moment("review_at"),
            sa.Column("close_proposed_by", sa.Uuid(), nullable=True),
            _moment("close_proposed_at"),
            sa.Column("merged_into", sa.Uuid(), nullable=True),
            sa.Column("reporter_as", sa.String(length=20), nullable=False, server_default="staff"),
            sa.Column("drill", sa.Boolean(), nullable=False, server_default=sa.false()),
        ],
        keys={"decided_by": "people", "close_proposed_by": "people", "merged_into": "concerns"},
        new=_NEW_OF_CONCERNS,
        gone=["route_is_known"],
    )
    _alter(
        "actions",
        [
            sa.Column("kind", sa.String(length=20), nullable=False, server_default="other"),
            sa.Column("urgency", sa.String(length=20), nullable=False, server_default="week"),
            _moment("waiting_until"),
            sa.Column("extensions", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("verified_by", sa.Uuid(), nullable=True),
        ],
        keys={"verified_by": "people"},
        new=_NEW_OF_ACTIONS,
        gone=["status_is_known", "a_done_action_was_done_at_a_time"],
    )
    op.create_index("ix_actions_school_owner", "actions", ["school", "owner"])
    for make in (_children, _sealed, _referrals, _shares, _glasses):
        make()


def _alter(
    table: str,
    columns: Sequence[sa.Column[object]],
    *,
    keys: Mapping[str, str],
    new: Mapping[str, str],
    gone: Sequence[str],
) -> None:
    """Add the columns and the keys, and change the checks, as each engine can."""
    with op.batch_alter_table(table) as batch:
        for name in gone:
            batch.drop_constraint(name, type_="check")
        for column in columns:
            batch.add_column(column)
        for column, parent in keys.items():
            batch.create_foreign_key(f"fk_{table}_school_{column}", parent, ["school", column], ["school", "id"])
        for name, rule in new.items():
            batch.create_check_constraint(name, rule)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def _id(name: str, *, needed: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=not needed)


def _word(name: str, length: int = 20) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _keys(table: str, parents: Mapping[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["school", column], [f"{parent}.school", f"{parent}.id"], name=f"fk_{table}_school_{column}"
        )
        for column, parent in parents.items()
    ]


def _pairs(table: str, column: str, parent: str) -> None:
    op.create_table(
        table,
        _id("school"),
        _id("concern"),
        _id(column),
        *_keys(table, {"concern": "concerns", column: parent}),
        sa.PrimaryKeyConstraint("school", "concern", column, name=f"pk_{table}"),
    )


def _children() -> None:
    _pairs("concern_children", "pupil", "pupils")
    op.create_index(
        "ix_concern_children_school_pupil_concern", "concern_children", ["school", "pupil", "concern"]
    )


def _sealed() -> None:
    _pairs("concern_sealed", "person", "people")


_check: Callable[..., sa.CheckConstraint] = sa.CheckConstraint


def _referrals() -> None:
    op.create_table(
        "referrals",
        _id("school"), _id("id"), _id("concern"), _number("number"),
        _word("agency", 40), _word("method"), _word("status"),
        _moment("sent_at", needed=True), _id("sent_by"), _moment("answer_by", needed=True),
        _moment("confirm_by"), _moment("confirmed_at"), _moment("answered_at"),
        _number("stage"), _moment("stage_at"), _number("version"),
        *_keys("referrals", {"concern": "concerns", "sent_by": "people"}),
        sa.PrimaryKeyConstraint("school", "id", name="pk_referrals"),
        sa.UniqueConstraint("school", "concern", "number", name="uq_referrals_school_concern_number"),
        _check("method IN ('telephone', 'online', 'mail', 'in_person')", name="method_is_known"),
        _check(
            "status IN ('sent', 'accepted', 'refused', 'challenged', 'resolved', 'withdrawn')", name="status_is_known"
        ),
        _check("version >= 1", name="a_version_counts_from_one"),
        _check("stage >= 0", name="a_stage_is_on_the_ladder"),
        _check("(stage > 0) = (stage_at IS NOT NULL)", name="a_stage_began_at_a_time"),
    )  # fmt: skip
    op.create_index("ix_referrals_school_status", "referrals", ["school", "status"])


def _shares() -> None:
    op.create_table(
        "shares",
        _id("school"), _id("id"), _id("concern"), _id("to"), _id("by"),
        _moment("at", needed=True), _moment("until", needed=True), _moment("revoked_at"), _number("version"),
        *_keys("shares", {"concern": "concerns", "to": "people", "by": "people"}),
        sa.PrimaryKeyConstraint("school", "id", name="pk_shares"),
        _check("version >= 1", name="a_version_counts_from_one"),
    )  # fmt: skip
    op.create_index("ix_shares_school_concern", "shares", ["school", "concern"])
    op.create_index("ix_shares_school_to", "shares", ["school", "to"])


def _glasses() -> None:
    op.create_table(
        "glasses",
        _id("school"), _id("id"), _id("concern"), _id("asked_by"), _moment("asked_at", needed=True),
        _id("agreed_by", needed=False), _moment("agreed_at"), _moment("until"), _number("version"),
        *_keys("glasses", {"concern": "concerns", "asked_by": "people", "agreed_by": "people"}),
        sa.PrimaryKeyConstraint("school", "id", name="pk_glasses"),
        _check("version >= 1", name="a_version_counts_from_one"),
        _check(
            "(agreed_by IS NULL) = (until IS NULL) AND (agreed_by IS NULL) = (agreed_at IS NULL)",
            name="an_agreed_opening_ends_at_a_time",
        ),
        _check("agreed_by IS NULL OR agreed_by <> asked_by", name="two_people_open_it"),
    )  # fmt: skip
    op.create_index("ix_glasses_school_concern", "glasses", ["school", "concern"])


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
