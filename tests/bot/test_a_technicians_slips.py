"""What a technician gets wrong in a file or a setting is said in a sentence that they can act on, and never its value.

None of the words of a validator or of a grammar reaches them, whichever field and whatever stands in it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from bot import faults, toml_file
from bot.school_file import SchoolFileFaulty, read_school_file
from bot.school_tables import File
from bot.settings import Incomplete, Settings, read_settings
from bot.tenancies import _File as Tenants
from tests.bot.test_settings_and_school_file import school

__all__ = ["school"]
VALIDATORS = re.compile(
    r"\b(input|field required|extra|valid|should|frozenset|tuple|parsing|enum|literal|errors?|none|expected)\b",
    re.IGNORECASE,
)
CANARY = "Zanzibar 4417"
WRONG = (CANARY, 7, -1, 2.5, True, [], [CANARY], [[7]], {}, {"x": CANARY}, date(2026, 9, 1), [{}], "")


def every_path(model: type[BaseModel], before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Each field of a file, those of the first row where it holds rows."""
    for name, field in model.model_fields.items():
        yield (*before, name)
        if inside := faults._model_of(field.annotation):
            rows = faults._is_rows(field.annotation)
            yield from every_path(inside, (*before, name, 0) if rows else (*before, name))


def with_value(path: tuple[str | int, ...], value: object) -> object:
    """A file that holds that alone, at that place."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value, "key": "lee"} if step != "key" else {step: value}
    return value


def told_of(held: object, model: type[BaseModel]) -> Sequence[str]:
    try:
        model.model_validate(held)
    except ValidationError as error:
        return faults.sentences(error, model, held)
    return ()


@pytest.mark.parametrize("model", [File, Tenants], ids=["school file", "tenants file"])
def test_no_word_of_the_validator_and_no_value_is_shown_whatever_stands_where(model):
    seen = 0
    for path in every_path(model):
        for wrong in WRONG:
            for line in told_of(with_value(path, wrong), model):
                seen += 1
                assert not VALIDATORS.search(line), (path, wrong, line)
                assert "cannot be that" not in line, (path, wrong, line)
                assert path[-1] == "key" or CANARY not in line, "a row is called by its key, and by nothing else in it"
                assert line[-1] in ".?", line
    assert seen > 1000 or model is Tenants


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
@pytest.mark.parametrize("value", [CANARY, "-7", "[]", "1e400", ""])
def test_a_setting_too(name, value, monkeypatch):
    monkeypatch.setenv(name.upper(), value)
    told = ""
    try:
        read_settings()
    except Incomplete as wrong:
        told = str(wrong)
    assert not VALIDATORS.search(told)
    assert CANARY not in told
    assert not told or name.upper() in told


LEE = 'name = "Lee Abara"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (LEE, "name = “Lee Abara”", 'text stands in straight quotes: "like this".'),
        (LEE, "name = ‘Lee Abara’", 'text stands in straight quotes: "like this".'),
        (LEE, "name = Lee Abara", 'text stands in quotes, a telephone number too: "like this".'),
        (LEE, 'name = "Lee Abara', "a quote mark is not closed."),
        (LEE, 'name "Lee Abara"', "there is no = between a word and what it stands for."),
        (LEE, "name =", "there is nothing after the =."),
        (LEE, f"{LEE}\n{LEE}", "this word or table stands there twice, or in two ways."),
        ("first = 2026-09-01", "first = 01/09/2026", "a date is written 2026-09-01: year, month, day."),
        ("first = 2026-09-01", "first = 1.9.2026", "a date is written 2026-09-01: year, month, day."),
        ("opens = 08:30:00", "opens = 08:30", "a time is written 08:30:00, with seconds."),
        ("opens = 08:30:00", "opens = 8.30", "[hours] opens: it must be a time, such as 08:30:00"),
        ("opens = 08:30:00", "opens = 830", "[hours] opens: it must be a time, such as 08:30:00"),
        ("opens = 08:30:00", 'opens = "08:30+01:00"', "[hours] opens: it must be a time without a zone"),
        ("first = 2026-09-01", "first = 20260901", "[[terms]] number 1, first: it must be a date"),
        ("inset = [2026-09-01", "inset = [0", "inset: it must be a date"),
        ("low_level_to_lead = false", "low_level_to_lead = False", "write true or false, in small letters."),
        ("low_level_to_lead = false", "low_level_to_lead = no", "write true or false, in small letters."),
        ("[hours]", "[hours", "a square bracket is not closed."),
        ("[hours]", "[school]\n[hours]", "this word or table stands there twice, or in two ways."),
        ('telephone = "01632 960 101"', "telephone = 01632 960 101", "a telephone number too"),
        ('telephone = "01632 960 101"', "telephone = 1632960101", "lee, telephone: it must be text, in quotes."),
        ('telephone = "01632 960 101"', 'telefone = "01632"', "lee, telefone: it is no word that Heard knows here; do"),
        ('role = "lead"', "role = []", "[[people]] lee, role: it must have at least one."),
        ("low_level_to_lead = false", 'low_level_to_lead = "?"', "[policy] low_level_to_lead: it must be true or"),
        ("first = 2026-09-01", 'first = "1 September"', "[[terms]] number 1, first: it must be a date, such as"),
        ("[outside_contact]", "[outside_contacts]", "[outside_contact]: it is missing."),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_said_with_what_to_type_instead(school, old, new, said):
    text = school.read_text("utf-8")
    assert old in text
    school.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SchoolFileFaulty) as fault:
        read_school_file(school)
    assert said in str(fault.value)
    assert not VALIDATORS.search(str(fault.value))
    if found := re.search(r"line (\d+)", str(fault.value)):
        changed = text[: text.index(old)].count("\n") + 1
        assert int(found[1]) in {changed, changed + 1}


LEES, PRIYAS = 'slack = "U0LEE00001"', 'teams = "a1f0c9d2-0001-4c5e-9b1a-000000000002"'
TENANT, ZONE = 'tenant = "7d9a1c52-3b7e-4e0f-8a55-0f6f6b1d2c01"', 'zone = "Europe/London"'
SLACK = ["u0lee00001", "@lee", "lee@kingfisher.example", "Lee Abara", "C0LEE00001"]
TEAMS = ["priya.raman@kingfisher.example", "29:1abc", "a1f0c9d2", "Priya Raman"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        *[(LEES, f'slack = "{id}"', "people: the Slack id of lee does not look like one.") for id in SLACK],
        *[(PRIYAS, f'teams = "{id}"', "people: the Teams id of priya does not look like one.") for id in TEAMS],
        ('leads_channel = "C0LEADS001"', 'leads_channel = "#safeguarding"', "[slack] leads_channel: it wants the"),
        ('team = "T0KINGFISH"', 'team = "kingfisher"', "[slack] team: a workspace's id begins with T"),
        (TENANT, 'tenant = "kingfisher.example"', "[teams] tenant: it wants the tenant's ID in Entra"),
        (ZONE, 'zone = "GMT"', "[school] zone: it is not the time of the United Kingdom"),
        (ZONE, 'zone = "Europe/Paris"', "[school] zone: it is not the time of the United Kingdom"),
        ("first = 2026-11-02", "first = 2026-10-20", "[[terms]]: one begins on 2026-10-20, before another ends on"),
        ("inset = [2026-09-01", "inset = [2026-08-05", "inset: 2026-08-05 is in no term."),
        ("inset = [2026-09-01", "inset = [2026-09-05", "inset: 2026-09-05 is at a weekend."),
        ('telephone = "01632 960 999"', 'telephone = "the office"', "[outside_contact] telephone: there is no number"),
        ('telephone = "01632 960 101"', 'telephone = "reception"', "people: the telephone of lee has no number in it."),
        ('mail = "lee.abara@kingfisher.example"', 'mail = "lee.abara"', "people: the mail address of lee does not"),
        ('tutor_of = "8B"', 'tutor_of = "8Q"', "people: sol: tutor_of names a form that nobody"),
    ],
)  # fmt: skip
def test_what_is_likely_a_slip_is_said_and_the_school_is_served(school, old, new, said):
    assert read_school_file(school).warnings == ()
    text = school.read_text("utf-8")
    assert old in text
    school.write_text(text.replace(old, new, 1), "utf-8")
    (warning,) = read_school_file(school).warnings
    assert warning.startswith(said)


@pytest.mark.parametrize("zone", ["Europe/London", "GB", "Europe/Belfast", "Europe/Jersey"])
def test_another_name_of_the_same_clock_is_none(school, zone):
    school.write_text(school.read_text("utf-8").replace('zone = "Europe/London"', f'zone = "{zone}"'), "utf-8")
    assert read_school_file(school).warnings == ()


HOSTILE = ["=" * 100_000, "a = " + "[" * 400, 'a = "' + "x" * 900_000, "a" * 900_000, "\n" * 900_000 + "="]


@pytest.mark.parametrize("text", HOSTILE, ids=["=", "[", "quote", "word", "lines"])
def test_a_hostile_file_is_refused_in_a_sentence(text):
    with pytest.raises(toml_file.Unreadable, match="is not readable as TOML"):
        toml_file.parsed(text.encode())
