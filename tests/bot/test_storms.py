"""A door that turns away more than it should is told of: much in a minute, or a little that is like its own."""

import pytest

from bot.intake import TurnedAway
from bot.storms import FEW, LATELY, LIKE_ITS_OWN, MANY, QUIET_FOR, SOON, Storm, Storms
from handlers.rules.trouble import Trouble


def refused(why: str = "slack_unsigned", status: int = 401) -> TurnedAway:
    return TurnedAway(status, why)


@pytest.mark.parametrize(("many", "within", "told"), [
    (MANY, SOON, True), (MANY - 1, SOON, False), (MANY, SOON * 1.1, False),
])  # fmt: skip
def test_many_in_a_minute_are_a_storm_whatever_they_are(many: int, within: float, told: bool):
    storm, at = Storm(), 0.0
    for number in range(many):
        at = number * within / (MANY - 1)
        storm.refused(refused(), at)
    assert bool(storm.found(at)) is told


@pytest.mark.parametrize("why", sorted(LIKE_ITS_OWN))
def test_a_few_that_are_like_its_own_are_enough_for_a_quiet_school(why: str):
    storm, at = Storm(), 0.0
    for number in range(FEW):
        assert not storm.found(at)
        at = number * LATELY / (FEW - 1)
        storm.refused(refused(why), at)
    assert storm.found(at) == {Trouble.SIGNATURES_REFUSED: why}


def test_a_few_that_are_like_nothing_are_no_storm_nor_what_was_signed_and_is_refused_for_another_reason():
    storm = Storm()
    for _ in range(FEW):
        storm.refused(refused("slack_unsigned"), 0.0)
    for _ in range(MANY):
        storm.refused(refused("slack_too_large", 413), 0.0)
        storm.refused(refused("teams_unknown_tenant", 403), 0.0)
    assert not storm.found(0.0)


def test_it_lasts_until_it_has_been_quiet_for_so_long():
    storm = Storm()
    for at in range(MANY):
        storm.refused(refused(), at)
    storm.refused(refused(), MANY + 5)
    assert storm.found(MANY + 5 + QUIET_FOR - 1)
    storm.refused(refused(), MANY + 5 + QUIET_FOR - 1)
    assert not storm.found(MANY + 5 + QUIET_FOR)


async def test_each_platform_has_its_own_and_what_is_asked_for_figures_is_none():
    told: list[str] = []
    storms = Storms({"slack", "teams"}, also=lambda door, refusal: told.append(f"{door} {refusal.why}"))
    for _ in range(MANY):
        storms.refused("teams", refused("teams_no_token"))
        storms.refused("metrics", refused("metrics_no_token"))
    assert await storms() == {"slack": {}, "teams": {Trouble.SIGNATURES_REFUSED: "teams_no_token"}}
    assert len(told) == 2 * MANY
