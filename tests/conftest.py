"""What every test may ask for. Real parts: a real store, real HTTP, real signatures."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def golden_rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden"))
