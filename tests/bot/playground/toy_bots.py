"""Two tiny bots for the tests of the page: one window each, a complaint, a receipt. They know nothing of Heard.

They answer over HTTP as a bot does, and put messages into the worlds by hand: what is tested is the page.
"""

import json
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.slack.modals import views_open
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.world import TeamsWorld

FOUND = "application/vnd.microsoft.search.searchResponse"
CARD = "application/vnd.microsoft.card.adaptive"
Json = dict[str, Any]
A_VIEW = "This reads like a view. Say what you saw."
RECEIVED = "Tue 24 Nov, 10:15"
DANGER = "If anyone is in danger now, ring first."
PUPILS = {"p1": "Mia Example · 8B · Year 8", "p2": "Max Example · 7A · Year 7"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, label: str) -> Json:
    return {"text": plain(label), "value": value}


def _input(block_id: str, label: str, element: Json, *, hint: str = "", optional: bool = False) -> Json:
    block = {"type": "input", "block_id": block_id, "label": plain(label), "element": {"action_id": "it", **element}}
    return block | ({"hint": plain(hint)} if hint else {}) | ({"optional": True} if optional else {})


def slack_form() -> Json:
    """A modal with every kind of input that the page draws for Slack."""
    urgency = [option("now", "Now"), option("today", "Today"), option("week", "This week")]
    places = [option("gate", "School gate"), option("home", "Home")]
    kinds = [option("bullying", "Bullying"), option("neglect", "Neglect")]
    pupil = {"type": "external_select", "min_query_length": 2}
    words = {"type": "plain_text_input", "multiline": True, "max_length": 200}
    blocks = [
        {"type": "alert", "block_id": "alert", "level": "warning", "text": plain(DANGER)},
        {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Bold*, _soft_, &lt;b&gt;"}},
        _input("urgency", "How soon must someone act?", {"type": "radio_buttons", "options": urgency}),
        _input("child", "Child", pupil, hint="Check the form and year.", optional=True),
        _input("facts", "What you saw", words, hint="Facts only."),
        _input("place", "Where", {"type": "static_select", "options": places}, optional=True),
        _input("kinds", "Kind of concern", {"type": "checkboxes", "options": kinds}, optional=True),
        _input("date", "Date it happened", {"type": "datepicker"}, optional=True),
        _input("time", "Time it happened", {"type": "timepicker"}, optional=True),
    ]
    buttons = {"submit": plain("Send"), "close": plain("Cancel")}
    return {"type": "modal", "title": plain("Raise a concern"), **buttons, "blocks": blocks}


def slack_receipt(words: str) -> Json:
    quoted = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    blocks = [
        {"type": "header", "block_id": "h", "text": plain("Your concern has been received")},
        {"type": "rich_text", "block_id": "r", "elements": [quoted]},
    ]
    return {"type": "modal", "title": plain("Receipt"), "close": plain("Close"), "blocks": blocks}


def slack_card(heading: str) -> list[Json]:
    pairs = {"How soon": "Today", "Received": RECEIVED, "Now": "Waiting", "Accept by": "Tue 24 Nov, 15:30"}
    fields = [{"type": "mrkdwn", "text": f"*{name}*\n{value}"} for name, value in pairs.items()]
    buttons = [
        {"type": "button", "action_id": "open", "text": plain("Open"), "value": "1"},
        {"type": "button", "action_id": "accept", "text": plain("Accept"), "value": "1", "style": "primary"},
        {"type": "button", "action_id": "escalate", "text": plain("Escalate"), "value": "1", "style": "danger"},
    ]
    return [
        {"type": "header", "text": plain(heading)},
        {"type": "section", "fields": fields},
        {"type": "context", "elements": [plain("Nobody has accepted this yet.")]},
        {"type": "actions", "elements": buttons},
    ]


def slack_bot(world: SlackWorld) -> FastAPI:
    """Answers `/concern`, one modal, its typeahead, and an Accept that edits the card in place."""
    app = FastAPI()

    @app.post("/slack/events")
    async def events(request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if "payload" in form:
            return _slack_answer(world, json.loads(form["payload"]))
        views_open(world, {"trigger_id": form["trigger_id"], "view": slack_form()})
        return Response()

    return app


def _slack_answer(world: SlackWorld, payload: Json) -> Response:
    if payload["type"] == "block_suggestion":
        found = [option(key, name) for key, name in PUPILS.items() if payload["value"].lower() in name.lower()]
        return JSONResponse({"options": found})
    if payload["type"] == "block_actions":
        message = world.leads.messages[-1]
        world.edit(message, "Accepted", slack_card("Accepted by a lead"))
        return Response()
    if payload["type"] in ("shortcut", "message_action"):
        views_open(world, {"trigger_id": payload["trigger_id"], "view": slack_form()})
        return Response()
    words = payload["view"]["state"]["values"]["facts"]["it"]["value"]
    if "think" in words:
        return JSONResponse({"response_action": "errors", "errors": {"facts": A_VIEW}})
    world.post(world.leads, "A concern is waiting", slack_card("Safeguarding concern 26-48213"))
    return JSONResponse({"response_action": "update", "view": slack_receipt(words)})


def _block(text: str, **more: Any) -> Json:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def _alarm(text: str) -> Json:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "color": "Attention"}]}


def _card(body: list[Any], actions: list[Any]) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": actions}


def _submit(title: str, data: Json) -> Json:
    return {"type": "Action.Submit", "title": title, "style": "positive", "data": data}


def _choices(**titles: str) -> list[dict[str, str]]:
    return [{"value": value, "title": title.replace("_", " ")} for value, title in titles.items()]


def teams_start() -> Json:
    heading = _block("Raise a concern", size="Large", weight="Bolder")
    fetch = {"msteams": {"type": "task/fetch"}}
    return _card([heading, _block("It takes about three minutes.", isSubtle=True)], [_submit("Open the form", fetch)])


def teams_form(facts: str = "", complaint: str = "") -> Json:
    """A card with every kind of input that the page draws for Teams."""
    must = {"isRequired": True, "errorMessage": "Please answer this."}
    choice = {"type": "Input.ChoiceSet"}
    search = {"type": "Data.Query", "dataset": "pupils"}
    soon, kinds = _choices(now="Now", today="Today"), _choices(b="Bullying", n="Neglect")
    body = [
        {"type": "Container", "style": "attention", "items": [_block(DANGER)]},
        {**choice, "id": "urgency", "label": "How soon?", "style": "expanded", "choices": soon, **must},
        {**choice, "id": "child", "label": "Child", "style": "filtered", "choices": [], "choices.data": search},
        {"type": "Input.Text", "id": "facts", "label": "What you saw", "isMultiline": True, "maxLength": 200, **must},
        *([_alarm(complaint)] if complaint else []),
        {**choice, "id": "place", "label": "Where", "choices": _choices(gate="School_gate", home="Home")},
        {**choice, "id": "kinds", "label": "Kind of concern", "isMultiSelect": True, "choices": kinds},
        {"type": "Input.Date", "id": "date", "label": "Date it happened"},
        {"type": "Input.Time", "id": "time", "label": "Time it happened"},
    ]
    if facts:
        body[3]["value"] = facts
        body[1]["value"] = "today"
    return _card(body, [_submit("Send", {"page": 1})])


def teams_triage(heading: str) -> Json:
    pairs = {"How soon": "Today", "Received": RECEIVED}
    facts = {"type": "FactSet", "facts": [{"title": title, "value": value} for title, value in pairs.items()]}
    accept = _submit("Accept", {"press": "accept"})
    why = _card([{"type": "Input.Text", "id": "why", "label": "Why"}], [accept])
    alert = _block("Nobody has accepted this yet.", color="Attention")
    decide = {"type": "Action.ShowCard", "title": "Decide", "card": why}
    return _card([_block(heading, size="Medium", weight="Bolder"), facts, alert], [accept, decide])


def teams_bot(world: TeamsWorld) -> FastAPI:
    """Answers `/concern` with a card, the card with a dialog, its typeahead, and an Accept that edits in place."""
    app = FastAPI()

    @app.post("/api/messages")
    async def messages(request: Request) -> Response:
        activity = await request.json()
        if activity["type"] == "invoke":
            return _teams_answer(world, activity)
        if activity["type"] == "message":
            _teams_message(world, activity)
        return JSONResponse({})

    return app


def _teams_message(world: TeamsWorld, activity: Json) -> None:
    place = world.conversation(activity["conversation"]["id"])
    assert place is not None
    if activity.get("value"):
        world.update(world.leads.messages[-1], _message(teams_triage("Accepted by a lead")))
    else:
        world.post(place, _message(teams_start()))


def _message(card: Json) -> Json:
    return {"type": "message", "summary": "A card", "attachments": [{"contentType": CARD, "content": card}]}


def _teams_answer(world: TeamsWorld, activity: Json) -> Response:
    if activity["name"] == "application/search":
        asked = activity["value"]["queryText"].lower()
        found = [{"value": key, "title": name} for key, name in PUPILS.items() if asked in name.lower()]
        return JSONResponse({"statusCode": 200, "type": FOUND, "value": {"results": found}})
    if activity["name"] in ("task/fetch", "composeExtension/fetchTask"):
        return _dialog(teams_form())
    facts = activity["value"]["data"]["facts"]
    if "think" in facts:
        return _dialog(teams_form(facts, A_VIEW))
    world.post(world.leads, _message(teams_triage("Safeguarding concern 26-48213")))
    return JSONResponse({"task": {"type": "message", "value": f"Your concern has been received.\n{facts}"}})


def _dialog(card: Json) -> Response:
    value = {"title": "Raise a concern", "card": {"contentType": CARD, "content": card}}
    return JSONResponse({"task": {"type": "continue", "value": value}})
