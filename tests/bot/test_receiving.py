"""The table of who receives what: roles and keys for the technician, no name and no concern."""

from bot.checking import check_school
from bot.clock import Clock
from bot.demo import SAMPLE, free_address, on_stage
from bot.receiving import lines
from bot.school_file import read_school_file
from handlers.rules import selftest
from handlers.rules.people import Role
from tests.bot.moments import IN_TERM


def table(less: Role = Role.PUPIL) -> list[tuple[str, bool]]:
    file = read_school_file(SAMPLE)
    people = [person for person, _ in file.people if not person.among({Role.PUPIL, less})]
    reached = frozenset(person.id for person in people)
    rows = selftest.rows(people, reached, policy=file.school.policy, sealed=(), at=Clock()())
    return lines(rows, file.keys)


def test_every_subject_of_the_sample_school_is_received_by_somebody():
    assert [line for line, wrong in table() if wrong] == []
    (teachers,) = [line for line, _ in table() if line.startswith("  an allegation against") and "tess (staff)" in line]
    assert teachers.endswith(": helen (head); then colin (chair); then helen (head), colin (chair)")


def test_it_names_keys_and_roles_and_nobody():
    file = read_school_file(SAMPLE)
    text = "\n".join(line for line, _ in table())
    for person, _ in file.people:
        assert person.name not in text
    assert "lee (lead)" in text


def test_without_a_chair_what_is_about_the_head_has_nobody_on_the_first_rungs():
    said = [line for line, _ in table(less=Role.CHAIR) if "an allegation against helen (head)" in line]
    then = "then vera (vice_chair), gita (safeguarding_governor), noel (nominated)"
    assert [line.endswith(f": vera (vice_chair); {then}") for line in said] == [True]


def test_where_nobody_is_left_it_says_so_and_is_wrong():
    file = read_school_file(SAMPLE)
    leads = [person for person, _ in file.people if person.among({Role.LEAD, Role.STAFF})]
    rows = selftest.rows(leads, frozenset(), policy=file.school.policy, sealed=(), at=Clock()())
    said = dict(lines(rows, file.keys))
    # It is said, and no reason to refuse the school.
    assert said["  an adult who is not listed (head): NOBODY would receive it"] is False
    assert any("none has an account" in line for line, wrong in said.items() if wrong and line.startswith("  a child:"))


async def test_check_prints_it(tmp_path, sqlite_url):
    async with on_stage(tmp_path, address=free_address(0), clock=Clock()) as stage:
        findings = await check_school(stage.settings, SAMPLE, at=IN_TERM)
    text = [finding.text for finding in findings]
    assert "Who would receive a concern, by what it is about:" in text
    assert any(line.startswith("  a child: lee (lead), priya (lead); then dana (deputy)") for line in text)
