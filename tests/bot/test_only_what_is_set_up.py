"""What a school does not use is not brought in: it would cost each start a quarter of a second, and the memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo import SAMPLE
from bot.school_file import read_school_file
from store.keys import make_key_file

_STARTED = """
import asyncio, sys
from pathlib import Path
from bot.clock import Clock
from bot.school_file import read_school_file
from bot.settings import read_settings
from bot.wiring import assemble

async def start():
    program = await assemble(read_settings(), read_school_file(Path(sys.argv[1])), clock=Clock())
    print(*sorted(program.platforms))
    print(*sorted(sys.modules))
    await program.close()

asyncio.run(start())
"""
_SLACK = {"SLACK_SIGNING_SECRET": "an-invented-secret", "SLACK_BOT_TOKEN": "xoxb-invented"}
_TEAMS = {"TEAMS_CLIENT_ID": "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01", "TEAMS_CLIENT_SECRET": "an-invented-secret"}
_OF_TEAMS, _OF_SLACK = ("microsoft_teams", "bot.teams"), ("slack_bolt", "slack_sdk", "bot.slack")


@pytest.mark.parametrize(
    ("settings", "platform", "never", "there"),
    [(_SLACK, "slack", _OF_TEAMS, _OF_SLACK), (_TEAMS, "teams", _OF_SLACK, _OF_TEAMS)],
    ids=["slack", "teams"],
)
def test_the_package_of_a_platform_is_brought_in_where_a_school_is_met_there(
    tmp_path: Path, sqlite_url: str, settings, platform, never, there
):
    make_key_file(tmp_path / "heard.key")
    home = next(tenant for name, tenant in read_school_file(SAMPLE).school.tenants if name == platform)
    known = {"DATABASE_URL": sqlite_url, "KEY_FILE": str(tmp_path / "heard.key"), "TEAMS_TENANT_ID": home}
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}} | known | settings
    done = subprocess.run(
        [sys.executable, "-c", _STARTED, str(SAMPLE)], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    platforms, modules = done.stdout.splitlines()
    assert platforms == platform
    assert [name for name in modules.split() if name.startswith((*never, "msgraph", "alembic", "bot.playground"))] == []
    assert any(name.startswith(there) for name in modules.split())
