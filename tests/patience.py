"""The platforms of the tests wait for as long as a machine that is busy takes, where it is not their own limits that
are looked at: those stand in `bot.playground`, and its tests have them as they are."""

import pytest

from bot.playground.slack import sender as slack
from bot.playground.slack import triggers
from bot.playground.teams import sender as teams
from tests.journeys.gestures import PATIENT

LIMITS = ((slack, "SECONDS"), (triggers, "SECONDS"), (teams, "INVOKE_SECONDS"), (teams, "MESSAGE_SECONDS"))
"""What a client gives up after: it then shows its person that nothing came, and a test that has them do a thing once
falls."""


@pytest.fixture(autouse=True)
def platforms_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limit in LIMITS:
        monkeypatch.setattr(module, limit, PATIENT)
