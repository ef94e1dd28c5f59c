"""What every child has is no diagnosis: nits, a cold, a tooth out, seen by staff or told by a parent."""

import pytest

from handlers.wording.guard import Field, Kind, check

AILMENTS = (
    "nits", "head lice", "a cold", "worms", "a verruca", "a wart", "a plaster on his knee", "a scab on his elbow",
    "a nosebleed", "a cough", "chicken pox", "a stye", "conjunctivitis", "a mouth ulcer", "sunburn",
    "a splinter", "a blister", "toothache", "earache", "tonsillitis", "hiccups",
)  # fmt: skip
FRAMES = (
    "He has {}.", "he has {}", "He had {} today.", "She has got {} again.", "Mum says he has {}.",
    "Dad rang at 8.40, he has {}.", "Came in with {}.", "{}, first aid given 10.40.", "I saw {} at wash hands.",
)  # fmt: skip


@pytest.mark.parametrize("ailment", AILMENTS)
def test_it_is_no_fault_to_say_it(ailment: str) -> None:
    for frame in FRAMES:
        text = frame.format(ailment)
        assert not check(Field.FACTS, text).findings, text
        assert not check(Field.FACTS, text.upper()).findings, text


@pytest.mark.parametrize(
    "text",
    [
        "Lost a tooth at dinner, I wrapped it up for her.", "Nits in her fringe at wash hands.",
        "Worm in his poo, he called me to look.", "Verruca sock on for swimming, left foot.",
        "Nose bled for six minutes.", "Two front teeth missing, the tooth fairy came.",
        "Fell off her scooter on Sunday, Dad told me.", "Temperature of 38.4 at 10.15.",
        "He has hay fever.", "Hay fever, eyes streaming, Mum sent in the drops.",
    ],
)  # fmt: skip
def test_nor_to_tell_of_it(text: str) -> None:
    assert not check(Field.FACTS, text).findings


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("His wrist is broken.", Kind.DIAGNOSIS), ("His finger's broken.", Kind.DIAGNOSIS),
        ("She has an eating disorder.", Kind.DIAGNOSIS), ("He is autistic.", Kind.DIAGNOSIS),
        ("She has scabies.", Kind.DIAGNOSIS), ("Mum was rude to me.", Kind.JUDGEMENTAL),
        ("Dad got shirty with Mrs Bell.", Kind.JUDGEMENTAL),
    ],
)  # fmt: skip
def test_what_was_a_fault_is_one_still(text: str, kind: Kind) -> None:
    assert kind in {finding.kind for finding in check(Field.FACTS, text).findings}
