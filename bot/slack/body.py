"""Reads the body of a request from Slack, strictly: a form, or JSON, or `Unreadable`.

Ours and not Bolt's, which drops a slash command whose text contains the word "payload" and lets a malformed
body become a 500. What the fields mean is `parse`'s business.
"""

from typing import Any, cast
from urllib.parse import parse_qsl

from bot.intake import Json, Unreadable, strict_json

MOST_FIELDS = 50
"""Fields in a form: a slash command has about fifteen."""


def read(content_type: str, body: str) -> Json:
    """The body as an object. Raises `Unreadable`."""
    if content_type.partition(";")[0].strip().lower() == "application/json" or body.startswith("{"):
        return strict_json(body)
    try:
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Unreadable("too_many_fields") from None
    if "payload" in form and "command" not in form:
        return strict_json(form["payload"])
    if not form:
        raise Unreadable("empty")
    return form


def part(holder: Json, key: str) -> Json:
    """The object under that key; empty where there is none. Raises `Unreadable` for anything else."""
    found = holder.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Unreadable(f"{key}_is_no_object")
    return cast(Json, found)


def text(holder: Json, key: str) -> str:
    """The string under that key; empty where there is none. Raises `Unreadable` for anything else."""
    found = holder.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Unreadable(f"{key}_is_no_text")
    return found


def parts(holder: Json, key: str) -> list[Json]:
    """The objects in the list under that key; empty where there is none. Raises `Unreadable` for anything else."""
    found = holder.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in cast(list[Any], found)):
        raise Unreadable(f"{key}_is_no_list")
    return cast(list[Json], found)

