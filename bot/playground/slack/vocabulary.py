"""The blocks, elements and views that this Slack knows: allow-lists with their lengths.

Data only (Slack, "Block Kit reference", limits as of May 2026). What spans several blocks is in `limits.py`.
"""

from collections.abc import Iterator

from bot.playground.slack.shapes import (
    CONFIRM,
    Check,
    Shape,
    date,
    either,
    flag,
    kinds,
    listed,
    one_of,
    option,
    plain,
    text,
    time,
    whole,
)

MOST_OPTIONS = 100
_ID = text(255)
_OPTION = option(plain(75))
_RICH_OPTION = option(either(75))
_SELECT: dict[str, Check] = {
    "action_id": _ID,
    "placeholder": plain(150),
    "confirm": CONFIRM,
    "focus_on_load": flag,
}
_OPTIONS = listed(_OPTION, most=MOST_OPTIONS)
_GROUP = Shape(required={"label": plain(75), "options": _OPTIONS})
_STATIC = _SELECT | {"options": _OPTIONS, "option_groups": listed(_GROUP, most=MOST_OPTIONS)}
_EXTERNAL = _SELECT | {"min_query_length": whole(0, 3000)}
_SEVERAL = {"max_selected_items": whole(1, 100), "initial_options": _OPTIONS}
_TEN = listed(_RICH_OPTION, most=10)
_TICKED: dict[str, Check] = {"action_id": _ID, "confirm": CONFIRM, "focus_on_load": flag}
_WHEN = listed(one_of("on_enter_pressed", "on_character_entered"), most=2)

SEARCHED = Shape(optional={"options": listed(_OPTION, least=0, most=MOST_OPTIONS),
                           "option_groups": listed(_GROUP, least=0, most=MOST_OPTIONS)})
"""The answer to block_suggestion."""

BUTTON = Shape(
    required={"text": plain(75)},
    optional={
        "action_id": _ID,
        "value": text(2000),
        "url": text(3000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": text(75),
    },
)
OVERFLOW = Shape(
    required={"options": listed(option(plain(75), url=text(3000)), most=5)},
    optional={"action_id": _ID, "confirm": CONFIRM},
)
PLAIN_TEXT_INPUT = Shape(
    optional={
        "action_id": _ID,
        "placeholder": plain(150),
        "initial_value": text(3000, least=0),
        "multiline": flag,
        "min_length": whole(0, 3000),
        "max_length": whole(1, 3000),
        "focus_on_load": flag,
        "dispatch_action_config": Shape(required={"trigger_actions_on": _WHEN}),
    }
)
CHOOSING: dict[str, Check] = {
    "radio_buttons": Shape(required={"options": _TEN}, optional=_TICKED | {"initial_option": _RICH_OPTION}),
    "checkboxes": Shape(required={"options": _TEN}, optional=_TICKED | {"initial_options": _TEN}),
    "static_select": Shape(optional=_STATIC | {"initial_option": _OPTION}),
    "external_select": Shape(optional=_EXTERNAL | {"initial_option": _OPTION}),
    "users_select": Shape(optional=_SELECT | {"initial_user": text(20)}),
    "datepicker": Shape(optional=_SELECT | {"initial_date": date}),
    "timepicker": Shape(optional=_SELECT | {"initial_time": time, "timezone": text(64)}),
}
"""Elements that hold a choice and may stand in a section, in actions and in an input."""
SEVERAL: dict[str, Check] = {
    "multi_static_select": Shape(optional=_STATIC | _SEVERAL),
    "multi_external_select": Shape(optional=_EXTERNAL | _SEVERAL),
}
"""Elements that hold several choices; not allowed in an actions block."""
STATEFUL = frozenset(CHOOSING) | frozenset(SEVERAL) | {"plain_text_input"}
"""Elements whose value is part of `state.values`."""
PRESSED: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW}

_STYLE = Shape(optional={"bold": flag, "italic": flag, "strike": flag, "code": flag, "underline": flag})
_PARTS: dict[str, Check] = {
    "text": Shape(required={"text": text(12_000)}, optional={"style": _STYLE}),
    "link": Shape(required={"url": text(3000)}, optional={"text": text(3000), "style": _STYLE, "unsafe": flag}),
    "emoji": Shape(required={"name": text(100)}, optional={"unicode": text(100), "style": _STYLE}),
    "user": Shape(required={"user_id": text(20)}, optional={"style": _STYLE}),
    "channel": Shape(required={"channel_id": text(20)}, optional={"style": _STYLE}),
    "broadcast": Shape(required={"range": one_of("here", "channel", "everyone")}, optional={"style": _STYLE}),
    "date": Shape(
        required={"timestamp": whole(0, 10**11), "format": text(200)},
        optional={"url": text(3000), "fallback": text(200), "style": _STYLE},
    ),
}
_RUNS = listed(kinds(_PARTS, "rich text"), least=0, most=1000)
_SECTION = Shape(required={"elements": _RUNS})
_RICH: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": Shape(required={"elements": _RUNS}, optional={"border": whole(0, 1)}),
    "rich_text_preformatted": Shape(required={"elements": _RUNS}, optional={"border": whole(0, 1)}),
    "rich_text_list": Shape(
        required={
            "elements": listed(kinds({"rich_text_section": _SECTION}, "list item"), most=1000),
            "style": one_of("bullet", "ordered"),
        },
        optional={"indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
    ),
}

_BLOCK: dict[str, Check] = {"block_id": _ID}
SHARED: dict[str, Check] = {
    "header": Shape(required={"text": plain(150)}, optional=_BLOCK),
    "divider": Shape(optional=_BLOCK),
    "section": Shape(
        optional=_BLOCK
        | {
            "text": either(3000),
            "fields": listed(either(2000), most=10),
            "accessory": kinds(PRESSED | CHOOSING | SEVERAL, "accessory"),
            "expand": flag,
        }
    ),
    "context": Shape(required={"elements": listed(either(3000), most=10)}, optional=_BLOCK),
    "actions": Shape(
        required={"elements": listed(kinds(PRESSED | CHOOSING, "element"), most=25)}, optional=_BLOCK
    ),
    "rich_text": Shape(
        required={"elements": listed(kinds(_RICH, "rich text"), most=1000)}, optional=_BLOCK
    ),
}
MODAL_ONLY: dict[str, Check] = {
    "input": Shape(
        required={
            "label": plain(2000),
            "element": kinds(CHOOSING | SEVERAL | {"plain_text_input": PLAIN_TEXT_INPUT}, "input element"),
        },
        optional=_BLOCK | {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "alert": Shape(
        required={"text": either(3000)},
        optional=_BLOCK | {"level": one_of("default", "info", "warning", "error", "success")},
    ),
}
"""`alert` exists in modals alone; inputs inside messages are not drawn by this stand-in."""

HOME = Shape(
    required={"blocks": listed(kinds(SHARED | {"input": MODAL_ONLY["input"]}, "block"), most=100)},
    optional={
        "private_metadata": text(3000, least=0),
        "callback_id": text(255, least=0),
        "external_id": text(255, least=0),
    },
)
"""A Home tab has no title and no buttons of its own (Slack, "Home tab view object")."""
MESSAGE_BLOCKS = listed(kinds(SHARED, "block"), least=0, most=50)
VIEW = Shape(
    required={"title": plain(24), "blocks": listed(kinds(SHARED | MODAL_ONLY, "block"), most=100)},
    optional={
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": text(3000, least=0),
        "callback_id": text(255, least=0),
        "external_id": text(255, least=0),
        "clear_on_close": flag,
        "notify_on_close": flag,
    },
)


def message_blocks(blocks: object, at: str) -> Iterator[str]:
    """The shape of a message's blocks."""
    return MESSAGE_BLOCKS(blocks, at)


def view(thing: object, at: str) -> Iterator[str]:
    """The shape of a modal."""
    return kinds({"modal": VIEW}, "view")(thing, at)


def home(thing: object, at: str) -> Iterator[str]:
    """The shape of a Home tab."""
    return kinds({"home": HOME}, "view")(thing, at)
