"""A draft letter as a page and as plain text: whole in itself, everything escaped; and the command that writes one."""

import os
import stat
import subprocess
import sys
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.demo import SAMPLE
from bot.letter import page, plain
from bot.school_file import person_id, read_school_file
from handlers.account.bodymap import marks
from handlers.referrals.letters.model import Body, Heading, Letter, Paragraph, Table, Verbatim
from handlers.referrals.moves import Sending, send_referral
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Route, Urgency
from handlers.rules.pack import ENGLAND
from handlers.rules.people import PersonId
from handlers.rules.referral import Method
from store.keys import make_key_file, read_key_file
from store.opening import open_units
from store.rolls import Roll
from store.unit_of_work import Units
from tests.commands import Command

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/London"))
HOSTILE = "<script>alert(1)</script> </style> \"'&amp; <img src=http://x onerror=y> {{x}} \u202e ]]>"
SPOKEN = "  \"they *wait* for me <by> the gate\"\n\n\tthen   nuffink & {{take}} "
LETTER = Letter(
    reference="26-27415/R1",
    school="Kingfisher Academy",
    to=HOSTILE,
    title=HOSTILE,
    day="24 November 2026",
    blocks=(
        Heading(HOSTILE), Paragraph(HOSTILE), Verbatim(SPOKEN), Verbatim(HOSTILE),
        Body(marks({"mark_1": "front_forearm", "mark_side_1": "left", "mark_look_1": HOSTILE})),
        Table(head=(), rows=((HOSTILE, HOSTILE),)),
        Table(head=("When", "Recorded", "What", "By", "Proof"), rows=(("a", "b", f"{HOSTILE}\nsecond", "c", "12ab"),)),
    ),
    signer=HOSTILE,
    foot=HOSTILE,
)  # fmt: skip


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.quoted: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = dict(attrs).get("class") == "quoted"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quoted.append(data)


def seen(html: str) -> _Seen:
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser


def test_nothing_that_somebody_typed_is_read_as_markup():
    tags = seen(page(LETTER)).tags
    assert {tag for tag, _ in tags} <= {
        "html", "head", "meta", "title", "style", "body", "p", "small", "header", "strong", "main", "h1", "h2", "div",
        "figure", "svg", "rect", "g", "path", "text", "circle", "table", "thead", "tbody", "tr", "th", "td", "footer",
    }
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert page(LETTER).count("</style>") == 1


def test_the_page_is_whole_in_itself():
    html = page(LETTER)
    fetching = {"src", "href", "action", "background", "poster", "data", "srcset", "xlink:href"}
    assert not [name for _, attributes in seen(html).tags for name in attributes if name in fetching]
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in html


def test_a_childs_words_keep_every_space_and_line_in_both():
    assert seen(page(LETTER)).quoted[0] == SPOKEN
    assert "white-space: pre-wrap" in page(LETTER)
    indented = "\n".join(f"    {line}" for line in SPOKEN.split("\n"))
    assert indented in plain(LETTER)


def test_it_says_that_it_is_a_draft_and_the_marks_are_drawn():
    for drawn in (page(LETTER), plain(LETTER)):
        assert "DRAFT" in drawn
    assert "<svg" in page(LETTER)
    assert "Marks: 1, Front: forearm, left." in plain(LETTER).replace("\n", " ")


async def _store(folder: Path) -> tuple[Units, dict[str, str]]:
    make_key_file(folder / "heard.key")
    url = f"sqlite+aiosqlite:///{folder / 'heard.db'}"
    file = read_school_file(SAMPLE)
    roll = Roll(school=file.school, people=file.people, pupils=file.pupils)
    units = await open_units(url, root_key=read_key_file(folder / "heard.key"), schools=(roll,))
    return units, {"DATABASE_URL": url, "KEY_FILE": str(folder / "heard.key"), "PATH": os.environ["PATH"]}


@pytest.fixture
async def told(tmp_path: Path) -> tuple[dict[str, str], str]:
    """A real store with one concern that was referred: its environment, and the referral's reference."""
    units, environment = await _store(tmp_path)
    file = read_school_file(SAMPLE)
    tess, lee = (person_id(file.school.id, key) for key in ("tess", "lee"))
    async with units(file.school.id) as uow:
        concern = _concern(await uow.concerns.free_reference(at=AT), tess, file.pupils[0].id)
        words = {"about": "child", "child_1": str(file.pupils[0].id), "facts": HOSTILE, "own_words": SPOKEN}
        await uow.concerns.save(
            concern, because=Entry(deed=Deed.RAISED, at=AT, by=tess, thing=concern.id, words=words)
        )
        person = await uow.people.get(lee)
        assert person is not None
        sending = Sending(
            agency=ENGLAND.agency("mash"), method=Method.ONLINE, sent_at=AT, words={"parents_of_referral": "Agreed."}
        )
        await send_referral(uow, concern.id, sending, by=person, at=AT)
    await units.close()
    return environment, f"{concern.reference}/R1"


def _concern(reference: str, reporter: PersonId, pupil) -> Concern:
    return Concern(
        id=ConcernId(uuid4()), reference=reference, reporter=reporter, about=About.CHILD, route=Route.LEADS,
        urgency=Urgency.TODAY, submitted_at=AT, children=frozenset({pupil}),
    )


def run(environment: dict[str, str], referral: str, out: Path, *, by: str = "lee") -> subprocess.CompletedProcess[str]:
    """As anybody starts it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *typed(referral, out, by)], check=False, cwd=ROOT, env=environment,
        capture_output=True, text=True,
    )


def typed(referral: str, out: Path, by: str) -> list[str]:
    return ["export", "letter", "--school", str(SAMPLE), "--referral", referral, "--by", by, "--out", str(out)]


async def deeds(environment: dict[str, str]) -> list[Entry]:
    file = read_school_file(SAMPLE)
    roll = Roll(school=file.school, people=file.people, pupils=file.pupils)
    key = read_key_file(Path(environment["KEY_FILE"]))
    units = await open_units(environment["DATABASE_URL"], root_key=key, schools=(roll,))
    async with units(file.school.id) as uow:
        (concern,) = await uow.concerns.open()
        found = [line.entry for line in await uow.trail.of(concern.id)]
    await units.close()
    return found


async def test_the_command_writes_a_page_for_its_owner_alone_and_keeps_that_it_did(
    told, tmp_path: Path, command: Command
):
    environment, referral = told
    out = tmp_path / "letter.html"
    done = run(environment, referral, out)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert SPOKEN in seen(out.read_text("utf-8")).quoted
    assert "nuffink" not in done.stdout + done.stderr
    kept = [entry for entry in await deeds(environment) if entry.deed is Deed.EXPORTED]
    assert [entry.by for entry in kept] == [person_id(read_school_file(SAMPLE).school.id, "lee")]
    again = await command(*typed(referral, out, "lee"), environment=environment)
    assert (again.returncode, "there already" in again.stderr) == (2, True)


async def test_the_command_writes_plain_text(told, tmp_path: Path, command: Command):
    environment, referral = told
    done = await command(*typed(referral, tmp_path / "letter.txt", "priya"), environment=environment)
    assert done.returncode == 0
    assert "    then   nuffink" in (tmp_path / "letter.txt").read_text("utf-8").replace("\t", "")


@pytest.mark.parametrize(
    ("by", "referral", "name", "said"),
    [
        ("tess", "", "letter.html", "There is no such referral, or it is not that person's to see."),
        ("helen", "", "letter.html", "There is no such referral, or it is not that person's to see."),
        ("lee", "26-71843/R1", "letter.html", "There is no such referral, or it is not that person's to see."),
        ("nobody", "", "letter.html", "Nobody on the staff list of the school file has that key."),
        ("lee", "", "letter.docx", "The file must end in .html or .txt."),
        ("lee", "", "none/letter.txt", "There is no folder for letter.txt."),
    ],
)
async def test_what_keeps_a_letter_from_being_made_is_said(told, tmp_path, command, by, referral, name, said):
    environment, made = told
    done = await command(*typed(referral or made, tmp_path / name, by), environment=environment)
    assert done.returncode == 2
    assert done.stderr.strip().endswith(said)
    assert not (tmp_path / name).exists()
    assert Deed.EXPORTED not in {entry.deed for entry in await deeds(environment)}
