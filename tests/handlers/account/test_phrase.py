"""What goes with a phrase when it is moved: it reads well, and nothing of the text is lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.account import phrase
from handlers.account.phrase import Span, moves, shown, taken_out, told


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "moved", "left"),
    [
        ("She was clearly scared of him.", "scared", "She was clearly scared of him.", ""),
        ("He sat down. She was clearly scared. He left.", "scared", "She was clearly scared.", "He sat down. He left."),
        (
            "He was in tears because she had been nasty to him.", "nasty",
            "because she had been nasty to him", "He was in tears.",
        ),
        ("Mum came in at 3.10, and she was drunk.", "drunk", "and she was drunk,", "Mum came in at 3.10."),
        ("When he came in, he was being sly.", "sly", "When he came in, he was being sly.", ""),
        ("After break he came in, he was being sly.", "sly", "he was being sly,", "After break he came in."),
        ("He came in, clearly upset, and sat down.", "upset", "He came in, clearly upset, and sat down.", ""),
        (
            "Mum, who is always rude, told me he was ill.", "always",
            "who is always rude,", "Mum, told me he was ill.",
        ),
        (
            "Sam pushed her and she was clearly terrified and he ran off.", "terrified",
            "and she was clearly terrified", "Sam pushed her and he ran off.",
        ),
        ("She was drunk, because Tom saw her fall.", "drunk", "She was drunk, because Tom saw her fall.", ""),
        ("- She was drunk\n- He ran off", "drunk", "- She was drunk", "- He ran off"),
        ("He ran off\nShe was drunk\n\nMum came", "drunk", "She was drunk", "He ran off\n\nMum came"),
    ],
)
def test_what_moves_is_a_whole_clause_or_sentence_and_what_is_left_stands(text, words, moved, left):
    span = moves(text, span_of(text, words))
    assert told(text, span) == moved
    assert taken_out(text, [span]) == (left, (moved,))


def test_what_somebody_said_stays_where_it_is_when_the_judgement_on_it_moves():
    text = 'Dad came in, clearly drunk, and said "where is he".'
    assert taken_out(text, [moves(text, span_of(text, "drunk"))])[0] == 'Dad came in, and said "where is he".'


def test_a_phrase_is_shown_in_its_sentence():
    text = "He sat down. She was\nclearly scared of him. He left."
    assert shown(text, span_of(text, "scared")) == "clearly “scared” of him."
    assert shown("She was scared.", Span(0, 15)) == "“She was scared.”"


def test_a_very_long_sentence_is_shortened_on_the_screen_alone():
    text = f"{'and he ran ' * 100}scared{' and he ran' * 100}"
    span = span_of(text, "scared")
    assert len(shown(text, span)) < 600
    assert "“scared”" in shown(text, span)
    left, moved = taken_out(text, [moves(text, span)])
    assert no_character_lost(text, left, moved)


def test_what_is_shown_is_short_however_long_the_phrase_is():
    text = "and he ran " * 250
    assert len(shown(text, Span(0, len(text)))) < 600
    assert len(phrase.clipped(text)) < 300


def test_two_phrases_of_one_sentence_move_it_once():
    text = "Sam came in at 8:50. Mum is always a terrible parent."
    both = [moves(text, span_of(text, words)) for words in ("always", "terrible parent")]
    assert taken_out(text, both) == ("Sam came in at 8:50.", ("Mum is always a terrible parent.",))


def test_two_phrases_whose_clauses_meet_move_as_one_and_leave_no_stray_mark():
    text = "She was obviously scared, and he was clearly drunk."
    clauses = [Span(0, 24), Span(26, 50)]
    assert taken_out(text, clauses) == ("", (text,))


def no_character_lost(text: str, left: str, moved: tuple[str, ...]) -> bool:
    def count(*texts: str) -> Counter[str]:
        return Counter("".join("".join(texts).split()))

    return count(text) == count(left, *moved)


TOKENS = (
    "he she Mia Sam was came in and but because which who , . ! ? ; : - – clearly scared drunk at 10.15 said that told",
    "me when after the door it's Mr Doyle's so I think ( ) always 'cos",
)
WORDS = st.sampled_from([*" ".join(TOKENS).split(), "\n"])
QUOTED = st.lists(
    st.sampled_from(["he", "said", "drunk", ",", ".", "and", "because", "Mia", "which", "\n"]), min_size=1, max_size=6
).map(lambda words: f"“{' '.join(words)}”")
TEXTS = st.lists(st.one_of(WORDS, WORDS, WORDS, QUOTED), min_size=1, max_size=40).map(" ".join)
ANY = st.text(alphabet=st.sampled_from(" ab.,;!?\n\r\t“”\"'‘’()-–é\u0301İ\U0001f600A1"), min_size=1, max_size=60)


@st.composite
def phrases(draw, texts, most: int = 3):
    text = draw(texts)
    spans = [
        Span(*sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))))))
        for _ in range(draw(st.integers(1, most)))
    ]
    return text, [span for span in spans if span.start < span.end]


@given(phrases(st.one_of(TEXTS, ANY, st.text(max_size=60))))
def test_every_character_is_in_what_is_left_or_in_what_was_moved(drawn):
    text, spans = drawn
    left, moved = taken_out(text, [moves(text, span) for span in spans])
    assert no_character_lost(text, left, moved)


@given(phrases(st.one_of(TEXTS, ANY)))
def test_the_order_of_what_is_left_is_the_order_in_which_it_was_written(drawn):
    text, spans = drawn
    left, _ = taken_out(text, [moves(text, span) for span in spans])
    rest = iter("".join(text.split()))
    assert all(character in rest for character in "".join(left.split()))


@given(phrases(st.one_of(TEXTS, ANY), most=1))
def test_the_phrase_itself_is_in_what_moves_and_in_what_is_shown(drawn):
    text, spans = drawn
    for span in spans:
        moving = moves(text, span)
        assert moving.start <= span.start < span.end <= moving.end
        whole = phrase.sentence(text, span)
        assert whole.start <= span.start < span.end <= whole.end
        assert "“" in shown(text, span)


@given(phrases(TEXTS, most=1))
def test_no_cut_is_ever_inside_a_quotation(drawn):
    text, spans = drawn
    for span in spans:
        moving = moves(text, span)
        for edge in (moving.start, moving.end):
            opened = text.rfind("“", 0, edge) > text.rfind("”", 0, edge)
            assert not opened or edge == 0


@given(phrases(st.one_of(TEXTS, ANY)))
def test_moving_adds_no_blank_to_what_is_left(drawn):
    text, spans = drawn
    left, moved = taken_out(text, [moves(text, span) for span in spans])
    if moved and "  " not in text:
        assert "  " not in left
