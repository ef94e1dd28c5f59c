"""Signs, pictures and translations are a child's own words: how they stand tells them from what staff tell."""

import pytest

from handlers.wording import own_words

SIGNS = [
    "[PECS] dad + sad + home",
    "eye gaze board: MUM - GONE - SCARED",
    "PECS: [HOME] [NO] [MAN]. Pushed HOME NO at me three times.",
    "Symbols used - mum / sleep / floor",
    "VOCA: mum → cross → bed",
    "Makaton: MUM + CROSS + BED",
    "Talker: [want] [nan] [not] [dad]",
    "Widgit strip: dad | shout | me",
]
TRANSLATIONS = [
    "In her Welsh book: Mae Dad wedi mynd. (= Dad has gone.)",
    "tata krzyczy = dad shouts",
    '"Tata krzyczy" which means dad is shouting.',
    '"Mae mam yn drist" meaning mum is sad',
]
TELLING = [
    "mum + dad hit her and lock the door",
    "Her mum - the new one - hits her.",
    "He/she said that dad hits her at night.",
    "[unclear] Said that her dad hits her.",
    "Told me: her dad hits her - every night - and her mum.",
    "Her uncle wakes her up, which means she is tired.",
]


@pytest.mark.parametrize("text", [*SIGNS, *TRANSLATIONS])
def test_what_stands_for_a_childs_words_is_not_taken_for_telling(text):
    assert own_words.find(text, year="Y3") == []


@pytest.mark.parametrize("text", TELLING)
def test_telling_that_looks_a_little_like_it_is_telling(text):
    assert own_words.find(text, year="Y3")


ME_FOR_I = ["me no sleep. baby cry. mama cry. me make bottle.", "me want nan. daddy bad. daddy shout."]
INVITED = ["Tell me more about that.", "Tell us about it.", "Show me what happened.", "Tell me again."]


@pytest.mark.parametrize("text", ME_FOR_I)
def test_a_child_who_says_me_for_i_goes_on_writing(text):
    assert own_words.find(text, year="Y5") == []


def test_an_adult_who_says_me_and_somebody_does_not():
    assert own_words.find("Me and Mrs Patel were there. Her uncle wakes her up at night.", year="Y5")


@pytest.mark.parametrize("asked", INVITED)
def test_an_invitation_to_go_on_is_no_telling(asked):
    assert own_words.find(f'{asked} "no"', year="Y9") == []


def test_a_child_who_told_is_told_of_still():
    assert own_words.find("Told me about her dad hitting her.", year="Y4")
