"""Slack's payloads in our words. Pure; whatever Slack does not send in that shape is `Unreadable`.

Who somebody is comes from the signed payload's own user: the workspace is that of the *user*, so that a guest
through Slack Connect stands before the desk as a stranger and not as a member of the school.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from bot import list_pages
from bot.intake import Json, Unreadable, strict_json
from bot.slack import message
from bot.slack.body import part, parts, text
from bot.slack.inputs import ANSWER, CONTINUED, SEARCH
from bot.text import clean
from handlers.conversation import (
    Answers,
    ButtonPressed,
    CommandTyped,
    FormSubmitted,
    HomeOpened,
    SearchTyped,
    Standing,
    Who,
)
from handlers.ui.card import Press
from handlers.ui.form import ListPage, Source

COMMAND, START, REPORT, BACK = "/concern", "raise_concern", "report_message", "back"
"""The command, the callback_ids of the two shortcuts, and the action_id of a form's way back."""
TO_LIST = "to_list"
"""The action_id of the way back to the list that a window was opened from."""
COMPLAINT = "complaint"
"""Begins the block_id of every complaint that is drawn into a window."""

LONGEST_NAME = 100
NO_MEMBER = ("deleted", "is_restricted", "is_ultra_restricted", "is_stranger", "is_bot")
"""Marks of a user object (Slack, "User object")."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_VALUE = re.compile(r"([0-9a-f-]{36}):([0-9]{1,9})(?::([0-9a-f]{32}))?")
"""Subject, version and, on a card in a place of the leads, our proof."""
_KEY = re.compile(r"[!-~]{1,100}")
_FORM = re.compile(r"[a-z_]{1,50}")

T = TypeVar("T", Press, Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A window that stands open in front of somebody."""

    id: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A window as it was when it was sent: what an answer may be drawn into."""

    form: str
    page: int
    inputs: tuple[str, ...]
    """The ids of its input blocks."""
    filled: frozenset[str]
    """The fields that hold an answer."""
    complaining: bool
    """Complaints are drawn into it already, and only a redraw takes them away."""
    names: Mapping[str, str]
    """The label of each id that is picked in it."""


def command(body: Json, names: Mapping[str, str] | None = None) -> CommandTyped:
    """`/concern` with the words after it; `names` are those of the people who are mentioned in them."""
    if text(body, "command").strip().casefold() != COMMAND:
        raise Unreadable("unknown_command")
    who = Who(platform="slack", tenant=_id(body, "team_id"), user=_id(body, "user_id"))
    words, file = message.in_words(text(body, "text"), names or {})
    return CommandTyped(who=who, text=clean(words), file=file)


def shortcut(body: Json, names: Mapping[str, str] | None = None) -> CommandTyped:
    """The global shortcut, or the one in a message's menu with that message: its words, who wrote it, and when."""
    kind, callback = text(body, "type"), text(body, "callback_id")
    if (kind, callback) == ("shortcut", START):
        return CommandTyped(who=who(body))
    if (kind, callback) == ("message_action", REPORT):
        said = message.said(part(body, "message"), names or {})
        return CommandTyped(
            who=who(body), message=clean(said.words), author=clean(said.author)[:LONGEST_NAME],
            sent=said.sent, left_out=said.left_out, file=said.file,
        )  # fmt: skip
    raise Unreadable("unknown_shortcut")


def mentioned(body: Json) -> frozenset[str]:
    """The ids of the people whose names are needed to read what was typed or reported."""
    return message.people_in(part(body, "message")) | message.people_in_words(text(body, "text"))


def press(body: Json) -> ButtonPressed | FormSubmitted:
    """A button of a card, the way back in a form, or a choice by which its page is drawn."""
    pressed = next(iter(parts(body, "actions")), None)
    if pressed is None:
        raise Unreadable("no_action")
    if text(pressed, "action_id") == BACK:
        return _form(body, back=True)
    if text(pressed, "action_id") == ANSWER:
        return replace(_form(body, back=False), changed=True)
    if text(pressed, "action_id") == TO_LIST:
        return _to_list(body, text(pressed, "value"))
    found = _VALUE.fullmatch(text(pressed, "value"))
    if found is None:
        raise Unreadable("unknown_button")
    return ButtonPressed(
        who=who(body),
        press=_member(Press, text(pressed, "action_id")),
        subject=_uuid(found[1]),
        version=int(found[2]),
        standing=_standing(body, proof=found[3] or ""),
        in_window=opened(body) is not None and not is_home(body),
        from_list=_from_list(part(body, "view")),
    )


def submission(body: Json) -> FormSubmitted:
    return _form(body, back=False)


def search(body: Json) -> SearchTyped:
    asked, _, source = text(body, "action_id").partition(SEARCH)
    if asked:
        raise Unreadable("unknown_search")
    return SearchTyped(who=who(body), source=_member(Source, source), query=clean(text(body, "value")))


def who(body: Json) -> Who:
    """The person behind an interaction."""
    user = part(body, "user")
    tenant = _id(user, "team_id") if text(user, "team_id") else _id(part(body, "team"), "id")
    return Who(platform="slack", tenant=tenant, user=_id(user, "id"))


def is_guest(body: Json) -> bool:
    """Whether the payload itself says that its user is no full member: it says so of some, and never of all."""
    user = part(body, "user")
    return any(user.get(mark) is True for mark in NO_MEMBER)


def home(body: Json) -> HomeOpened | None:
    """The event that somebody looks at the Home tab; None for every other. It names the person by the event's user."""
    told = part(body, "event")
    if text(told, "type") != "app_home_opened" or text(told, "tab") != "home":
        return None
    return HomeOpened(who=Who(platform="slack", tenant=_id(body, "team_id"), user=_id(told, "user")))


def home_hash(body: Json) -> str:
    """Of the view that stood there when the event, or a press in it, was sent; empty when nothing did."""
    return text(part(body, "view") or part(part(body, "event"), "view"), "hash")


def is_home(body: Json) -> bool:
    """Whether a button stood on the Home tab: a view too, and no window."""
    return text(part(body, "view"), "type") == "home"


def trigger(body: Json) -> str:
    """What opens a window, once and within three seconds."""
    return text(body, "trigger_id")


def opened(body: Json) -> Open | None:
    """The window that a button was pressed in; None for a message."""
    view = part(body, "view")
    return Open(id=_id(view, "id"), hash=text(view, "hash")) if view else None


def channel(body: Json) -> str:
    """Where a button's message stands; empty where that is not told."""
    return text(part(body, "channel"), "id") or text(part(body, "container"), "channel_id")


def shown(body: Json) -> Shown:
    """The window that was sent, as far as an answer to it must know."""
    view = part(body, "view")
    _, page = _metadata(view)
    blocks = parts(view, "blocks")
    ids = [text(block, "block_id") for block in blocks]
    return Shown(
        form=text(view, "callback_id"),
        page=page,
        inputs=tuple(text(block, "block_id") for block in blocks if block.get("type") == "input"),
        filled=frozenset(name for name, value in _values(view).items() if value),
        complaining=any(id.startswith(COMPLAINT) for id in ids),
        names=_names(view),
    )


def _form(body: Json, *, back: bool) -> FormSubmitted:
    view = part(body, "view")
    form = text(view, "callback_id")
    if not _FORM.fullmatch(form):
        raise Unreadable("unknown_form")
    key, page = _metadata(view)
    values = _values(view)
    return FormSubmitted(
        who=who(body), form=form, key=key, page=page, values=values, back=back, stood=tuple(values),
        from_list=_from_list(view),
    )  # fmt: skip


def _to_list(body: Json, value: str) -> FormSubmitted:
    """As if back were pressed on the page after the one that is wanted."""
    wanted = list_pages.read(value)
    if wanted is None:
        raise Unreadable("unknown_list")
    return FormSubmitted(
        who=who(body), form=wanted.form, key=wanted.key, page=wanted.page + 1, values={}, back=True, from_list=wanted
    )


def _from_list(view: Json) -> ListPage | None:
    """None for a view that holds no metadata of ours, such as the Home tab."""
    written = text(view, "private_metadata")
    return list_pages.read(text(strict_json(written), "list")) if written else None


def _metadata(view: Json) -> tuple[str, int]:
    kept = strict_json(text(view, "private_metadata"))
    key, page = text(kept, "key"), kept.get("page")
    if not _KEY.fullmatch(key) or type(page) is not int or not 1 <= page <= 1000:
        raise Unreadable("metadata_is_not_ours")
    return key, page


def _values(view: Json) -> Answers:
    """What the fields hold by name, emptied ones as empty; the inputs of one long answer joined in their order."""
    found: dict[str, str | tuple[str, ...]] = {}
    longer: dict[str, dict[int, str]] = {}
    for block_id, state in _states(view):
        name, _, number = block_id.partition(CONTINUED)
        value = _answer(state)
        if number.isascii() and number.isdigit() and isinstance(value, str):
            longer.setdefault(name, {})[int(number[:4])] = value
        else:
            found[name] = value
    for name, pieces in longer.items():
        found[name] = "".join([str(found.get(name, "")), *(pieces[number] for number in sorted(pieces))])
    return found


def _states(view: Json) -> list[tuple[str, Json]]:
    values = part(part(view, "state"), "values")
    by_block = [(block_id, part(values, block_id)) for block_id in values]
    return [(block_id, part(states, action)) for block_id, states in by_block for action in states]


def _answer(state: Json) -> str | tuple[str, ...]:
    match text(state, "type"):
        case "plain_text_input":
            return clean(text(state, "value"))
        case "datepicker":
            return clean(text(state, "selected_date"))
        case "timepicker":
            return clean(text(state, "selected_time"))
        case "radio_buttons" | "static_select" | "external_select":
            return clean(text(part(state, "selected_option"), "value"))
        case "checkboxes" | "multi_static_select":
            return tuple(clean(text(chosen, "value")) for chosen in parts(state, "selected_options"))
        case _:
            raise Unreadable("unknown_input")


def _names(view: Json) -> dict[str, str]:
    chosen = [part(state, "selected_option") for _, state in _states(view) if state.get("type") == "external_select"]
    labels = {text(option, "value"): clean(message.unescaped(text(part(option, "text"), "text"))) for option in chosen}
    return {id: label for id, label in labels.items() if id and label}


def _standing(body: Json, *, proof: str) -> Standing | None:
    ts = text(part(body, "message"), "ts") or text(part(body, "container"), "message_ts")
    place = channel(body)
    return Standing(channel=place, message=ts, proof=proof) if place and ts else None


def _id(holder: Json, key: str) -> str:
    found = text(holder, key)
    if not _ID.fullmatch(found):
        raise Unreadable(f"{key}_is_no_id")
    return found


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Unreadable("not_an_id") from None


def _member(kind: type[T], value: str) -> T:
    try:
        return kind(value)
    except ValueError:
        raise Unreadable("unknown_action") from None
