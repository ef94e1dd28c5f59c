from datetime import date
from importlib import resources

import pytest

from handlers.rules import pack
from handlers.rules.pack import ENGLAND
from handlers.rules.parse_pack import PackFaulty

WHOLE = resources.files("handlers.rules").joinpath("packs", "england_1.toml").read_text("utf-8")
README = resources.files("handlers.rules").joinpath("packs", "README.md").read_text("utf-8")


def faults(changed: str) -> list[str]:
    with pytest.raises(PackFaulty) as refused:
        pack.read(changed, name="mine")
    assert str(refused.value).startswith("mine: ")
    return list(refused.value.faults)


def test_the_edition_says_from_when_it_holds():
    assert (ENGLAND.edition, ENGLAND.since) == ("England 1", date(2026, 9, 1))


def test_every_text_and_every_duty_has_a_source_with_its_date():
    assert set(ENGLAND.sources) == set(ENGLAND.words)
    cited = [*ENGLAND.sources.values(), *(duty.source for duty in ENGLAND.duties), ENGLAND.factors_from]
    assert all(source.document and source.paragraph and source.date <= date(2026, 11, 25) for source in cited)
    assert "section 5B" in ENGLAND.duties[0].source.cited()
    assert ENGLAND.duties[1].source.cited().endswith("(29 April 2026)")


def test_the_readme_names_every_document_and_every_duty():
    documents = {source.document for source in ENGLAND.sources.values()} | {d.source.document for d in ENGLAND.duties}
    assert not [document for document in documents if document not in README]
    assert not [duty.key for duty in ENGLAND.duties if f"`{duty.key}`" not in README]


def test_factor_codes_stand_only_at_kinds_that_are_there():
    assert set(ENGLAND.factors) < {key for key, _ in ENGLAND.kinds}
    assert ENGLAND.factors["fgm"] == "22A"
    assert "wellbeing" not in ENGLAND.factors


def test_fgm_is_in_force_and_the_duty_of_2026_waits_for_its_day():
    fgm, offence = ENGLAND.duties
    assert fgm.in_force == date(2015, 10, 31)
    assert offence.in_force is None
    begun = pack.read(WHOLE.replace('source = "crime_and_policing_act"', 'in_force = 2027-09-01\nsource = "crime_and_policing_act"'), name="x")  # noqa: E501
    assert begun.duties[1].in_force == date(2027, 9, 1)
    empty = pack.read(WHOLE.replace('source = "crime_and_policing_act"', 'in_force = ""\nsource = "crime_and_policing_act"'), name="x")  # noqa: E501
    assert empty.duties[1].in_force is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('edition = "England 1"', "", "the pack: `edition` must be a text"),
        ("from = 2026-09-01", 'from = "soon"', "the pack: `from` must be a day, as in 2026-09-01"),
        ('factors = "cin_census"', "", "the pack: `factors` must name one of the [sources]"),
        ('source = "fgm_act"', "", "duties.fgm: `source` must name one of the [sources]"),
        ('source = "fgm_act"', 'source = "hearsay"', "duties.fgm: `source` must name one of the [sources]"),
        ('by = "next_working_day"', 'by = "sometime"',
         "duties.fgm: `by` must be one of: next_working_day, as_soon_as_practicable"),
        ("close = 17:00:00", "", "duties.fgm: `close` must be an hour, as in 17:00:00: when the working day is over"),
        ("in_force = 2015-10-31", 'in_force = "2015"', "duties.fgm: `in_force` must be a day, as in 2026-09-01"),
        ('kinds = ["fgm"]', 'kinds = ["ffgm"]', "duties.fgm: there is no kind ffgm"),
        ('binds = "Teach', 'bind = "x"\nbinds = "Teach', "duties.fgm: nothing is known of `bind`"),
        ('cin = "22A"', 'cin = "25A"', "kinds.fgm: `cin` must be a factor code of the census, 1A to 24A"),
        ('key = "neglect"', 'key = "sexual"', "kinds.sexual: this key stands twice"),
        ('[sources.practice]\n', '[sources.practise]\n', "words.close: `source` must name one of the [sources]"),
        ('document = "Crime and Policing Act 2026"', "", "sources.crime_and_policing_act: `document` must be a text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(old, new, fault):
    assert WHOLE.count(old) >= 1
    assert fault in faults(WHOLE.replace(old, new, 1))


def test_a_text_without_a_source_and_one_that_is_no_table_are_said():
    found = faults(WHOLE.replace("[words]\n", '[words]\nnew_one = "Only words."\nother = { text = "x" }\n'))
    assert 'words.new_one: this must be a table, as in { text = "...", source = "..." }' in found
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
        ('methods = ["telephone", "online", "mail"]\nanswer_days = 1\nconfirm_days = 1\nmake', 'methods = []\nmake',
         "agencies.lado: `methods` must be a list of texts"),
        ("make = { days = 1, when", "make = { days = 0, when",
         "agencies.lado: `days` must be a number of working days, from 1 to 60"),
        ('when = "allegation"', 'when = "sometimes"',
         "agencies.lado: `make` must name `allegation` or one of the [[duties]]"),
        ("close = 17:00:00, when", 'close = "five", when',
         "agencies.fgm: `close` must be an hour, as in 17:00:00: when the working day is over"),
        ('letter = "lado"\nsource = "kcsie_four"', 'letter = "lado"',
         "agencies.lado: `source` must name one of the [sources]"),
        ('key = "police"\nname', 'key = "lado"\nname', "agencies.lado: this key stands twice"),
        ('name = "Prevent"', 'name = "Prevent"\nring = "101"', "agencies.prevent: nothing is known of `ring`"),
        ('[challenges.lado]\nsource = "practice"', "[challenges.lado]",
         "challenges.lado: `source` must name one of the [sources]"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_agency_is_said_with_its_place(old, new, fault):
    assert WHOLE.count(old) >= 1
    assert fault in faults(WHOLE.replace(old, new, 1))


def test_every_agency_is_in_the_readme_with_its_source():
    assert not [agency.key for agency in ENGLAND.agencies if f"`{agency.key}`" not in README]
    assert all(agency.source.document in README for agency in ENGLAND.agencies)
    with pytest.raises(KeyError):
        ENGLAND.agency("nobody")
