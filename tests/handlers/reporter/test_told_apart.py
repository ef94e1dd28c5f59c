"""A writer tells their own drafts apart in their own window, by initials and first words; chat keeps none of it."""

from uuid import UUID

import pytest

from handlers.conversation import CommandTyped, FormSubmitted, NextPage, Tell
from handlers.reporter import told_apart, unsent_form
from handlers.reporter.draft_card import Begun
from handlers.ui import say
from handlers.ui.form import Form
from tests.handlers.reporter.test_drafts import CARRY_ON, begins, choice
from tests.handlers.school import MIA, TESS, Here, account

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis " * 3


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Mia Lowe · 4K · Year 4", "M.L."), ("Mia Rose Lowe-Adeyemi · 4K · Year 4", "M.A."), ("Zoë · R1", "Z."),
        ("Łukasz Żuk · 9A · Year 9", "Ł.Ż."), ("", ""),
    ],
)  # fmt: skip
def test_a_child_is_said_by_initials(label: str, said: str):
    assert told_apart.initials(label) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ""), ({"facts": " \n "}, ""), ({"facts": "Came in late"}, "“Came in late”"),
        ({"facts": "Came in\nlate again today"}, "“Came in late …”"),
        ({"own_words_2": "they wait for me"}, "“they wait for …”"),
        ({"facts": "", "opinion": "I am worried about this"}, "“I am worried …”"),
    ],
)  # fmt: skip
def test_the_first_words_are_those_of_whatever_was_written(answers: dict[str, str], said: str):
    assert told_apart.first_words(answers) == said


def test_however_long_the_words_are_the_time_can_be_read_and_the_label_fits():
    says = "M.A., " + told_apart.first_words({"facts": LONG})
    several = [Begun(key=UUID(int=n), when="16:40 on Fri 20 Nov", says=says) for n in range(2)]
    offered = choice(unsent_form.offer(Form(id="concern", key="k", title="t", parts=()), several))
    assert all(len(option.label) <= say.LABEL and option.label.endswith("(16:40 on Fri 20 Nov)")
               for option in offered.options[:2])  # fmt: skip


async def test_one_that_says_only_that_there_is_danger_is_still_told_by_its_time(here: Here):
    key = (await here.command(TESS)).form.key
    danger = FormSubmitted(who=account(TESS), form="concern", key=key, page=1, values={"danger": "yes"})
    await here.answers(danger)
    here.later(minutes=5)
    await begins(here, 1, 2, 3)
    labels = [option.label for option in choice((await here.command(TESS)).form).options]
    assert labels[0].startswith("Carry on: M.P., “She held her …” (")
    assert labels[1].startswith("Carry on with the one begun at ")


async def test_nothing_that_stands_in_chat_says_more_than_the_time(here: Here):
    for _ in range(2):
        await begins(here, 1, 2, 3)
        here.later(minutes=5)
    way_in = await here.answers(CommandTyped(who=account(TESS), text="", in_chat=True))
    mine = await here.answers(CommandTyped(who=account(TESS), text="mine", in_chat=True))
    fresh = (await here.command(TESS)).form
    page = FormSubmitted(
        who=account(TESS), form="concern", key=fresh.key, page=1, values={CARRY_ON: "new"}, in_chat=True
    )
    again = await here.answers(page)
    for shown in (way_in, mine, again):
        assert "M.P." not in str(shown)
        assert "She held" not in str(shown)
    assert isinstance(way_in, Tell)
    assert not isinstance(again, NextPage)
    assert "begun at" in str(again)
    assert MIA.name not in str(again)
