"""A message that is reported begins the facts: whose it is and of when, word for word, and what is not there."""

from datetime import UTC, datetime

import pytest

from handlers.conversation import CommandTyped, LeftOut, OpenForm
from handlers.reporter.reported_message import as_facts
from tests.handlers.school import SCHOOL, TESS, Here, account

SENT = datetime(2026, 6, 23, 22, 30, tzinfo=UTC)


def facts(**more: object) -> str:
    return as_facts(CommandTyped(who=account(TESS), **more), SCHOOL.calendar)  # type: ignore[arg-type]


def test_it_says_who_wrote_it_and_when_on_the_schools_clock():
    assert facts(message="he ran", author="Sol Danjuma", sent=SENT) == (
        "I am reporting this message by Sol Danjuma, sent on Tue 23 Jun 2026 at 23:30, word for word:\nhe ran"
    )
    assert facts(message="he ran") == "I am reporting this message, word for word:\nhe ran"


def test_a_message_without_words_is_said_to_be_one():
    assert facts(author="Monitoring", sent=SENT, left_out=(LeftOut.CARD, LeftOut.PICTURE)) == (
        "I am reporting a message by Monitoring, sent on Tue 23 Jun 2026 at 23:30. It came without words.\n"
        "(Not taken from it: a card and a picture. Say below what you saw in it.)"
    )
    assert facts(sent=SENT).endswith("It came without words.\n(Say below what you saw in it.)")


@pytest.mark.parametrize("left_out", LeftOut)
def test_everything_that_can_be_left_out_has_words(left_out: LeftOut):
    assert "Not taken from it: " in facts(message="he ran", left_out=(left_out,))


async def test_a_message_of_blocks_that_could_not_be_read_opens_the_form_with_a_word_about_it(here: Here):
    reply = await here.answers(CommandTyped(who=account(TESS), sent=SENT, left_out=(LeftOut.TABLE,)))
    assert isinstance(reply, OpenForm)
    assert "Not taken from it: a table." in str(reply.form.values["facts"])
