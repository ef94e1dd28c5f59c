"""The parts of a letter, each filled from the record: a function a part. Pure. A child's words stand as typed."""

from collections.abc import Callable, Iterator, Mapping

from handlers.account import bodymap, read_as, times, voices
from handlers.account import form as concern_form
from handlers.account import window as account
from handlers.record import labels
from handlers.referrals import form
from handlers.referrals.letters.chronology import CITED, table
from handlers.referrals.letters.model import (
    Block,
    Body,
    Heading,
    Paragraph,
    Record,
    Table,
    Verbatim,
    moment,
    written_out,
)
from handlers.rules.chronology import Deed, Sealed
from handlers.rules.letters import Section
from handlers.rules.people import Pupil
from handlers.ui import choices
from handlers.ui.card import Facts

NOT_ON_OUR_ROLL = "Not on our roll"


def _referral(record: Record) -> Iterator[Block]:
    referral, calendar = record.referral, record.calendar
    (sent,) = [line.entry.words for line in _of(record, Deed.REFERRED)] or [{}]
    pairs = [
        ("Referred", f"{moment(referral.sent_at, calendar)}, {form.METHODS[referral.method].lower()}"),
        ("Our reference", f"{record.concern.reference}/R{referral.number}"),
        *((labels.REFERRAL[name], str(sent[name])) for name in (form.REFERENCE, form.CONTACT) if sent.get(name)),
    ]
    yield Heading("The referral")
    yield Table(head=(), rows=tuple(pairs))
    if referral.confirm_by is not None:
        spoken = moment(referral.sent_at, calendar)
        how = form.METHODS[referral.method].lower()
        yield Paragraph(f"This confirms in writing what we told you {how} on {spoken}.")
    if told := sent.get(form.TOLD):
        yield Paragraph("What we told you then, as it was recorded:")
        yield Verbatim(str(told))


def _answers(record: Record) -> Iterator[Block]:
    deeds = (Deed.REFERRAL_ANSWERED, Deed.REFERRAL_CHALLENGED)
    told = _of(record, *deeds)
    yield Heading("Your answer, and why we do not agree")
    yield table(record, told) if told else Paragraph("No answer has been recorded.")


def _of(record: Record, *deeds: Deed) -> list[Sealed]:
    """The entries of this referral that are of those deeds."""
    id = str(record.referral.id)
    return [line for line in record.lines if line.entry.deed in deeds and line.entry.facts.get("referral") == id]


def _children(record: Record) -> Iterator[Block]:
    roles, played = record.roles, {option.key: option.label for option in choices.PARTS_PLAYED}
    rows = [(pupil.label(), played.get(roles.get(pupil.id, ""), "")) for pupil in record.children]
    whom = "The child" if len(rows) == 1 else "The children"
    rows += [(alias, played.get(roles.get(id, ""), "")) for id, alias in record.others.items()]
    if other := record.answers.get("child_other"):
        rows.append((str(other), "Written down by the reporter, and not found on the roll"))
    yield Heading(whom)
    yield Table(head=("Name · form · year", "Part in it"), rows=tuple(rows)) if rows else Paragraph(
        "No child on our roll is named in the record."
    )
    for pupil in record.children:
        if len(record.children) > 1:
            yield Paragraph(pupil.label())
        yield Table(head=(), rows=_particulars(pupil))


def _particulars(pupil: Pupil) -> tuple[tuple[str, str], ...]:
    """What an agency asks first. Of each it is said where the roll does not have it."""
    born = written_out(pupil.born) if pupil.born else ""
    held = [("Known as", pupil.preferred)] if pupil.preferred else []
    asked = (("Date of birth", born), ("UPN", pupil.upn), ("Address", pupil.address),
             ("Parents or carers", "\n".join(pupil.parents)))  # fmt: skip
    return (*held, *((name, said or NOT_ON_OUR_ROLL) for name, said in asked))


def _adult(record: Record) -> Iterator[Block]:
    yield from _listed(record, "The adult", "adult", "adult_other", "adult_post")


def _when(record: Record) -> Iterator[Block]:
    told = times.sentence(record.answers, calendar=record.calendar, recorded=record.concern.submitted_at)
    where = _pairs(record, "place", "place_words")
    if told or where:
        yield Heading("When and where")
    if told:
        yield Paragraph(f"{told}.")
    if where:
        yield Table(head=(), rows=where)


def _facts(record: Record) -> Iterator[Block]:
    yield from _quoted(record, "What was seen, heard and done", "facts", nothing="The record says nothing of it.")


def _own_words(record: Record) -> Iterator[Block]:
    """Verbatim, each child's own, with how it was told."""
    told = [name for name in voices.WORDS if record.answers.get(name)]
    if not told and not voices.said_nothing(record.answers):
        return
    yield Heading("The child's own words, as they were written down")
    for name in told:
        yield Paragraph(_label(record, name))
        yield Verbatim(str(record.answers[name]))
    if how := _pairs(record, "told_by", "told_by_2", "told_by_3", "told_with"):
        yield Table(head=(), rows=how)


def _questions(record: Record) -> Iterator[Block]:
    asked = record.answers.get("questions")
    yield Heading("The questions that were asked, word for word")
    none = Paragraph(f"No question{_for_them(record)} is recorded.")
    yield Verbatim(account.numbered(str(asked))) if asked else none


def _others(record: Record) -> Iterator[Block]:
    yield from _quoted(record, "What others said, and who was there", "others", "present", "looked")


def _looked(record: Record) -> Iterator[Block]:
    yield from _quoted(record, "How the child looked and behaved", "looked")


def _marks(record: Record) -> Iterator[Block]:
    seen = bodymap.marks(record.answers)
    if not seen:
        return
    yield Heading("Marks that were seen")
    yield Paragraph("No photograph was taken. Right and left are the child's own.")
    yield Body(seen)
    for part in bodymap.parts(record.answers):
        if isinstance(part, Facts):
            yield Table(head=(), rows=part.pairs)


def _view(record: Record) -> Iterator[Block]:
    if view := record.answers.get("view"):
        yield Heading("The opinion of the member of staff, with their reason")
        yield Verbatim(str(view))


def _done(record: Record) -> Iterator[Block]:
    yield from _quoted(
        record, "What the school has done", "done", nothing="The account says of nothing that had been done."
    )
    if pairs := _pairs(record, "child_now", "safe_home"):
        yield Table(head=(), rows=pairs)
    lines = [line for line in record.lines if line.entry.deed in {Deed.DECIDED, Deed.DONE}]
    if not lines:
        yield Paragraph(f"No decision and no finished action{_for_them(record)} is recorded.")
    else:
        yield Heading("Decisions, and actions that are done")
        yield table(record, lines)


def _parents(record: Record) -> Iterator[Block]:
    yield Heading("Parents or carers")
    pairs = list(_pairs(record, "parent_told", "parent_words"))
    sent = [line.entry.words.get(form.PARENTS) for line in _of(record, Deed.REFERRED)]
    pairs += [(labels.REFERRAL[form.PARENTS], str(text)) for text in sent if text]
    nothing = Paragraph("The record does not say whether they have been told. Add it, or the reason why not.")
    yield Table(head=(), rows=tuple(pairs)) if pairs else nothing


def _wishes(record: Record) -> Iterator[Block]:
    yield from _quoted(record, "What the child wants", "wishes")


def _earlier(record: Record) -> Iterator[Block]:
    rows = tuple(
        (moment(one.received, record.calendar), one.reference, one.kinds, one.outcome, one.proof)
        for one in record.earlier
    )
    yield Heading("Earlier concerns about the same child")
    if rows:
        yield Table(head=("Received", "Reference", "Kind, as recorded", "Outcome", "Proof"), rows=rows)
    else:
        yield Paragraph("None that the sender of this letter may see.")


def _chronology(record: Record) -> Iterator[Block]:
    yield Heading("Chronology")
    yield table(record, [line for line in record.lines if line.entry.deed in CITED])


def _for_them(record: Record) -> str:
    """Where the record tells of other children too, what is not here may be recorded of them."""
    whom = "this child" if len(record.children) == 1 else "these children"
    return f" for {whom}" if record.others else ""


def _quoted(record: Record, heading: str, *names: str, nothing: str = "") -> Iterator[Block]:
    """What was written, under its heading; `nothing` is what stands there where nothing was."""
    told = [name for name in names if record.answers.get(name)]
    if told or nothing:
        yield Heading(heading)
    if nothing and not told:
        yield Paragraph(nothing)
    for name in told:
        if len(names) > 1:
            yield Paragraph(_label(record, name))
        yield Verbatim(str(record.answers[name]))


def _listed(record: Record, heading: str, *names: str) -> Iterator[Block]:
    if pairs := _pairs(record, *names):
        yield Heading(heading)
        yield Table(head=(), rows=pairs)


def _pairs(record: Record, *names: str) -> tuple[tuple[str, str], ...]:
    """Answers as words under the labels of their fields."""
    return tuple(
        (_label(record, field.name), read_as.shown(field, record.answers[field.name], record.names))
        for field in concern_form.fields(record.answers)
        if field.name in names and record.answers.get(field.name)
    )


def _label(record: Record, name: str) -> str:
    field = next(field for field in concern_form.every_field() if field.name == name)
    return voices.label(field, record.answers, record.names)


SECTIONS: Mapping[Section, Callable[[Record], Iterator[Block]]] = {
    Section.REFERRAL: _referral,
    Section.ANSWERS: _answers,
    Section.CHILDREN: _children,
    Section.ADULT: _adult,
    Section.WHEN: _when,
    Section.FACTS: _facts,
    Section.OWN_WORDS: _own_words,
    Section.QUESTIONS: _questions,
    Section.OTHERS: _others,
    Section.LOOKED: _looked,
    Section.MARKS: _marks,
    Section.VIEW: _view,
    Section.DONE: _done,
    Section.PARENTS: _parents,
    Section.WISHES: _wishes,
    Section.EARLIER: _earlier,
    Section.CHRONOLOGY: _chronology,
}
