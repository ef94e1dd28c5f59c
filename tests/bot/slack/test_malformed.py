"""Signed by Slack and yet not its shape: a 4xx or an empty 200 at once, never a 500."""

import copy
import json
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import render
from bot.slack.app import SlackDoor, Workspace
from handlers.conversation import Complaints, FormSubmitted, OpenForm, SearchTyped, Suggestions, Tell
from handlers.ui import plain
from tests.bot.slack.conftest import FORM, NOW, SECRET, Caller, TestDesk
from tests.bot.slack.payloads import (
    EVENT,
    REPORT,
    SHORTCUT,
    chosen,
    press,
    press_in_window,
    searching,
    submission,
    typed,
)
from tests.examples import CARDS, FORMS
from tests.lengths import examples

PAGE = render.form_view(FORMS["concern_2_child"])
VALUES = {"child_1": chosen("c1", "Mia", "external_select", "search_pupils"), "place_words": typed("x"),
          "kinds": {"answer": {"type": "checkboxes", "selected_options": [{"value": "a"}]}}}
RECORDED: list[dict[str, Any]] = [
    SHORTCUT, REPORT, press("accept"), press("open"), press_in_window("back", PAGE, VALUES),
    press_in_window("add", render.card_view(CARDS["receipt"]), {}), submission(PAGE, VALUES),
    searching("pupils", "mi"), EVENT, {"type": "url_verification", "challenge": "c"},
    {"type": "view_closed", "view": {"id": "V1"}, "user": {"id": "U1"}},
    {"command": "/concern", "text": "x", "team_id": "T1", "user_id": "U1", "trigger_id": "1"},
]

JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(),
              st.sampled_from(["back", "open", "block_actions", "view_submission", "search_pupils", "\ud800", "\x00"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


def places(found: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything in a payload."""
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    payload = copy.deepcopy(draw(st.sampled_from(RECORDED)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([place for place in places(payload) if place] or [()]))
        if not path:
            break
        holder: Any = payload
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = draw(JUNK)
        else:
            del holder[path[-1]]
    return payload


def desk() -> TestDesk:
    def answer(inbound):
        if isinstance(inbound, FormSubmitted):
            return Complaints(form=FORMS["concern_2_child"], by_field={"child_1": "Choose.", "": "x"})
        return Suggestions(()) if isinstance(inbound, SearchTyped) else OpenForm(FORMS["add"])

    made = TestDesk()
    made.reply = answer
    return made


class Silent(AsyncWebClient):
    """A client whose every call is answered at once: here it is our own answers that are looked at."""

    async def api_call(self, api_method: str, **_: Any) -> Any:
        return SimpleNamespace(data={"ok": True, "view": {"id": "V1", "hash": "h"}})


@settings(max_examples=examples(gate=150, soak=4_000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(), st.booleans())
async def test_a_payload_of_any_shape_is_never_a_500(payload, as_form):
    door = SlackDoor(desk=desk(), workspaces=[Workspace(client=Silent(token="x"), secrets=[SECRET])], now=lambda: NOW)
    app = FastAPI()
    app.include_router(door.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://h") as http:
        caller = Caller(http)
        answer = await (caller.interact(payload) if as_form else caller.event(payload))
        assert answer.status_code == 200 or 400 <= answer.status_code < 500, answer.status_code


@settings(max_examples=examples(gate=100, soak=2_000), deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["application/json", FORM, "", "text/plain; x="]))
async def test_bytes_of_any_kind_are_never_a_500(raw, kind):
    door = SlackDoor(desk=desk(), workspaces=[Workspace(client=Silent(token="x"), secrets=[SECRET])], now=lambda: NOW)
    app = FastAPI()
    app.include_router(door.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://h") as http:
        answer = await Caller(http).raw(raw, kind=kind)
        assert 200 <= answer.status_code < 500


async def test_what_is_not_ours_is_refused_without_asking_the_desk(slack):
    unknown = [
        {"type": "dialog_submission"}, {"type": "workflow_step_edit"}, {"type": 5}, {"type": ["block_actions"]},
        {**SHORTCUT, "callback_id": "other"}, {**REPORT, "callback_id": "raise_concern"}, press("other"),
        press("open", "not-an-id:1"), press("open", "5a1d7c1e-0000-4000-8000-000000000001:x"), press("back"),
        {**press("open"), "actions": []}, {**searching("pupils", "x"), "action_id": "pupils"},
        searching("passwords", "x"), {**submission(PAGE, {}), "view": {**PAGE, "private_metadata": "{}"}},
        {**submission(PAGE, {}), "view": {**PAGE, "private_metadata": '{"key": "k", "page": true}'}},
        submission(PAGE, {"facts": {"answer": {"type": "plain_text_input", "value": 5}}}),
        {**press("open"), "user": {"id": "U1", "team_id": 7}}, {**press("open"), "user": {"id": "../U1"}},
    ]
    for payload in unknown:
        assert (await slack.interact(payload)).status_code == 400, json.dumps(payload)[:200]
    assert (await slack.command(command="/other")).status_code == 400


def test_a_card_that_only_says_something_is_drawn():
    assert render.window(Tell(plain.say("Words.")))["blocks"]
