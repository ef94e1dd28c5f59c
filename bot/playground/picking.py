"""How a person picks from suggestions: the one that their words name, or the only one. Nothing else may stand here."""

from collections.abc import Sequence

from bot.playground.thumbs import PlatformRefused

Suggestion = tuple[str, str]
"""(value, title)."""


def named(label: str, words: str, found: Sequence[Suggestion]) -> Suggestion:
    """The suggestion that these words name in the field with that label. PlatformRefused when it is not one."""
    every = {title.casefold(): (value, title) for value, title in found}
    if words.casefold() in every:
        return every[words.casefold()]
    near = [pair for pair in found if words.casefold() in pair[1].casefold()] or found
    if len(near) != 1:
        raise PlatformRefused(f"the field {label!r} suggests {len(near)} entries, not one, for those words")
    return near[0]
