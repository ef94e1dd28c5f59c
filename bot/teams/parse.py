"""Teams' activities in our words. Pure and total: what is not ours, or not in that shape, is None.

Who somebody is comes from the verified activity alone, never from what a card or a form carries.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, cast
from uuid import UUID

from bot import list_pages
from bot.intake import Json
from bot.teams import message
from bot.teams.carried import BACK, RESERVED, carried_in
from bot.teams.inputs import SEVERAL
from bot.teams.wire import items, part, text
from bot.text import clean
from handlers.conversation import (
    Answers,
    ButtonPressed,
    CardSeen,
    CommandTyped,
    FormSubmitted,
    SearchTyped,
    Standing,
    Who,
)
from handlers.ui.card import Press, Which
from handlers.ui.form import Source

MENTION = re.compile(r"<at\b[^>]{0,200}>([^<]{0,200})</at>", re.IGNORECASE)
COMMAND = re.compile(r"\s*/?\s*(concern|help)(?![\w-])(.*)", re.IGNORECASE | re.DOTALL)
SHARED = frozenset({"channel", "groupChat"})
"""Conversations that others read too."""
HELP = "help"
"""What a message without a word is answered with."""
LONGEST_NAME = 100

_NO_MEMBER = frozenset({"guest", "anonymous", "federated"})
"""Roles of a sender who is no member of the tenant (Teams, "teamsChannelAccount.userRole"; Entra, "userType")."""
_KEY = re.compile(r"[!-~]{1,100}")
_FORM = re.compile(r"[a-z_]{1,50}")
_STEP = re.compile(r"[a-z0-9_:.-]{0,80}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MESSAGE = re.compile(r"[!-~]{1,200}")
_PROOF = re.compile(r"[0-9a-f]{32}")
_CONVERSATION = re.compile(r"[A-Za-z0-9:@._;=/+-]{1,400}")

T = TypeVar("T", bound=StrEnum)


_FROM_A_DIALOG = frozenset({"task/submit", "composeExtension/submitAction"})
"""Invokes by which what stands in a dialog comes back; a button of a card that opens one sends another."""


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
    words = clean(_without_the_bot(activity)).strip()
    found, file = COMMAND.fullmatch(words), message.has_files(activity)
    shared = text(part(activity, "conversation"), "conversationType") in SHARED
    if found is not None and found[1].lower() == "concern":
        return CommandTyped(who=who, text=found[2].strip(), file=file, in_chat=True, shared=shared)
    if file:
        return CommandTyped(who=who, text=words, file=True, in_chat=True, shared=shared)
    if not words or (found is not None and not found[2].strip()):
        return CommandTyped(who=who, text=HELP, in_chat=True, shared=shared)
    return CommandTyped(who=who, text=words, in_chat=True, shared=shared, stray=True)


def _without_the_bot(activity: Json) -> str:
    """What was typed, less the bot's own name where it was called by it; whoever else is mentioned stays by name."""
    typed = text(activity, "text").replace("&nbsp;", " ")
    bot = text(part(activity, "recipient"), "id")
    named = [cast("Json", one) for one in items(activity.get("entities")) if isinstance(one, dict)]
    of_bot = {text(one, "text") for one in named if bot and text(part(one, "mentioned"), "id") == bot}

    def kept(found: re.Match[str]) -> str:
        called = found[0] in of_bot or not typed[: found.start()].strip()
        return " " if called else found[1]

    return message.unescaped(MENTION.sub(kept, typed), activity)


def command(activity: Json, who: Who) -> CommandTyped:
    """A command of the message extension; in a message's menu it brings the message along."""
    said = message.said(part(activity, "value", "messagePayload"))
    return CommandTyped(
        who=who, message=clean(said.words).strip(), author=clean(said.author)[:LONGEST_NAME], sent=said.sent,
        left_out=said.left_out, file=said.file,
    )  # fmt: skip


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
        in_window=text(activity, "name") in _FROM_A_DIALOG, from_list=list_pages.read(text(ours, "list")),
    )  # fmt: skip


def seen(activity: Json, data: Json, who: Who) -> CardSeen | None:
    """What a client sends by itself of a card of ours that it shows."""
    ours = carried_in(data)
    kind, subject, step = text(ours, "seen"), text(ours, "subject"), text(ours, "step")
    standing = _standing(activity, proof=text(ours, "proof"))
    if standing is None or not _FORM.fullmatch(kind) or not _UUID.fullmatch(subject) or not _STEP.fullmatch(step):
        return None
    return CardSeen(who=who, which=Which(kind=kind, subject=UUID(subject), step=step), standing=standing)


def is_form(data: Json) -> bool:
    """Whether it is a way out of a form's page."""
    return "form" in carried_in(data)


def wanted(data: Json) -> str:
    """The field at which the wanted part of a page begins, where it is drawn in parts: else the one that was shown."""
    ours = carried_in(data)
    shown = [name for name in items(ours.get("shown")) if isinstance(name, str)]
    return text(ours, "goto") or next(iter(shown), "")


def search(activity: Json, who: Who) -> SearchTyped | None:
    """A typeahead's question."""
    value = part(activity, "value")
    source = _member(Source, text(value, "dataset"))
    return SearchTyped(who=who, source=source, query=clean(text(value, "queryText"))) if source else None


def is_guest(activity: Json) -> bool:
    """Whether the activity itself says that its sender is a guest, or belongs to another tenant: not every one does."""
    sender = part(activity, "from")
    roles = {text(sender, "role").casefold(), text(sender, "userRole").casefold(), text(sender, "userType").casefold()}
    theirs = text(sender, "tenantId").lower()
    return bool(roles & _NO_MEMBER) or theirs not in ("", whereabouts(activity).tenant)


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
    shown = _carried_names(ours, "shown")
    return FormSubmitted(
        who=who, form=form, key=key, page=page, values=values, back=back, shown=shown, goto=text(ours, "goto"),
        in_chat=in_chat, stood=shown or _carried_names(ours, "stood"), from_list=list_pages.read(text(ours, "list")),
    )  # fmt: skip


def _carried_names(ours: Json, member: str) -> tuple[str, ...] | None:
    """The inputs that the button named there; None where it named none."""
    return tuple(name for name in items(ours[member]) if isinstance(name, str)) if member in ours else None


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
    place, replied_to = whereabouts(activity).conversation, text(activity, "replyToId")
    if not place or not _MESSAGE.fullmatch(replied_to):
        return None
    return Standing(channel=place, message=replied_to, proof=proof if _PROOF.fullmatch(proof) else "")


def _member(kind: type[T], value: str) -> T | None:
    return next((one for one in kind if one.value == value), None)
