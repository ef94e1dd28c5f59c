"""The schema, in SQLAlchemy Core. Every table carries the school and every key leads with it.

A text column must say why it may be plain; whatever a person typed is `SealedBytes`. A test holds both. A change here
needs a migration: `python -m store.migrations.check` compares the two.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    Uuid,
)

from handlers.rules.action import ActionKind, ActionStatus
from handlers.rules.concern import About, Level, Outcome, ReporterAs, Route, Second, Status, Urgency
from store.columns import (
    count,
    known_word,
    moment,
    other_id,
    plain_bytes,
    plain_text,
    same_school,
    school_key,
    sealed,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "%(constraint_name)s",
    }
)


VOCABULARY = "a word from a closed vocabulary"
PLATFORM_ID = "an id that the platform made; needed to find the row"
_HASH = "SHA-256 of bodies that are plain themselves"

schools = Table("schools", metadata, school_key(), sealed("key"))

heads = Table(
    "heads",
    metadata,
    school_key(),
    count("sequence"),
    plain_bytes("newest", why=_HASH),
    plain_bytes("peaks", why=_HASH),
    count("serial"),
    count("roll"),
    same_school("schools"),
)

case_keys = Table(
    "case_keys", metadata, school_key(), Column("case", Uuid, primary_key=True), sealed("key"), same_school("schools")
)

people = Table(
    "people",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    plain_text("roles", 200, why="words from a closed vocabulary, with a space between"),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    sealed("particulars"),
    same_school("schools"),
)

accounts = Table(
    "accounts",
    metadata,
    school_key(),
    plain_text("platform", 20, why=VOCABULARY, key=True),
    plain_text("tenant", 100, why=PLATFORM_ID, key=True),
    plain_text("user", 200, why=PLATFORM_ID, key=True),
    other_id("person"),
    Column("position", Integer, nullable=False),
    same_school("people", "person"),
    Index(None, "school", "person"),
)

pupils = Table(
    "pupils",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    Column("active", Boolean, nullable=False),
    sealed("particulars"),
    same_school("schools"),
)

concern_references = Table(  # counted in by the program before this one alone: references are drawn by lot now
    "concern_references",
    metadata,
    school_key(),
    Column("year", Integer, primary_key=True),
    count("last"),
    same_school("schools"),
)

concerns = Table(
    "concerns",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    plain_text("reference", 20, why="a number made by the program: 26-48213"),
    other_id("reporter"),
    plain_text("about", 20, why=VOCABULARY),
    plain_text("route", 20, why=VOCABULARY),
    plain_text("urgency", 20, why=VOCABULARY),
    plain_text("status", 20, why=VOCABULARY),
    moment("submitted_at"),
    moment("seen_at", optional=True),
    other_id("owner", optional=True),
    moment("accepted_at", optional=True),
    other_id("offered_to", optional=True),
    Column("rung", Integer, nullable=False),
    moment("escalated_at", optional=True),
    plain_text("outcome", 40, why=VOCABULARY, optional=True),
    moment("triaged_at", optional=True),
    moment("closed_at", optional=True),
    moment("offered_at", optional=True),
    plain_text("level", 20, why=VOCABULARY, optional=True),
    other_id("decided_by", optional=True),
    plain_text("second", 20, why=VOCABULARY),
    moment("review_at", optional=True),
    other_id("close_proposed_by", optional=True),
    moment("close_proposed_at", optional=True),
    other_id("merged_into", optional=True),
    plain_text("reporter_as", 20, why=VOCABULARY),
    Column("drill", Boolean, nullable=False),
    moment("now_since", optional=True),
    moment("safe_until", optional=True),
    other_id("safe_by", optional=True),
    moment("disposed_at", optional=True),
    Column("version", Integer, nullable=False),
    same_school("people", "reporter"),
    same_school("people", "owner"),
    same_school("people", "offered_to"),
    same_school("people", "decided_by"),
    same_school("people", "close_proposed_by"),
    same_school("people", "safe_by"),
    same_school("concerns", "merged_into"),
    UniqueConstraint("school", "reference"),
    Index(None, "school", "status"),
    Index(None, "school", "about"),
    Index(None, "school", "reporter", "submitted_at"),
    Index(None, "school", "submitted_at"),
    known_word("about", About),
    known_word("route", Route),
    known_word("urgency", Urgency),
    known_word("status", Status),
    known_word("outcome", Outcome),
    known_word("level", Level),
    known_word("second", Second),
    known_word("reporter_as", ReporterAs),
    CheckConstraint("version >= 1", name="a_version_counts_from_one"),
    CheckConstraint("rung >= 0", name="a_rung_is_on_the_ladder"),
    CheckConstraint("status <> 'submitted' OR owner IS NULL", name="a_submitted_concern_has_no_owner"),
    CheckConstraint(
        "status IN ('submitted', 'seen') OR (owner IS NOT NULL AND accepted_at IS NOT NULL)",
        name="an_accepted_concern_has_an_owner",
    ),
    CheckConstraint("offered_to IS NULL OR owner IS NOT NULL", name="only_an_owner_can_offer_a_concern"),
    CheckConstraint("(safe_until IS NULL) = (safe_by IS NULL)", name="somebody_named_says_until_when_it_is_safe"),
    CheckConstraint("now_since IS NULL OR urgency = 'now'", name="what_counts_as_now_is_now"),
    CheckConstraint(
        "status NOT IN ('triaged', 'closed') OR (outcome IS NOT NULL AND triaged_at IS NOT NULL)",
        name="a_concern_is_closed_on_a_decision",
    ),
    CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="a_closed_concern_was_closed_at_a_time"),
    CheckConstraint("merged_into IS NULL OR status = 'closed'", name="a_merged_concern_is_closed"),
    CheckConstraint(
        "(close_proposed_by IS NULL) = (close_proposed_at IS NULL)", name="closing_is_proposed_by_somebody_at_a_time"
    ),
)

concern_named = Table(
    "concern_named",
    metadata,
    school_key(),
    Column("concern", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    same_school("concerns", "concern"),
    same_school("people", "person"),
    Index(None, "school", "person", "concern"),
)

actions = Table(
    "actions",
    metadata,
    school_key(),
    Column("id", Uuid, primary_key=True),
    other_id("concern"),
    Column("number", Integer, nullable=False),
    other_id("owner"),
    other_id("assigned_by"),
    moment("assigned_at"),
    moment("due_at"),
    plain_text("status", 20, why=VOCABULARY),
    moment("done_at", optional=True),
    plain_text("kind", 20, why=VOCABULARY),
    plain_text("urgency", 20, why=VOCABULARY),
    moment("waiting_until", optional=True),
    Column("extensions", Integer, nullable=False),
    other_id("verified_by", optional=True),
    Column("version", Integer, nullable=False),
    same_school("concerns", "concern"),
    same_school("people", "owner"),
    same_school("people", "assigned_by"),
    same_school("people", "verified_by"),
    UniqueConstraint("school", "concern", "number"),
    Index(None, "school", "status"),
    Index(None, "school", "owner", "status"),
    known_word("status", ActionStatus),
    known_word("kind", ActionKind),
    known_word("urgency", Urgency),
    CheckConstraint("version >= 1", name="a_version_counts_from_one"),
    CheckConstraint("number >= 1", name="actions_count_from_one"),
    CheckConstraint(
        "(status IN ('done', 'verified')) = (done_at IS NOT NULL)", name="a_done_action_was_done_at_a_time"
    ),
    CheckConstraint("(status = 'waiting') = (waiting_until IS NOT NULL)", name="who_waits_knows_until_when"),
    CheckConstraint("(status = 'verified') = (verified_by IS NOT NULL)", name="a_verified_action_was_verified_by_one"),
)

drafts = Table(
    "drafts",
    metadata,
    school_key(),
    Column("key", Uuid, primary_key=True),
    other_id("owner"),
    moment("at"),
    sealed("answers"),
    same_school("people", "owner"),
    Index(None, "school", "at"),
    Index(None, "school", "owner", "at"),
)
