"""Reading JSON whose shape is somebody else's word: total functions, never an exception.

No knowledge of either platform is allowed here.
"""

from typing import Any, TypeAlias, cast
from urllib.parse import parse_qsl

Json: TypeAlias = dict[str, Any]


def as_object(value: object) -> Json:
    """The value if it is a JSON object, else an empty one."""
    return cast(Json, value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a JSON array, else an empty one."""
    return cast(list[Any], value) if isinstance(value, list) else []


def as_objects(value: object) -> list[Json]:
    """The objects of a JSON array; what is not an object is left out."""
    return [cast(Json, item) for item in as_list(value) if isinstance(item, dict)]


def as_text(value: object) -> str:
    """The value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def within(value: object, *path: str) -> Any:
    """What stands at the end of a path of keys; None where the path breaks off."""
    for key in path:
        value = as_object(value).get(key)
    return value


def as_form(body: bytes) -> dict[str, str]:
    """The fields of a form-encoded body, the last of each name; what is no UTF-8 is replaced."""
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
