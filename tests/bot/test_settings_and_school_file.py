"""Settings and the school file: complete or no start, everything wrong said at once, in words, and no secret shown."""

import re
import shutil
from collections.abc import Mapping
from datetime import time
from pathlib import Path

import pytest

from bot.demo import SAMPLE
from bot.school_file import SchoolFile, SchoolFileFaulty, read_school_file
from bot.settings import Environment, Incomplete, read_settings
from handlers.rules.people import Role

TEAMS = {"teams_client_id": "c", "teams_client_secret": "s", "teams_tenant_id": "t"}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "TEAMS_CLIENT_ID", "DATABASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)


def test_production_is_the_default_and_needs_a_platform():
    settings = read_settings()
    assert settings.environment is Environment.PRODUCTION
    assert settings.missing()[0].startswith("No platform is set up.")


def test_a_platform_that_is_half_set_up_is_said_by_name():
    assert read_settings(slack_bot_token="xoxb-1").missing() == [
        "Slack needs SLACK_SIGNING_SECRET, which is not set."
    ]
    assert read_settings(**TEAMS).missing() == []


def test_plain_http_is_refused_in_production_and_taken_in_development():
    with pytest.raises(Incomplete, match="SLACK_API_URL must begin with https"):
        read_settings(slack_api_url="http://127.0.0.1:9/api/")
    assert read_settings(slack_api_url="http://127.0.0.1:9/api/", environment="development").development


def test_a_wrong_value_is_named_and_never_shown(monkeypatch):
    monkeypatch.setenv("PORT", "s3cret-port")
    with pytest.raises(Incomplete) as wrong:
        read_settings()
    assert "PORT" in str(wrong.value)
    assert "s3cret" not in str(wrong.value)


def test_secrets_are_not_in_the_text_of_the_settings():
    assert "xoxb-very" not in repr(read_settings(slack_bot_token="xoxb-very", slack_signing_secret="hush-hush"))
    assert "hush" not in str(read_settings(slack_bot_token="xoxb-very", slack_signing_secret="hush-hush"))


def test_a_dotenv_file_changes_nothing(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("ENVIRONMENT=development\nDANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS=true\n")
    monkeypatch.chdir(tmp_path)
    assert not read_settings().development


def test_the_sample_school_is_whole():
    file = read_school_file(SAMPLE)
    roles = [role for person, _ in file.people for role in person.roles]
    assert roles.count(Role.LEAD) == 2
    assert {Role.DEPUTY, Role.HEAD, Role.CHAIR, Role.TECHNICIAN, Role.PUPIL} <= set(roles)
    assert 280 <= len(file.pupils) <= 320
    assert file.warnings == ()
    assert len({pupil.id for pupil in file.pupils}) == len(file.pupils)


def test_read_twice_it_gives_the_same_ids():
    assert read_school_file(SAMPLE) == read_school_file(SAMPLE)


def test_a_department_may_be_given_and_need_not_be():
    departments = {person.name: person.department for person, _ in read_school_file(SAMPLE).people}
    assert departments["Tess Hallam"] == "English"
    assert departments["Lee Abara"] == ""


def test_the_form_whose_tutor_somebody_is_may_be_given_and_need_not_be(school):
    before = {person.name: person.tutor_of for person, _ in read_school_file(school).people}
    assert before["Tess Hallam"] == ""
    given = 'name = "Tess Hallam"\ntutor_of = " 4K "'
    school.write_text(school.read_text("utf-8").replace('name = "Tess Hallam"', given, 1), "utf-8")
    after = {person.name: person.tutor_of for person, _ in read_school_file(school).people}
    assert after == before | {"Tess Hallam": "4K"}


UNSEEN = "[[people]] lee, name: it holds a character that cannot be seen."


@pytest.fixture
def school(tmp_path: Path) -> Path:
    for name in ("school.toml", "pupils.csv"):
        shutil.copy(SAMPLE.parent / name, tmp_path / name)
    return tmp_path / "school.toml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('role = "lead"', 'role = "staff"', None),
        ('role = "lead"', 'role = "boss"', "role"),
        ('zone = "Europe/London"', 'zone = "Europe/Lundun"', "not a time zone"),
        ("opens = 08:30:00", "opens = 16:30:00", "opens must be before closes"),
        ('slack = "U0TESS0001"', 'slack = "U0LEE00001"', "the Slack account U0LEE00001 stands twice"),
        ('key = "tess"', 'key = "lee"', "the key lee stands twice"),
        ('pupils = "pupils.csv"', 'pupils = "gone.csv"', "cannot be read as CSV"),
        ("[hours]", "[hours", "not readable as TOML"),
        ('nation = "England"', 'nation = "Atlantis"', "nation"),
        ("first = 2026-09-01", "first = 2026-12-01", "is after"),
        ("first = 2026-09-01", "first = 0001-01-01", "0001-01-01 is no day of a school's year"),
        ("inset = [", "inset = [9999-12-31, ", "9999-12-31 is no day of a school's year"),
        ('name = "Lee Abara"', 'name = "Lee\\u0000 Abara"', UNSEEN),
        ('name = "Lee Abara"', 'name = "Lee\\u200b"', UNSEEN),
        ('name = "Lee Abara"', "name = 7", "[[people]] lee, name: it must be text, in quotes."),
        ('name = "Lee Abara"', f"name = {'9' * 5000}", "not readable as TOML"),
        ('name = "Lee Abara"', f"name = {'[' * 5000}", "nested too deep"),
        ('key = "tess"', 'key = " LEE"', "the key lee stands twice"),
        ('pupils = "pupils.csv"', 'pupils = "."', "cannot be read as CSV"),
        ('pupils = "pupils.csv"', 'pupils = ["pupils.csv"]', "pupils"),
        ("opens = 08:30:00", "opens = [8]", "[hours] opens: it must be a time, such as 08:30:00"),
        ('role = "lead"', "role = { lead = true }", "role"),
        ('department = "English"', f'department = "{"E" * 61}"', "department"),
        ('tutor_of = "8B"', f'tutor_of = "{"8" * 61}"', "tutor_of"),
    ],
)
def test_what_is_wrong_with_a_school_file_is_said(school, old, new, said):
    school.write_text(school.read_text("utf-8").replace(old, new), "utf-8")
    if said is None:
        assert read_school_file(school)
        return
    with pytest.raises(SchoolFileFaulty) as fault:
        read_school_file(school)
    assert said in str(fault.value)


LEE = 'name = "Lee Abara"\nrole = "lead"'


def with_lee(school: Path, posts: str) -> frozenset[Role]:
    """The roles of Lee where the file has that line."""
    school.write_text(school.read_text("utf-8").replace(LEE, f'name = "Lee Abara"\n{posts}'), "utf-8")
    return next(person.roles for person, _ in read_school_file(school).people if person.name == "Lee Abara")


@pytest.mark.parametrize(
    ("posts", "roles"),
    [
        ('role = "lead"', {Role.LEAD}),
        ('role = ["lead"]', {Role.LEAD}),
        ('role = ["lead", "head"]', {Role.LEAD, Role.HEAD}),
        ('roles = ["deputy", "whistleblowing_lead"]', {Role.DEPUTY, Role.WHISTLEBLOWING_LEAD}),
        ('role = ["staff", "lead", "lead"]', {Role.LEAD}),
        ('role = ["staff"]', {Role.STAFF}),
    ],
)
def test_one_person_may_hold_several_posts(school, posts, roles):
    assert with_lee(school, posts) == roles


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ("role = []", "role"),
        ('role = ["lead", "boss"]', "[[people]] lee, role: it must be staff, lead"),
        ('role = ["lead", "pupil"]', "people: lee cannot be a pupil and on the staff."),
        ('role = "lead"\nroles = ["head"]', "roles"),
        ("role = 3", "role"),
        ("", "role"),
    ],
)
def test_posts_that_cannot_be_are_refused_and_said(school, posts, said):
    with pytest.raises(SchoolFileFaulty) as fault:
        with_lee(school, posts)
    assert said in str(fault.value)


def test_a_parent_s_children_are_the_pupils_of_those_keys_and_a_key_is_never_shown(school):
    pupil = read_school_file(school).pupils[0]
    key = (school.parent / "pupils.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    assert with_lee(school, f'role = ["lead", "head"]\nchildren = ["{key}"]') == {Role.LEAD, Role.HEAD}
    file = read_school_file(school)
    assert {person.children for person, _ in file.people if person.name == "Lee Abara"} == {frozenset({pupil.id})}
    assert file.warnings == ()
    school.write_text(school.read_text("utf-8").replace(key, "K-SECRET"), "utf-8")
    (warning,) = read_school_file(school).warnings
    assert warning == "people: lee has 1 under children that the list of pupils does not have."


@pytest.mark.parametrize("nation", ["Scotland", "Wales", "Northern Ireland"])
def test_a_nation_without_a_pack_is_refused_in_a_sentence_and_never_served_with_englands(school, nation):
    text = school.read_text("utf-8").replace('nation = "England"', f'nation = "{nation}"')
    school.write_text(text, "utf-8")
    with pytest.raises(SchoolFileFaulty) as fault:
        read_school_file(school)
    assert f"school.nation: Heard does not start for a school in {nation}" in str(fault.value)


def with_authority(school: Path, table: str) -> SchoolFile:
    text = school.read_text("utf-8")
    start, end = text.index("[local_authority]"), text.index("[lado]")
    school.write_text(text[:start] + table + text[end:], "utf-8")
    return read_school_file(school)


def test_the_local_authoritys_number_by_day_is_apart_from_the_one_out_of_hours(school):
    given = read_school_file(school).school
    assert given.daytime
    assert given.daytime.contact.telephone != given.outside.telephone
    file = with_authority(school, '[local_authority]\nname = "The front door"\ntelephone = "1"\n')
    assert file.school.daytime
    assert (file.school.daytime.opens, file.school.daytime.closes) == (time(9), time(17))


def test_without_it_the_school_is_served_and_asked_whether_anybody_answers_by_day(school):
    file = with_authority(school, "")
    assert file.school.daytime is None
    assert [line.partition(":")[0] for line in file.warnings] == ["local_authority"]


@pytest.mark.parametrize("table", ["opens = 17:00:00\ncloses = 09:00:00", "hours = 9", 'opens = "nine"'])
def test_hours_that_cannot_be_are_refused(school, table):
    with pytest.raises(SchoolFileFaulty, match="local_authority"):
        with_authority(school, f'[local_authority]\nname = "The front door"\ntelephone = "1"\n{table}\n')


_STAFF = '"staff"'
PRIMARY = {"lee": '["lead", "head"]', "dana": '"deputy"', "colin": '"chair"', "noel": '"nominated"', "tess": '"staff"'}


def warned(school: Path, posts: Mapping[str, str]) -> list[str]:
    """What is said of a school of those people alone, about their posts."""
    head, *people = school.read_text("utf-8").split("[[people]]\n")
    kept = [one for one in people if (key := one.split('"')[1]) in posts for one in [_posts(one, posts[key])]]
    school.write_text("[[people]]\n".join([head, *kept]), "utf-8")
    return [line for line in read_school_file(school).warnings if line.startswith("people: ")]


def _posts(person: str, roles: str) -> str:
    return re.sub(r"role = .*", f"role = {roles}", person)


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ({}, ""),
        ({"dana": _STAFF}, "lee alone is lead, deputy or head; what they leave unanswered, and the second reading of "
                           "their decisions, goes to colin, noel."),
        ({"colin": _STAFF, "noel": _STAFF, "dana": _STAFF}, "goes to nobody else: the outside contact is shown"),
        ({"lee": '["lead", "head", "chair"]'}, "lee is head and chair; a concern about them goes outside the school"),
        ({"dana": _STAFF, "colin": _STAFF}, "nobody beside lee is lead, deputy, head or chair"),
    ],
)  # fmt: skip
def test_posts_that_come_together_in_too_few_people_are_warned_of(school, posts, said):
    found = warned(school, PRIMARY | posts)
    assert (not found) if not said else any(said in line for line in found), found


def test_a_byte_order_mark_changes_nothing(school):
    whole = read_school_file(school)
    for name in ("school.toml", "pupils.csv"):
        file = school.parent / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_school_file(school) == whole


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[school]\n".encode("utf-16"), "line 1 is not in UTF-8"),
        (b"[school]\nname = \"Zo\xeb\"\n", "line 2 is not in UTF-8"),
        (b"#" * 1_000_001, "larger than 1 MB"),
        (b"", "[school]: it is missing."),
        (b"\x00", "not readable as TOML"),
    ],
    ids=["utf-16", "windows-1252", "huge", "empty", "nul"],
)
def test_a_school_file_that_is_none_is_said_in_a_sentence(school, content, said):
    school.write_bytes(content)
    with pytest.raises(SchoolFileFaulty) as fault:
        read_school_file(school)
    assert said in str(fault.value)


def test_a_folder_is_no_school_file(tmp_path):
    with pytest.raises(SchoolFileFaulty, match="is no file"):
        read_school_file(tmp_path)


def test_several_faults_are_said_at_once(school):
    text = school.read_text("utf-8")
    text = text.replace('key = "tess"', 'key = "lee"').replace("opens = 08:30:00", "opens = 16:30:00")
    school.write_text(text, "utf-8")
    with pytest.raises(SchoolFileFaulty) as fault:
        read_school_file(school)
    assert len(str(fault.value).splitlines()) == 2


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SchoolFileFaulty, match="There is no school file"):
        read_school_file(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "given",
    [
        {"slack_api_url": "https://127.0.0.1:9/api/"},
        {"graph_url": "https://localhost/v1.0"},
        {"teams_openid_metadata_url": "https://[::1]/x"},
        {"teams_service_url_hosts": "smba.trafficmanager.net,127.0.0.5"},
    ],
)
def test_a_platform_on_this_machine_is_refused_in_production(given):
    with pytest.raises(Incomplete, match="ENVIRONMENT=development alone"):
        read_settings(**given)
    assert read_settings(**given, environment="development").development
