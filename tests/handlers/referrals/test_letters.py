"""Draft letters: filled from the record, for one who may export it, and kept in the trail."""

import re
from dataclasses import replace

import pytest

from handlers.errors import NoSuchConcern
from handlers.referrals.letters import record as gathering
from handlers.referrals.letters.making import make
from handlers.referrals.letters.model import Body, Heading, Letter, Paragraph, Record, Table, Verbatim
from handlers.referrals.letters.record import export_letter
from handlers.rules.chronology import Deed, Entry
from handlers.rules.drafts import WHOLE
from handlers.rules.letters import LETTERS, Section, read
from handlers.rules.pack import ENGLAND
from handlers.rules.parse_pack import PackFaulty
from handlers.ui.card import Press
from tests.handlers.referring import ABOUT_TOM, does, entries, made, owned, refers
from tests.handlers.school import ANSWERS, COLIN, HELEN, LEE, MIA, OTHER_MIA, PRIYA, SCHOOL, TESS, THEO, TOM, Here

SPOKEN = "  \"they *wait* for me <b>innit</b> & {{take}}\"\n\n  then   nuffink "
FULL = {
    **ANSWERS, "own_words": SPOKEN, "told_by": "words", "questions": "What happened?\nWho was there?",
    "others": "Ravi told me that he saw it too.", "view": "I think it has gone on for weeks.", "done": "Told a lead.",
    "child_now": "In period 1", "safe_home": "unsure", "parent_told": "unsafe", "parent_words": "He may be there.",
    "wishes": "To walk home with her sister.", "marks": "1", "mark_1": "front_forearm", "mark_side_1": "left",
    "mark_look_1": "A red line", "place_words": "By the bins",
}  # fmt: skip


async def letter(here: Here, reference: str, *, by=LEE) -> Letter:
    async with here.units(SCHOOL.id) as uow:
        return await export_letter(uow, reference, by=by, at=here.at)


def text(letter: Letter) -> str:
    found = [letter.title, letter.to, letter.signer, letter.foot]
    for block in letter.blocks:
        match block:
            case Heading(said) | Paragraph(said) | Verbatim(said):
                found.append(said)
            case Table():
                found += [" | ".join(row) for row in (block.head, *block.rows)]
            case Body():
                found.append("a body")
    return "\n".join(found)


def under(letter: Letter, heading: str) -> list:
    """The blocks under that heading."""
    start = letter.blocks.index(Heading(heading)) + 1
    rest = letter.blocks[start:]
    end = next((n for n, block in enumerate(rest) if isinstance(block, Heading)), len(rest))
    return list(rest[:end])


async def test_a_letter_holds_the_account_with_the_childs_words_as_they_were_typed(here: Here):
    concern = await owned(here, FULL)
    await refers(here, concern)
    drafted = await letter(here, f"{concern.reference}/R1")
    assert drafted.title == "Referral to children's social care"
    assert drafted.reference == f"{concern.reference}/R1"
    assert Verbatim(SPOKEN) in under(drafted, "The child's own words, as they were written down")
    assert Verbatim("She held her sleeve down.") in under(drafted, "What was seen, heard and done")
    assert Verbatim("1. What happened?\n2. Who was there?") in drafted.blocks
    assert under(drafted, "The child")[:1] == [
        Table(head=("Name · form · year", "Part in it"), rows=((MIA.label(), "Harmed or at risk"),))
    ]
    assert any(isinstance(block, Body) for block in under(drafted, "Marks that were seen"))
    whole = text(drafted)
    for told in ("In period 1", "Not sure", "To walk home with her sister.", "MASH-CANARY-91", "A red line",
                 "This confirms in writing what we told you by telephone", "by 25 Nov 2026, 10:15", "Lee Abara",
                 "Designated safeguarding lead", "No, telling them may not be safe", "CANARY told at the gate"):
        assert told in whole, told
    assert "own_words_nonce" not in whole


async def test_the_chronology_cites_each_entry_with_its_times_and_its_proof(here: Here):
    concern = await owned(here)
    here.later(hours=2)
    await refers(here, concern, event_time="11:05")
    drafted = await letter(here, f"{concern.reference}/R1")
    (table,) = under(drafted, "Chronology")
    assert table.head == ("When", "Recorded", "What", "By", "Proof")
    raised, sent = table.rows
    assert raised[0] == raised[1] == "24 Nov 2026, 10:15"
    assert raised[3] == "Tess Hallam"
    assert sent[:2] == ("24 Nov 2026, 11:05", "24 Nov 2026, 12:15")
    assert "Referred to an outside agency (R1)" in sent[2]
    async with here.units(SCHOOL.id) as uow:
        trail = {line.entry.deed: line.proof for line in await uow.trail.of(concern.id)}
    assert [raised[4], sent[4]] == [trail[Deed.RAISED], trail[Deed.REFERRED]]
    assert f"(proof {trail[Deed.EXPORTED]})" in drafted.foot


async def test_no_letter_tells_how_much_else_stands_in_the_trail(here: Here, monkeypatch: pytest.MonkeyPatch):
    """Every letter of one record is the same, wherever in the trail its entries stand."""
    filled: list[Record] = []
    monkeypatch.setattr(gathering, "make", lambda template, record: filled.append(record) or make(template, record))
    await owned(here, FULL)
    here.later(days=1)
    concern = await owned(here, FULL)
    await refers(here, concern)
    await letter(here, f"{concern.reference}/R1")
    (record,) = filled
    assert record.earlier
    elsewhere = replace(record, lines=[replace(line, sequence=line.sequence + 71_234) for line in record.lines])
    for template in LETTERS.values():
        said = make(template, record)
        assert text(said) == text(make(template, elsewhere))
        assert record.made in said.foot


async def test_each_making_is_kept(here: Here):
    concern = await owned(here)
    await refers(here, concern)
    for _ in range(2):
        await letter(here, f"{concern.reference}/R1", by=PRIYA)
    kept = await entries(here, concern, Deed.EXPORTED)
    assert [(entry.by, entry.facts["what"], entry.facts["number"]) for entry in kept] == [(PRIYA.id, "letter", "1")] * 2


@pytest.mark.parametrize("by", [TESS, TOM, HELEN, COLIN, THEO], ids=lambda person: next(iter(person.roles)))
async def test_whoever_may_not_export_it_is_told_that_there_is_none_and_nothing_is_kept(here: Here, by):
    concern = await owned(here)
    await refers(here, concern)
    with pytest.raises(NoSuchConcern):
        await letter(here, f"{concern.reference}/R1", by=by)
    assert await entries(here, concern, Deed.EXPORTED) == []


async def test_a_lead_who_is_named_gets_no_letter(here: Here):
    concern = await owned(here)
    await refers(here, concern)
    async with here.units(SCHOOL.id) as uow:
        stored = await uow.concerns.get(concern.id)
        named = replace(stored, named=frozenset({PRIYA.id}))
        await uow.concerns.save(named, because=Entry(deed=Deed.NAMED, at=here.at, by=LEE.id, thing=concern.id))
    with pytest.raises(NoSuchConcern):
        await letter(here, f"{concern.reference}/R1", by=PRIYA)


@pytest.mark.parametrize(
    "reference", ["", "26-48213", "26-48213/1", "26-48213/R2", "26-9999/R1", "26-48213/R1/../x", "%"]
)
async def test_a_reference_that_is_none_is_not_found(here: Here, reference: str):
    concern = await owned(here)
    assert concern.reference == "26-48213"
    await refers(here, concern)
    with pytest.raises(NoSuchConcern):
        await letter(here, reference)


async def test_earlier_concerns_of_the_child_are_told_of_and_that_is_kept_in_each(here: Here):
    earlier = await here.raises()
    await here.raises(answers={**ANSWERS, "child_1": str(OTHER_MIA.id)})
    here.later(days=1)
    concern = await owned(here)
    await refers(here, concern)
    (table,) = under(await letter(here, f"{concern.reference}/R1"), "Earlier concerns about the same child")
    assert [row[1:4] for row in table.rows] == [(earlier.reference, "Bullying or prejudice", "No decision recorded")]
    assert [entry.by for entry in await entries(here, earlier, Deed.EXPORTED)] == [LEE.id]


async def test_an_earlier_concern_about_an_adult_or_one_that_names_the_sender_is_not_told_of(here: Here):
    both = {**ANSWERS, "about": "both", "adult": str(TOM.id), "adult_weight": "allegation"}
    adult = await here.raises(answers=both)
    names_lee = await here.raises(answers={**ANSWERS, "close": str(LEE.id)})
    here.later(days=1)
    concern = await owned(here)
    await refers(here, concern)
    whole = text(await letter(here, f"{concern.reference}/R1"))
    assert adult.reference not in whole
    assert names_lee.reference not in whole
    assert await entries(here, names_lee, Deed.EXPORTED) == []


async def test_a_letter_to_the_lado_names_the_adult_and_tells_of_no_childs_concern(here: Here):
    await here.raises()
    concern = await owned(here, {**ABOUT_TOM, "adult_post": "staff"}, by=HELEN)
    reply = await refers(here, concern, by=HELEN, to_agency="lado", parents_of_referral="")
    assert await made(here, concern), reply
    drafted = await letter(here, f"{concern.reference}/R1", by=HELEN)
    told = (("Adult", "Tom Whitlow"), ("What they do here", "Staff, supply, volunteer or contractor"))
    assert under(drafted, "The adult") == [Table(head=(), rows=told)]
    assert "What was done before this letter stands below as it was recorded" in text(drafted)
    assert Heading("Earlier concerns about the same child") not in drafted.blocks
    assert drafted.signer.splitlines()[:2] == ["Helen Marsh", "Head"]


async def test_once_it_is_challenged_the_letter_goes_to_that_stage_with_the_answer_and_the_reason(here: Here):
    concern = await owned(here, FULL)
    await refers(here, concern)
    (referral,) = await made(here, concern)
    here.later(hours=3)
    await does(here, Press.ANSWER_REFERRAL, referral, answer="refused", agency_said="The threshold is not met.")
    here.later(hours=1)
    await does(here, Press.CHALLENGE_REFERRAL, referral, reason="She has been hurt twice.")
    drafted = await letter(here, f"{concern.reference}/R1")
    assert drafted.title == "Resolving a professional difference: stage 1"
    assert drafted.to == "The practitioner's manager (Children's social care (front door or MASH))"
    (table,) = under(drafted, "Your answer, and why we do not agree")
    assert "The threshold is not met." in table.rows[0][2]
    assert "She has been hurt twice." in table.rows[1][2]
    assert "Please answer in writing by 26 Nov 2026, 14:15" in text(drafted)


OFFERED = [agency for agency in ENGLAND.agencies if not agency.retired]


@pytest.mark.parametrize("agency", OFFERED, ids=lambda agency: agency.key)
async def test_every_agency_has_a_letter_that_can_be_made(here: Here, agency):
    about = FULL if agency.takes(about=(await here.raises()).about) else ABOUT_TOM
    concern = await owned(here, about, by=LEE if about is FULL else HELEN)
    await refers(here, concern, to_agency=agency.key, method=agency.methods[0].value)
    drafted = await letter(here, f"{concern.reference}/R1")
    assert drafted.title == LETTERS[agency.letter].title
    assert "{" not in text(drafted).replace("{{take}}", "")


async def test_what_is_told_later_after_three_quick_answers_is_in_the_letter(here: Here):
    concern = await owned(here)
    words = {"facts": "The rest, told later.", "wishes": "To be left alone."}
    async with here.units(SCHOOL.id) as uow:
        entry = Entry(
            deed=Deed.ADDED, at=here.at, by=TESS.id, thing=concern.id, facts={"form": WHOLE}, words=words
        )
        await uow.trail.append(entry)
    await refers(here, concern)
    drafted = await letter(here, f"{concern.reference}/R1")
    assert Verbatim("The rest, told later.") in drafted.blocks
    assert "To be left alone." in text(drafted)


async def test_a_child_whom_the_concern_was_moved_away_from_is_not_named(here: Here):
    concern = await owned(here, FULL)
    async with here.units(SCHOOL.id) as uow:
        stored = await uow.concerns.get(concern.id)
        moved = stored.about_children(frozenset({OTHER_MIA.id}))
        await uow.concerns.save(moved, because=Entry(deed=Deed.MISFILED, at=here.at, by=LEE.id, thing=concern.id))
    await refers(here, concern)
    whole = text(await letter(here, f"{concern.reference}/R1"))
    assert MIA.label() not in whole
    assert OTHER_MIA.label() in whole


async def test_a_letter_is_a_value_and_made_twice_the_same_but_for_its_entry(here: Here):
    concern = await owned(here, FULL)
    await refers(here, concern)
    first, second = [await letter(here, f"{concern.reference}/R1") for _ in range(2)]
    assert first.blocks == second.blocks
    assert first.foot != second.foot
    here.later(days=1)
    assert (await letter(here, f"{concern.reference}/R1")).day == "25 November 2026"


WHOLE_FILE = """
[[letters]]
key = "challenge"
title = "T"
opening = ["We write to {agency}."]
sections = ["facts"]
closing = ["By {answer_by}."]
source = "practice"
part = "nowhere"
rests_on = "practice"
read_on = 2026-11-30
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{agency}", "{child}", "letters.challenge: nothing is known of {child}"),
        ("{agency}", "{agency", "letters.challenge: a brace stands alone in its words"),
        ('"facts"', '"gossip"', "letters.challenge: there is no section gossip"),
        ('title = "T"', "", "letters.challenge: `title` must be a text"),
        ('title = "T"', 'title = "T"\nfont = "x"', "letters.challenge: nothing is known of `font`"),
        ('rests_on = "practice"', "", "letters.challenge: `rests_on` must be one of: law, guidance, practice, default"),
        ("x", "x", "the letters: there is no letter mash"),
    ],
)
def test_a_template_that_is_not_whole_is_refused_with_its_place(old, new, fault):
    with pytest.raises(PackFaulty) as refused:
        read(WHOLE_FILE.replace(old, new, 1), ENGLAND, name="mine")
    assert fault in refused.value.faults


def test_every_section_stands_in_some_letter():
    assert {section for letter in LETTERS.values() for section in letter.sections} == set(Section)


DONE_BY_US = re.compile(r"\b(nobody|no one|never|we have (asked|kept|told|seen|interviewed))\b", re.IGNORECASE)


@pytest.mark.parametrize("key", sorted(LETTERS))
def test_a_template_asserts_nothing_of_what_was_done_for_that_is_the_records_to_say(key: str):
    """A fixed sentence stands also over a record that says otherwise."""
    fixed = (*LETTERS[key].opening, *LETTERS[key].closing)
    assert [one for one in fixed if DONE_BY_US.search(one)] == []


async def test_what_the_record_does_not_hold_is_said_so_and_what_it_holds_takes_its_place(here: Here):
    without = {name: value for name, value in FULL.items() if name not in {"questions", "done"}}
    read: list[str] = []
    for answers in (FULL, without):
        concern = await owned(here, answers)
        await refers(here, concern)
        read.append(text(await letter(here, f"{concern.reference}/R1")))
    for said in ("No question is recorded.", "The account says of nothing that had been done."):
        assert said not in read[0]
        assert said in read[1]
    assert "1. What happened?" in read[0]
    assert "What happened?" not in read[1]
    assert all("No decision and no finished action is recorded." in one for one in read)
