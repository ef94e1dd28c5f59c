"""35, 44 and 45: two press at once, an old card is pressed, a forwarded one is: a true sentence each, and nothing else.

For every press that there is, on both platforms. What is true is `authority.py`'s.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio

from handlers.desk.desk import Desk
from handlers.ui.card import Press
from tests.attacks import cast
from tests.attacks.authority import MAY, NOT_A_CONCERNS, rows
from tests.attacks.cast import SCENES, Placed, Stage
from tests.attacks.doors import Door, Seen, at_slack, at_teams
from tests.attacks.test_authority_table import RELATIONS, World, expected, fault_of, subject, world

__all__ = ["world"]
pytestmark = pytest.mark.asyncio(loop_scope="module")
BY_NAME = {relation.name: relation for relation in RELATIONS}


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["slack", "teams"])
async def door(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    async with (at_slack if request.param == "slack" else at_teams)(world.desk) as opened:
        yield opened


@pytest.mark.parametrize("who", ["owner", "another lead"])
@pytest.mark.parametrize("state", ["closed", "merged"])
async def test_a_card_from_before_it_ended_says_how_it_stands(world: World, door: Door, who: str, state: str):
    """Whatever its buttons were when it was drawn."""
    relation, placed = BY_NAME[who], world.placed["child", state]
    faults: list[str] = []
    for deed in MAY:
        wanted = expected(relation, deed, placed)
        press = partial(door.presses, relation.person, deed, subject(deed, placed))
        faults += await fault_of((f"{who} / {deed} / {state}", wanted, press), placed)
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("state", ["submitted", "triaged", "closed"])
async def test_a_forwarded_card_does_nothing_for_a_teacher(world: World, door: Door, state: str):
    placed = world.placed["child", state]
    elsewhere = {row.deed: row.cells["staff"] for row in rows(NOT_A_CONCERNS)}
    faults: list[str] = []
    for deed in Press:
        press = partial(door.presses, cast.SOL, deed, subject(deed, placed))
        faults += await fault_of((f"teacher / {deed} / {state}", elsewhere.get(deed, "-"), press), placed)
    assert faults == [], "\n".join(faults)


@pytest.fixture(params=["slack", "teams"])
def opening(request: pytest.FixtureRequest):
    return at_slack if request.param == "slack" else at_teams


async def _at_once(world: World, opening, placed: Placed, deed: Press) -> tuple[Seen, Seen]:
    """Both through doors of their own, to one desk that keeps what is done."""
    mishaps: list[str] = []
    desk = Desk(
        units=world.units, now=world.desk.now, wake=lambda: None,
        mishap=lambda reference, error: mishaps.append(f"{type(error).__name__}: {error}"),
    )  # fmt: skip
    async with opening(desk) as one, opening(desk) as other:
        id = subject(deed, placed)
        first, second = await asyncio.gather(
            one.presses(placed.scene.owner, deed, id), other.presses(placed.scene.second, deed, id)
        )
    assert mishaps == []
    return first, second


async def test_two_leads_accept_at_once_and_the_other_is_told_who(world: World, opening):
    stage = Stage(world.units)
    scene = SCENES["relative"]
    placed = await cast.build(stage, scene, "seen", await cast.another(stage, scene))
    one, other = await _at_once(world, opening, placed, Press.ACCEPT)
    assert sorted((one.code, other.code)) == ["taken", "yes"]
    concern = await stage.concern(placed.concern)
    winner = scene.owner if one.code == "yes" else scene.second
    assert concern.owner == winner.id
    assert winner.name in (other.text if one.code == "yes" else one.text)


async def test_two_leads_press_at_once_and_each_is_answered_as_if_alone(world: World, opening):
    """Every other press: it opens a window of its presser's own, or is refused with what is so."""
    stage, scene = Stage(world.units), SCENES["relative"]
    placed = await cast.build(stage, scene, "triaged", await cast.another(stage, scene))
    owner, second = BY_NAME["owner of a relative's"], BY_NAME["another lead"]
    faults: list[str] = []
    mishaps: list[str] = []
    desk = Desk(
        units=world.units, now=world.desk.now, wake=lambda: None,
        mishap=lambda reference, error: mishaps.append(f"{type(error).__name__}: {error}"),
    )  # fmt: skip
    async with opening(desk) as one, opening(desk) as other:
        for deed in MAY:
            id = subject(deed, placed)
            answers = await asyncio.gather(
                one.presses(owner.person, deed, id), other.presses(second.person, deed, id)
            )
            for relation, answer in zip((owner, second), answers, strict=True):
                wanted = expected(relation, deed, placed)
                if answer.code != wanted:
                    faults.append(f"{relation.name} / {deed}: wanted {wanted}, found {answer.code}")
    assert mishaps == []
    assert faults == [], "\n".join(faults)
