"""What accumulates, how good the records are, and what to train next."""

from handlers.oversight import patterns_counter, quality_counter
from handlers.wing import Wing

WING = Wing(
    counters=(patterns_counter.COUNTER, quality_counter.COUNTER,),
)
