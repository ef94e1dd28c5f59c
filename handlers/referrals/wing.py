"""Outside agencies: told, answering, challenged; and letters to them."""

from handlers.notice import Kind
from handlers.referrals import counter, drawing
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
    draws={
        Kind.REFERRAL: drawing.draw,
        Kind.REFER_DUE: drawing.draw_due,
    },
)
