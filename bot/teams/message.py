"""What somebody wrote, in words: a reported message's HTML read, who wrote it and when, and what cannot be taken. Pure.

Of a picture, a file or a card nothing goes on but that there was one.
"""

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import cast

from bot.intake import Json, Unreadable, strict_json
from bot.said import Said
from bot.teams.wire import items, part, text
from handlers.conversation import LeftOut

LONGEST_MESSAGE = 200_000
"""Characters of a reported message's HTML that are read (Teams takes about 100 KB in one)."""

_FILES = ("image/", "video/", "audio/", "application/vnd.microsoft.teams.file.", "reference")
"""How the kinds of attachments begin that are files: pasted, uploaded, or shared from a drive."""
_CARDS = ("application/vnd.microsoft.card.", "application/vnd.microsoft.teams.card.")
_QUOTES = ("messagereference", "forwardedmessagereference")
_OTHERS = {"meetingreference": LeftOut.CALL, "application/vnd.microsoft.card.codesnippet": LeftOut.OTHER}


def said(message: Json) -> Said:
    """A `messagePayload` (Teams, "Action commands") in words; an empty one where there is none."""
    body = part(message, "body")
    content = text(body, "content")[:LONGEST_MESSAGE]
    is_text = text(body, "contentType").lower() == "text"
    read = _Read(words=content, picture=False) if is_text else _read(content)
    quotes, left_out = _attached(message)
    words = "\n".join([*quotes, read.words.strip()]) if quotes else read.words
    return Said(
        words=words,
        file=has_files(message) or read.picture,
        left_out=tuple(sorted(left_out)),
        author=_author(message),
        sent=_moment(text(message, "createdDateTime")),
    )


def has_files(message: Json) -> bool:
    """Whether a picture or another file hangs on it. A card or a quoted message is none."""
    return any(_is_file(one) for one in _attachments(message))


def unescaped(typed: str, activity: Json) -> str:
    """Typed words with HTML's escapes undone, once, where the message's own HTML shows that they are escapes."""
    told = [_read(text(one, "content")[:LONGEST_MESSAGE]).words for one in _attachments(activity)
            if text(one, "contentType").lower() == "text/html"]
    plain = html.unescape(typed)
    meant = any(" ".join(one.split()).endswith(" ".join(plain.split())) for one in told)
    return plain if meant else typed


def _attachments(message: Json) -> list[Json]:
    return [cast("Json", one) for one in items(message.get("attachments")) if isinstance(one, dict)]


def _is_file(attached: Json) -> bool:
    kind = text(attached, "contentType").lower()
    if kind == "text/html":
        return _read(text(attached, "content")[:LONGEST_MESSAGE]).picture
    return kind.startswith(_FILES)


def _attached(message: Json) -> tuple[list[str], set[LeftOut]]:
    """The messages that it quotes, a line each, and what else hangs on it."""
    quotes: list[str] = []
    left_out: set[LeftOut] = set()
    for one in _attachments(message):
        kind = text(one, "contentType").lower()
        if kind in _QUOTES:
            quotes += [quote] if (quote := _quote(text(one, "content"))) else []
            left_out |= set() if quote else {LeftOut.QUOTE}
        elif not _is_file(one) and kind != "text/html":
            card = LeftOut.CARD if kind.startswith(_CARDS) else LeftOut.OTHER
            left_out.add(_OTHERS.get(kind, card))
    return quotes, left_out


def _quote(content: str) -> str:
    """What is told of a message that is answered: whose it is, and how it begins."""
    try:
        told = strict_json(content[:LONGEST_MESSAGE])
    except Unreadable:
        return ""
    preview = _read(text(told, "messagePreview") or text(told, "originalMessageContent")).words.strip()
    whose = text(part(told, "messageSender", "user"), "displayName")
    return f"In answer to{f' {whose}' if whose else ''}, which begins: {preview}" if preview else ""


def _author(message: Json) -> str:
    """By name: of a person, else of the app that wrote it."""
    sender = part(message, "from")
    return text(part(sender, "user"), "displayName") or text(part(sender, "application"), "displayName")


def _moment(written: str) -> datetime | None:
    """A time with its offset as a moment in UTC; without one it is UTC, as everywhere in Graph."""
    try:
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    words: str
    picture: bool


class _Reading(HTMLParser):
    """The words of a message, a paragraph a line; of a picture nothing but that there is one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.picture = False
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("br", "tr", "li"):
            self.words.append("\n")
        if tag == "emoji" or (tag == "img" and "emoji" in (given.get("itemtype") or "").lower()):
            self.words.append(given.get("alt") or "")
        elif tag == "img":
            self.picture = True
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "div", "blockquote"):
            self.words.append("\n")
        elif tag == "td":
            self.words.append(" ")
        elif tag == "a" and self._links:
            address, start = self._links.pop()
            self.words.append(_leads_to(address, "".join(self.words[start:])))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _leads_to(address: str, label: str) -> str:
    """Where a link leads, when its words do not say it themselves."""
    plain = address.removeprefix("mailto:").removeprefix("tel:")
    if not plain.strip() or label.strip().rstrip("/") in (plain.rstrip("/"), plain.partition("://")[2].rstrip("/")):
        return ""
    return f" ({plain})"


def _read(written: str) -> _Read:
    reading = _Reading()
    try:
        reading.feed(written)
        reading.close()
    except AssertionError:  # Python's parser says so of some broken declarations; what was read so far is kept
        pass
    return _Read(words="".join(reading.words), picture=reading.picture)
