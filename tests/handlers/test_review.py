"""The last look: one round of hints, nothing rewritten for anybody, the first text kept."""

from uuid import UUID, uuid4

import pytest

from handlers.cards.model import Quote
from handlers.conversation import Complaints, FormSubmitted, NextPage, Tell
from handlers.forms import review
from handlers.forms.model import ChoiceField
from handlers.rules.chronology import Deed
from tests.handlers.school import ANSWERS, LEE, SCHOOL, TESS, Here, account

BAD = "He was obviously scared of his dad."
FACTS = f"Sam came in at 8:50 and sat by the door. {BAD}"
WRITTEN = {**ANSWERS, "facts": FACTS, "view": "I have known him since September."}


async def looked_over(here: Here, answers=WRITTEN) -> tuple[str, NextPage]:
    key = str(uuid4())
    for page in (1, 2, 3, 4):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=answers)
        )
    assert isinstance(reply, NextPage), reply
    return key, reply


async def sends(here: Here, key: str, **values):
    sent = FormSubmitted(who=account(TESS), form="concern", key=key, page=review.PAGE, values=values)
    return await here.answers(sent)


async def kept(here: Here, key: str):
    async with here.units(SCHOOL.id) as uow:
        return await uow.trail.answers(UUID(key))


def hints(reply: NextPage) -> list[str]:
    return [part.label for part in reply.form.parts if isinstance(part, ChoiceField)]


async def test_a_phrase_that_reads_as_a_feeling_is_pointed_out_in_its_own_words(here):
    _, reply = await looked_over(here)
    assert reply.form.title == "Check and send"
    assert hints(reply)
    quoted = [part.text for part in reply.form.parts if isinstance(part, Quote)]
    assert quoted[0] in BAD
    assert FACTS in quoted


async def test_moving_carries_the_phrase_into_the_view_and_leaves_the_rest_as_it_was(here):
    key, reply = await looked_over(here)
    phrase = next(part.text for part in reply.form.parts if isinstance(part, Quote))
    assert isinstance(await sends(here, key, hint_1="move"), Tell)
    answers = await kept(here, key)
    assert answers["facts"] == FACTS.replace(phrase, "")
    assert answers["view"] == f"I have known him since September.\n{phrase}"
    assert answers["facts_first"] == FACTS


async def test_confirming_changes_nothing_and_is_kept_for_the_lead(here):
    key, reply = await looked_over(here)
    phrase = next(part.text for part in reply.form.parts if isinstance(part, Quote))
    await sends(here, key, hint_1="exact")
    answers = await kept(here, key)
    assert answers["facts"] == FACTS
    assert answers["confirmed"] == (f"“{phrase}”",)
    assert "facts_first" not in answers


async def test_what_is_left_alone_is_sent_as_it_is(here):
    key, _ = await looked_over(here)
    await sends(here, key)
    answers = await kept(here, key)
    assert answers["facts"] == FACTS
    assert {"confirmed", "facts_first", "hinted"} & answers.keys() == set()


async def test_rewriting_goes_back_to_the_words_and_the_round_is_over_then(here):
    key, _ = await looked_over(here)
    reply = await sends(here, key, hint_1="rewrite")
    assert isinstance(reply, NextPage)
    assert reply.form.page == 3
    assert reply.form.values["facts"] == FACTS
    better = {**WRITTEN, "facts": f"{FACTS} He shook. She was clearly lying."}
    for page in (3, 4):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=better)
        )
    assert isinstance(reply, NextPage)
    assert hints(reply) == []
    assert isinstance(await sends(here, key), Tell)
    answers = await kept(here, key)
    assert answers["facts"] == better["facts"]
    assert answers["facts_first"] == FACTS


async def test_an_urgent_concern_is_sent_without_a_word_about_its_wording(here):
    key = str(uuid4())
    for page in (1, 2, 3, 4):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values={**WRITTEN, "urgency": "now"})
        )
    assert isinstance(reply, Tell)
    assert (await kept(here, key))["facts"] == FACTS


async def test_the_same_send_twice_moves_once_and_raises_once(here):
    key, _ = await looked_over(here)
    await sends(here, key, hint_1="move")
    once = await kept(here, key)
    assert isinstance(await sends(here, key, hint_1="move"), Tell)
    assert await kept(here, key) == once
    async with here.units(SCHOOL.id) as uow:
        assert [line.entry.deed for line in await uow.trail.of(UUID(key))] == [Deed.RAISED]


async def test_a_childs_words_are_never_offered_for_moving(here):
    _, reply = await looked_over(here, {**ANSWERS, "own_words": "She said that her mum hits her."})
    (choice,) = [part for part in reply.form.parts if isinstance(part, ChoiceField)]
    assert [option.key for option in choice.options] == ["rewrite", "exact"]


async def test_at_most_three_hints_are_given(here):
    more = ["Mum is a terrible parent.", "I think dad drinks.", "She must have been hit.", "Clearly ADHD."]
    many = " ".join([BAD, *more])
    _, reply = await looked_over(here, {**ANSWERS, "facts": many})
    assert len(hints(reply)) == 3


@pytest.mark.parametrize(
    "values", [{"hint_1": "burn"}, {"hint_9": "move"}, {"facts": "other words"}, {"hint_1": ("move", "move")}]
)
async def test_an_answer_that_was_not_offered_changes_nothing(here, values):
    key, _ = await looked_over(here)
    await sends(here, key, **values)
    assert (await kept(here, key))["facts"] == FACTS
    assert here.mishaps == []


async def test_somebody_elses_form_cannot_be_sent_and_one_that_is_gone_says_so(here):
    key, _ = await looked_over(here)
    other = FormSubmitted(who=account(LEE), form="concern", key=key, page=review.PAGE, values={})
    assert isinstance(await here.answers(other), Complaints)
    gone = await sends(here, str(uuid4()))
    assert isinstance(gone, Complaints)
    assert "not kept any more" in gone.by_field[""]
