"""Teams' activities in our words. Pure and total: what is not ours, or not in that shape, is None.

Who somebody is comes from the verified activity alone, never from what a card or a form carries.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import TypeVar, cast
from uuid import UUID

from bot.intake import Json
from bot.teams.carried import BACK, RESERVED, carried_in
from bot.teams.inputs import SEVERAL
from bot.teams.wire import items, part, text
from bot.text import clean
from handlers.conversation import (
    Answers,
    ButtonPressed,
    CommandTyped,
    FormSubmitted,
    SearchTyped,
    Standing,
    Who,
)
from handlers.ui.card import Press
from handlers.ui.form import Source

MENTION = re.compile(r"<at\b[^>]{0,200}>[^<]{0,200}</at>", re.IGNORECASE)
COMMAND = re.compile(r"\s*/?\s*(concern|help)(?![\w-])(.*)", re.IGNORECASE | re.DOTALL)
SHARED = frozenset({"channel", "groupChat"})
"""Conversations that others read too."""
HELP = "help"
"""What a message without a word is answered with."""
LONGEST_MESSAGE = 200_000
"""Characters of a reported message's HTML that are read (Teams takes about 100 KB in one)."""
LONGEST_NAME = 100

_FILES = ("image/", "video/", "audio/", "application/vnd.microsoft.teams.file.", "reference")
"""How the kinds of attachments begin that are files: pasted, uploaded, or shared from a drive."""
_KEY = re.compile(r"[!-~]{1,100}")
_FORM = re.compile(r"[a-z_]{1,50}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MESSAGE = re.compile(r"[!-~]{1,200}")
_PROOF = re.compile(r"[0-9a-f]{32}")
_CONVERSATION = re.compile(r"[A-Za-z0-9:@._;=/+-]{1,400}")

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """How the place that an activity came from is reached."""

    tenant: str
    service_url: str
    conversation: str
    """Without a thread's suffix; empty when it is none that we would send to."""
    personal: bool


def typed(activity: Json, who: Who) -> CommandTyped:
    """A message: the command with the words after it. Anything else reaches nobody, and its writer must hear that.

    What was typed beside a file goes into the form: the file is not taken, and the words must not be lost with it.
    """
    words = clean(MENTION.sub(" ", text(activity, "text")).replace("&nbsp;", " ")).strip()
    found, file = COMMAND.fullmatch(words), has_files(activity)
    shared = text(part(activity, "conversation"), "conversationType") in SHARED
    if found is not None and found[1].lower() == "concern":
        return CommandTyped(who=who, text=found[2].strip(), file=file, in_chat=True, shared=shared)
    if file:
        return CommandTyped(who=who, text=words, file=True, in_chat=True, shared=shared)
    if not words or (found is not None and not found[2].strip()):
        return CommandTyped(who=who, text=HELP, in_chat=True, shared=shared)
    return CommandTyped(who=who, text=words, in_chat=True, shared=shared, stray=True)


def command(activity: Json, who: Who) -> CommandTyped:
    """A command of the message extension; in a message's menu it brings the message along."""
    message = part(activity, "value", "messagePayload")
    body = part(message, "body")
    content = text(body, "content")[:LONGEST_MESSAGE]
    is_text = text(body, "contentType").lower() == "text"
    read = _Read(words=content, picture=False) if is_text else _read(content)
    author = clean(text(part(activity, "value", "messagePayload", "from", "user"), "displayName"))[:LONGEST_NAME]
    file = has_files(message) or read.picture
    return CommandTyped(who=who, message=clean(read.words).strip(), author=author, file=file)


def pressed(activity: Json, data: Json, who: Who) -> ButtonPressed | FormSubmitted | None:
    """What a button of ours sends: a press, or a form's page."""
    if is_form(data):
        return _form(data, who, in_chat=text(activity, "name") == "adaptiveCard/action")
    ours = carried_in(data)
    press, subject, version = _member(Press, text(ours, "press")), text(ours, "subject"), ours.get("version")
    if press is None or not _UUID.fullmatch(subject) or type(version) is not int or not 0 <= version < 10**9:
        return None
    return ButtonPressed(
        who=who, press=press, subject=UUID(subject), version=version,
        standing=_standing(activity, proof=text(ours, "proof")),
    )  # fmt: skip


def is_form(data: Json) -> bool:
    """Whether it is a way out of a form's page."""
    return "form" in carried_in(data)


def search(activity: Json, who: Who) -> SearchTyped | None:
    """A typeahead's question."""
    value = part(activity, "value")
    source = _member(Source, text(value, "dataset"))
    return SearchTyped(who=who, source=source, query=clean(text(value, "queryText"))) if source else None


def whereabouts(activity: Json) -> Whereabouts:
    """Where a verified activity came from."""
    conversation = part(activity, "conversation")
    tenant = text(conversation, "tenantId") or text(part(activity, "channelData", "tenant"), "id")
    name = text(conversation, "id").partition(";messageid=")[0]
    return Whereabouts(
        tenant=tenant.lower(),
        service_url=text(activity, "serviceUrl"),
        conversation=name if _CONVERSATION.fullmatch(name) and ".." not in name else "",
        personal=text(conversation, "conversationType") == "personal",
    )


def _form(data: Json, who: Who, *, in_chat: bool) -> FormSubmitted | None:
    ours = carried_in(data)
    form, key, page = text(ours, "form"), text(ours, "draft"), ours.get("page")
    if not _FORM.fullmatch(form) or not _KEY.fullmatch(key) or type(page) is not int or not 1 <= page <= 1000:
        return None
    back, values = ours.get("way") == BACK, _values(data, items(ours.get("many")))
    return FormSubmitted(who=who, form=form, key=key, page=page, values=values, back=back, in_chat=in_chat)


def _values(data: Json, several: Sequence[object]) -> Answers:
    """What the inputs hold by name. An empty one does not come at all; several choices come with commas between."""
    many = {name for name in several if isinstance(name, str)}
    found: dict[str, str | tuple[str, ...]] = {}
    further: dict[str, dict[str, str]] = {}
    for name, value in data.items():
        if name in RESERVED or not isinstance(value, str):
            continue
        said, (whole, _, number) = clean(value), name.partition(SEVERAL)
        if number and whole in many:
            further.setdefault(whole, {})[number] = said
        else:
            found[name] = tuple(one for one in said.split(",") if one) if name in many else said
    return {**found, **{name: _together(found.get(name, ()), menus) for name, menus in further.items()}}


def _together(first: str | tuple[str, ...], menus: Mapping[str, str]) -> tuple[str, ...]:
    """What several menus of one field hold, in their order, each once."""
    before = (first,) if isinstance(first, str) else first
    held = (*before, *(menus[number] for number in sorted(menus)))
    return tuple(dict.fromkeys(one for one in held if one))


def _standing(activity: Json, *, proof: str) -> Standing | None:
    place, message = whereabouts(activity).conversation, text(activity, "replyToId")
    if not place or not _MESSAGE.fullmatch(message):
        return None
    return Standing(channel=place, message=message, proof=proof if _PROOF.fullmatch(proof) else "")


def _member(kind: type[T], value: str) -> T | None:
    return next((one for one in kind if one.value == value), None)


def has_files(message: Json) -> bool:
    """Whether a picture or another file hangs on it. A card or a quoted message is none."""
    attached = [cast("Json", one) for one in items(message.get("attachments")) if isinstance(one, dict)]
    return any(_is_file(one) for one in attached)


def _is_file(attached: Json) -> bool:
    kind = text(attached, "contentType").lower()
    if kind == "text/html":
        return _read(text(attached, "content")[:LONGEST_MESSAGE]).picture
    return kind.startswith(_FILES)


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "tr", "li"):
            self.words.append("\n")
        if tag == "emoji" or (tag == "img" and "emoji" in (dict(attrs).get("itemtype") or "").lower()):
            self.words.append(dict(attrs).get("alt") or "")
        elif tag == "img":
            self.picture = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "div", "blockquote"):
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(html: str) -> _Read:
    reading = _Reading()
    try:
        reading.feed(html)
        reading.close()
    except AssertionError:  # Python's parser says so of some broken declarations; what was read so far is kept
        pass
    return _Read(words="".join(reading.words), picture=reading.picture)
