"""Reading the record in order, finding it, correcting beside it, sharing from it."""

from handlers.notice import Kind
from handlers.record import counter, drawing, share_counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, share_counter.COUNTER,),
    draws={
        Kind.SHARE: drawing.draw_share,
    },
)
