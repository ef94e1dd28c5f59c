"""A moment of the sample school's term, for what must hold on whatever day the tests run."""

from datetime import UTC, datetime

IN_TERM = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
"""A Tuesday in term, in the year of the guidance pack."""
