"""What is sent beside what a form asks for is nothing (46), and what nobody is to reach is not there (53, 54, 65)."""

import ast
from collections.abc import AsyncIterator, Iterator
from dataclasses import fields, replace
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from bot.meters import Meters
from bot.web import web_app
from handlers.account import form as concern_form
from handlers.conversation import NextPage
from handlers.rules.concern import Concern
from handlers.ui.card import Press
from store.opening import open_units
from tests.handlers.conftest import KEY
from tests.handlers.school import ANSWERS, DECISION, LEE, PRIYA, ROLL, SCHOOL, TESS, Here
from tests.lots import drawing

ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "handlers", "store", "schedules")
EVERY = {field.name: str(PRIYA.id) for field in fields(Concern)}
"""A value for whatever a concern has."""
BESIDE = EVERY | {
    "status": "closed", "level": "high", "version": "99", "drill": "yes", "doing": "read", "by": str(LEE.id),
}
WRITES_TABLES = frozenset({"openpyxl", "xlsxwriter", "xlwt", "pandas", "odf"})
DRAWS_PAPER = frozenset({"weasyprint", "reportlab", "fpdf", "pdfkit", "borb"})
HIDDEN = (
    "/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect", "/swagger", "/.git/config", "/.env", "/heard.key",
    "/heard.db", "/static/../heard.key", "/admin", "/debug", "/server-status",
)


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[Here]:
    units = await open_units(sqlite_url, root_key=KEY, schools=(ROLL,), lot=drawing(10_046))
    yield Here(units)
    await units.close()


async def test_46_nothing_but_what_the_account_asks_for_is_kept_or_changes_anything(here: Here):
    plain = await here.raises()
    more = await here.raises(answers={**BESIDE, **ANSWERS})
    assert as_it_stands(more) == as_it_stands(plain)
    async with here.units(SCHOOL.id) as uow:
        kept = await uow.trail.answers(more.id)
        was = await uow.trail.answers(plain.id)
    asked = {field.name for field in concern_form.every_field()}
    assert kept.keys() == was.keys()
    assert kept.keys() <= asked | concern_form.BESIDE.keys() | {"own_words_nonce"}


async def test_46_nothing_but_what_a_decision_asks_for_is_kept_or_changes_anything(here: Here):
    decided: list[Concern] = []
    for answers in (DECISION, {**BESIDE, **DECISION}):
        concern = await here.raises(answers={**ANSWERS, "facts": f"Seen by the gate. {uuid4().hex}"})
        await here.press(LEE, Press.ACCEPT, concern.id)
        form = await here.opens(LEE, Press.DECIDE, concern.id)
        for _ in range(2):
            reply = await here.send(LEE, form, {})
            assert isinstance(reply, NextPage)
            form = reply.form
        await here.send(LEE, form, answers)
        decided.append(await here.concern(concern.id))
    plain, more = decided
    assert as_it_stands(more) == as_it_stands(plain)
    assert more.owner == LEE.id
    assert more.reporter == TESS.id


def as_it_stands(concern: Concern) -> Concern:
    """Less what tells any two apart."""
    return replace(concern, id=SCHOOL.id, reference="")  # type: ignore[arg-type]


@pytest.mark.parametrize("path", HIDDEN)
async def test_65_what_nobody_is_to_read_is_not_there(path: str):
    async with client() as asking:
        answer = await asking.get(path)
    assert (answer.status_code, answer.text) == (404, "refused\n")


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PUT", "DELETE", "PATCH"])
async def test_65_a_method_that_nothing_is_asked_by_is_refused(method: str):
    async with client() as asking:
        answer = await asking.request(method, "/healthz", headers={"X-Canary": "CANARY"})
    assert (answer.status_code, answer.text) == (405, "refused\n")
    assert "CANARY" not in str(answer.headers)


def client() -> httpx.AsyncClient:
    async def nothing() -> dict[str, bool]:
        return {}

    app = web_app([], ready=nothing, meters=Meters())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://heard.example")


def test_53_54_the_program_writes_no_table_and_draws_no_paper():
    """So that there is no cell for a formula and no page for a file: whoever adds one adds these attacks."""
    found = {name for file in sources() for name in imported(file)}
    assert found & (WRITES_TABLES | DRAWS_PAPER) == set()
    words = {file.name: file.read_text("utf-8") for file in sources()}
    assert [name for name, text in words.items() if "csv.writer" in text or "DictWriter" in text] == []


def sources() -> Iterator[Path]:
    for folder in PROGRAM:
        yield from (ROOT / folder).rglob("*.py")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
