"""What a child said: a place of its own for each child, exactly as typed; that they said nothing is an answer."""

from datetime import UTC, datetime

import pytest

from handlers.account import form as concern
from handlers.account import reported
from handlers.account import window as account
from handlers.errors import InvalidForm
from handlers.rules.chronology import Answers
from handlers.samples import ANSWERS, BOTH_NAMES, CALENDAR, KEY, MARKED, NAMES, OTHER_CHILD
from handlers.ui.card import Heading, Press, Quote
from handlers.wording import guard
from tests.handlers.school import ANSWERS as SCHOOL_ANSWERS
from tests.handlers.school import LEE, MIA, OTHER_MIA, Here

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
THIRD = "5a1d7c1e-0000-4000-8000-0000000000c3"
THREE: Answers = {**MARKED, "child_3": THIRD, "role_3": "sibling", "own_words_3": "I never\n\n  done\tnothing "}
ALL_NAMES = {**BOTH_NAMES, THIRD: "Sam Patel · 2R · Year 2"}


def headed(parts) -> dict[str, str]:
    """The exact words under each heading."""
    found: dict[str, str] = {}
    title = ""
    for part in parts:
        if isinstance(part, Heading):
            title = part.text
        elif isinstance(part, Quote):
            found[title] = found.get(title, "") + part.text
    return found


def test_each_childs_words_stand_under_that_childs_name_exactly_as_typed():
    told = headed(account.told(THREE, ALL_NAMES))
    assert told["Mia Patel · 8B · Year 8: exact words"] == ANSWERS["own_words"]
    assert told["Mia Patel · 4K · Year 4: exact words"] == "  he dun it, innit "
    assert told["Sam Patel · 2R · Year 2: exact words"] == "I never\n\n  done\tnothing "


def test_what_is_kept_is_what_was_typed_spaces_and_all():
    kept = reported.read(THREE, calendar=CALENDAR, at=AT).kept
    assert kept["own_words_3"] == "I never\n\n  done\tnothing "


def test_with_one_child_the_label_is_the_plain_one_and_with_more_it_has_the_name():
    def labels(answers: Answers) -> list[str]:
        return [field.label for field in concern.page(KEY, 3, answers, ALL_NAMES).fields()]

    assert "The child's exact words" in labels(ANSWERS)
    several = labels(THREE)
    assert [label for label in several if label.endswith(": exact words")] == [
        "Mia Patel · 8B · Year 8: exact words",
        "Mia Patel · 4K · Year 4: exact words",
        "Sam Patel · 2R · Year 2: exact words",
    ]
    unnamed = {field.label for field in concern.page(KEY, 3, THREE, {}).fields()}
    assert {f"{which} exact words" for which in ("The child's", "The second child's", "The third child's")} <= unnamed


def test_a_third_child_is_asked_for_only_when_there_is_one_and_keeps_their_words_when_taken_out():
    def names(answers: Answers) -> list[str]:
        return [field.name for field in concern.fields(answers)]

    assert "own_words_3" not in names(MARKED)
    assert {"own_words_3", "told_by_3"} <= set(names(THREE))
    taken_out = {**THREE, "child_3": "", "role_3": ""}
    assert reported.read(taken_out, calendar=CALENDAR, at=AT).kept["own_words_3"] == THREE["own_words_3"]


def test_a_child_who_could_not_be_found_has_words_under_a_label_without_a_name():
    answers = {**ANSWERS, "child_1": "", "role_1": "", "child_other": "A girl in Year 3, not known"}
    assert headed(account.told(answers, NAMES))["The child's exact words"] == ANSWERS["own_words"]


@pytest.mark.parametrize("field", ["told_by", "told_by_2"])
def test_that_the_child_said_nothing_is_enough_of_an_account(field: str):
    silent = {**MARKED, "facts": "", "own_words": "", "own_words_2": "", "others": "", "told_by": "", field: "nothing"}
    assert reported.read(silent, calendar=CALENDAR, at=AT).kept[field] == "nothing"


@pytest.mark.parametrize("field", ["own_words", "own_words_2", "own_words_3"])
def test_any_childs_words_are_enough_of_an_account(field: str):
    one = {**THREE, "facts": "", "own_words": "", "own_words_2": "", "own_words_3": "", field: "no"}
    assert reported.read(one, calendar=CALENDAR, at=AT).kept[field] == "no"


def test_how_it_was_told_without_what_was_told_is_not_enough():
    with pytest.raises(InvalidForm) as refusal:
        reported.read({**ANSWERS, "facts": "", "own_words": "", "told_by": "sign"}, calendar=CALENDAR, at=AT)
    assert set(refusal.value.by_field) == {"facts"}


def test_every_way_of_telling_can_be_chosen():
    offered = {f.name: f for f in concern.every_field()}["told_by_3"].options
    assert {option.key for option in offered} == {
        "words", "nothing", "gesture", "sign", "aac", "drawing", "interpreter",
    }
    assert "told_with" in [field.name for field in concern.every_field()]


def test_each_question_stands_on_a_numbered_line_and_its_words_as_typed():
    asked = "What happened? \n\nTell me  about it.\nWho?"
    told = headed(account.told({**ANSWERS, "questions": asked}, NAMES))
    assert told["The questions the child was asked"] == "1. What happened? \n2. Tell me  about it.\n3. Who?"
    assert reported.read({**ANSWERS, "questions": asked}, calendar=CALENDAR, at=AT).kept["questions"] == asked


@pytest.mark.parametrize(
    "said",
    [
        '"he were proper narky an me mam goes gerrout"',
        "“I ain't never done nuffink, he's chatting breeze”",
        "“fuck off I'm not going back there”",
        '"dad angry, me scare, no go home"',
        "[signs: STOP, HURT, ARM]",
    ],
)
def test_dialect_swearing_and_signing_are_never_flagged(said: str):
    assert guard.check(guard.Field.OWN_WORDS, said, year="Y4").findings == ()


async def test_two_children_of_one_name_are_told_apart_in_the_leads_window(here: Here):
    answers = {
        **SCHOOL_ANSWERS, "child_2": str(OTHER_MIA.id), "role_2": "witness", "own_words_2": " I seen it ",
        "told_by_2": "gesture",
    }
    concern_raised = await here.raises(answers=answers)
    told = headed((await here.opens(LEE, Press.OPEN, concern_raised.id)).parts)
    assert told[f"{MIA.label()}: exact words"] == "they wait for me"
    assert told[f"{OTHER_MIA.label()}: exact words"] == " I seen it "
    assert OTHER_CHILD not in str(told)


def test_what_was_asked_stands_beside_what_the_child_said_and_before_the_facts():
    told = list(headed(account.told({**ANSWERS, "questions": "What happened?", "others": "Ravi saw it."}, NAMES)))
    said = next(at for at, heading in enumerate(told) if heading.endswith("exact words"))
    asked = told.index("The questions the child was asked")
    assert said < asked < told.index("What was seen, heard and done")
