"""The pages tell the truth: README, the guide in `manifest/guide`, and the page of each folder, held to the program."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from bot.demo import SAMPLE
from bot.school_file import read_school_file
from bot.settings import Settings
from handlers.desk.commands import WORDS, lines
from handlers.rules.people import Person, PersonId, Role

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers", "store", "schedules", "manifest")
GUIDE = ROOT / "manifest" / "guide"
FIRST = ROOT / "README.md"
STAFF = GUIDE / "staff.md"
TECHNICIAN = GUIDE / "technician.md"
PAGES = sorted(
    path
    for path in (FIRST, *(page for folder in (*FOLDERS, "tests") for page in (ROOT / folder).rglob("*.md")))
    if "node_modules" not in path.parts
)
LONGEST_FIRST_PAGE = 120
"""Lines, and fewer than these: it is for one reader, whoever has just come."""
GLOSSARY = {
    "Press", "Doing", "Deed", "Notice", "NoticeKind", "Wing", "Counter", "Offer", "Command", "Draw", "Job", "Filed",
    "Sent", "Situation", "Standing", "Stands",
}
NO_PATH = {"task/fetch", "task/submit", "build/slack.json", "build/heard-teams.zip", ".demo/agents", ".demo/"}
"""What looks like a path and is none of ours: names of the platforms, and what a command makes."""
PATH = re.compile(r"`(\.?[A-Za-z_][\w.-]*(?:/[\w.-]+)*/?)`")
BARE = re.compile(rf"(?<![\w`/.-])((?:{'|'.join(FOLDERS)}|tests)(?:/[\w-]+)+(?:\.\w+)?/?)")
MODULE = re.compile(r"python -m ((?:bot|store|tests|manifest|schedules)[\w.]*)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FIRST_COLUMN = re.compile(r"^\| ((?:`[\w/.]+`(?:, )?)+) \|", re.M)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def stands(name: str, beside: Path) -> bool:
    """As a module, a file or a folder: from the top, beside that page, or in a folder that goes without saying."""
    bases = (ROOT, beside.parent, ROOT / "handlers", ROOT / "bot", ROOT / "tests")
    return any((base / ending).exists() for base in bases for ending in (name, f"{name}.py"))


def anchors(page: Path) -> set[str]:
    """Where a link may point in that page, as the platforms make it of a heading."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_path_that_a_page_names_is_there(page):
    text = page.read_text("utf-8")
    paths = {name for name in PATH.findall(text) if "/" in name} | set(BARE.findall(text))
    gone = sorted(name for name in paths - NO_PATH if not stands(name, page))
    assert gone == [], f"{named(page)} names what is not there: say where it is now"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_of_a_page_is_there(page):
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        there = page.parent / path if path else page
        assert "://" in link or there.exists(), f"{named(page)} shows {link}, which is not there"
        assert not anchor or anchor in anchors(there), f"{named(page)}: {link} points at no heading"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_program_that_a_page_starts_is_there(page):
    for module in MODULE.findall(page.read_text("utf-8")):
        path = ROOT.joinpath(*module.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), f"{named(page)}: {module}"


@pytest.mark.parametrize("page", [page for page in PAGES if page.name == "README.md" and page != FIRST], ids=named)
def test_a_folder_s_table_of_modules_names_what_lies_in_it(page):
    text = page.read_text("utf-8")
    start = text.find("| where | what |")
    table = "" if start < 0 else text[start:].split("\n\n")[0]
    names = {name for row in FIRST_COLUMN.findall(table) for name in re.findall(r"`([\w/.]+)`", row)}
    inside = {ending for path in page.parent.iterdir() for ending in (path.name, path.stem)}
    gone = sorted(name for name in names if name.rstrip("/") not in inside)
    assert gone == [], f"{named(page)} lists modules that are not in its folder"


def test_every_folder_has_a_page_that_says_what_may_live_there():
    assert [folder for folder in FOLDERS if not (ROOT / folder / "README.md").exists()] == []


def test_every_wing_and_room_of_the_handlers_has_a_page():
    rooms = sorted(path.parent for path in (ROOT / "handlers").glob("*/__init__.py"))
    bare = [named(room) for room in rooms if not (room / "README.md").exists()]
    assert bare == [], "write its README: what may live here, what may not, which decisions hold"


@pytest.mark.parametrize("page", sorted((ROOT / "handlers").glob("*/README.md")), ids=named)
def test_what_may_live_in_a_room_lies_there(page):
    live = re.search(r"^May live here:(.*?)^May not:", page.read_text("utf-8"), re.M | re.S)
    gone = sorted(name for name in re.findall(r"`([a-z_]+)`", live[1]) if not stands(name, page)) if live else []
    assert gone == [], f"{named(page)} names modules that are not there"


def test_the_glossary_names_each_term_where_it_is_defined():
    text = (ROOT / "handlers" / "README.md").read_text("utf-8")
    block = text[text.index("## Glossary") : text.index("## Decisions")]
    rows = re.findall(r"^\| ([A-Z][\w, ]+) \|.*\| `([\w/]+)` \|$", block, re.M)
    where = {term: ROOT / "handlers" / f"{path}.py" for words, path in rows for term in words.split(", ")}
    assert set(where) == GLOSSARY
    for term, path in where.items():
        defined = re.search(rf"^(class )?{term}\b( =|[:(])", path.read_text("utf-8"), re.M)
        assert defined, f"{named(path)} defines no {term}"


def test_the_first_page_is_for_one_reader():
    assert len(FIRST.read_text("utf-8").splitlines()) < LONGEST_FIRST_PAGE


def test_the_technician_s_page_names_every_setting_and_no_other():
    text = TECHNICIAN.read_text("utf-8")
    block = text[text.index("| name | what | default |") : text.index("## Slack")]
    assert set(re.findall(r"`([A-Z][A-Z_]+)`", block)) == {name.upper() for name in Settings.model_fields}


def test_the_technician_s_page_names_every_role_and_no_other():
    text = TECHNICIAN.read_text("utf-8")
    block = text[text.index("| role | who |") : text.index("### Pupils")]
    rows = re.findall(r"^\| (`.*?) \|", block, re.M)
    assert {role for row in rows for role in re.findall(r"`(\w+)`", row)} == set(Role)


def test_every_word_after_the_command_has_its_line_in_the_help_of_whom_it_is_for():
    """The help is made from the rows; the page for staff tells more of some, and sends to the help for all."""
    told = {role: {word for word, _ in lines(_somebody(role))} for role in Role}
    for command in WORDS.values():
        if command.does:
            assert {role for role in Role if f"/concern {command.word}" in told[role]} == command.roles
    assert "/concern help" in STAFF.read_text("utf-8")


def _somebody(role: Role) -> Person:
    return Person(id=PersonId(UUID(int=1)), name="Somebody", roles=frozenset({role}))


def test_the_page_for_staff_shows_no_word_that_does_nothing():
    rows = re.findall(r"^\| `/concern ([a-z ]+)` \|", STAFF.read_text("utf-8"), re.M)
    assert sorted(set(rows) - set(WORDS)) == []


def test_every_make_target_that_a_page_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    told = {word for page in PAGES for word in re.findall(r"(?:`|^    )make ([a-z-]+)", page.read_text("utf-8"), re.M)}
    assert told <= targets


def test_the_small_primary_of_the_technician_s_page_is_read_and_warned_of_nothing_but_what_it_lacks(tmp_path: Path):
    text = TECHNICIAN.read_text("utf-8")
    people = text[text.index("A small primary, whose head") :].split("```")[1].removeprefix("toml")
    sample = SAMPLE.read_text("utf-8").split("[[people]]")[0].replace('pupils = "pupils.csv"', "")
    (tmp_path / "school.toml").write_text(sample + people, "utf-8")
    file = read_school_file(tmp_path / "school.toml")
    assert [len(person.roles) for person, _ in file.people] == [2, 2, 1]
    (lacks,) = file.warnings
    assert "nobody has the role nominated" in lacks
