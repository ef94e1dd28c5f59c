"""Outside agencies: told, answering, challenged; and letters to them."""

from handlers.referrals import counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
)
