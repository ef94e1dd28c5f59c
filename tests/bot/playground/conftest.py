"""The lab that the tests of the local Slack share."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.playground.slack_stage import Lab


@pytest.fixture(autouse=True)
def platforms_wait() -> None:
    """Here their own limits are what is looked at."""


@pytest.fixture
async def lab() -> AsyncIterator[Lab]:
    made = Lab()
    yield made
    await made.aclose()
