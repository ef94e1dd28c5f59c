"""Reading what came over the wire: strictly as JSON, then calmly, for its shape is somebody else's word.

What the fields mean is `parse`'s business. Nothing of a body reaches a log or an exception here.
"""

import json
from typing import Any, TypeAlias, cast

Json: TypeAlias = dict[str, Any]


class Unreadable(Exception):
    """This is no JSON object that a platform sends. The text is a code, never what was sent."""


def strict_json(raw: bytes) -> Json:
    """An object of UTF-8 JSON without NaN, keys given twice, or nesting that no reader survives."""
    try:
        found: object = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Unreadable("not_utf8") from None
    except RecursionError:
        raise Unreadable("nested_too_deep") from None
    except ValueError:
        raise Unreadable("not_json") from None
    if not isinstance(found, dict):
        raise Unreadable("not_an_object")
    return cast(Json, found)


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


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a_key_twice")
    return found


def _no_number(_: str) -> None:
    raise Unreadable("not_a_number")
