"""What nobody is named for is hearsay; what somebody with a name or a part in the school said is on record."""

import pytest

from handlers.wording.guard import Field, Kind, check

WHAT = "he sleeps in the shed"
NOBODY = (
    "Got word that", "People say", "Staff have noticed that", "Staff are saying that", "It has been said that",
    "Apparently", "Word is", "Other children say", "The other kids say", "According to the other mums",
    "According to gossip", "It came to light that", "It was brought to my attention that",
    "We were made aware that", "Concerns have been raised that", "There have been reports that",
    "Lunchtime staff have said that", "The dinner ladies reckon", "Parents at the gate were saying that",
    "Heard that", "Some of the girls told me", "It was mentioned in the staff room that", "There's talk that",
    "Neighbours have complained that",
)  # fmt: skip
SOMEBODY = (
    "Mr Khan told me that", "His nan told the office that", "The social worker said", "According to his mum",
    "Mum rang, said", "Ms Lund (TA) told me at 9.10 that", "The GP letter says that",
)  # fmt: skip


@pytest.mark.parametrize("said", NOBODY)
def test_what_nobody_is_named_for_is_hearsay(said: str) -> None:
    for text in (f"{said} {WHAT}.", f"{said} {WHAT}".lower(), f"At 3.10 today: {said} {WHAT}."):
        assert Kind.HEARSAY_AS_FACT in {one.kind for one in check(Field.FACTS, text).findings}, text


@pytest.mark.parametrize("said", SOMEBODY)
def test_what_somebody_is_named_for_is_not(said: str) -> None:
    assert not check(Field.FACTS, f"{said} {WHAT}.").findings


@pytest.mark.parametrize(
    "text",
    [
        "Mum rang, he was up in the night with his chest.",
        "Staff were told to use the back door.",
        "I was with Miss Khan who said she fell at 10.15.",
        "Heard her crying in the toilets at 2.10.",
    ],
)
def test_what_is_heard_or_rung_in_is_on_record(text: str) -> None:
    assert not check(Field.FACTS, text).findings
