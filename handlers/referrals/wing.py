"""Outside agencies: told, answering, challenged; and letters to them."""

from handlers.notice import Kind
from handlers.referrals import counter, drawing
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Offer, Wing, whenever

WING = Wing(
    counters=(counter.COUNTER,),
    offers=(
        Offer(press=Press.REFER, label="Refer to an outside agency", doing=Doing.REFER, group=Group.WORK),
        Offer(
            press=Press.REFERRALS, label="Referrals: confirm, answer, challenge", doing=Doing.REFER,
            group=Group.WORK, when=whenever,
        ),
    ),
    draws={
        Kind.REFERRAL: drawing.draw,
        Kind.REFER_DUE: drawing.draw_due,
    },
)
