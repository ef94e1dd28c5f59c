"""What an adult tells behind a child's words is told, and no part of the quotation, whether its stop stands or not."""

import pytest

from handlers.wording.guard import Field, check
from handlers.wording.kinds import Kind

TOLD = (
    ('"I don\'t like Sundays." Her grandad shuts her in the shed.', Kind.PARAPHRASE),
    ('"Nobody came." His auntie leaves him outside the shop.', Kind.PARAPHRASE),
    ('I asked "who was there?" "Just us." He gets no tea on Fridays.', Kind.PARAPHRASE),
    ('"I\'m not hungry." She\'s frightened of the lodger.', Kind.PARAPHRASE),
)
BELONGS = (
    '"I don\'t like Sundays," she said to me.',
    '"Nobody came." He shook his head.',
    '"It was the belt", he said, and pulled his sleeve down.',
    '"tato krzyczy" (dad shouts)',
    '"Can I stay in?" he asked.',
    '"No." She pointed at the door.',
)


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_what_is_told_behind_it_is_marked(text: str, kind: Kind) -> None:
    for written in (text, text.rstrip("."), text.replace('." ', '" '), text.lower()):
        assert [one.kind for one in check(Field.OWN_WORDS, written, year="Y5").findings] == [kind], written


@pytest.mark.parametrize("text", BELONGS)
def test_what_belongs_to_it_is_not(text: str) -> None:
    assert not check(Field.OWN_WORDS, text, year="Y5").findings


@pytest.mark.parametrize("text", ["Reported unwanted touching", "He indicated an argument", "Disclosed a fight."])
def test_what_it_was_about_is_a_summary(text: str) -> None:
    assert [one.kind for one in check(Field.OWN_WORDS, text, year="Y9").findings] == [Kind.SUMMARY]


@pytest.mark.parametrize("text", ["Reported missing at 9.10.", "He was reported absent."])
def test_where_somebody_was_reported_to_be_is_none(text: str) -> None:
    assert not check(Field.OWN_WORDS, text, year="Y9").findings


HEARD = (
    "I heard mum say that at the gate, 8.50.",
    "I heard dad shouting in the car park.",
    "We heard her uncle shout at the fence at 3.20.",
    "There was a bruise on her left cheek, oval, about 2cm by 1cm, blue in the middle.",
    "I saw a scratch on his shin, right leg, about 4cm.",
    "The man was about thirty, I'd guess, in a red coat.",
    "He was out for twelve minutes, I reckon.",
    "Likes the manga shelf.",
)


@pytest.mark.parametrize("text", HEARD)
def test_what_was_heard_measured_or_guessed_at_is_no_fault(text: str) -> None:
    for written in (text, text.rstrip("."), text.lower(), f"Monday, period 2. {text}"):
        assert not check(Field.FACTS, written).findings, written


@pytest.mark.parametrize(
    "text", ["I heard mum has left him.", "I heard dad is back inside.", "He has a bruise, about 2 weeks."]
)
def test_and_what_was_not_is_one(text: str) -> None:
    assert check(Field.FACTS, text).findings
