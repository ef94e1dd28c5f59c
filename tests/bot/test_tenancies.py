"""The technician's file of tenants: what is wrong with it, or with the schools beside it, is a sentence each."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from bot.demo import SAMPLE
from bot.school_file import read_school_file
from bot.serving import Schools, start
from bot.settings import Incomplete, Settings, read_settings
from bot.tenancies import Tenancies, read_tenancies
from handlers.rules.school import School, SchoolId
from tests.bot.two_schools import keep, write_schools

KINGFISHER = read_school_file(SAMPLE).school
SLACK, TEAMS = dict(KINGFISHER.tenants)["slack"], dict(KINGFISHER.tenants)["teams"]
HERON = replace(KINGFISHER, id=SchoolId(UUID(int=7)), name="Heron Primary", tenants=(("slack", "T0HERON"),))
OWN = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "hush"}
BOT = {"teams_client_id": "c", "teams_client_secret": "s", "teams_tenant_id": TEAMS.upper()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.token", "b.token", "signing", "bot.secret"):
        keep(tmp_path / name, f"secret-{name}")
    return tmp_path


def given(folder: Path, text: str, **more: str) -> Settings:
    return read_settings(tenants_file=keep(folder / "tenants.toml", text), **more)


A = '[[slack]]\nteam = "T0KINGFISH"\nbot_token_file = "a.token"\nsigning_secret_file = "signing"\n'
B = '[[slack]]\nteam = "T0HERON"\nbot_token_file = "b.token"\n'
C = f'[[teams]]\ntenant = "{TEAMS.upper()}"\nclient_id = "c"\nclient_secret_file = "bot.secret"\n'


def test_what_the_environment_names_is_one_workspace_and_one_tenant():
    held = read_tenancies(read_settings(**OWN, **BOT))
    assert held.names() == (("slack", ""), ("teams", TEAMS))
    assert held.placed([KINGFISHER]).names() == (("slack", SLACK), ("teams", TEAMS))
    assert held.teams[0].token_url == f"https://login.microsoftonline.com/{TEAMS.upper()}/oauth2/v2.0/token"
    assert held.faults([KINGFISHER]) == []


def test_the_file_adds_to_them_and_an_app_that_is_shared_has_one_signing_secret(folder):
    held = read_tenancies(given(folder, A + B, slack_signing_secret="hush", **BOT))
    assert held.names() == (("slack", "T0KINGFISH"), ("slack", "T0HERON"), ("teams", TEAMS))
    own, shared = held.slack
    assert [one.get_secret_value() for one in own.secrets] == ["secret-signing"]
    assert [one.get_secret_value() for one in shared.secrets] == ["hush"]
    assert shared.token.get_secret_value() == "secret-b.token"
    assert "secret-" not in repr(held) and "hush" not in repr(held)
    assert held.faults([KINGFISHER, HERON]) == []


def test_the_environment_s_workspace_is_that_of_the_school_which_has_no_entry(folder):
    held = read_tenancies(given(folder, B, **OWN))
    assert held.placed([KINGFISHER, HERON]).names() == (("slack", "T0KINGFISH"), ("slack", "T0HERON"))


ROW = "tenants.toml: [[slack]] number 1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[slack]", "tenants.toml is not readable as TOML: line 1: a square bracket is not closed."),
        ("", "tenants.toml names no Slack workspace ([[slack]]) and no Teams tenant ([[teams]])."),
        (A + A, "The Slack workspace T0KINGFISH is set up twice."),
        (C + C.lower(), f"The Teams tenant {TEAMS} is set up twice."),
        (B, "tenants.toml: the workspace T0HERON needs signing_secret_file, or SLACK_SIGNING_SECRET where all share"),
        (A.replace("T0KINGFISH", "kingfisher"), f"{ROW}, team: it must be the workspace's id: T, then capitals and"),
        (A + 'bot_token = "xoxb-here"\n', f"{ROW}, bot_token: it is no word that Heard knows here; do you mean bot_"),
        (A.replace('"a.token"', '"none.token"'), "none.token is not there."),
        (A.replace('"a.token"', '"."'), "is no file, or not yours to read."),
        (C + 'token_url = "http://login.example/token"\n', "tenants.toml: token_url must begin with https://"),
        (C + 'token_url = "login"\n', "tenants.toml: token_url is not the whole address of a page"),
        (C + 'token_url = "https://localhost/token"\n', "tenants.toml: token_url names this machine itself"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_said_and_no_secret_with_it(folder, text, said):
    with pytest.raises(Incomplete) as wrong:
        read_tenancies(given(folder, text))
    assert said in str(wrong.value)
    assert "xoxb" not in str(wrong.value) and "secret-" not in str(wrong.value)


@pytest.mark.parametrize("name", ["tenants.toml", "a.token", "signing"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_what_others_may_read_or_change_is_refused(folder, name, mode):
    settings = given(folder, A)
    (folder / name).chmod(mode)
    with pytest.raises(Incomplete, match=f"Others can read or change {name}. Close it to them with: chmod 600"):
        read_tenancies(settings)


@pytest.mark.parametrize("held", ["", "\n", "one two", "one\ntwo\n", "x" * 1001, "naïve"])
def test_a_secret_is_one_line(folder, held):
    settings = given(folder, A)
    keep(folder / "a.token", held)
    with pytest.raises(Incomplete, match=r"a\.token (must hold one line|is larger)"):
        read_tenancies(settings)


def set_up(*names: tuple[str, str]) -> Tenancies:
    """Those workspaces and tenants."""
    one = read_tenancies(read_settings(**OWN, **BOT))
    slack = tuple(replace(one.slack[0], team=name) for platform, name in names if platform == "slack")
    return Tenancies(
        slack=slack, teams=tuple(replace(one.teams[0], tenant=name) for platform, name in names if platform == "teams")
    )


TWIN = replace(HERON, tenants=(("slack", SLACK), ("teams", "another")))


@pytest.mark.parametrize(
    ("names", "schools", "said"),
    [
        ([("slack", SLACK), ("teams", TEAMS)], [KINGFISHER], []),
        ([("slack", SLACK)], [KINGFISHER], []),
        ([("slack", SLACK), ("slack", "T0HERON")], [KINGFISHER],
         ["The Slack workspace T0HERON is set up, but no school file names it."]),
        ([("slack", SLACK)], [KINGFISHER, HERON],
         ["Heron Primary: its school file names the Slack workspace T0HERON, which is not set up."]),
        ([("teams", TEAMS)], [KINGFISHER, HERON],
         ["Heron Primary: nothing is set up for its Slack workspace T0HERON, so nobody there could reach it."]),
        ([("slack", "T0TYPING"), ("teams", TEAMS)], [KINGFISHER],
         [f"Kingfisher Academy: its school file names the Slack workspace {SLACK}, which is not set up.",
          "The Slack workspace T0TYPING is set up, but no school file names it."]),
        ([("slack", SLACK), ("teams", TEAMS), ("teams", "another")], [KINGFISHER, TWIN],
         [f"Kingfisher Academy and Heron Primary name the same Slack workspace, {SLACK}: whose somebody is could not "
          "be told. Give each its own, or write them as one school."]),
        ([("slack", SLACK), ("slack", "T0HERON")], [KINGFISHER, replace(HERON, id=KINGFISHER.id)],
         ["Two school files have the same key: ids are made from it, so each school needs one of its own."]),
        ([("slack", "")], [KINGFISHER, HERON],
         [f"Kingfisher Academy: its school file names the Slack workspace {SLACK}, which is not set up.",
          "Heron Primary: its school file names the Slack workspace T0HERON, which is not set up.",
          "SLACK_BOT_TOKEN is one workspace's, and the school files do not say which: each Slack workspace that has no "
          "entry in TENANTS_FILE would be it, and there must be one such."]),
    ],
)  # fmt: skip
def test_each_school_has_its_tenant_and_each_tenant_its_school(
    names: list[tuple[str, str]], schools: list[School], said: list[str]
):
    assert set_up(*names).faults(schools) == said


async def test_the_program_does_not_start_with_one_that_has_no_other(folder):
    settings = given(folder, A, database_url=f"sqlite+aiosqlite:///{folder}/heard.db")
    paths = list(write_schools(folder).values())
    with pytest.raises(Incomplete, match="its school file names the Slack workspace T0HERON, which is not set up"):
        await start(settings, Schools(paths=paths))
    assert not (folder / "heard.db").exists()


async def test_of_several_schools_a_number_is_said_of_one(folder):
    settings = given(folder, A + B, slack_signing_secret="hush")
    paths = list(write_schools(folder).values())
    with pytest.raises(Incomplete, match="say of which school it is with --accept-for: kingfisher, heron"):
        await start(settings, Schools(paths=paths, accepted=7))
    with pytest.raises(Incomplete, match="--accept-for"):
        await start(settings, Schools(paths=paths, accepted=7, accepted_for="kestrel"))
