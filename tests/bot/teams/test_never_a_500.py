"""Recorded activities, changed at random, with a good token: whatever comes is answered, and never with a 5xx."""

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.teams.answers import execute, task
from handlers.conversation import Inbound, OpenForm, Reply, SearchTyped, Suggestions
from tests.bot.teams.conftest import TestDesk, on_stage
from tests.examples import FORMS
from tests.lengths import examples

ID = "5a1d7c1e-0000-4000-8000-000000000001"
PRESSED = {"heard": {"press": "open", "subject": ID, "version": 1}}
FORM = {"heard": {"form": "concern", "draft": ID, "page": 1, "way": "on", "many": ["k"]}, "facts": "x"}
MESSAGE = {"body": {"contentType": "html", "content": "<p>x</p>"}}
EXECUTE = {"type": "Action.Execute", "verb": "accept", "data": PRESSED}
RECORDED: list[tuple[str, Any]] = [
    ("", None),
    ("task/fetch", {"data": {"type": "task/fetch", **PRESSED}, "context": {"theme": "default"}}),
    ("task/submit", {"data": FORM, "context": {"theme": "default"}}),
    ("composeExtension/fetchTask", {"commandId": "report_message", "messagePayload": MESSAGE}),
    ("composeExtension/submitAction", {"commandId": "raise_concern", "data": FORM}),
    ("adaptiveCard/action", {"action": EXECUTE, "trigger": "manual"}),
    ("application/search", {"queryText": "mi", "queryOptions": {"skip": 0, "top": 15}, "dataset": "pupils"}),
]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20),
    st.sampled_from(["\ud800", "\x00", "{{", "a" * 5000, "../..", "1e999"]),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)


def places(holder: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything in it."""
    below = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
    return [*([path] if path else []), *(found for key, value in below for found in places(value, (*path, key)))]


def change(holder: Any, path: tuple[Any, ...], value: Any, remove: bool) -> None:
    for key in path[:-1]:
        holder = holder[key]
    if remove and isinstance(holder, dict):
        del holder[path[-1]]
    else:
        holder[path[-1]] = value


def reply(inbound: Inbound) -> Reply:
    return Suggestions(()) if isinstance(inbound, SearchTyped) else OpenForm(FORMS["concern_1"])


async def test_no_activity_however_odd_is_answered_with_a_500():
    desk = TestDesk()
    desk.reply = reply
    async with on_stage(desk) as stage:
        activities = [
            stage.invoke(name, value) if name else stage.activity(text="<at>Heard</at> /concern")
            for name, value in RECORDED
        ]
        stage.world.weather.connector.throttled = False

        for activity in activities:
            good = await stage.send(activity)
            assert good.status_code == 200, activity
            if activity.get("name") == "adaptiveCard/action":
                assert execute(good.json())
            elif "ask" in activity.get("name", ""):
                assert task(good.json(), invoke=activity["name"])
        for changed in _changed(activities):
            answer = await stage.send(changed)
            assert answer.status_code < 500, changed
            if answer.status_code >= 400:
                assert answer.content == b""


def _changed(activities: list[Any], most: int = examples(gate=150, soak=4_000)) -> list[Any]:
    """Drawn by hypothesis, sent over one connection afterwards: its own loop would need one for each."""
    found: list[Any] = []

    @settings(max_examples=most, suppress_health_check=list(HealthCheck), database=None, deadline=None)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        changed = copy.deepcopy(data.draw(st.sampled_from(activities)))
        for _ in range(data.draw(st.integers(1, 3))):
            path = data.draw(st.sampled_from(places(changed)))
            change(changed, path, data.draw(ODD), data.draw(st.booleans()))
            if not places(changed):
                break
        found.append(changed)

    draw()
    return found
