"""What every test may ask for. Real parts: a real store, real HTTP, real signatures."""

from collections.abc import Iterator

import pytest

from bot import logs
from handlers import leaving
from handlers.ui import in_chat
from handlers.ui.card import Card
from handlers.ui.form import Form
from handlers.ui.may_stand import FORM, Fault, Held, Instead, Own, faults, safe
from store.cause import from_here_on

pytest_plugins = [
    "tests.commands", "tests.compiled", "tests.gate", "tests.patience", "tests.postgres",
    "tests.spread", "tests.sqlite",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def golden_rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden"))


@pytest.fixture(autouse=True)
def by_itself() -> Iterator[None]:
    """A command that a test runs in this process says that it is the cause of all that follows: it is of no other test.
    """
    yield
    from_here_on("program")


@pytest.fixture(autouse=True)
def kept_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a card or an answer held that a chat may not, and so did not leave: none in any test, save one that means it
    and takes it from here."""
    found: list[str] = []

    def noted(card: Card, place: Held, own: Own, *rest: Instead) -> Card:
        found.extend(fault.sentence(place) for fault in faults(card, place, own))
        return safe(card, place, own, *rest)

    held = in_chat.held

    def noted_of_a_form(form: Form, own: Own) -> tuple[Form, tuple[Fault, ...]]:
        kept, wrong = held(form, own)
        found.extend(fault.sentence(FORM) for fault in wrong if own is not leaving.NOBODYS)
        return kept, wrong

    monkeypatch.setattr(leaving, "safe", noted)
    monkeypatch.setattr(in_chat, "held", noted_of_a_form)
    yield found
    assert found == []


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """For tests that send the log to a file: afterwards it goes to standard error, and the file is closed."""
    yield
    logs.set_up()
