"""What accumulates, how good the records are, and what to train next."""

from handlers.notice import Kind
from handlers.oversight import drawing, patterns_counter, quality_counter
from handlers.wing import Wing

WING = Wing(
    counters=(patterns_counter.COUNTER, quality_counter.COUNTER,),
    draws={
        Kind.SAMPLE: drawing.draw_sample,
    },
)
