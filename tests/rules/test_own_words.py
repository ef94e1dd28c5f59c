from uuid import UUID

import pytest

from handlers.rules import own_words

ID, NONCE = UUID(int=7), {own_words.NONCE: "00ff"}


def digest(**answers: str) -> str:
    return own_words.digest(ID, {**NONCE, **answers})


def test_a_known_answer_stays_what_it_is():
    assert digest(own_words="they wait for me") == "328806e0f87eb12278c29d79b86616bd45e0b40dc5fd8455c935ebdd3e874a47"


@pytest.mark.parametrize(
    "other",
    [
        {"own_words": "they wait for me "},
        {"own_words": "they wait for m\u0435"},
        {"own_words": "they wait for me", "own_words_2": "me too"},
        {"own_words_2": "they wait for me"},
        {"own_words": 'they wait for me"],["own_words_2","x'},
    ],
)
def test_every_code_point_and_every_speaker_counts(other):
    assert digest(**other) != digest(own_words="they wait for me")


def test_the_concern_and_the_nonce_count_and_nothing_else_does():
    answers = {**NONCE, "own_words": "x"}
    first = own_words.digest(ID, answers)
    assert own_words.digest(UUID(int=8), answers) != first
    assert own_words.digest(ID, {**answers, own_words.NONCE: "00fe"}) != first
    assert own_words.digest(ID, {**answers, "facts": "y", "own_words_first": "z"}) == first


def test_half_a_surrogate_pair_has_a_digest_too():
    assert len(digest(own_words="\ud83d")) == 64


def test_a_nonce_is_not_what_somebody_typed():
    assert own_words.typed({**NONCE, "own_words": "x"}) == {"own_words": "x"}
    assert own_words.any_in({"own_words_3": "x"})
    assert not own_words.any_in({"own_words": "", "facts": "x"})
