"""The last look: one round of hints, nothing rewritten for anybody, the first text kept."""

from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from handlers.account import left_open, review, tally
from handlers.conversation import Complaints, FormSubmitted, NextPage, Tell
from handlers.reporter import drafts
from handlers.rules.chronology import Deed
from handlers.ui.card import Quote, Words
from handlers.ui.form import ChoiceField, TextField
from handlers.wording import guard
from tests.handlers.school import ANSWERS, LEE, MIA, SCHOOL, TESS, Here, account

BAD = "He was obviously scared of his dad."
FACTS = f"Sam came in at 8:50 and sat by the door. {BAD}"
WRITTEN = {**ANSWERS, "own_words": "", "facts": FACTS, "view": "I have known him since September."}
REWRITTEN = {**WRITTEN, "facts": "He shook."}


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


async def test_a_phrase_is_pointed_out_in_its_sentence_with_what_would_move(here):
    _, reply = await looked_over(here)
    assert reply.form.title == "Check and send"
    (choice,) = [part for part in reply.form.parts if isinstance(part, ChoiceField)]
    quoted = [part.text for part in reply.form.parts if isinstance(part, Quote)]
    assert quoted[0] == "He was obviously “scared” of his dad."
    assert choice.hint == f"Moves: “{BAD}”"
    assert FACTS in quoted


async def test_moving_carries_the_whole_sentence_into_the_view_and_leaves_the_rest_as_it_was(here):
    key, _ = await looked_over(here)
    assert isinstance(await sends(here, key, hint_1="move"), Tell)
    answers = await kept(here, key)
    assert answers["facts"] == FACTS.removesuffix(f" {BAD}")
    assert answers["view"] == f"I have known him since September.\n{BAD}"
    assert answers["facts_first"] == FACTS


async def test_a_move_is_not_offered_where_the_view_has_no_room_for_it(here):
    _, reply = await looked_over(here, {**WRITTEN, "view": "x" * 1990})
    (choice,) = [part for part in reply.form.parts if isinstance(part, ChoiceField)]
    assert [option.key for option in choice.options] == ["rewrite", "exact"]
    assert choice.hint == ""


async def test_moves_that_do_not_fit_together_are_not_made_and_the_concern_is_sent(here):
    facts = f"{BAD} Mum is a terrible parent to him."
    key, reply = await looked_over(here, {**WRITTEN, "facts": facts, "view": "x" * 1960})
    assert len(hints(reply)) == 2
    assert isinstance(await sends(here, key, hint_1="move", hint_2="move"), Tell)
    assert (await kept(here, key))["facts"] == facts


async def test_confirming_changes_nothing_and_is_kept_for_the_lead(here):
    key, _ = await looked_over(here)
    await sends(here, key, hint_1="exact")
    answers = await kept(here, key)
    assert answers["facts"] == FACTS
    assert answers["confirmed"] == ("“scared”",)
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
    facts = next(at for at, part in enumerate(reply.form.parts) if isinstance(part, TextField))
    above = [getattr(part, "text", "") for part in reply.form.parts[:facts]]
    assert reply.form.parts[facts].name == "facts"
    assert "He was obviously “scared” of his dad." in above
    assert any("For instance: " in text for text in above)
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


MANY = (
    BAD,
    "Mum is a terrible parent.",
    "I think dad drinks.",
    "She must have been hit.",
    "Clearly ADHD.",
    "Dad is a nasty piece of work.",
)


@pytest.mark.parametrize("number", range(1, len(MANY) + 1))
async def test_where_there_are_more_hints_than_are_shown_it_says_how_many_more(here, number):
    _, reply = await looked_over(here, {**ANSWERS, "facts": " ".join(MANY[:number]), "own_words": ""})
    said = [part.text for part in reply.form.parts if isinstance(part, Words) and "more sentence" in part.text]
    left = number - len(hints(reply))
    assert len(hints(reply)) == min(3, number)
    expected = {1: ["There is 1 more sentence like these that we do not show."]}
    assert said == expected.get(left, [f"There are {left} more sentences like these that we do not show."][: left > 0])


async def test_marks_in_one_sentence_are_one_hint_with_each_marked(here):
    facts = "Dad is a nasty man and he was obviously scared of him. The bell went at 3.10."
    found = guard.check(guard.Field.FACTS, facts).findings
    assert len(found) == 2
    key, reply = await looked_over(here, {**WRITTEN, "facts": facts})
    assert len(hints(reply)) == 1
    shown = next(part.text for part in reply.form.parts if isinstance(part, Quote))
    assert all(f"“{facts[one.start : one.end]}”" in shown for one in found)
    await sends(here, key, hint_1="exact")
    assert (await kept(here, key))["confirmed"] == tuple(f"“{facts[one.start : one.end]}”" for one in found)


ASKED = "What happened?\nDid your dad do that to you?\nTell me about Saturday."


def test_a_question_that_leads_is_pointed_out_and_may_only_be_confirmed():
    (hint,) = review.hints({"questions": ASKED}, year="Y4")
    assert (hint.field, hint.words) == ("questions", ("Did your dad do that to you?",))
    done, page = review.settle({"questions": ASKED}, {"hint_1": "rewrite"}, year="Y4")
    assert (done["questions"], page) == (ASKED, 0)
    done, _ = review.settle({"questions": ASKED}, {"hint_1": "exact"}, year="Y4")
    assert done["confirmed"] == ("“Did your dad do that to you?”",)


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


async def test_what_is_to_be_rewritten_stands_above_its_field_until_it_is_rewritten(here):
    key, _ = await looked_over(here)
    await sends(here, key, hint_1="rewrite")
    for facts, expected in ((FACTS, True), ("Sam came in at 8:50. He shook.", False)):
        values = {**WRITTEN, "facts": facts, "own_words": ""}
        on = FormSubmitted(who=account(TESS), form="concern", key=key, page=3, values=values)
        back = FormSubmitted(who=account(TESS), form="concern", key=key, page=4, values=values, back=True)
        await here.answers(on)
        reply = await here.answers(back)
        assert isinstance(reply, NextPage)
        assert any(isinstance(part, Quote) for part in reply.form.parts) is expected


async def test_the_notes_for_rewriting_are_no_part_of_the_account(here):
    key, _ = await looked_over(here)
    await sends(here, key, hint_1="rewrite")
    for page in (3, 4, review.PAGE):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=REWRITTEN)
        )
    assert isinstance(reply, Tell)
    assert {"rewrite", "chosen", "hinted"} & (await kept(here, key)).keys() == set()


def left_open_line(reply: NextPage) -> str:
    said = [part.text for part in reply.form.parts if isinstance(part, Words)]
    return next((text for text in said if text.startswith("What is not said yet")), "")


async def test_what_neither_the_facts_nor_a_field_says_is_one_quiet_line(here):
    facts = "It was noticed that he had some marks."
    _, reply = await looked_over(here, {**ANSWERS, "source": "adult", "facts": facts})
    said = left_open_line(reply)
    assert "who saw it and how many or how big. Add what you know." in said
    assert "where" not in said
    assert sum(isinstance(part, ChoiceField) for part in reply.form.parts) <= 3


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({"source": "adult", "place": ""}, {"who", "where", "observer", "quantity"}),
        ({"source": "saw"}, {"who", "quantity"}),
        ({"source": "adult", "others": "Mrs Doyle saw it."}, {"who", "quantity"}),
        ({"source": "saw", "present": "Mrs Doyle"}, {"quantity"}),
        ({"source": "saw", "happened": "then", "happened_date": "2026-11-23"}, {"who", "when", "quantity"}),
        ({"source": "saw", "happened": "then", "happened_time": "09:10"}, {"who", "quantity"}),
        ({"source": "saw", "child_other": "Sam", "mark_look_1": "round, 2 cm"}, set()),
    ],
)
def test_a_field_that_answers_it_takes_it_off_the_line(answers, left):
    assert set(left_open.unanswered(guard.Slot, {**ANSWERS, **answers})) == left


def test_nothing_is_said_of_what_is_open_where_somebody_must_act_now():
    urgent = {**ANSWERS, "source": "adult", "facts": "It was noticed that he had some marks."}
    assert left_open.line(urgent)
    assert left_open.line({**urgent, "urgency": "now"}) == ""
    assert left_open.line({**urgent, "danger": "yes"}) == ""
    assert tally.codes({**urgent, "urgency": "now"}, year="Y8") == {}


async def facts_of(here: Here, key: str):
    async with here.units(SCHOOL.id) as uow:
        (raised,) = [line.entry for line in await uow.trail.of(UUID(key)) if line.entry.deed is Deed.RAISED]
    return {name: value for name, value in raised.facts.items() if name.startswith("guard")}


async def test_what_was_found_and_what_became_of_it_is_counted_in_the_trail_without_a_word_of_it(here):
    facts = f"{FACTS} It was noticed that he had some marks. Mum is a terrible parent."
    key, _ = await looked_over(here, {**WRITTEN, "facts": facts})
    await sends(here, key, hint_1="move", hint_2="exact", hint_3="exact")
    found = Counter(f"guard_facts_{finding.kind}" for finding in guard.check(guard.Field.FACTS, facts).findings)
    assert len(found) >= 3
    assert await facts_of(here, key) == {
        "guard": "1", "guard_moved": "1", "guard_confirmed": "2",
        "guard_missing": ",".join(left_open.missing({**WRITTEN, "facts": facts})),
        **{name: str(number) for name, number in found.items()},
    }


async def test_what_is_counted_is_the_text_as_it_was_first_written(here):
    key, _ = await looked_over(here)
    await sends(here, key, hint_1="rewrite")
    for page in (3, 4, review.PAGE):
        await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=REWRITTEN)
        )
    counted = await facts_of(here, key)
    assert counted["guard_facts_mind_reading"] == "1"
    assert counted["guard_rewritten"] == "1"


@pytest.mark.parametrize(("year", "asked"), [("N1", True), ("N2", True), ("R", True), ("1", True), ("6", True)] + [
    (str(year), False) for year in range(7, 15)
])
async def test_the_childs_year_decides_which_words_are_asked_about(here, year, asked):
    pupil = replace(MIA, year=year)
    found = review.hints({"own_words": "\"Mum was intoxicated\""}, year=drafts.year_group(pupil))
    assert bool(found) is asked
