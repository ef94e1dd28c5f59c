"""What a press sends, and what its answer does to the screen: invokes from a client, one function for each.

The protocol between client and bot. Labels, typing and the client's own checks are not known here.
"""

import uuid

from bot.playground.teams import activities, answers
from bot.playground.teams.client import Client, Dialog, Origin, Told
from bot.playground.teams.places import Conversation, Posted
from bot.playground.teams.sender import Answer, deliver
from bot.playground.teams.sheet import Sheet
from bot.playground.thumbs import PlatformRefused
from bot.playground.wire import Json, as_object, as_text, within

_CONTEXT: Json = {"theme": "default"}


async def press(client: Client, place: Conversation, posted: Posted, action: Json) -> None:
    """Send a button of a message's card. `action` has the inputs in its `data` already."""
    data = as_object(action.get("data"))
    if action.get("type") == "Action.Execute":
        await execute(client, place, posted, action, trigger="manual")
        return
    kind = as_text(within(data, "msteams", "type"))
    if kind == "task/fetch":
        await _fetch(client, place, posted, data)
    elif kind in ("", "messageBack"):
        await _send_value(client, place, posted, data)
    else:
        raise PlatformRefused(f"this stand-in has no button of the kind {kind!r}")


async def execute(client: Client, place: Conversation, posted: Posted, action: Json, *, trigger: str) -> None:
    """Universal action: adaptiveCard/action, by hand (`manual`) or by the card's refresh (`automatic`)."""
    told: Json = {"type": "Action.Execute", "verb": action.get("verb"), "data": action.get("data") or {}}
    for name in ("id", "title"):
        if name in action:
            told[name] = action[name]
    value: Json = {"action": told, "trigger": trigger}
    answer = await _invoke(client, place, "adaptiveCard/action", value, posted=posted, must_say=True)
    result = answers.execute(answer.body)
    if isinstance(result, answers.Redrawn):
        client.state.show(posted, client.aad, result.card)
    elif trigger == "manual":
        client.told.append(Told(id=client.state.new_id(), place=place, words=result.words))
        client.state.touch()


async def open_command(client: Client, place: Conversation, value: Json) -> None:
    """composeExtension/fetchTask: a command of the app, from a menu."""
    origin = Origin(place=place, submit="composeExtension/submitAction", value=value)
    await _open(client, origin, "composeExtension/fetchTask", value | {"context": _CONTEXT})


async def submit(client: Client, data: Json) -> None:
    """Send the open dialog's card: task/submit, or composeExtension/submitAction."""
    if client.dialog is None:
        raise PlatformRefused("no dialog is open")
    origin = client.dialog.origin
    await _open(client, origin, origin.submit, origin.value | {"data": data, "context": _CONTEXT})


async def search(
    client: Client, dataset: str, text: str, *, others: Json | None = None
) -> tuple[tuple[str, str], ...]:
    """application/search, as a typeahead asks: suggestions as (value, title)."""
    options = {"skip": 0, "top": answers.MOST_SUGGESTIONS}
    value: Json = {"queryText": text, "queryOptions": options, "dataset": dataset}
    value |= {"data": others} if others is not None else {}
    form = client.form()
    if client.dialog:
        place, posted = client.dialog.origin.place, client.dialog.origin.posted
    else:
        place, posted = (form[0], form[1]) if form else (client.place("bot"), None)
    answer = await _invoke(client, place, "application/search", value, posted=posted)
    return answers.suggestions(answer.body)


def close(client: Client) -> None:
    """Shut the dialog; the bot hears nothing of it."""
    client.dialog = None
    client.state.touch()


async def _fetch(client: Client, place: Conversation, posted: Posted, data: Json) -> None:
    clean = {name: value for name, value in data.items() if name != "msteams"}
    value: Json = {"data": {"type": "task/fetch", **clean}, "context": _CONTEXT}
    await _open(client, Origin(place=place, submit="task/submit", posted=posted), "task/fetch", value)


async def _send_value(client: Client, place: Conversation, posted: Posted, data: Json) -> None:
    back = as_object(data.get("msteams"))
    base = activities.envelope(client.state, client.persona, place, root=_root(posted))
    value = back.get("value", {}) if back else data
    sent = base | {"type": "message", "value": value, "replyToId": posted.id}
    await deliver(client.state, sent | ({"text": back["text"]} if "text" in back else {}))


async def _open(client: Client, origin: Origin, invoke: str, value: Json) -> None:
    before = client.dialog
    answer = answers.task(
        (await _invoke(client, origin.place, invoke, value, posted=origin.posted)).body, invoke=invoke
    )
    if isinstance(answer, answers.Closed):
        client.dialog = None
    else:
        client.dialog = _dialog(
            client, origin, answer, title=before.title if before else client.state.bot_name
        )
    client.state.touch()


def _dialog(client: Client, origin: Origin, answer: answers.Opened | answers.Said, *, title: str) -> Dialog:
    made = f"dialog:{uuid.uuid4().hex}"
    if isinstance(answer, answers.Said):
        return Dialog(id=made, title=title, origin=origin, words=answer.words)
    sheet = Sheet(answer.card, careless=client.careless)
    return Dialog(id=made, title=answer.title or title, origin=origin, sheet=sheet)


async def _invoke(
    client: Client,
    place: Conversation,
    name: str,
    value: Json,
    *,
    posted: Posted | None = None,
    must_say: bool = False,
) -> Answer:
    root = _root(posted) if posted else ""
    base = activities.envelope(client.state, client.persona, place, root=root)
    sent = activities.invoke(base, name, value, reply_to=posted.id if posted else "")
    return await deliver(client.state, sent, must_say=must_say)


def _root(posted: Posted) -> str:
    return as_text(posted.activity.get("replyToId")) or posted.id
