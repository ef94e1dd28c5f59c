"""The reading window: what a lead must know stands first, nothing is said twice, its headings speak to who reads."""

import re

import pytest

from handlers.account import form as concern_form
from handlers.account import read_as
from handlers.account import window as account
from handlers.samples import ANSWERS, KEY, MARKED, NAMES
from handlers.ui import choices
from handlers.ui.card import Buttons, Facts, Heading, Press, Quote, Words
from handlers.ui.form import ChoiceField, ChoicesField
from tests.examples import FORMS
from tests.handlers.school import DANA, LEE, PRIYA, TESS, Here

TO_THE_WRITER = re.compile(r"\b(?:you|your|yours|I|me|my)\b|\?$")
SENT = account.Sent(by="Tess Hallam", at="Tue 24 Nov, 10:15", soon="Today", times="Happened over time")
ACCOUNT = FORMS["account"]


def words(parts) -> list[str]:
    """Every text of the parts, in the order in which it is read."""
    found: list[str] = []
    for part in parts:
        match part:
            case Heading(text) | Quote(text) | Words(text=text):
                found.append(text)
            case Facts(pairs):
                found += [text for pair in pairs for text in pair]
            case _:
                pass
    return found


def test_who_danger_and_how_soon_come_first_then_the_presses_the_childs_words_and_the_facts():
    read = words(ACCOUNT.parts)
    assert read[:2] == ["Child", "Mia Patel · 8B · Year 8 · Harmed or at risk"]
    assert read.index("In danger now") < read.index("How soon")
    assert read.index("How soon") < read.index(str(ANSWERS["own_words"])) < read.index(str(ANSWERS["facts"]))
    assert read.index(str(ANSWERS["facts"])) < read.index("Where exactly")
    kinds = [type(part) for part in ACCOUNT.parts]
    assert kinds[:5] == [Facts, Words, Words, Buttons, Heading]


def test_what_is_known_of_the_account_itself_is_two_lines():
    subtle = [part.text for part in ACCOUNT.parts if isinstance(part, Words) and part.subtle]
    assert len(subtle) == 2
    assert subtle[0].startswith("From Tess Hallam, Tue 24 Nov, 10:15 · told by the child · about a child")
    assert subtle[1].startswith("Happened Mon 23 Nov, 15:40; learned 17 hours later")


def test_nothing_is_said_twice():
    labels = [name for part in ACCOUNT.parts if isinstance(part, Facts) for name, _ in part.pairs]
    headings = [part.text for part in ACCOUNT.parts if isinstance(part, Heading)]
    assert len(set(labels)) == len(labels)
    assert len(set(headings)) == len(headings)
    assert [text for text in words(ACCOUNT.parts) if text == "Today"] == ["Today"]


@pytest.mark.parametrize("answers", [ANSWERS, MARKED], ids=["one child", "two children"])
def test_danger_is_said_before_anything_else(answers):
    window = account.window(KEY, "Concern", (), {**answers, "danger": "yes"}, NAMES, number=1, sent=SENT)
    assert window.parts[0] == Words(text=account.IN_DANGER, alert=True)


@pytest.mark.parametrize("field", concern_form.every_field(), ids=lambda field: field.name)
def test_no_heading_speaks_to_the_writer(field):
    said = read_as.label(field)
    assert not TO_THE_WRITER.search(said), f"Head {field.name} for its reader in handlers/account/read_as.py: {said}"


@pytest.mark.parametrize("field", concern_form.every_field(), ids=lambda field: field.name)
def test_no_answer_is_worded_as_the_writer_would_say_it(field):
    if isinstance(field, ChoiceField | ChoicesField):
        for option in field.options:
            shown = read_as.shown(field, option.key, {})
            assert not TO_THE_WRITER.search(shown), f"Word it for its reader in handlers/account/read_as.py: {shown}"


def test_every_option_that_is_worded_for_its_reader_is_one_of_the_form():
    fields = {field.name: field for field in concern_form.every_field()}
    for name, worded in read_as.VALUES.items():
        field = fields[name]
        assert isinstance(field, ChoiceField | ChoicesField)
        assert set(worded) <= {option.key for option in field.options}
    assert set(read_as.LABELS) <= set(fields)


@pytest.mark.parametrize("name", sorted(account.TIMES))
def test_when_it_happened_is_said_once_and_never_lost(name):
    """In the sentence where there is one; as answers where it could not be made."""
    answers = {**ANSWERS, "happened": "then", "learned": "then"}
    with_sentence = account.window(KEY, "T", (), answers, NAMES, number=1, sent=SENT)
    nothing = account.Sent(by="T", at="", soon="", times="")
    without = account.window(KEY, "T", (), answers, NAMES, number=1, sent=nothing)
    assert read_as.LABELS[name] not in words(with_sentence.parts)
    assert read_as.LABELS[name] in words(without.parts)


@pytest.mark.parametrize("name", account.ABOUT_IT)
def test_what_is_folded_is_read_in_the_line(name):
    field = next(field for field in concern_form.fields(ANSWERS) if field.name == name)
    line = next(part.text for part in ACCOUNT.parts if isinstance(part, Words) and part.subtle)
    shown = read_as.shown(field, ANSWERS[name], NAMES)
    assert shown[:1].lower() + shown[1:] in line


def test_a_long_account_has_its_presses_on_the_first_page_and_the_last():
    answers = {**ANSWERS, "facts": "She said it again. " * 900}
    sent = account.Sent(by="T", at="", soon="Now", times="", buttons=ACCOUNT.parts[3].buttons)
    pages = [account.window(KEY, "T", (), answers, NAMES, number=number, sent=sent) for number in (1, 2, 99)]
    pressed = [any(isinstance(part, Buttons) for part in page.parts) for page in pages]
    assert pressed == [True, pages[1].page == pages[2].page, True]
    for page in pages:
        assert sum(isinstance(part, Buttons) for part in page.parts) <= 1


async def presses(here: Here, by, concern) -> list[Press]:
    form = await here.opens(by, Press.OPEN, concern.id)
    return [button.press for part in form.parts if isinstance(part, Buttons) for button in part.buttons]


async def test_a_lead_accepts_and_triages_in_the_window_and_is_offered_nothing_that_is_not_theirs(here: Here):
    concern = await here.raises(TESS)
    assert await presses(here, LEE, concern) == [Press.ACCEPT, Press.MORE]
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert await presses(here, LEE, concern) == [Press.DECIDE, Press.MORE]
    assert await presses(here, PRIYA, concern) == [Press.MORE]
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(DANA.id), "note": ""})
    assert await presses(here, DANA, concern) == [Press.ACCEPT, Press.MORE]
    await here.press(DANA, Press.ACCEPT, concern.id)
    await here.decides(DANA, concern)
    assert await presses(here, DANA, concern) == [Press.MORE]
    form = await here.opens(DANA, Press.CLOSE, concern.id)
    await here.send(DANA, form, {"outcome": "All well."})
    assert await presses(here, DANA, concern) == [Press.MORE]


async def test_what_a_lead_has_judged_is_read_in_the_window(here: Here):
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern, level="medium")
    read = words((await here.opens(LEE, Press.OPEN, concern.id)).parts)
    assert read[read.index("Level") + 1] == "Medium"


def test_the_values_of_the_form_are_those_that_are_worded():
    assert {option.key for option in choices.SOURCES} >= set(read_as.VALUES["source"])
