"""Slack's two ways of writing text, as a person reads them: mrkdwn and rich_text without their marks.

Pure: text and a table of names go in, words come out (Slack, "Formatting text for app surfaces").
"""

import re
from collections.abc import Iterator, Mapping

from bot.playground.wire import Json, as_object, as_objects, as_text

Names = Mapping[str, str]
"""Names by user id, for mentions."""

_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_TOKEN = re.compile(r"<([^<>\n]+)>")
_QUOTE = re.compile(r"^(?:&gt;|>) ?", re.MULTILINE)
_EMPHASIS = tuple(
    re.compile(rf"(?<![\w{mark}])[{mark}](?=\S)([^{mark}\n]+?)(?<=\S)[{mark}](?![\w{mark}])") for mark in "*_~"
)


def escape(text: str) -> str:
    """What a person typed, as Slack hands it to an app."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The three escapes of Slack undone, each once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_read(text: str, names: Names) -> str:
    """mrkdwn as it is shown: marks, mentions and links replaced by their words."""
    parts = _CODE.split(text)
    return "".join(
        unescape(part.strip("`")) if number % 2 else unescape(_shown(part, names)) for number, part in enumerate(parts)
    )


def words_of(text: object, names: Names) -> str:
    """A text object as it is shown."""
    thing = as_object(text)
    words = as_text(thing.get("text"))
    return as_read(words, names) if thing.get("type") == "mrkdwn" else words


def rich_lines(block: Json, names: Names) -> Iterator[str]:
    """A rich_text block, one paragraph after another."""
    for part in as_objects(block.get("elements")):
        if part.get("type") == "rich_text_list":
            for number, item in enumerate(as_objects(part.get("elements")), start=1):
                mark = f"{number}. " if part.get("style") == "ordered" else "• "
                yield mark + _runs(item, names)
        else:
            yield _runs(part, names)


def _shown(text: str, names: Names) -> str:
    text = _TOKEN.sub(lambda found: _token(found.group(1), names), _QUOTE.sub("", text))
    for mark in _EMPHASIS:
        text = mark.sub(r"\1", text)
    return text


def _token(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + names.get(target[1:], label or target[1:])
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return "@" + (label or target[1:]).removeprefix("@")
    return label or target


def _runs(part: Json, names: Names) -> str:
    return "".join(_run(run, names) for run in as_objects(part.get("elements")))


def _run(run: Json, names: Names) -> str:
    kind = run.get("type")
    if kind == "user":
        user = as_text(run.get("user_id"))
        return "@" + names.get(user, user)
    if kind == "broadcast":
        return "@" + as_text(run.get("range"))
    if kind == "emoji":
        return f":{as_text(run.get('name'))}:"
    if kind == "date":
        return as_text(run.get("fallback")) or as_text(run.get("format"))
    return as_text(run.get("text")) or as_text(run.get("url")) or as_text(run.get("channel_id"))
