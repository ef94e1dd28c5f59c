"""What is not safe does not start: it says why in a sentence, and serves nobody."""

import asyncio

from store.keys import make_key_file
from tests.faults.outside import PATIENT, Outside


async def _refusal(here: Outside, name: str, **environment: str) -> str:
    """What it says as it ends."""
    log = here.folder / f"{name}.log"
    running = await here.start("serve", log=log, **environment)
    assert await running.ended(within=PATIENT) == 2
    assert not await here.is_ready()
    return log.read_text("utf-8")


async def test_each_is_refused_in_a_sentence(on_sqlite: Outside):
    here = on_sqlite
    await here.end(await here.serve())
    make_key_file(here.folder / "another.key")
    (here.folder / "short.key").write_text("AAAA\n", "ascii")
    (here.folder / "short.key").chmod(0o600)
    expected = {
        "SLACK_API_URL must begin with https://": {"ENVIRONMENT": "production"},
        "is missing or cannot be read": {"KEY_FILE": str(here.folder / "nowhere.key")},
        "does not belong to this database": {"KEY_FILE": str(here.folder / "another.key")},
        "has 3 bytes; it must have 32": {"KEY_FILE": str(here.folder / "short.key")},
    }
    said = await asyncio.gather(
        *(_refusal(here, f"{number}", **given) for number, given in enumerate(expected.values()))
    )
    for sentence, words in zip(expected, said, strict=True):
        assert sentence in words
        assert "Traceback" not in words
