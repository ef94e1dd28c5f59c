"""`python -m bot wording`: what can be read is answered; what cannot is told, and the exit code says so."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from bot.wording import LONGEST_LINE, LONGEST_TEXT, answer_lines

GOOD = b'{"id": "a", "field": "facts", "text": "I think he is lazy."}\n'


def answers(source: bytes) -> tuple[int, list[dict[str, Any]]]:
    sink = io.BytesIO()
    wrong = answer_lines(io.BytesIO(source), sink)
    return wrong, [json.loads(line) for line in sink.getvalue().splitlines()]


def test_a_line_is_answered_with_its_findings() -> None:
    wrong, (reply,) = answers(GOOD)
    assert wrong == 0
    assert reply["id"] == "a"
    assert reply["missing"] == []
    assert set(reply["findings"][0]) >= {"start", "end", "kind", "rule", "why", "question", "example"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"\xff\xfe\xfa", "not UTF-8"),
        (b"hello", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"id": 1, "text": "a"}', 'no "field"'),
        (b'{"id": 1, "field": "poem", "text": "a"}', "not one of"),
        (b'{"id": 1, "field": ["facts"], "text": "a"}', "not one of"),
        (b'{"id": 1, "field": "facts"}', 'no "text"'),
        (b'{"id": 1, "field": "facts", "text": 3}', "not a string"),
        (b'{"id": 1, "field": "own_words", "text": "a", "year": 3}', "year"),
        (b'{"id": 1, "field": "facts", "text": "\\ud800 he is lazy"}', "lone surrogate"),
        (b'{"id": 1, "field": "facts", "text": "' + b"a" * 150_000 + b'"}', str(LONGEST_TEXT)),
        (b'{"id": 1, "field": "facts", "text": "' + b"a" * 1_000_000 + b'"}', str(LONGEST_LINE)),
        (b"[" * 200_000, "not JSON"),
        (b'{"id": 1, "field": "facts", "text": "a", "text": NaN}', "not a string"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_answered(line: bytes, says: str) -> None:
    wrong, replies = answers(GOOD + line + b"\n" + GOOD)
    assert wrong == 1
    assert [reply.get("line") for reply in replies] == [None, 2, None]
    assert says in replies[1]["error"]
    assert "findings" in replies[2]


def test_a_last_line_without_an_end_and_empty_lines_are_fine() -> None:
    wrong, replies = answers(b"\n" + GOOD + b"  \n" + GOOD.strip())
    assert wrong == 0
    assert len(replies) == 2


def test_the_command_streams_ends_in_error_and_loads_no_platform() -> None:
    heavy = ("fastapi", "slack_bolt", "microsoft_teams", "sqlalchemy")
    code = f"import sys, bot.wording; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    command = [sys.executable, "-m", "bot", "wording"]
    run = subprocess.run(command, input=GOOD + b"oops\n", capture_output=True, check=False)
    assert run.returncode == 1
    assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == ["a", None]
    assert not run.stderr
