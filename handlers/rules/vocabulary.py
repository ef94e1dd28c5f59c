"""The closed vocabularies of a concern. The values are stored: add with a migration, never rename."""

from enum import StrEnum


class Status(StrEnum):
    SUBMITTED = "submitted"
    SEEN = "seen"
    ACCEPTED = "accepted"
    TRIAGED = "triaged"
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon someone must act (DOMAIN, field 19). There is no default."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"
    RECORD = "record"


class About(StrEnum):
    CHILD = "child"
    ADULT = "adult"
    BOTH = "both"
    PRACTICE = "practice"


class Route(StrEnum):
    """Who receives it (DOMAIN, "Who gets it"). Adults share nothing with children."""

    LEADS = "leads"
    HEAD = "head"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    """The chair alone is the subject."""
    OUTSIDE = "outside"
    """Head and chair, or telling them is a conflict: the LADO's details are shown, the nominated person keeps it."""
    TRUST = "trust"
    """Staff of the trust, and governors where the trust's lead receives it."""
    LOW_LEVEL = "low_level"
    """A low-level concern about an adult, where the school's policy sends it to the lead."""


class Level(StrEnum):
    """How grave a lead judges it. There is no default (DOMAIN, life of a concern)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Second(StrEnum):
    """Whether another lead must read a decision before it stands (DOMAIN: some decisions of no further action)."""

    NOT_NEEDED = "not_needed"
    WANTED = "wanted"
    GIVEN = "given"


class ReporterAs(StrEnum):
    """What the reporter is to it besides staff. A relative or a subject keeps their receipt, and nothing by role."""

    STAFF = "staff"
    RELATIVE = "relative"
    SUBJECT = "subject"


class Outcome(StrEnum):
    MONITORING = "monitoring"
    INTERNAL_SUPPORT = "internal_support"
    EARLY_HELP = "early_help"
    REFERRAL = "referral"
    ADULT_CONDUCT = "adult_conduct"
    NO_FURTHER_ACTION = "no_further_action"
