"""The first schema: schools, their people, concerns, the trail, and what is on its way.

The trail and the list of those turned away can only be added to: the database itself refuses the rest.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = ("entries", "turned_away")


def upgrade() -> None:
    _schools()
    _people()
    _references()
    _concerns()
    _named()
    _actions()
    _trail()
    _outbox()
    _posts()
    _refuse_changes()


def _of_school(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["school"], ["schools.school"], name=f"fk_{table}_school")


def _in_school(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    there = [f"{parent}.school", f"{parent}.id"]
    return sa.ForeignKeyConstraint(["school", column], there, name=f"fk_{table}_school_{column}")


def _notice() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("place_kind", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("to", sa.Uuid(), nullable=True),
        sa.Column("step", sa.String(length=80), nullable=False),
    )


def _schools() -> None:
    op.create_table(
        "schools",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("school", name="pk_schools"),
    )
    op.create_table(
        "heads",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("roll", sa.BigInteger(), nullable=False),
        _of_school("heads"),
        sa.PrimaryKeyConstraint("school", name="pk_heads"),
    )
    op.create_table(
        "case_keys",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        _of_school("case_keys"),
        sa.PrimaryKeyConstraint("school", "case", name="pk_case_keys"),
    )
    op.create_table(
        "turned_away",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turned_away"),
    )
    op.create_table(
        "addresses",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=600), nullable=False),
        sa.Column("value", sa.String(length=4000), nullable=False),
        _of_school("addresses"),
        sa.PrimaryKeyConstraint("school", "platform", "tenant", "key", name="pk_addresses"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("particulars", sa.LargeBinary(), nullable=False),
        _of_school("people"),
        sa.PrimaryKeyConstraint("school", "id", name="pk_people"),
    )
    op.create_table(
        "accounts",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("tenant", sa.String(length=100), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _in_school("accounts", "person", "people"),
        sa.PrimaryKeyConstraint("school", "platform", "tenant", "user", name="pk_accounts"),
    )
    op.create_index("ix_accounts_school_person", "accounts", ["school", "person"])
    op.create_table(
        "pupils",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("particulars", sa.LargeBinary(), nullable=False),
        _of_school("pupils"),
        sa.PrimaryKeyConstraint("school", "id", name="pk_pupils"),
    )


def _references() -> None:
    op.create_table(
        "concern_references",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        _of_school("concern_references"),
        sa.PrimaryKeyConstraint("school", "year", name="pk_concern_references"),
    )


def _concerns() -> None:
    op.create_table(
        "concerns",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("reporter", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_to", sa.Uuid(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("triaged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_checks_of_concerns(),
        _in_school("concerns", "offered_to", "people"),
        _in_school("concerns", "owner", "people"),
        _in_school("concerns", "reporter", "people"),
        sa.PrimaryKeyConstraint("school", "id", name="pk_concerns"),
        sa.UniqueConstraint("school", "reference", name="uq_concerns_school_reference"),
    )
    op.create_index("ix_concerns_school_reporter", "concerns", ["school", "reporter"])
    op.create_index("ix_concerns_school_status", "concerns", ["school", "status"])


def _checks_of_concerns() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)",
            name="a_closed_concern_was_closed_at_a_time",
        ),
        sa.CheckConstraint("about IN ('child', 'adult', 'both', 'practice')", name="about_is_known"),
        sa.CheckConstraint(
            "outcome IN ('monitoring', 'internal_support', 'early_help', 'referral', 'adult_conduct', "
            "'no_further_action')",
            name="outcome_is_known",
        ),
        sa.CheckConstraint("route IN ('leads', 'head', 'chair')", name="route_is_known"),
        sa.CheckConstraint("status <> 'submitted' OR owner IS NULL", name="a_submitted_concern_has_no_owner"),
        sa.CheckConstraint(
            "status IN ('submitted', 'seen') OR (owner IS NOT NULL AND accepted_at IS NOT NULL)",
            name="an_accepted_concern_has_an_owner",
        ),
        sa.CheckConstraint(
            "status IN ('submitted', 'seen', 'accepted', 'triaged', 'closed')",
            name="status_is_known",
        ),
        sa.CheckConstraint(
            "status NOT IN ('triaged', 'closed') OR (outcome IS NOT NULL AND triaged_at IS NOT NULL)",
            name="a_concern_is_closed_on_a_decision",
        ),
        sa.CheckConstraint("urgency IN ('now', 'today', 'week', 'record')", name="urgency_is_known"),
        sa.CheckConstraint("offered_to IS NULL OR owner IS NOT NULL", name="only_an_owner_can_offer_a_concern"),
        sa.CheckConstraint("rung >= 0", name="a_rung_is_on_the_ladder"),
        sa.CheckConstraint("version >= 1", name="a_version_counts_from_one"),
    )


def _named() -> None:
    op.create_table(
        "concern_named",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        _in_school("concern_named", "concern", "concerns"),
        _in_school("concern_named", "person", "people"),
        sa.PrimaryKeyConstraint("school", "concern", "person", name="pk_concern_named"),
    )


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="a_done_action_was_done_at_a_time"),
        sa.CheckConstraint("status IN ('open', 'done')", name="status_is_known"),
        sa.CheckConstraint("number >= 1", name="actions_count_from_one"),
        sa.CheckConstraint("version >= 1", name="a_version_counts_from_one"),
        _in_school("actions", "assigned_by", "people"),
        _in_school("actions", "concern", "concerns"),
        _in_school("actions", "owner", "people"),
        sa.PrimaryKeyConstraint("school", "id", name="pk_actions"),
        sa.UniqueConstraint("school", "concern", "number", name="uq_actions_school_concern_number"),
    )
    op.create_index("ix_actions_school_status", "actions", ["school", "status"])
    op.create_table(
        "drafts",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        _in_school("drafts", "owner", "people"),
        sa.PrimaryKeyConstraint("school", "key", name="pk_drafts"),
    )
    op.create_index("ix_drafts_school_at", "drafts", ["school", "at"])


def _trail() -> None:
    op.create_table(
        "entries",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thing", sa.Uuid(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("sequence >= 1", name="entries_count_from_one"),
        _of_school("entries"),
        sa.PrimaryKeyConstraint("school", "sequence", name="pk_entries"),
    )
    op.create_index("ix_entries_school_thing_sequence", "entries", ["school", "thing", "sequence"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        *_notice(),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("leased_until_ms", sa.BigInteger(), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(state = 'taken') = (leased_until_ms IS NOT NULL)", name="what_is_taken_has_a_lease"),
        sa.CheckConstraint("length(reason) <= 64 AND reason NOT LIKE '% %'", name="a_reason_is_a_short_code"),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'dead')", name="state_is_known"),
        _of_school("outbox"),
        sa.PrimaryKeyConstraint("school", "id", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_one_waits",
        "outbox",
        ["school", "same"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_outbox_school_stream_id", "outbox", ["school", "stream", "id"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.Column("message", sa.String(length=400), nullable=False),
        *_notice(),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        _of_school("posts"),
        sa.PrimaryKeyConstraint("school", "same", "message", name="pk_posts"),
    )
    op.create_index("ix_posts_school_subject", "posts", ["school", "subject"])
    op.create_table(
        "steps",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        _of_school("steps"),
        sa.PrimaryKeyConstraint("school", "subject", "step", name="pk_steps"),
    )


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail can only be added to'; END $$"
        )
    for table in APPEND_ONLY:
        for deed in ("UPDATE", "DELETE"):
            op.execute(_trigger(table, deed))


def _trigger(table: str, deed: str) -> str:
    name = f"{table}_refuse_{deed.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        # TRUNCATE passes no row by: it is refused with DELETE, once for the whole statement.
        deeds = "DELETE OR TRUNCATE" if deed == "DELETE" else deed
        return f"CREATE TRIGGER {name} BEFORE {deeds} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    refusal = "SELECT RAISE(ABORT, 'the trail can only be added to')"
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN {refusal}; END"


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
