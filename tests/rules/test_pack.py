from datetime import date
from importlib import resources

import pytest

from handlers.rules import pack
from handlers.rules.adults import Finding
from handlers.rules.pack import ENGLAND
from handlers.rules.parse_pack import PackFaulty
from handlers.rules.source import UNREAD

WHOLE = resources.files("handlers.rules").joinpath("packs", "england_1.toml").read_text("utf-8")
README = resources.files("handlers.rules").joinpath("packs", "README.md").read_text("utf-8")


def faults(changed: str) -> list[str]:
    with pytest.raises(PackFaulty) as refused:
        pack.read(changed, name="mine")
    assert str(refused.value).startswith("mine: ")
    return list(refused.value.faults)


def test_the_edition_says_from_when_it_holds():
    assert (ENGLAND.edition, ENGLAND.since) == ("England 1", date(2026, 9, 1))


def test_what_a_reader_is_told_of_a_source_says_where_it_is_that_it_is_ours_or_that_nobody_has_checked_it():
    fgm, offence = ENGLAND.duties
    assert "section 5B" in fgm.source.cited()
    assert offence.source.cited().endswith("(29 April 2026). " + UNREAD.removesuffix("."))
    assert ENGLAND.agency("police").answer.source.cited().startswith("our default: ")


def test_the_readme_names_every_document_and_every_duty():
    documents = {one.source.document for one in ENGLAND.statements if not one.source.is_default}
    assert not [document for document in documents if document not in README]
    assert not [duty.key for duty in ENGLAND.duties if f"`{duty.key}`" not in README]


def test_factor_codes_stand_only_at_kinds_that_are_there():
    assert set(ENGLAND.factors) < {key for key, _ in ENGLAND.kinds}
    assert ENGLAND.factors["fgm"].code == "22A"
    assert "wellbeing" not in ENGLAND.factors


def test_fgm_is_in_force_and_the_duty_of_2026_waits_for_its_day():
    fgm, offence = ENGLAND.duties
    assert fgm.in_force == date(2015, 10, 31)
    assert offence.in_force is None
    begun = pack.read(WHOLE.replace("authority = true", "authority = true\nin_force = 2027-09-01"), name="x")
    assert begun.duties[1].in_force == date(2027, 9, 1)
    empty = pack.read(WHOLE.replace("authority = true", 'authority = true\nin_force = ""'), name="x")
    assert empty.duties[1].in_force is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('edition = "England 1"', "", "the pack: `edition` must be a text"),
        ("from = 2026-09-01", 'from = "soon"', "the pack: `from` must be a day, as in 2026-09-01"),
        ("expires = 2027-08-31", "", "the pack: `expires` must be a day, as in 2026-09-01"),
        ("expires = 2027-08-31", "expires = 2026-09-01", "the pack: `expires` must be after `from`"),
        ("[duties.exceptions]\ntext", "[duties.except]\ntext",
         "duties.fgm: `exceptions` must say when it does not bind"),
        ('source = "fgm_act"', "", "duties.fgm: `source` must name one of the [sources]"),
        ('source = "fgm_act"', 'source = "hearsay"', "duties.fgm: `source` must name one of the [sources]"),
        ('by = "next_working_day"', 'by = "sometime"',
         "duties.fgm.deadline: `by` must be one of: next_working_day, as_soon_as_practicable"),
        ("close = 17:00:00", "",
         "duties.fgm.deadline: `close` must be an hour, as in 17:00:00: when the working day is over"),
        ("in_force = 2015-10-31", 'in_force = "2015"', "duties.fgm: `in_force` must be a day, as in 2026-09-01"),
        ('kinds = ["fgm"]', 'kinds = ["ffgm"]', "duties.fgm: there is no kind ffgm"),
        ('binds = "Teach', 'bind = "x"\nbinds = "Teach', "duties.fgm: nothing is known of `bind`"),
        ('code = "22A"', 'code = "25A"', "kinds.fgm.cin: the census has no code 25A"),
        ('code = "22A"', 'by_child = "18B"', "kinds.fgm.cin: give `code`, or `by_child` and `by_adult`, or `one_of`"),
        ('key = "neglect"', 'key = "sexual"', "kinds.sexual: this key stands twice"),
        ('[sources.practice]\n', '[sources.practise]\n', "words.share: `source` must name one of the [sources]"),
        ('document = "Crime and Policing Act 2026"', "", "sources.crime_and_policing_act: `document` must be a text"),
        ('holds = "law"', 'holds = "hearsay"',
         "sources.fgm_act: `holds` must be one of: law, guidance, practice, default"),
        ('source = "fgm_act"\npart = "section 5B"\nrests_on = "law"',
         'source = "fgm_act"\npart = "section 5B"\nrests_on = "guidance"',
         "duties.fgm: `rests_on` is guidance, and `source` names law"),
        ('source = "fgm_act"\npart = "section 5B"\nrests_on = "law"\nread_on = 2026-11-30',
         'source = "fgm_act"\npart = "section 5B"\nrests_on = "law"\nread_on = 2015-10-30',
         "duties.fgm: `read_on` is before the day of its document"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(old, new, fault):
    assert WHOLE.count(old) >= 1
    assert fault in faults(WHOLE.replace(old, new, 1))


def test_a_text_without_a_source_and_one_that_is_no_table_are_said():
    more = '[words]\nnew_one = "Only words."\nother = { text = "x" }\n[words.weight]'
    found = faults(WHOLE.replace("[words.weight]", more))
    assert 'words.new_one: this must be a table, as in { text = "...", source = "...", ... }' in found
    assert "words.other: `source` must name one of the [sources]" in found


def test_every_fault_is_told_at_once_and_what_is_no_toml_is_said():
    assert len(faults(WHOLE.replace('edition = "England 1"', "").replace("from = 2026-09-01", ""))) == 2
    assert faults("edition = ")[0].startswith("this is no TOML")
    assert faults("")


def test_a_pack_that_is_not_there_is_not_loaded():
    with pytest.raises(FileNotFoundError):
        pack.load("england_99")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('challenge = "lado"', 'challenge = "nobody"', "agencies.lado: `challenge` must name one of the [challenges]"),
        ('for = ["adult", "child"]', 'for = ["dog"]', "agencies.lado: `for` must be some of: child, adult"),
        ('methods = ["telephone", "online", "mail"]\nchallenge = "lado"', 'methods = []\nchallenge = "lado"',
         "agencies.lado: `methods` must be a list of texts"),
        ('days = 1\nwhen = "allegation"', 'days = 0\nwhen = "allegation"',
         "agencies.lado.make: `days` must be a number of working days, from 1 to 60"),
        ('when = "allegation"', 'when = "sometimes"',
         "agencies.lado: `make` must name `allegation` or one of the [[duties]]"),
        ('close = 17:00:00\nwhen', 'close = "five"\nwhen',
         "agencies.fgm.make: `close` must be an hour, as in 17:00:00: when the working day is over"),
        ('letter = "lado"\nsource = "kcsie"', 'letter = "lado"',
         "agencies.lado: `source` must name one of the [sources]"),
        ('key = "police"\nname', 'key = "lado"\nname', "agencies.lado: this key stands twice"),
        ('name = "Prevent"', 'name = "Prevent"\nring = "101"', "agencies.prevent: nothing is known of `ring`"),
        ('[challenges.lado]\nsource = "ours"', "[challenges.lado]",
         "challenges.lado: `source` must name one of the [sources]"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_agency_is_said_with_its_place(old, new, fault):
    assert WHOLE.count(old) >= 1
    assert fault in faults(WHOLE.replace(old, new, 1))


def test_the_lados_working_day_is_working_togethers_and_its_answer_is_ours():
    lado = ENGLAND.agency("lado")
    assert lado.make and lado.make.source.document.startswith("Working together")
    assert "without delay" in ENGLAND.words["lado"]
    assert not [one.where for one in ENGLAND.statements
                if one.source.document.startswith("Keeping") and "one working day" in one.source.part]  # fmt: skip


@pytest.mark.parametrize("agency", ENGLAND.agencies, ids=lambda agency: agency.key)
def test_the_days_for_an_answer_are_marked_as_ours_unless_the_agency_is_held_to_them(agency):
    """Social care decides within a working day and the NRM aims at five; nobody gives the others a time."""
    assert agency.answer.source.is_default is (agency.key not in {"mash", "nrm"})
    assert agency.stages_from.is_default


def test_the_hour_of_the_fgm_report_is_ours_and_the_acts_month_is_the_acts():
    fgm, _ = ENGLAND.duties
    make = ENGLAND.agency("fgm").make
    assert make and make.source == fgm.deadline
    assert fgm.deadline.is_default
    assert "best practice" in fgm.deadline.part
    assert "one month" in fgm.limit
    assert "another teacher has already reported the same act" in fgm.exceptions


def test_the_five_days_of_a_transfer_are_for_sending_and_the_receipt_has_a_time_of_ours():
    school = ENGLAND.agency("next_school")
    assert "within 5 days of a move in the year, or within the first 5 days of a new term" in school.sending
    assert school.answer.source.is_default
    assert "for sending" in school.answer.source.part


def test_every_duty_says_when_it_does_not_bind():
    assert all(duty.exceptions for duty in ENGLAND.duties)


def test_every_agency_is_in_the_readme_with_its_source():
    assert not [agency.key for agency in ENGLAND.agencies if f"`{agency.key}`" not in README]
    assert all(agency.source.document in README for agency in ENGLAND.agencies)
    with pytest.raises(KeyError):
        ENGLAND.agency("nobody")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('key = "unfounded"', 'key = "unclear"', "findings.unclear: `key` must be one of: substantiated"),
        ('key = "unfounded"', 'key = "false"', "findings: each of these must stand there once"),
        ('key = "offence"', 'key = "harmed"', "harm_limbs.harmed: this key stands twice"),
        ('text = "Has harmed a child', f'text = "{"x" * 76} Has harmed', "is longer than 75 characters"),
        ('calls = "removed"', 'calls = "always"', "barring.dbs: `calls` must be one of: removed, teacher"),
        ('key = "tra"', 'key = "dbs"', "barring.dbs: this key stands twice"),
        ("[adult_clocks.limbs]", "[adult_clocks.legs]", "adult_clocks.legs: it must be one of"),
        ("[adult_clocks.limbs]", "[adult_clocks.legs]", "adult_clocks: there must be a clock for: limbs"),
        ("[adult_clocks.log]\ndays = 14", "[adult_clocks.log]\ndays = 0", "adult_clocks.log: `days` must be"),
        ("[adult_clocks.log]\ndays = 14", "[adult_clocks.log]\ndays = true", "adult_clocks.log: `days` must be"),
    ],
)
def test_what_is_said_of_adults_is_whole_or_refused(old, new, fault):
    assert WHOLE.count(old) == 1
    assert any(fault in one for one in faults(WHOLE.replace(old, new)))


def test_each_outcome_stands_there_once_with_what_may_stand_in_a_reference():
    found = {one.finding: one for one in ENGLAND.adults.outcomes}
    assert sorted(found) == sorted(Finding)
    assert len(found) == len(ENGLAND.adults.outcomes)
    assert [key for key, one in found.items() if one.in_reference.startswith("It stands")] == [Finding.SUBSTANTIATED]


def test_nobody_has_read_the_acts_that_bar_an_adult_as_they_are_in_force():
    for body in ENGLAND.adults.barring:
        assert body.source.to_read
        assert body.source.cited().endswith(UNREAD.removesuffix("."))


def test_the_usual_kinds_are_offered_first_and_every_kind_is_offered_once():
    offered = [key for key, _ in ENGLAND.offered_kinds()]
    assert offered[: len(ENGLAND.usual)] == list(ENGLAND.usual)
    assert sorted(offered) == sorted(key for key, _ in ENGLAND.kinds)
    assert 8 <= len(ENGLAND.usual) <= 14, "a short list"
    assert dict(ENGLAND.offered_kinds()) == dict(ENGLAND.kinds)
    rest = [key for key, _ in ENGLAND.kinds if key not in ENGLAND.usual]
    assert offered[len(ENGLAND.usual) :] == rest


def test_a_pack_may_leave_the_short_list_out_and_may_not_name_a_kind_that_is_none():
    begins, ends = WHOLE.index("[usual]"), WHOLE.index("[[kinds]]")
    without = WHOLE[:begins] + WHOLE[ends:]
    assert pack.read(without, name="mine").offered_kinds() == ENGLAND.kinds
    told = faults(WHOLE.replace('"neglect", "emot', '"dragons", "emot'))
    assert any("there is no kind dragons" in fault for fault in told)
