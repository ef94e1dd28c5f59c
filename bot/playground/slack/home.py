"""The app's Home tab: one page a person, published by the app and opened by them.

What Slack takes as such a page (docs.slack.dev, "views.publish", "App Home", "app_home_opened"). `views.update` of a
page by its id is not drawn by this stand-in. What a press in a page sends is here too: it is a view, and no modal.
"""

from bot.playground.slack import payloads, sender
from bot.playground.slack.client import Client
from bot.playground.slack.drawing import Knob
from bot.playground.slack.limits import home_faults, is_too_large
from bot.playground.slack.mrkdwn import words_of
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.sheet import Sheet
from bot.playground.slack.stack import OpenView, complete, new_hash, new_view_id, replace
from bot.playground.slack.state import SlackState
from bot.playground.thumbs import PlatformRefused
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text, within


def is_enabled(state: SlackState) -> bool:
    """Whether the manifest gives the app such a tab; without a manifest it has one."""
    return state.manifest is None or within(state.manifest, "features", "app_home", "home_tab_enabled") is True


def views_publish(state: SlackState, args: Json) -> Json:
    """views.publish: the whole page anew; with a `hash`, only over the page that has it."""
    if not is_enabled(state):
        raise Refusal("not_enabled")
    view, user = _checked(args.get("view")), as_text(args.get("user_id"))
    if user not in state.names:
        raise Refusal("invalid_arguments", ["[ERROR] no such user [json-pointer:/user_id]"])
    standing = state.homes.get(user)
    if args.get("hash") not in (None, "", standing.hash if standing else ""):
        raise Refusal("hash_conflict")
    if standing is None:
        standing = state.homes[user] = _new(state, view)
    else:
        replace(standing, view)
    state.touch()
    return {"view": state.view_object(standing)}


async def opened(client: Client) -> None:
    """They look at the tab: the app is told, when it has asked for that event."""
    if not is_enabled(client.state):
        raise PlatformRefused("the app has no Home tab (home_tab_enabled)")
    asked = within(client.state.manifest, "settings", "event_subscriptions", "bot_events")
    if "app_home_opened" not in as_list(asked):
        return
    standing = client.state.homes.get(client.user)
    inner: Json = {
        "type": "app_home_opened",
        "user": client.user,
        "channel": client.state.im(client.user).id,
        "tab": "home",
        "event_ts": client.state.new_ts(),
        **({"view": client.state.view_object(standing)} if standing else {}),
    }
    await sender.send_event(client.state, payloads.envelope(client.state, inner))


async def press(client: Client, action: Json) -> None:
    """Send what was pressed on the page. A modal that it opens is a root of its own, not one over a modal."""
    standing = page(client)
    payload: Json = {
        **payloads.on_view(client.state, standing),
        "trigger_id": client.state.triggers.issue(client.stack),
        "actions": [action | {"action_ts": client.state.new_ts()}],
    }
    answer = await sender.send_payload(
        client.state, payloads.interaction(client.state, client.persona, "block_actions", payload)
    )
    if not answer.good:
        raise PlatformRefused(f"the app did not take block_actions: {answer.error}")


def page(client: Client) -> OpenView:
    """What stands on this person's tab. PlatformRefused while nothing does."""
    standing = client.state.homes.get(client.user)
    if standing is None:
        raise PlatformRefused("nothing has been published to this person's Home tab")
    return standing


def knob(standing: OpenView, label: str, beside: str = "") -> Knob:
    """The button with that label; of several, the one in a block with those words. KeyError when there is none."""
    shown = {as_text(one.get("block_id")): words_of(one.get("text"), {}) for one in as_objects(standing.view["blocks"])}
    for found in standing.sheet.knobs():
        if found.label == label and beside in shown.get(found.key[0], ""):
            return found
    raise KeyError(label)


def _checked(view: object) -> Json:
    found = as_object(view)
    if is_too_large(found):
        raise Refusal("view_too_large")
    if faults := home_faults(view):
        raise Refusal("invalid_arguments", faults)
    return found


def _new(state: SlackState, view: Json) -> OpenView:
    made, kept = new_view_id(), complete(view)
    return OpenView(
        id=made, view=kept, sheet=Sheet(kept["blocks"], state.names), root=made, previous=None, hash=new_hash()
    )
