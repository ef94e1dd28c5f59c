"""What stands on a screen, on both platforms, over every form and card there is: dates as people write them, and no
word of the other platform."""

import re
from collections.abc import Iterator
from typing import cast

import pytest

from bot.slack import render as slack
from bot.teams import render as teams
from bot.teams.blocks import Surface
from handlers.errors import UnknownSchool
from tests.examples import CARDS, FORMS

KEPT = frozenset({
    "value", "id", "action_id", "block_id", "callback_id", "private_metadata", "data", "event_payload", "initial_date",
    "initial_time", "verb", "type", "style", "key", "subject",
})  # fmt: skip
"""What a client keeps and sends back, and draws in its own way: a field's date as its reader's computer writes it."""
ISO = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2}|T\d{2}:\d{2}:\d{2}")
OF_SLACK = re.compile(r"\bslack\b|\bworkspaces?\b|\bhome tab\b|\bmodal\b|\bslackbot\b", re.IGNORECASE)
OF_TEAMS = re.compile(r"\bteams\b|\btenants?\b|\bmicrosoft\b|\badaptive\b|\bentra\b|\bactivity feed\b", re.IGNORECASE)


def read(drawn: object, under: str = "") -> Iterator[str]:
    """Every text of it that is shown."""
    if isinstance(drawn, dict):
        for name, held in cast("dict[str, object]", drawn).items():
            if name not in KEPT or (name == "value" and not isinstance(held, str)):
                yield from read(held, name)
    elif isinstance(drawn, list):
        for held in cast("list[object]", drawn):
            yield from read(held, under)
    elif isinstance(drawn, str):
        yield drawn


SLACK = {
    **{f"form_{name}": slack.form_view(form) for name, form in FORMS.items()},
    **{f"card_{name}": slack.card_message(card) for name, card in CARDS.items()},
}
TEAMS = {
    **{f"form_{name}": teams.form_card(form, surface=Surface.DIALOG) for name, form in FORMS.items()},
    **{f"message_{name}": teams.form_card(form, surface=Surface.MESSAGE) for name, form in FORMS.items()},
    **{f"card_{name}": teams.card_activity(card) for name, card in CARDS.items()},
}


OF_A_PLATFORM = frozenset(name for name in SLACK if name.startswith("card_trouble_"))
"""They say on one platform that another does not answer: it has to be named."""


@pytest.mark.parametrize("name", sorted(SLACK))
def test_on_slack_no_date_is_a_computers_and_no_word_is_of_teams(name: str):
    shown = "\n".join(read(SLACK[name]))
    assert shown
    assert not ISO.findall(shown)
    assert name in OF_A_PLATFORM or not OF_TEAMS.findall(shown)


@pytest.mark.parametrize("name", sorted(TEAMS))
def test_on_teams_no_date_is_a_computers_and_no_word_is_of_slack(name: str):
    shown = "\n".join(read(TEAMS[name]))
    assert shown
    assert not ISO.findall(shown)
    assert name in OF_A_PLATFORM or not OF_SLACK.findall(shown)


def test_whoever_comes_from_elsewhere_is_told_so_in_no_platforms_words():
    assert not OF_SLACK.search(str(UnknownSchool()))
    assert not OF_TEAMS.search(str(UnknownSchool()))
