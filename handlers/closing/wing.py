"""How a concern ends, is opened again, or goes on in another."""

from handlers.closing import counter, disposing, disposing_counter, merging, merging_counter
from handlers.closing.examples import examples
from handlers.notice import NoticeKind
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, Status
from handlers.rules.people import PersonId
from handlers.triage.another_card import awaits_sign_off, sign_off_card
from handlers.triage.drawing import for_another
from handlers.ui.card import Press
from handlers.wing import Group, Offer, Wing, is_open, is_owned


def _to_be_signed(concern: Concern, by: PersonId) -> bool:
    proposed = is_open(concern, by) and concern.close_proposed_by is not None
    return proposed and by not in {concern.close_proposed_by, concern.owner}


def _closed_by_itself(concern: Concern, _: PersonId) -> bool:
    return concern.status is Status.CLOSED and concern.merged_into is None


WING = Wing(
    counters=(counter.COUNTER, merging_counter.COUNTER, disposing_counter.COUNTER,),
    offers=(
        Offer(
            press=Press.SIGN_OFF, label="Sign off the closing", doing=Doing.SIGN_OFF, group=Group.NEXT,
            when=_to_be_signed,
        ),
        Offer(press=Press.MISFILE, label="Move it to the right child", doing=Doing.MISFILE, group=Group.CHANGING),
        Offer(
            press=Press.MERGE, label="Merge with another concern", doing=Doing.MERGE, group=Group.ENDING,
            when=is_owned,
        ),
        Offer(
            press=Press.REOPEN, label="Reopen it", doing=Doing.REOPEN, group=Group.ENDING, when=_closed_by_itself
        ),
        Offer(
            press=Press.DISPOSE, label="Dispose of its record", doing=Doing.DISPOSE, group=Group.ENDING,
            when=_closed_by_itself,
        ),
    ),
    draws={
        NoticeKind.SIGN_OFF: for_another(Doing.SIGN_OFF, sign_off_card, waits=awaits_sign_off),
        NoticeKind.MERGE: merging.draw,
        NoticeKind.DISPOSAL: disposing.draw,
        NoticeKind.DISPOSED: disposing.draw_done,
    },
    examples=examples,
)
