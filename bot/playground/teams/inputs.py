"""The rules for inputs of an Adaptive Card: labels, choices, dates, lengths, typeahead.

Pure rules over one element; nothing about the card around it.
"""

from collections.abc import Callable, Iterator

from bot.playground.moments import is_date, is_time
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text


def faults(element: Json, at: str) -> Iterator[str]:
    """What is wrong with one input."""
    if not as_text(element.get("id")):
        yield f"{at}: an input without an id"
    if not as_text(element.get("label")):
        yield f"{at}: an input without a label"
    if element.get("isRequired") is True and not as_text(element.get("errorMessage")):
        yield f"{at}: a required input without an errorMessage"
    kind = element["type"]
    if kind == "Input.ChoiceSet":
        yield from _choices(element, at)
    elif kind in ("Input.Date", "Input.Time"):
        yield from _moments(element, is_time if kind == "Input.Time" else is_date, at)
    elif kind == "Input.Text":
        yield from _text(element, at)
    elif kind == "Input.Toggle" and not as_text(element.get("title")):
        yield f"{at}: a toggle without a title"


def _choices(element: Json, at: str) -> Iterator[str]:
    choices = as_list(element.get("choices"))
    values = [as_object(choice).get("value") for choice in choices]
    titles = [as_object(choice).get("title") for choice in choices]
    if not all(isinstance(text, str) and text for text in (*values, *titles)):
        yield f"{at}: a choice whose title or value is not text, or empty"
    if len(set(map(str, values))) < len(values):
        yield f"{at}: two choices have the same value"
    if element.get("isMultiSelect") is True and any("," in str(value) for value in values):
        yield f"{at}: a comma in a value, where several values come back separated by commas"
    yield from _chosen(element, {str(value) for value in values}, at)
    yield from _query(element, at)


def _chosen(element: Json, known: set[str], at: str) -> Iterator[str]:
    if "value" not in element:
        return
    value = element["value"]
    if not isinstance(value, str):
        yield f"{at}: the value is not text"
        return
    chosen = value.split(",") if element.get("isMultiSelect") is True else [value]
    if any(one and one not in known for one in chosen):
        yield f"{at}: the value is none of the choices, so nothing would be shown as chosen"


def _query(element: Json, at: str) -> Iterator[str]:
    if "choices.data" not in element:
        if not as_objects(element.get("choices")):
            yield f"{at}: nothing to choose from"
        return
    query = as_object(element["choices.data"])
    if query.get("type") != "Data.Query" or not as_text(query.get("dataset")):
        yield f"{at}: choices.data is not a Data.Query with a dataset"
    if not isinstance(element.get("choices"), list):
        yield f"{at}: a typeahead without the list of choices that older clients fall back to"
    if as_text(element.get("style")).lower() != "filtered":
        yield f"{at}: a typeahead whose style is not filtered"


def _moments(element: Json, good: Callable[[str], bool], at: str) -> Iterator[str]:
    for name in ("value", "min", "max"):
        if element.get(name, "") != "" and not good(as_text(element[name])):
            yield f"{at}: {name} is not in the form that {element['type']} takes"


def _text(element: Json, at: str) -> Iterator[str]:
    most = element.get("maxLength")
    if most is not None and (not isinstance(most, int) or most < 1):
        yield f"{at}: maxLength is not a positive number"
    if "value" in element and not isinstance(element["value"], str):
        yield f"{at}: the value is not text"
    elif most and len(as_text(element.get("value"))) > most:
        yield f"{at}: the value is longer than maxLength"
