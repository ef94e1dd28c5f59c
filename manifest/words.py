"""What everybody may type after the command, as the wings say it: one row there, and it stands in both manifests.

A list is the same for all who see it, so what only some may use is not in it: `/concern help` says that to each.
"""

from collections.abc import Mapping

from handlers.wing import EVERYBODY
from handlers.wings import EVERY


def words() -> Mapping[str, str]:
    """By the word what it does, as a sentence."""
    rows = [row for wing in EVERY for row in wing.commands if row.roles == EVERYBODY and row.does]
    return {row.word: f"{row.does[:1].upper()}{row.does[1:]}." for row in rows}
