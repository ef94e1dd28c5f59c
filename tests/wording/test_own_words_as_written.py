"""A child's words retold as staff write them: dialect, text, another's English, no marks; and what is no telling."""

import pytest

from handlers.wording.guard import Field, Kind, check


def kinds(text: str, year: str = "Y4") -> set[Kind]:
    return {finding.kind for finding in check(Field.OWN_WORDS, text, year=year).findings}


@pytest.mark.parametrize(
    "text",
    [
        "He tellt me his da's away to the jail", "Child she tell me father he beat mother",
        "He say me uncle come in night", "wee yin says her daddy skelps her", "she tell me her brother lock the door",
        "boy say mother go work night and he alone", "sed she aint eatin", "shes said her bf takes her phone",
    ],
)  # fmt: skip
def test_what_a_child_tells_in_any_english_is_reported(text: str) -> None:
    for written in (text, f"{text}.", text.lower(), text.capitalize()):
        assert Kind.REPORTED_SPEECH in kinds(written), written


@pytest.mark.parametrize(
    "text",
    [
        "Was smacked for wetting the bed", "was in the house by himself till ten", "Would rather live with her nan",
        "He is hungry most nights", "Gets left with the baby",
    ],
)  # fmt: skip
def test_a_life_at_home_without_its_teller_is_a_paraphrase(text: str) -> None:
    for written in (text, f"{text}.", text.lower()):
        assert Kind.PARAPHRASE in kinds(written), written


@pytest.mark.parametrize(
    "text",
    [
        "I said it was your brother, wasn't it", "i sed he hit you didnt he", "I bet that hurt, didn't it",
        "I said to him you are scared of her, aren't you",
    ],
)  # fmt: skip
def test_a_tag_behind_what_the_adult_said_is_a_leading_question(text: str) -> None:
    assert Kind.LEADING_QUESTION in kinds(f"{text} and he nodded")


@pytest.mark.parametrize(
    "text",
    [
        "mum dont get up", "me dad do hit I", "my mum said dont tell", "me mam calls us thick",
        "Said nothing.", "She was at the sand tray.", "Would not look at me.", "Was sick on the mat.",
    ],
)  # fmt: skip
def test_a_child_who_writes_and_what_is_seen_are_no_telling(text: str) -> None:
    assert not kinds(text)
