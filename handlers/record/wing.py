"""Reading the record in order, finding it, correcting beside it, sharing from it."""

from handlers.record import counter, share_counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, share_counter.COUNTER,),
)
