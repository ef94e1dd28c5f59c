from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.duty import MARK, By, called_for, due, fold, own, remind_on
from handlers.rules.pack import ENGLAND
from tests.rules.test_clocks import CALENDAR

FGM, OFFENCE = ENGLAND.duties
LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int = 10, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    "answers",
    [
        {"kinds": ("fgm",)},
        {"kinds": ("not_sure", "fgm")},
        {"facts": "She said: FGM."},
        {"own_words": "they did Genital-Mutilation on my sister"},
        {"others": "Her aunt says that she was circumcised in Ju\u0301ly"},
        {"facts": "fgm"},
        {"more": "She was cut down there, she says."},
    ],
)
def test_kinds_and_phrases_call_for_a_duty(answers):
    assert called_for(ENGLAND.duties, answers) == (FGM,)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"kinds": ("bullying",), "facts": "She grapes her bag and the drapes."},
        {"facts": "She fell, and was cut on her knee. Down there by the gate."},
        {"facts": "She was cut.", "view": "down there"},
    ],
)
def test_part_of_a_word_and_words_far_apart_call_for_none(answers):
    assert called_for(ENGLAND.duties, answers) == ()


def test_the_place_of_a_phrase_in_a_text_does_not_matter_and_neither_do_accents():
    assert fold("  R\u00e1ped,\nby   HIM") == " raped by him "
    assert called_for(ENGLAND.duties, {"own_words": "he RA\u0301PED me"}) == (OFFENCE,)


def test_a_text_made_to_be_slow_is_not():
    """One that went back over it for every word would not end today: there is no clock to watch."""
    hostile = {"facts": "cut down cut me down cut her down " * 30_000, "own_words": "\u0301" * 200_000}
    assert called_for(ENGLAND.duties, hostile) == ()


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (at(24), at(25, 17)),
        (at(27, 18), at(30, 17)),
        (at(28), at(30, 17)),
        (datetime(2026, 12, 24, 12, tzinfo=UTC), datetime(2026, 12, 29, 17, tzinfo=UTC)),
        (datetime(2027, 3, 26, 23, 30, tzinfo=UTC), datetime(2027, 3, 30, 16, tzinfo=UTC)),
    ],
    ids=["a Tuesday", "a Friday evening", "a Saturday", "Christmas Eve", "Easter, and the clocks change"],
)
def test_it_is_due_at_the_close_of_the_next_working_day_holidays_included(since, expected):
    holidays = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 3, 26), date(2027, 3, 29)}
    calendar = replace(CALENDAR, bank_holidays=frozenset(holidays))
    assert due(FGM, calendar, since=since) == expected


def test_as_soon_as_practicable_has_no_hour_but_a_morning():
    assert OFFENCE.by is By.SOON
    assert due(OFFENCE, CALENDAR, since=at(27)) is None
    assert remind_on(CALENDAR, since=at(27)) == date(2026, 11, 30)


def test_a_duty_binds_from_its_day_on_and_never_without_one():
    dated = replace(OFFENCE, in_force=date(2027, 1, 1))
    assert not OFFENCE.binding(date(2030, 1, 1))
    assert not dated.binding(date(2026, 12, 31))
    assert dated.binding(date(2027, 1, 1))


def line(deed: Deed, hour: int, **facts: str) -> Sealed:
    return Sealed(sequence=hour, entry=Entry(deed=deed, at=at(24, hour), by=None, thing=None, facts=facts), leaf="")


def test_only_the_reporters_log_closes_a_duty_and_a_later_call_opens_it_again():
    raised, accepted = line(Deed.RAISED, 9, **{MARK: "called"}), line(Deed.ACCEPTED, 10)
    logged, added = line(Deed.REPORTED, 11), line(Deed.ADDED, 12, **{MARK: "called"})
    plain = line(Deed.ADDED, 13)
    assert not own([line(Deed.RAISED, 9), accepted]).called
    assert own([raised, accepted, line(Deed.DECIDED, 11), line(Deed.CLOSED, 12)]).logged_at is None
    assert own([raised, accepted, logged, plain]).logged_at == at(24, 11)
    assert own([raised, logged, added]).logged_at is None
