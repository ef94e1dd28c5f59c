"""What a press sends, and what its answer does to the screen: one function for each thing a person can do.

The protocol between client and app. Labels, typing and the client's own checks are not known here.
"""

from bot.playground.slack import payloads, sender
from bot.playground.slack.client import Client
from bot.playground.slack.drawing import Entry, Knob
from bot.playground.slack.limits import block_faults, options_of, search_faults
from bot.playground.slack.modals import checked_view
from bot.playground.slack.places import Channel, Message
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.sender import Answer
from bot.playground.slack.stack import DEEPEST, TROUBLE, OpenView, replace
from bot.playground.thumbs import PlatformRefused
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text, within


async def command(client: Client, channel: Channel, text: str) -> None:
    """Send a slash command and show what comes back to this person alone, as Slack's own client does."""
    name = text.partition(" ")[0]
    if not client.is_declared(name):
        _tell(client, channel, f"{name} is not a valid command.")
        return
    form = payloads.command(
        client.state,
        client.persona,
        channel,
        text,
        trigger=client.state.triggers.issue(client.stack),
        hook=client.state.hooks.issue(channel, client.user),
    )
    answer = await sender.send_command(client.state, form)
    if answer.error:
        _tell(client, channel, f'{name} failed with the error "{answer.error}"')
    elif answer.text:
        _show(client, channel, name, answer)


async def event(client: Client, channel: Channel, message: Message) -> None:
    """Tell the app of a message to it, when it has asked for those."""
    asked = within(client.state.manifest, "settings", "event_subscriptions", "bot_events")
    if "message.im" in as_list(asked):
        await sender.send_event(
            client.state, payloads.event(client.state, client.persona, channel, message)
        )


async def shortcut(client: Client, callback_id: str) -> None:
    """Use a global shortcut."""
    await _interact(client, "shortcut", {"callback_id": callback_id, "action_ts": client.state.new_ts()})


async def message_shortcut(client: Client, callback_id: str, channel: Channel, message: Message) -> None:
    """Use a message shortcut."""
    where = payloads.on_message(client.state, channel, message)
    hook = client.state.hooks.issue(channel, client.user, message if message.only_for else None)
    more: Json = {
        "callback_id": callback_id,
        "action_ts": client.state.new_ts(),
        "message_ts": message.ts,
        "response_url": payloads.hook_url(client.state, hook),
        "channel": where["channel"],
        "message": where["message"],
    }
    await _interact(client, "message_action", more)


async def press_in_message(client: Client, channel: Channel, message: Message, action: Json) -> None:
    """Send what was pressed or chosen in a message. PlatformRefused when the app does not take it."""
    hook = client.state.hooks.issue(channel, client.user, message)
    more: Json = {
        **payloads.on_message(client.state, channel, message),
        "response_url": payloads.hook_url(client.state, hook),
        "actions": [action | {"action_ts": client.state.new_ts()}],
    }
    await _interact(client, "block_actions", more)


async def press_in_view(client: Client, opened: OpenView, action: Json) -> None:
    """Send what was pressed or chosen in a modal; trouble is shown there."""
    more: Json = {
        **payloads.on_view(client.state, opened),
        "trigger_id": client.state.triggers.issue(client.stack, from_view=opened.id),
        "actions": [action | {"action_ts": client.state.new_ts()}],
    }
    answer = await _send(client, "block_actions", more)
    opened.trouble = "" if answer.good else TROUBLE
    client.state.touch()


async def submit(client: Client, opened: OpenView) -> None:
    """Send the modal, and do what the answer says; whatever goes wrong leaves it open with all that is in it."""
    opened.trouble, opened.errors = "", {}
    more: Json = {
        "view": client.state.view_object(opened),
        "trigger_id": client.state.triggers.issue(client.stack, from_view=opened.id),
        "response_urls": [],
    }
    answer = await _send(client, "view_submission", more)
    try:
        _obey(client, opened, answer)
    except Refusal as refusal:
        client.state.refusals.append(f"view_submission: {refusal}")
        opened.trouble = TROUBLE
    client.state.touch()


async def search(client: Client, opened: OpenView, entry: Entry, text: str) -> list[Json]:
    """Ask the app for suggestions, as a typeahead does; the options that it gave."""
    block_id, action_id = entry.key
    more: Json = {"action_id": action_id, "block_id": block_id, "value": text}
    more |= payloads.on_view(client.state, opened)
    answer = await _send(client, "block_suggestion", more, url=_options_url(client))
    found = answer.json() if answer.good else None
    if found is None or search_faults(found):
        if answer.good:
            client.state.refusals.append("block_suggestion: the answer is not a list of options that Slack takes")
        raise PlatformRefused(f"the field {entry.label!r} shows no result: the app did not answer well")
    return options_of(found)


async def close(client: Client) -> None:
    """Close the modal on top; the app hears of it only if it asked to (`notify_on_close`)."""
    opened = client.stack.top
    if opened is None:
        return
    whole = opened.view.get("clear_on_close") is True
    gone = list(reversed(client.stack.views)) if whole else [opened]
    told = [client.state.view_object(one) for one in gone if one.view.get("notify_on_close") is True]
    client.stack.remove(client.stack.views[0] if whole else opened)
    client.state.touch()
    for view in told:
        await _send(client, "view_closed", {"view": view, "is_cleared": whole})


def action_of(knob: Knob) -> Json:
    """A press as `actions` carry it."""
    element, (block_id, action_id) = knob.element, knob.key
    action: Json = {"type": element["type"], "block_id": block_id, "action_id": action_id}
    if knob.option:
        return action | {"selected_option": knob.option}
    return action | {"text": element.get("text")} | ({"value": element["value"]} if "value" in element else {})


def change_of(entry: Entry, state: Json) -> Json:
    """A changed value as `actions` carry it."""
    return {"block_id": entry.key[0], "action_id": entry.key[1], **state}


async def _send(client: Client, kind: str, more: Json, *, url: str = "") -> Answer:
    payload = payloads.interaction(client.state, client.persona, kind, more)
    return await sender.send_payload(client.state, payload, url=url)


async def _interact(client: Client, kind: str, more: Json) -> None:
    answer = await _send(client, kind, more | {"trigger_id": client.state.triggers.issue(client.stack)})
    if not answer.good:
        raise PlatformRefused(f"the app did not take {kind}: {answer.error}")


def _show(client: Client, channel: Channel, name: str, answer: Answer) -> None:
    body = answer.json() if answer.content_type == "application/json" else {"text": answer.text}
    blocks = within(body, "blocks")
    faults = block_faults(blocks) if blocks is not None else []
    if body is None or faults:
        client.state.refusals.append("; ".join([f"{name}: the answer is not a message that Slack takes", *faults]))
        _tell(client, channel, f'{name} failed with the error "invalid_service_response"')
        return
    text, shown = as_text(body.get("text")), as_objects(blocks)
    if text or shown:
        to_all = body.get("response_type") == "in_channel"
        client.state.post(channel, text, shown, only_for=None if to_all else client.user)


def _tell(client: Client, channel: Channel, words: str) -> None:
    told = client.state.post(channel, words, [], only_for=client.user)
    told.author_name = "Slackbot"


def _obey(client: Client, opened: OpenView, answer: Answer) -> None:
    if not answer.good:
        opened.trouble = TROUBLE
        return
    if not answer.text.strip():
        client.stack.remove(opened)
        return
    body = answer.json() or {}
    act = body.get("response_action")
    if act == "errors":
        opened.errors = _errors(opened, as_object(body.get("errors")))
    elif act == "clear":
        client.stack.views.clear()
    elif act == "update":
        replace(opened, checked_view(client.state, body.get("view"), instead_of=opened))
    elif act == "push":
        view = checked_view(client.state, body.get("view"))
        if len(client.stack.views) >= DEEPEST:
            raise Refusal("push_limit_reached")
        client.stack.add(view, on_top=True)
    else:
        raise Refusal("invalid_response", ["the answer is neither empty nor a response_action"])


def _errors(opened: OpenView, errors: Json) -> dict[str, str]:
    inputs = {block["block_id"] for block in as_objects(opened.view["blocks"]) if block.get("type") == "input"}
    if not errors or not errors.keys() <= inputs:
        raise Refusal("invalid_response", ["errors must name input blocks of the view, by block_id"])
    if not all(isinstance(words, str) and words for words in errors.values()):
        raise Refusal("invalid_response", ["each error must be a sentence"])
    return {block: as_text(words) for block, words in errors.items()}


def _options_url(client: Client) -> str:
    state = client.state
    settings = as_object(within(state.manifest, "settings"))
    declared = within(settings, "interactivity", "message_menu_options_url")
    if state.manifest is not None and not declared and settings.get("socket_mode_enabled") is not True:
        raise PlatformRefused("the manifest has no message_menu_options_url, so a typeahead asks nobody")
    return state.options_url or state.events_url
