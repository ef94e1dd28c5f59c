"""What is wrong with a file or a setting, as a technician reads it: pydantic's errors in sentences. Never a value.

Each says where it stands as it is typed in the file: a table in its brackets, a row by its key, then the field.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = type[BaseModel]

_IS = {
    "string_type": "must be text, in quotes",
    "string_too_short": "must not be empty",
    "too_short": "must have at least one",
    "bool_type": "must be true or false, without quotes",
    "bool_parsing": "must be true or false, without quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a whole number of a few figures",
    "path_type": "must be the name of a file, in quotes",
    "model_type": "must be a table, with a line for each of its words",
    "model_attributes_type": "must be a table, with a line for each of its words",
}
_BEGINS = {
    "date": "must be a date, such as 2026-09-01 (year, month, day; without quotes)",
    "time": "must be a time, such as 08:30:00 (without quotes)",
    "tuple": "must be a list, in square brackets",
    "frozen_set": "must be a list, in square brackets",
    "set": "must be a list, in square brackets",
    "list": "must be a list, in square brackets",
}
"""By the first word of the kind of error: there are a dozen about a date alone."""


def sentences(error: ValidationError, model: Model, held: object) -> list[str]:
    """What is wrong with `held` as a file, a sentence each."""
    return [_sentence(one, model, held) for one in error.errors(include_url=False, include_input=False)]


def of_settings(error: ValidationError, model: Model) -> list[str]:
    """The same of what comes from the environment: a setting by its name in capitals."""
    lines: list[str] = []
    for one in error.errors(include_url=False, include_input=False):
        name = ".".join(str(step) for step in one["loc"]).upper()
        lines.append(f"{name}: it {_what(one, model)}." if name else f"{_what(one, model).rstrip('.')}.")
    return lines


def _sentence(one: ErrorDetails, model: Model, held: object) -> str:
    where, what = at(one["loc"], model, held), _what(one, model)
    end = "" if what.endswith("?") else "."
    return f"{where}: it {what}{end}" if where else f"It {what}{end}"


def at(path: tuple[int | str, ...], model: Model, held: object) -> str:
    """Where that is in the file: `[school] zone`, `[[people]] lee, role`; a row without a key by its number."""
    if not path:
        return ""
    first, rest = str(path[0]), path[1:]
    inside = _model_of(model.model_fields[first].annotation) if first in model.model_fields else None
    if inside is None:
        return first
    if not _is_rows(model.model_fields[first].annotation):
        return " ".join([f"[{first}]", *_named(rest)])
    head = f"[[{first}]]"
    if not rest or not isinstance(rest[0], int):
        return head
    return ", ".join([f"{head} {_row(held, first, rest[0])}", *_named(rest[1:])])


def _named(path: Collection[int | str]) -> list[str]:
    """The field; which of its values it is says nothing that can be found in the file."""
    return [str(step) for step in path if isinstance(step, str)][:1]


def _row(held: object, table: str, number: int) -> str:
    try:
        key = cast("Any", held)[table][number]["key"]
    except (LookupError, TypeError):
        key = None
    return key if isinstance(key, str) and key.isprintable() and key else f"number {number + 1}"


def _what(one: ErrorDetails, model: Model) -> str:
    kind, told = one["type"], cast("Mapping[str, Any]", one.get("ctx") or {})
    if kind in _SAYS:
        return _SAYS[kind](told)
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return _unknown(str(one["loc"][-1]), _around(one["loc"], model))
    if kind == "string_pattern_mismatch":
        return f"must be {_described(one['loc'], model)}"
    begins = next((says for first, says in _BEGINS.items() if kind.startswith(first)), None)
    return _IS.get(kind) or begins or "cannot be that"


_SAYS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "enum": lambda told: f"must be {_unquoted(told['expected'])}",
    "literal_error": lambda told: f"must be {_unquoted(told['expected'])}",
    "string_too_long": lambda told: f"must have at most {told['max_length']} characters",
    "greater_than_equal": lambda told: f"must be {told['ge']} or more",
    "less_than_equal": lambda told: f"must be {told['le']} or less",
    "value_error": lambda told: str(told["error"]),
}


def _unquoted(expected: object) -> str:
    return str(expected).replace("'", "")


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.casefold(), known, n=1)
    return f"is no word that Heard knows here; do you mean {near[0]}?" if near else (
        f"is no word that Heard knows here; it knows {', '.join(known)}"
    )  # fmt: skip


def _around(path: tuple[int | str, ...], model: Model) -> Collection[str]:
    """The words that may stand where the last one does."""
    inside = _inside(path[:-1], model)
    return list(_words(inside)) if inside else ()


def _words(model: Model) -> Iterator[str]:
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        yield str(cast("Any", alias).choices[0]) if hasattr(alias, "choices") else name


def _described(path: tuple[int | str, ...], model: Model) -> str:
    """What such a text looks like, as the model says of each field with a pattern."""
    inside, name = _inside(path[:-1], model), str(path[-1])
    described = inside.model_fields[name].description if inside else None
    return described or "written in another way"


def _inside(path: tuple[int | str, ...], model: Model | None) -> Model | None:
    for step in path:
        if model is None or isinstance(step, int):
            continue
        model = _model_of(model.model_fields[step].annotation) if step in model.model_fields else None
    return model


def _model_of(annotation: object) -> Model | None:
    """The table that a field holds, or each of its rows is."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _model_of(one))), None)


def _is_rows(annotation: object) -> bool:
    return get_origin(annotation) is tuple
