"""One of each form and card: every wing's own, under one name each, and made only when somebody asks."""

import subprocess
import sys
from collections import Counter

import pytest

from handlers import wings
from handlers.desk.examples import examples as of_the_desk
from tests.examples import CARDS, FORMS, merged

MADE = """
import gc
{imports}
from handlers.ui.card import Card
from handlers.ui.form import Form
print(sum(isinstance(one, Card | Form) for one in gc.get_objects()))
"""


def made(imports: str) -> int:
    """How many forms and cards there are in a new program that has imported no more than that."""
    script = [sys.executable, "-c", MADE.format(imports=imports)]
    return int(subprocess.run(script, check=True, capture_output=True, text=True, timeout=120).stdout)


def test_both_doors_are_there_before_any_example_is_made():
    assert made("import handlers.wings, handlers.desk.desk, handlers.post.deliveries") == 0


def test_asking_for_the_examples_makes_them():
    assert made("import tests.examples") >= len(FORMS) + len(CARDS)


def test_every_wing_has_its_own_and_nothing_is_left_out():
    own = [wing.examples() for wing in wings.EVERY]
    assert all(one.forms or one.cards for one in own)
    every = [*own, of_the_desk()]
    assert Counter(name for one in every for name in one.forms) == Counter(FORMS.keys())
    assert Counter(name for one in every for name in one.cards) == Counter(CARDS.keys())


def test_two_wings_cannot_use_one_name():
    form = next(iter(FORMS.values()))
    with pytest.raises(ValueError, match="one name: told"):
        merged([{"told": form}, {"away": form, "told": form}])
    assert merged([{"told": form}, {"away": form}]).keys() == {"told", "away"}
