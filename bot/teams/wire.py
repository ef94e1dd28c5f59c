"""Reading JSON calmly, for its shape is somebody else's word. What the fields mean is `parse`'s business."""

from typing import Any, cast

from bot.intake import Json


def part(holder: Json, *path: str) -> Json:
    """The object at the end of a path of keys; an empty one where the path breaks off."""
    for key in path:
        found = holder.get(key)
        if not isinstance(found, dict):
            return {}
        holder = cast(Json, found)
    return holder


def text(holder: Json, key: str) -> str:
    """The string under that key; an empty one where there is none."""
    found = holder.get(key)
    return found if isinstance(found, str) else ""


def items(value: object) -> list[Any]:
    """A list's items; none when it is no list."""
    return cast(list[Any], value) if isinstance(value, list) else []

