"""The table of what is wrong now. Beside `tables`, and part of the same schema."""

from sqlalchemy import Table

from store.columns import moment, plain_text, same_school, school_key
from store.tables import metadata

troubles = Table(
    "troubles",
    metadata,
    school_key(),
    plain_text("trouble", 40, why="a word from a closed vocabulary", key=True),
    plain_text("where", 600, why="ids that the platform made; which platform or place it is", key=True),
    plain_text("reason", 64, why="a short code for what is wrong"),
    moment("since"),
    same_school("schools"),
)
