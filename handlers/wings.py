"""Every wing, in the order of the school's day. To add one, give it a `WING` and name it here."""

from collections.abc import Mapping

from handlers.account.wing import WING as ACCOUNT
from handlers.actions.wing import WING as ACTIONS
from handlers.adults.wing import WING as ADULTS
from handlers.assurance.wing import WING as ASSURANCE
from handlers.closing.wing import WING as CLOSING
from handlers.need_to_know.wing import WING as NEED_TO_KNOW
from handlers.notice import NoticeKind
from handlers.oversight.wing import WING as OVERSIGHT
from handlers.overview.wing import WING as OVERVIEW
from handlers.record.wing import WING as RECORD
from handlers.referrals.wing import WING as REFERRALS
from handlers.reporter.wing import WING as REPORTER
from handlers.triage.wing import WING as TRIAGE
from handlers.wing import Draw, Wing

EVERY: tuple[Wing, ...] = (
    ACCOUNT,
    REPORTER,
    TRIAGE,
    ACTIONS,
    REFERRALS,
    ADULTS,
    CLOSING,
    RECORD,
    NEED_TO_KNOW,
    OVERVIEW,
    OVERSIGHT,
    ASSURANCE,
)

DRAWS: Mapping[NoticeKind, Draw] = {kind: draw for wing in EVERY for kind, draw in wing.draws.items()}
"""Who draws the card of each notice."""
