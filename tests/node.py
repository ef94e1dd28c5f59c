"""Running npm's own programs in the tests, offline: `python -m tests.node` fetches the packages beforehand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.playground.agents import node

SCRIPTS = Path(__file__).parent / "node"


def run_node(script: str, input: str) -> str:
    """What a script of tests/node writes for that input. Skips, or in CI fails, where npm cannot be reached."""
    need_npm_packages()
    done = subprocess.run(
        [node.node(), SCRIPTS / script],
        input=input, capture_output=True, text=True, cwd=node.ROOT, timeout=120, check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def need_npm_packages() -> None:
    """Go on with the npm packages, or skip with a plain reason; in CI fail."""
    try:
        node.install()
    except node.NotInstalled as why:
        reason = f"{why} This test needs the packages of package-lock.json."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


if __name__ == "__main__":
    try:
        node.install()
    except node.NotInstalled as why:
        sys.exit(str(why))
