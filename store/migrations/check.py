"""`python -m store.migrations.check`: do the migrations make the schema that store/tables.py describes?"""

import asyncio
import sys
import tempfile
from pathlib import Path

from store.migrations.comparing import differences


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(differences(f"sqlite+aiosqlite:///{Path(folder) / 'check.db'}"))
    for line in found or ["The migrations make the schema that store/tables.py describes."]:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
