"""The log holds events and ids; never a word of an exception, never another library's text."""

import json
import logging

import pytest

from bot import logs

pytestmark = pytest.mark.usefixtures("quiet_again")


def lines(path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_bug_is_kept_with_its_type_and_places_and_without_its_words(tmp_path):
    logs.set_up(to=tmp_path / "log")
    try:
        raise ValueError("CANARY they wait for me")
    except ValueError as error:
        logs.mishap("abcd1234", error)
    (line,) = lines(tmp_path / "log")
    assert line["event"] == "mishap"
    assert line["reference"] == "abcd1234"
    assert line["type"] == "ValueError"
    assert "test_logs.py" in str(line["places"])
    assert "CANARY" not in str(line)


def test_what_a_library_logs_is_kept_as_its_name_and_level_alone(tmp_path):
    logs.set_up(to=tmp_path / "log")
    logging.getLogger("slack_bolt.App").warning("Unhandled request: CANARY")
    logging.getLogger("microsoft_teams.apps").error("input_value=%s", "CANARY")
    logging.getLogger("slack_sdk").debug("CANARY")
    found = lines(tmp_path / "log")
    assert [line["logger"] for line in found] == ["slack_bolt.App", "microsoft_teams.apps"]
    assert "CANARY" not in str(found)


def test_a_forged_line_stays_inside_its_field(tmp_path):
    logs.set_up(to=tmp_path / "log")
    logs.event("seen", subject='x"}\n{"event": "forged"')
    (line,) = lines(tmp_path / "log")
    assert line["event"] == "seen"
