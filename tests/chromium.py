"""The browser of the tests: the system's own Chromium, without a screen, and as patient as a busy machine needs."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

MILLISECONDS = 60_000
"""The longest that anything may take to show: a wait ends as soon as it is there."""
_CHROMIUM = Path("/usr/bin/chromium")
_NONE = "there is no Chromium at /usr/bin/chromium: apt-get install chromium (CI fails where it is missing)"


@asynccontextmanager
async def chromium(*more: str) -> AsyncGenerator[Browser, None]:
    """`more`: flags beside our own. Where there is none: skips, or in CI fails."""
    if not _CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(_NONE)
        pytest.skip(_NONE)
    expect.set_options(timeout=MILLISECONDS)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu", *more]
        )
        try:
            yield opened
        finally:
            await opened.close()
