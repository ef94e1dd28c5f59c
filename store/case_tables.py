"""The schema of case work: which children, who has a sealed concern, referrals, shares, the emergency door.

As `store.tables`: every table carries the school, and nothing here holds a word that anybody typed.
"""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint, Uuid

from handlers.rules.referral import Method, ReferralStatus
from store.columns import known_word, moment, other_id, plain_text, same_school, school_key
from store.tables import metadata

_VOCABULARY = "a word from a closed vocabulary"

concern_children = Table(
    "concern_children",
    metadata,
    school_key(),
    Column("concern", Uuid, primary_key=True),
    Column("pupil", Uuid, primary_key=True),
    same_school("concerns", "concern"),
    same_school("pupils", "pupil"),
    Index(None, "school", "pupil", "concern"),  # the concern too: else SQLite takes the primary key, and reads it whole
)

concern_sealed = Table(
    "concern_sealed",
    metadata,
    school_key(),
    Column("concern", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    same_school("concerns", "concern"),
    same_school("people", "person"),
)

referrals = Table(
    "referrals",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    other_id("concern"),
    Column("number", Integer, nullable=False),
    plain_text("agency", 40, why="a key of the guidance pack"),
    plain_text("method", 20, why=_VOCABULARY),
    plain_text("status", 20, why=_VOCABULARY),
    moment("sent_at"),
    other_id("sent_by"),
    moment("answer_by"),
    moment("confirm_by", optional=True),
    moment("confirmed_at", optional=True),
    moment("answered_at", optional=True),
    Column("stage", Integer, nullable=False),
    moment("stage_at", optional=True),
    Column("version", Integer, nullable=False),
    same_school("concerns", "concern"),
    same_school("people", "sent_by"),
    UniqueConstraint("school", "concern", "number"),
    Index(None, "school", "status"),
    known_word("method", Method),
    known_word("status", ReferralStatus),
    CheckConstraint("version >= 1", name="a_version_counts_from_one"),
    CheckConstraint("stage >= 0", name="a_stage_is_on_the_ladder"),
    CheckConstraint("(stage > 0) = (stage_at IS NOT NULL)", name="a_stage_began_at_a_time"),
)

shares = Table(
    "shares",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    other_id("concern"),
    other_id("to"),
    other_id("by"),
    moment("at"),
    moment("until"),
    moment("revoked_at", optional=True),
    Column("version", Integer, nullable=False),
    same_school("concerns", "concern"),
    same_school("people", "to"),
    same_school("people", "by"),
    Index(None, "school", "concern"),
    Index(None, "school", "to"),
    CheckConstraint("version >= 1", name="a_version_counts_from_one"),
)

glasses = Table(
    "glasses",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    other_id("concern"),
    other_id("asked_by"),
    moment("asked_at"),
    other_id("agreed_by", optional=True),
    moment("agreed_at", optional=True),
    moment("until", optional=True),
    Column("version", Integer, nullable=False),
    same_school("concerns", "concern"),
    same_school("people", "asked_by"),
    same_school("people", "agreed_by"),
    Index(None, "school", "concern"),
    Index(None, "school", "asked_by"),
    Index(None, "school", "until"),
    CheckConstraint("version >= 1", name="a_version_counts_from_one"),
    CheckConstraint(
        "(agreed_by IS NULL) = (until IS NULL) AND (agreed_by IS NULL) = (agreed_at IS NULL)",
        name="an_agreed_opening_ends_at_a_time",
    ),
    CheckConstraint("agreed_by IS NULL OR agreed_by <> asked_by", name="two_people_open_it"),
)
