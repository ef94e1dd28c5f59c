"""A referral that nobody answers becomes a challenge, on either platform; its letter is made from the record."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo import SAMPLE, Stage
from bot.playground.thumbs import Thumbs
from tests.commands import Command
from tests.journeys.conftest import CANARY
from tests.journeys.gestures import ASKED, FACTS, WORDS, offered_as, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import LEADS, on

ROOT = Path(__file__).parents[2]
TOLD = {
    "Which agency?": "Children's social care (front door or MASH)",
    "How did you refer?": "By telephone",
    "The agency's reference, if it gave one": "CANARY-MASH-91",
    "Who you spoke or wrote to": "CANARY-CONTACT Ada Kovac, duty worker",
    "What you told them": "CANARY-TOLD what is in the account, and that she is in school until 15:10.",
    "Have the parents or carers been told? If not, why not?": "CANARY-PARENTS Her mother agreed at 11:00.",
}


@pytest.fixture(params=["slack", "teams"])
def lead(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, LEADS[request.param])


async def refers(lead: Thumbs) -> str:
    await lead.press("More", on=await sees(lead, "Accepted by"))
    await lead.fill({ASKED: offered_as(lead, "Refer to an outside agency")})
    await lead.press("Next")
    await lead.fill(TOLD)
    await lead.press("Record referral")
    words = open_window(lead).words
    await lead.close()
    return words


async def test_a_referral_with_no_answer_is_chased_and_challenged_and_its_letter_cites_the_record(
    stage: Stage, lead: Thumbs, command: Command, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    reference = await reports(on(stage, "teams" if lead.platform == "slack" else "slack",
                                 "tom" if lead.platform == "slack" else "tess"))
    await lead.press("Accept", on=await sees(lead, reference))
    assert "due by Wed 25 Nov" in await refers(lead)
    name = f"{reference}/R1"
    card = await sees(lead, f"Referral {name}", "bot")
    assert "social care" not in card.words
    assert "Challenge" not in card.buttons

    await stage.move(timedelta(days=1, hours=1))
    late = await sees(lead, f"answer to referral {name}", "bot")
    assert "has not been put in writing" in late.words
    await lead.press("Open", on=late)
    assert "Children's social care (front door or MASH)" in open_window(lead).words
    await lead.close()
    await lead.press("Confirmed in writing", on=late)
    await lead.fill({"How was it put in writing?": "By e-mail"})
    await lead.press("Record")
    await lead.close()

    await lead.press("Challenge", on=await sees(lead, "answer to referral", "bot"))
    assert "The practitioner's manager" in open_window(lead).words
    await lead.fill({"Why does the school disagree?": "CANARY-WHY no answer after a day; she goes home at 15:10."})
    await lead.press("Challenge")
    assert "stage 1 of 3" in open_window(lead).words
    await lead.close()
    await sees(lead, "Challenged, waiting for an answer", "bot")

    await stage.move(timedelta(days=5))
    other = on(stage, "teams" if lead.platform == "slack" else "slack", "priya" if lead.platform == "slack" else "lee")
    told = await sees(other, f"answer to referral {name}", "bot")
    assert "The answer is late" in told.words
    await other.press("Record the answer", on=told)
    answer = {"What did they answer?": "It accepts the referral", "What the agency said": "CANARY-YES assessed."}
    await other.fill(answer)
    await other.press("Record answer")
    await other.close()
    await sees(lead, "Resolved", "bot")

    page = await _letter(stage, command, name, "lee", tmp_path_factory.mktemp("out") / "letter.txt")
    assert WORDS in page
    assert FACTS in page
    assert f"{CANARY}-WHY" in page
    assert "stage 1" in page.casefold()
    refused = await _run(stage, command, name, "tess", tmp_path_factory.mktemp("out") / "letter.html")
    assert refused[0] == 2
    assert "no such referral" in refused[1]


async def _letter(stage: Stage, command: Command, name: str, by: str, out: Path) -> str:
    code, said = await _run(stage, command, name, by, out)
    assert code == 0, said
    assert CANARY not in said
    return out.read_text("utf-8")


async def _run(stage: Stage, command: Command, name: str, by: str, out: Path) -> tuple[int | None, str]:
    """In a process of its own, beside the program that is being served."""
    settings = stage.settings
    told = {"DATABASE_URL": settings.database_url, "KEY_FILE": str(settings.key_file), "PATH": os.environ["PATH"]}
    asked = ["export", "letter", "--school", str(SAMPLE), "--referral", name, "--by", by, "--out", str(out)]
    done = await command(*asked, environment=told)
    return done.returncode, done.stdout + done.stderr
