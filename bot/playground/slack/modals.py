"""The Web API's methods about modals, and the check of blocks without sending them.

Each takes the state and the arguments and gives the answer's fields, or raises Refusal.
"""

from bot.playground.slack.limits import block_faults, is_too_large, view_faults
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.stack import DEEPEST, OpenView, Stack, replace
from bot.playground.slack.state import SlackState
from bot.playground.slack.triggers import Trigger
from bot.playground.wire import Json, as_object, as_text


def views_open(state: SlackState, args: Json) -> Json:
    """views.open: over the modal that the trigger came from, else as the only one."""
    view = checked_view(state, args.get("view"))
    trigger = state.triggers.look(as_text(args.get("trigger_id")))
    if trigger.from_view:
        _refuse_deep(trigger.stack)
    else:
        trigger.stack.views.clear()
    return _opened(state, trigger, view, on_top=False)


def views_push(state: SlackState, args: Json) -> Json:
    """views.push: on top of the modal that the trigger came from."""
    view = checked_view(state, args.get("view"))
    trigger = state.triggers.look(as_text(args.get("trigger_id")))
    if trigger.stack.find(view_id=trigger.from_view) is None:
        raise Refusal("not_found")
    _refuse_deep(trigger.stack)
    return _opened(state, trigger, view, on_top=True)


def views_update(state: SlackState, args: Json) -> Json:
    """views.update of a modal that is still open."""
    view_id, external_id = as_text(args.get("view_id")), as_text(args.get("external_id"))
    if bool(view_id) == bool(external_id):
        raise Refusal("invalid_arguments", ["[ERROR] either view_id or external_id"])
    opened = state.open_view(view_id=view_id, external_id=external_id)
    view = checked_view(state, args.get("view"), instead_of=opened)
    if opened is None:
        raise Refusal("not_found")
    if args.get("hash") not in (None, "", opened.hash):
        raise Refusal("hash_conflict")
    replace(opened, view)
    state.touch()
    return {"view": state.view_object(opened)}


def blocks_validate(_: SlackState, args: Json) -> Json:
    """blocks.validate: exactly one of blocks, message and view."""
    if len(args.keys() & {"blocks", "message", "view"}) != 1:
        raise Refusal("invalid_arguments", ["[ERROR] exactly one of blocks, message and view"])
    message = as_object(args.get("message"))
    faults = view_faults(args["view"]) if "view" in args else block_faults(args.get("blocks", message.get("blocks")))
    if faults:
        raise Refusal("invalid_blocks", faults)
    return {}


def checked_view(state: SlackState, view: object, *, instead_of: OpenView | None = None) -> Json:
    """The view, if Slack takes it: as an argument, and as the answer to a submission."""
    found = as_object(view)
    if is_too_large(found):
        raise Refusal("view_too_large")
    if faults := view_faults(view):
        raise Refusal("invalid_arguments", faults)
    other = state.open_view(external_id=as_text(found.get("external_id")))
    if other and other is not instead_of:
        raise Refusal("duplicate_external_id")
    return found


def _opened(state: SlackState, trigger: Trigger, view: Json, *, on_top: bool) -> Json:
    trigger.used = True
    opened = trigger.stack.add(view, on_top=on_top)
    state.touch()
    return {"view": state.view_object(opened)}


def _refuse_deep(stack: Stack) -> None:
    if len(stack.views) >= DEEPEST:
        raise Refusal("push_limit_reached")
