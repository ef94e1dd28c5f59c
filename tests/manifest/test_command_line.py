"""The commands of the technician's page (manifest/guide), word for word, and what they say when something is wrong."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.playground.agents.node import ROOT
from tests.commands import Command, Done
from tests.node import need_npm_packages

CLIENT_ID = "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"
TECHNICIAN = (ROOT / "manifest" / "guide" / "technician.md").read_text("utf-8")
QUICK_STARTS = re.findall(r"`python -m (manifest build [^`]*)`", TECHNICIAN)


def run(words: str, folder):
    """As anybody starts it."""
    command = [sys.executable, "-m", *words.split()]
    return subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )


async def built(words: str, folder: Path, command: Command) -> Done:
    return await command(*words.split()[1:], environment={}, program="manifest", folder=folder)


def test_the_guide_shows_one_build_for_each_platform():
    assert [("--slack-url" in words, "--teams-client-id" in words) for words in QUICK_STARTS] == [
        (True, False), (False, True),
    ]


@pytest.mark.parametrize("words", QUICK_STARTS)
async def test_the_guide_s_command_writes_what_it_says(words, tmp_path, command):
    done = await built(words.replace("<app id>", CLIENT_ID), tmp_path, command)
    assert done.returncode == 0, done.stderr
    written = sorted(path.name for path in (tmp_path / "build").iterdir())
    assert written == (["slack.json"] if "--slack-url" in words else ["heard-teams.zip"])


def test_both_are_written_at_once(tmp_path):
    words = "manifest build --slack-url https://heard.example.school --teams-client-id "
    assert run(f"{words}{CLIENT_ID} --teams-domain heard.example.school --out build", tmp_path).returncode == 0
    slack = json.loads((tmp_path / "build" / "slack.json").read_text("utf-8"))
    assert slack["features"]["slash_commands"][0]["url"] == "https://heard.example.school/slack/events"
    assert zipfile.is_zipfile(tmp_path / "build" / "heard-teams.zip")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ("", "Nothing to build"),
        ("--slack-url http://heard.example.school", "--slack-url must be an address like https://"),
        ("--slack-url heard.example.school", "--slack-url must be an address like https://"),
        ("--teams-client-id 123 --teams-domain heard.example.school", "a GUID"),
        (f"--teams-client-id {CLIENT_ID}", "--teams-domain must be a host name"),
        (f"--teams-client-id {CLIENT_ID} --teams-domain https://heard.example.school", "--teams-domain must be"),
        ("--teams-domain heard.example.school", "--teams-client-id must be"),
        (f"--teams-client-id {CLIENT_ID} --teams-domain a.example --site http://x", "--site must be"),
    ],
)
async def test_what_cannot_be_built_is_said_and_nothing_is_written(options, word, tmp_path, command):
    done = await built(f"manifest build {options}", tmp_path, command)
    assert done.returncode != 0
    assert word in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_finds_everything_in_order(tmp_path):
    need_npm_packages()
    done = run("manifest check", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "in order" in done.stdout
