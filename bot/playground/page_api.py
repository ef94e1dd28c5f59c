"""What the page may ask for, as JSON: what is on somebody's screen, their gestures, the clock. Nothing else.

A gesture is handed to that person's client as it is; what the platform refuses comes back as 409 with the rule.
"""

from collections.abc import Awaitable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.playground.page_stage import PageStage
from bot.playground.slack.thumbs import SlackThumbs
from bot.playground.teams.thumbs import TeamsThumbs
from bot.playground.thumbs import PlatformRefused
from bot.playground.wire import Json

Platform = Literal["slack", "teams"]
Minutes = Annotated[str, Field(pattern=r"^([1-9]\d{0,4}|morning)$")]
Words = Annotated[str, Field(max_length=40_000)]
Value = str | list[str] | None
Values = dict[str, dict[str, Value]]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Gesture(_Asked):
    """Who does it, and on which platform."""

    person: str
    platform: Platform


class Say(Gesture):
    text: Words
    place: str = "bot"


class Report(Gesture):
    """Teams: the app's command in the menu of somebody's message."""

    text: Words
    by: str


class Shortcut(Gesture):
    """Slack: a shortcut of the app; with a message, one of that message's menu."""

    callback_id: str
    message: str = ""


class Press(Gesture):
    """A button in a message: Slack's by its ids, Teams' as the action with the inputs merged into its data."""

    message: str
    block_id: str = ""
    action_id: str = ""
    value: str | None = None
    action: dict[str, Any] = Field(default_factory=dict[str, Any])


class PressHome(Gesture):
    """Slack: a button of the Home tab."""

    block_id: str
    action_id: str
    value: str | None = None


class SetState(Gesture):
    """Slack: a value of the modal that the app wants to hear of at once."""

    block_id: str
    action_id: str
    value: Value


class PressInView(Gesture):
    """Slack: a button inside the modal, with everything that is typed."""

    block_id: str
    action_id: str
    values: Values
    value: str | None = None


class Submit(Gesture):
    """Slack: the modal, with everything that is typed by block_id and action_id."""

    values: Values


class SubmitCard(Gesture):
    """Teams: the dialog's card, as the action's data with the inputs in it."""

    data: dict[str, Any]


class Search(Gesture):
    """What is typed into a typeahead: Slack's by its ids, Teams' by its dataset."""

    text: Words
    block_id: str = ""
    action_id: str = ""
    dataset: str = ""
    others: dict[str, Any] | None = None


class Look(Gesture):
    place: str


class Move(_Asked):
    by: Minutes


class Away(_Asked):
    person: str
    away: bool


def page_api(stage: PageStage) -> APIRouter:
    """The routes, without their prefix."""
    router = APIRouter()
    _reading(router, stage)
    _typing(router, stage)
    _pressing(router, stage)
    _only_on_slack(router, stage)
    _only_on_teams(router, stage)
    _moving(router, stage)
    return router


def _reading(router: APIRouter, stage: PageStage) -> None:
    @router.get("/people")
    def people() -> Json:
        return {"school": stage.cast.school, "run": stage.run, "people": stage.people()}

    @router.get("/screen")
    async def screen(person: str, platform: Platform, mark: str = "") -> Response:
        _check(stage, platform, person)
        if not await stage.newer_than(mark):
            return Response(status_code=204)
        return JSONResponse(stage.screen(platform, person))


def _typing(router: APIRouter, stage: PageStage) -> None:
    @router.post("/say", status_code=204)
    async def say(asked: Say) -> None:
        await _do(stage, asked, _hands(stage, asked).say(asked.text, place=asked.place))

    @router.post("/close", status_code=204)
    async def close(asked: Gesture) -> None:
        await _do(stage, asked, _hands(stage, asked).close())

    @router.post("/search")
    async def search(asked: Search) -> list[Json]:
        try:
            return await _suggestions(stage, asked)
        except PlatformRefused as refused:
            raise HTTPException(409, str(refused)) from None


def _pressing(router: APIRouter, stage: PageStage) -> None:
    @router.post("/press", status_code=204)
    async def press(asked: Press) -> None:
        if asked.platform == "slack":
            hands = _on_slack(stage, asked)
            await _do(stage, asked, hands.press_raw(asked.message, asked.block_id, asked.action_id, asked.value))
        else:
            await _do(stage, asked, _on_teams(stage, asked).press_raw(asked.message, asked.action))


def _only_on_slack(router: APIRouter, stage: PageStage) -> None:
    @router.post("/submit", status_code=204)
    async def submit(asked: Submit) -> None:
        await _do(stage, asked, _on_slack(stage, asked).submit(asked.values))

    @router.post("/shortcut", status_code=204)
    async def shortcut(asked: Shortcut) -> None:
        await _do(stage, asked, _on_slack(stage, asked).use_shortcut(asked.callback_id, asked.message))

    @router.post("/open-home", status_code=204)
    async def open_home(asked: Gesture) -> None:
        await _do(stage, asked, _on_slack(stage, asked).open_home())

    @router.post("/press-home", status_code=204)
    async def press_home(asked: PressHome) -> None:
        hands = _on_slack(stage, asked)
        await _do(stage, asked, hands.press_home_raw(asked.block_id, asked.action_id, asked.value))

    @router.post("/set-state", status_code=204)
    async def set_state(asked: SetState) -> None:
        await _do(stage, asked, _on_slack(stage, asked).set_state(asked.block_id, asked.action_id, asked.value))

    @router.post("/press-in-view", status_code=204)
    async def press_in_view(asked: PressInView) -> None:
        hands = _on_slack(stage, asked)
        pressed = hands.press_in_view(asked.block_id, asked.action_id, asked.values, asked.value)
        await _do(stage, asked, pressed)


def _only_on_teams(router: APIRouter, stage: PageStage) -> None:
    @router.post("/submit-card", status_code=204)
    async def submit_card(asked: SubmitCard) -> None:
        await _do(stage, asked, _on_teams(stage, asked).submit(asked.data))

    @router.post("/start", status_code=204)
    async def start(asked: Gesture) -> None:
        await _do(stage, asked, _on_teams(stage, asked).start_from_menu())

    @router.post("/report", status_code=204)
    async def report(asked: Report) -> None:
        await _do(stage, asked, _on_teams(stage, asked).report_message(asked.text, by=asked.by))

    @router.post("/look", status_code=204)
    async def look(asked: Look) -> None:
        await _do(stage, asked, _looked(_on_teams(stage, asked), asked.place))


def _moving(router: APIRouter, stage: PageStage) -> None:
    @router.post("/clock", status_code=204)
    async def clock(asked: Move) -> None:
        await stage.move(asked.by)

    @router.post("/away", status_code=204)
    async def away(asked: Away) -> None:
        try:
            stage.cast.persona(asked.person)
            await stage.clock.away(asked.person, asked.away)
        except (KeyError, ValueError):
            raise HTTPException(404, "There is no such switch for that person.") from None
        stage.turns.touch()


def _check(stage: PageStage, platform: Platform, key: str) -> None:
    try:
        stage.hands(platform, key)
    except KeyError:
        raise HTTPException(404, "Nobody of that name is on that platform.") from None


def _hands(stage: PageStage, asked: Gesture) -> SlackThumbs | TeamsThumbs:
    """The client of that person, for what both platforms have."""
    return _on_slack(stage, asked) if asked.platform == "slack" else _on_teams(stage, asked)


def _on_slack(stage: PageStage, asked: Gesture) -> SlackThumbs:
    _check(stage, "slack", asked.person)
    return stage.on_slack(asked.person)


def _on_teams(stage: PageStage, asked: Gesture) -> TeamsThumbs:
    _check(stage, "teams", asked.person)
    return stage.on_teams(asked.person)


async def _do(stage: PageStage, asked: Gesture, gesture: Awaitable[None]) -> None:
    try:
        await stage.attempt(asked.platform, gesture)
    except PlatformRefused as refused:
        raise HTTPException(409, str(refused)) from None
    except KeyError:
        raise HTTPException(404, "That is no longer on the screen.") from None


async def _looked(hands: TeamsThumbs, place: str) -> None:
    await hands.look(place)


async def _suggestions(stage: PageStage, asked: Search) -> list[Json]:
    if asked.platform == "slack":
        return await _on_slack(stage, asked).search(asked.block_id, asked.action_id, asked.text)
    return await _on_teams(stage, asked).search(asked.dataset, asked.text, others=asked.others)
