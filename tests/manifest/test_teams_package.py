"""The Teams package against Microsoft's own schema and our rules; each rule is shown to catch its fault."""

import copy
import io
import json
import tomllib
import zipfile
from typing import Any

import pytest

from bot.playground.agents.node import ROOT
from manifest import checks, icons, teams
from tests.node import need_npm_packages

CLIENT_ID = "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"
DOMAIN = "heard.example.school"


@pytest.fixture(autouse=True)
def _schema():
    need_npm_packages()


def good() -> dict[str, Any]:
    return copy.deepcopy(teams.manifest(client_id=CLIENT_ID, domain=DOMAIN))


def faulty(path: str, value: object) -> list[str]:
    manifest: Any = good()
    *steps, last = path.split("/")
    holder = manifest
    for step in steps:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    if value is None:
        del holder[last]
    else:
        holder[int(last) if last.isdigit() else last] = value
    return checks.teams_faults(manifest)


def packed(**changed: bytes | None) -> bytes:
    files: dict[str, Any] = {"manifest.json": json.dumps(good()).encode()}
    files |= {"color.png": icons.colour(), "outline.png": icons.outline()}
    files |= {name.replace("_", "."): content for name, content in changed.items()}
    return teams.pack({name: content for name, content in files.items() if content is not None})


@pytest.mark.parametrize("look_up", [False, True])
def test_the_package_has_no_fault(look_up):
    package = teams.package(client_id=CLIENT_ID, domain=DOMAIN, look_up=look_up)
    assert checks.package_faults(package) == []
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert (teams.LOOK_UP in archive.read("manifest.json").decode()) is look_up, "it is the school's choice"


@pytest.mark.parametrize("version", ["1.29", "1.30"])
def test_the_manifest_is_good_under_the_next_schema_too(version):
    assert checks.teams_faults(good() | {"manifestVersion": version}) == []


def test_an_older_schema_does_not_know_the_slash_menu():
    assert any("triggers" in fault for fault in checks.teams_faults(good() | {"manifestVersion": "1.28"}))


def test_the_package_holds_three_files_and_is_the_same_each_time():
    package = teams.package(client_id=CLIENT_ID, domain=DOMAIN)
    assert package == teams.package(client_id=CLIENT_ID, domain=DOMAIN)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert archive.testzip() is None
        assert json.loads(archive.read("manifest.json")) == good()


def test_the_ids_are_filled_in_everywhere():
    text = json.dumps(good())
    assert text.count(CLIENT_ID) == 5  # the app, its bot, its message extension, and twice for Entra
    assert good()["validDomains"] == [DOMAIN]
    assert "{{" not in text
    assert "<" not in text


def test_the_version_is_the_program_s():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == teams.VERSION


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("name/short", "x" * 31, "name.short"),
        ("description/short", "x" * 81, "description.short"),
        ("bots/0/botId", "not-a-guid", "bots.0.botId"),
        ("bots/0/scopes/0", "everywhere", "bots.0.scopes.0"),
        ("bots/0/supportsSlash", True, "Additional properties"),
        ("bots/0/commandLists/0/triggers", ["shout"], "triggers"),
        ("developer/privacyUrl", None, "privacyUrl"),
        ("accentColor", "teal", "accentColor"),
        ("version", "1.0", "is no semantic version"),
        ("manifestVersion", "1.18", "no manifest version 1.18"),
        ("composeExtensions/0/commands/0/id", "open_form", "raise_concern is missing"),
        ("composeExtensions/0/commands/1/id", "report_this", "report_this is one that the program does not handle"),
        ("composeExtensions/0/commands/0/fetchTask", False, "no dialog opens"),
        ("composeExtensions/0/commands/0/type", "query", "no dialog opens"),
        ("composeExtensions/0/commands/1/context", ["compose"], "must stand in message"),
        ("composeExtensions/0/botId", "0b9c1f7e-5a53-4c1c-9f57-000000000000", "one and the same client id"),
        ("authorization/permissions/resourceSpecific/0/name", "ChannelMessage.Send.Group", "ChannelMessage.Send.Group"),
        ("authorization/permissions/resourceSpecific", [], "are missing"),
        ("supportsChannelFeatures", None, "tier1"),
        ("validDomains", ["*.example.school"], "no domain of the program's own"),
    ],
)
def test_a_planted_fault_is_caught(path, value, word):
    assert any(word in fault for fault in faulty(path, value)), faulty(path, value)


@pytest.mark.parametrize(
    ("package", "word"),
    [
        (lambda: b"not a zip", "not a zip"),
        (lambda: packed(outline_png=None), "nothing else"),
        (lambda: packed(readme_txt=b"hello"), "nothing else"),
        (lambda: packed(outline_png=icons.colour()), "192 by 192, not 32 by 32"),
        (lambda: packed(color_png=icons.outline()), "32 by 32, not 192 by 192"),
        (lambda: packed(color_png=b"GIF89a"), "not a PNG"),
        (lambda: packed(manifest_json=json.dumps(good() | {"id": "x"}).encode()), "teams: id"),
    ],
    ids=["no zip", "a file too few", "a file too many", "big outline", "small colour", "no picture", "bad manifest"],
)
def test_a_faulty_package_is_caught(package, word):
    assert any(word in fault for fault in checks.package_faults(package()))
