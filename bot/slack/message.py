"""What somebody wrote, in words: Slack's marks for people, places, links and days read, and its escapes undone once.

Pure. A message is words, blocks or attachments, or all three. What is in it and cannot be taken as words is told by its
kind, and nothing more of it goes on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import cast

from bot.intake import Json
from bot.said import Said
from bot.slack.body import part, parts, text
from handlers.conversation import LeftOut

NOBODY = "somebody whose name Slack does not tell"
_MARK = re.compile(r"<([^<>\n]{1,4000})>")
_PERSON = re.compile(r"<@([UW][A-Z0-9]{2,40})(?:\|[^<>]*)?>")
_FILE = re.compile(
    r"<?https?://(?:[\w-]{1,63}\.){0,5}(?:slack\.com/files(?:-[a-z]{1,10})?/|slack-files\.com/)[^\s<>]{0,2000}>?",
    re.IGNORECASE,
)
"""A link to a file that lies with Slack. It is left out: a copy of the link is a way to the file."""
_TIME = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,6})?")
_LATEST = 1e11
_DEEPEST = 6

Names = Mapping[str, str]


def people_in(message: Json) -> frozenset[str]:
    """The ids of everybody who is mentioned in a message, and of whoever wrote it."""
    return frozenset(filter(None, (text(message, "user"), *_mentioned(message))))


def people_in_words(words: str) -> frozenset[str]:
    return frozenset(_PERSON.findall(words))


def in_words(typed: str, names: Names) -> tuple[str, bool]:
    """Typed words as they were meant, without links to files; and whether there were any."""
    left, found = _FILE.subn("", typed)
    return _read(left, names), found > 0


def said(message: Json, names: Names) -> Said:
    """The whole message in words, its author and time, and what could not be taken."""
    words, linked = in_words(text(message, "text"), names)
    found = _Found(names)
    blocks = found.of_blocks(parts(message, "blocks"))
    drawn = blocks if not words.strip() or not _is_text_of(message, words, blocks) else ""
    attached = [found.of_attachment(one, alone=not words.strip()) for one in parts(message, "attachments")]
    every = [piece for piece in (words, drawn, *attached) if piece.strip()]
    hung = any(parts(holder, "files") for holder in (message, *parts(message, "attachments")))
    return Said(
        words="\n".join(every),
        file=linked or hung or found.file,
        left_out=tuple(sorted(found.left_out)),
        author=_author(message, names),
        sent=_moment(text(message, "ts")),
    )


def _is_text_of(message: Json, words: str, blocks: str) -> bool:
    """Whether the text says what the blocks say: Slack writes it so itself where somebody typed them."""
    typed = all(text(block, "type") == "rich_text" for block in parts(message, "blocks"))
    return typed or " ".join(blocks.split()) in " ".join(words.split())


class _Found:
    """Gathers words from blocks, and what there was beside them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.left_out: set[LeftOut] = set()
        self.file = False

    def of_blocks(self, blocks: Iterable[Json]) -> str:
        return "\n".join(words for block in blocks if (words := self._block(block)).strip())

    def of_attachment(self, attachment: Json, *, alone: bool) -> str:
        """Its words; of the preview of a link that stands in the text nothing, for nobody wrote that."""
        if text(attachment, "from_url") and not attachment.get("is_msg_unfurl") and not alone:
            return ""
        shared = [part(one, "message") for one in parts(attachment, "message_blocks")]
        inner = [self.of_blocks(parts(part(one, "blocks"), "blocks") or parts(one, "blocks")) for one in shared]
        own = [self._text(attachment, name) for name in ("pretext", "author_name", "title", "text")]
        fields = [f"{self._text(one, 'title')}: {self._text(one, 'value')}" for one in parts(attachment, "fields")]
        drawn = self.of_blocks(parts(attachment, "blocks"))
        words = [one for one in (*own, *fields, drawn) if one.strip()] or [one for one in inner if one.strip()]
        if parts(attachment, "actions"):
            self.left_out.add(LeftOut.BUTTONS)
        if text(attachment, "image_url"):
            self.left_out.add(LeftOut.PICTURE)
        return "\n".join(words or [fallback for fallback in [self._text(attachment, "fallback")] if fallback])

    def _block(self, block: Json) -> str:
        match text(block, "type"):
            case "rich_text":
                return self._rich(block)
            case "section":
                if block.get("accessory"):
                    self._element(part(block, "accessory"))
                texts = [part(block, "text"), *parts(block, "fields")]
                return "\n".join(words for one in texts if (words := self._text(one, "text")).strip())
            case "header" | "markdown":
                return self._text(part(block, "text"), "text") if isinstance(block.get("text"), dict) else (
                    self._text(block, "text")
                )
            case "context":
                return " ".join(self._element(one) for one in parts(block, "elements"))
            case "divider":
                return ""
            case "file":
                self.file = True
            case kind:
                self.left_out.add(_KINDS.get(kind, LeftOut.OTHER))
        return ""

    def _element(self, element: Json) -> str:
        kind = text(element, "type")
        if kind in ("mrkdwn", "plain_text"):
            return self._text(element, "text")
        self.left_out.add(_KINDS.get(kind, LeftOut.BUTTONS))
        return ""

    def _rich(self, holder: Json, depth: int = 0) -> str:
        """The words of rich text: a line a section, a list's items each on a line of its own."""
        if depth > _DEEPEST:
            self.left_out.add(LeftOut.OTHER)
            return ""
        lines = text(holder, "type") in ("rich_text", "rich_text_list")
        pieces = [
            self._rich(one, depth + 1) if "elements" in one else self._run(one) for one in parts(holder, "elements")
        ]
        return ("\n" if lines else "").join(pieces)

    def _run(self, run: Json) -> str:
        kind = text(run, "type")
        match kind:
            case "link":
                left, gone = _FILE.subn("", text(run, "url"))
                self.file = self.file or gone > 0
                return _link(left, text(run, "text")) if left else ""
            case "user":
                return f"@{self._names.get(text(run, 'user_id')) or NOBODY}"
            case "emoji":
                return _emoji(run)
            case "broadcast":
                return f"@{text(run, 'range')}"
            case _:
                return self._plain(kind, run)

    def _plain(self, kind: str, run: Json) -> str:
        if kind in _UNNAMED:
            return _UNNAMED[kind]
        if kind not in _SAID_IN:
            self.left_out.add(LeftOut.OTHER)
            return ""
        return text(run, _SAID_IN[kind])

    def _text(self, holder: Json, key: str) -> str:
        words, linked = in_words(text(holder, key), self._names)
        self.file = self.file or linked
        return words


_KINDS = {
    "image": LeftOut.PICTURE, "video": LeftOut.VIDEO, "actions": LeftOut.BUTTONS, "input": LeftOut.BUTTONS,
    "context_actions": LeftOut.BUTTONS, "table": LeftOut.TABLE, "call": LeftOut.CALL,
}  # fmt: skip
_UNNAMED = {"channel": "#a channel", "usergroup": "@a group"}
"""Runs that hold an id alone, of something whose name we have no scope to ask."""
_SAID_IN = {"text": "text", "date": "fallback", "color": "value"}


def _read(words: str, names: Names) -> str:
    """Marks read and escapes undone, each once: what a mark stands for is not looked at again."""
    pieces: list[str] = []
    end = 0
    for mark in _MARK.finditer(words):
        pieces += [unescaped(words[end : mark.start()]), _meaning(mark[1], names)]
        end = mark.end()
    return "".join([*pieces, unescaped(words[end:])])


def _meaning(mark: str, names: Names) -> str:
    """What stands between `<` and `>`, as a reader sees it (Slack, "Formatting text for app surfaces")."""
    target, _, label = mark.partition("|")
    label = unescaped(label)
    if mark.startswith("@"):
        return f"@{names.get(target[1:]) or label or NOBODY}"
    if mark.startswith("#"):
        return f"#{label or 'a channel'}"
    if mark.startswith("!"):
        if target.startswith("!date^"):
            return label
        said = label or ("a group" if target.startswith("!subteam") else target[1:].partition("^")[0])
        return f"@{said.removeprefix('@')}"
    return _link(unescaped(target), label)


def _link(address: str, label: str) -> str:
    """The words of a link, and where it leads when they do not say it themselves."""
    plain = address.removeprefix("mailto:").removeprefix("tel:")
    shown = label in ("", address, plain, plain.partition("://")[2], plain.partition("://")[2].rstrip("/"))
    return (label or plain) if shown else f"{label} ({plain})"


def unescaped(words: str) -> str:
    """Slack sends `& < >` escaped; the amp last, so that nothing is decoded twice."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _mentioned(holder: object, depth: int = 0) -> Iterator[str]:
    """Ids in marks and in runs of rich text, however deep."""
    if depth > 12:
        return
    if isinstance(holder, str):
        yield from _PERSON.findall(holder)
    elif isinstance(holder, dict):
        for name, value in cast(Json, holder).items():
            yield from [value] if name == "user_id" and isinstance(value, str) else _mentioned(value, depth + 1)
    elif isinstance(holder, list):
        for value in cast("list[object]", holder):
            yield from _mentioned(value, depth + 1)


def _author(message: Json, names: Names) -> str:
    """By name: of a person, else of the app that wrote it."""
    app = text(message, "username") or text(part(message, "bot_profile"), "name")
    return names.get(text(message, "user"), "") or app


def _moment(ts: str) -> datetime | None:
    """A message's `ts`, seconds since 1970, as a moment in UTC."""
    if not _TIME.fullmatch(ts) or not 0 < float(ts) < _LATEST:
        return None
    return datetime.fromtimestamp(float(ts), UTC)


def _emoji(run: Json) -> str:
    """The sign itself where Slack says which characters it is; else its name, as it is typed."""
    numbers = text(run, "unicode").split("-")
    try:
        return "".join(chr(int(number, 16)) for number in numbers)
    except (ValueError, OverflowError):
        return f":{text(run, 'name')}:"
