"""What the platforms' answers say of this machine's clock, and what they do not."""

from email.utils import formatdate

import pytest

from bot.dates import LATELY, Dates
from bot.signs import OFF, ClockSign
from handlers.rules.trouble import Trouble

NOW = 1_780_000_000.0


class Machine:
    def __init__(self) -> None:
        self.wall, self.steady = NOW, 50.0
        self.dates = Dates(lambda: self.wall, lambda: self.steady)

    def answers(self, platform: str, ahead: float, **more: str) -> None:
        self.dates.heard(platform, {"date": formatdate(NOW + ahead, usegmt=True), **more})


@pytest.mark.parametrize(("ahead", "why"), [
    (OFF + 1, "behind_the_platforms"), (-OFF - 1, "ahead_of_the_platforms"), (OFF - 1, ""), (1 - OFF, ""),
])  # fmt: skip
async def test_two_answers_say_that_the_clock_is_off_whichever_way(ahead: float, why: str):
    machine = Machine()

    async def database() -> float:
        return machine.wall

    sign = ClockSign(
        database=database, platforms=machine.dates.apart, wall=lambda: machine.wall, steady=lambda: machine.steady
    )
    machine.answers("slack", ahead)
    assert await sign() == {}, "one may have lain somewhere"
    machine.answers("slack", ahead)
    assert await sign() == ({Trouble.CLOCK_OFF: why} if why else {})


def test_what_lay_in_a_cache_and_what_says_no_date_is_passed_by():
    machine = Machine()
    for _ in range(2):
        machine.answers("teams", -900, age="900")
        for date in ("", "soon", "Tue, 99 Dec 2026 25:00:00 GMT"):
            machine.dates.heard("teams", {"date": date})
    assert machine.dates.apart() == 0


def test_a_platform_that_is_wrong_by_itself_says_nothing_of_this_machine():
    machine = Machine()
    for _ in range(2):
        machine.answers("slack", 3600)
        machine.answers("teams", 2)
    assert machine.dates.apart() == 2


def test_one_good_answer_is_enough_to_say_that_it_is_right_again_and_what_was_said_long_ago_counts_no_more():
    machine = Machine()
    for _ in range(2):
        machine.answers("slack", 3600)
    assert machine.dates.apart() == 3600
    machine.answers("slack", 0)
    assert machine.dates.apart() == 0
    for _ in range(2):
        machine.answers("slack", 3600)
    machine.steady += LATELY
    assert machine.dates.apart() == 0
