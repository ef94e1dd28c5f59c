"""What is told of a child's life outside the room, and what the child told, is not the child's own words."""

import pytest

from handlers.wording.guard import Field, Kind, check
from handlers.wording.retold import HOME, OUTSIDE, life_features
from handlers.wording.speech import PLAIN, SURE
from handlers.wording.telling import AS, told_features
from handlers.wording.text import tokens_of

OF_A_LIFE = (
    "Her uncle wakes her up with cold water.",
    "Since Christmas his mum hasn't got out of bed.",
    "Two men wait for her outside the flats.",
    "The man in the corner shop gives her vapes.",
    "They took her shoes off her.",
    "Gets no dinner when he is naughty.",
    "Not allowed to shut her door.",
    "He wishes he had kept quiet.",
    "She is scared of the lodger.",
    "His dad shut him in the van.",
    "He has to carry the shopping up all the stairs.",
)
OUT_OF_SIGHT = (
    "She was grabbed by the hair and pulled down the hall.",
    "Left alone with the twins from six until midnight.",
    "No electric since Tuesday.",
    "There is a lock on the outside of his door.",
    "It happened at a sleepover in Year 7.",
    "They were in the park until two.",
)
IN_THE_ROOM = (
    "He hid behind the coats at home time.",
    "No words for ten minutes.",
    "He cannot remember the words he used.",
    "Her nan came for her and there was a note in her shoe.",
    "My class were at lunch and she sat by me.",
    "She pulled her sleeve down.",
    "The mummy doll pushed the baby doll.",
    "She shook her fist at the photo of her uncle.",
    "Her nan came at 4.05.",
    "His mum rang the office at ten.",
    "He shrugs.",
    "Hands over his ears.",
    "She not eat.",
    "I walked her to the bus.",
)
TOLD = (
    "When I asked about his coat he told me the bailiffs had been.",
    "She piped up at the sink that her dad was in prison.",
    "He reported feeling unsafe at the flat.",
    "I gather from her that he took her keys.",
    "Her friend tells me she's been sleeping in the park.",
    "When pushed she said she'd been told to say it was the cat.",
    "She said nothing happened.",
    "He replied the bruise was from his bike.",
    "She say her uncle he take the phone.",
    "Boy tell that big cousin lock him in toilet.",
    "He told Miss Webb that daddy has a stick behind the door.",
    "She confided that the babysitter lets men in.",
    "It was his cousin, he said.",
)
SUMMED_UP = (
    "Mentioned self-harm.",
    "Described difficulties with her older brother.",
    "She elaborated on the bullying when we were on our own.",
    "He was quiet at first, then described years of it.",
    "A long list of complaints about her mother.",
    "Further details emerged about the holiday.",
    "Went through everything from the summer up to last night.",
    "She told me what he did.",
    "Reported the assault to me and to Ms Vale.",
)
NOT_TOLD = (
    "I told him I had heard shouting.",
    "I explained to her that I could not keep it a secret.",
    "Said nothing - I logged it at 3.",
    "He said the same words to Miss Iqbal.",
    "She signed BROTHER again at the end.",
    "He did not say who it was.",
    "Told him I would pass it on.",
    "She asked if we could go outside.",
    "mum said its only till friday",
)


@pytest.mark.parametrize("text", OF_A_LIFE)
def test_a_life_that_is_not_in_the_room_is_told_by_somebody(text: str) -> None:
    assert HOME in life_features(tokens_of(text).symbols)
    assert [one.kind for one in check(Field.OWN_WORDS, text, year="Y5").findings] == [Kind.PARAPHRASE]


@pytest.mark.parametrize("text", OUT_OF_SIGHT)
def test_what_was_done_out_of_sight_is_told_by_somebody(text: str) -> None:
    assert OUTSIDE in life_features(tokens_of(text).symbols)
    assert [one.kind for one in check(Field.OWN_WORDS, text, year="Y5").findings] == [Kind.PARAPHRASE]


def test_what_a_child_thinks_is_told_by_somebody() -> None:
    text = "He thought his mum had gone for good."
    assert [one.kind for one in check(Field.OWN_WORDS, text, year="Y5").findings] == [Kind.PARAPHRASE]
    assert not check(Field.OWN_WORDS, "He thought for a minute.", year="Y5").findings


@pytest.mark.parametrize("text", SUMMED_UP)
def test_a_topic_without_what_was_said_of_it_is_a_summary(text: str) -> None:
    assert AS + Kind.SUMMARY in told_features(tokens_of(text).symbols)
    assert [one.kind for one in check(Field.OWN_WORDS, text, year="Y5").findings] == [Kind.SUMMARY]


@pytest.mark.parametrize("text", IN_THE_ROOM)
def test_what_the_writer_saw_is_not_told_by_anybody(text: str) -> None:
    assert HOME not in life_features(tokens_of(text).symbols)
    assert not check(Field.OWN_WORDS, text, year="Y5").findings


@pytest.mark.parametrize("text", TOLD)
def test_a_verb_of_telling_with_its_clause_is_found_wherever_it_stands(text: str) -> None:
    assert SURE in told_features(tokens_of(text).symbols)
    assert [one.kind for one in check(Field.OWN_WORDS, text, year="Y5").findings] == [Kind.REPORTED_SPEECH]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_the_writer_told_and_what_has_no_clause_is_not_telling(text: str) -> None:
    assert SURE not in told_features(tokens_of(text).symbols)
    if not text.startswith("mum"):  # a child writes, or a parent is quoted: the model says
        assert not check(Field.OWN_WORDS, text, year="Y5").findings


def test_what_the_writer_told_a_child_is_plain() -> None:
    assert PLAIN in told_features(tokens_of("I told her that I would have to pass it on").symbols)


def test_a_child_who_asks_of_itself_leads_nobody() -> None:
    asked = '"They can\'t stop me, can they?"'
    assert not check(Field.OWN_WORDS, asked, year="Y9").findings
    assert check(Field.OWN_WORDS, '"I expect daddy was cross, wasn\'t he?" I said.', year="Y3").findings
