"""Makes a letter from its template and the record. Pure: nothing is fetched, and nothing is drawn."""

from handlers.referrals.letters.model import Heading, Letter, Paragraph, Record, day, moment
from handlers.referrals.letters.sections import SECTIONS
from handlers.rules.letters import Template


def make(template: Template, record: Record) -> Letter:
    """The letter as the record stands."""
    blanks = _blanks(record)
    filled = [block for section in template.sections for block in SECTIONS[section](record)]
    opening = [Paragraph(text.format_map(blanks)) for text in template.opening]
    closing = [Paragraph(text.format_map(blanks)) for text in template.closing]
    signer = record.signer
    return Letter(
        reference=blanks["reference"],
        school=record.school,
        to=blanks["whom"],
        title=template.title.format_map(blanks),
        day=day(record.at, record.calendar),
        blocks=(*opening, *filled, Heading("What we ask"), *closing),
        signer="\n".join(line for line in (signer.name, signer.post, signer.telephone, signer.mail) if line),
        foot=(
            f"Draft made from the record on {moment(record.at, record.calendar)} (proof {record.made}). A proof is the "
            "first digits of an entry of the school's audit trail, and the school can show that it stands there "
            "unchanged. Check every line before it is sent."
        ),
    )


def _blanks(record: Record) -> dict[str, str]:
    referral, stages = record.referral, record.agency.stages
    whom = f"{stages[referral.stage - 1].whom} ({record.agency.name})" if referral.stage else record.agency.name
    return {
        "school": record.school,
        "agency": record.agency.name,
        "reference": f"{record.concern.reference}/R{referral.number}",
        "sent": moment(referral.sent_at, record.calendar),
        "answer_by": moment(referral.answer_by, record.calendar),
        "signer": record.signer.name,
        "stage": str(referral.stage),
        "whom": whom,
    }
