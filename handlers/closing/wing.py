"""How a concern ends, is opened again, or goes on in another."""

from handlers.closing import counter, merging_counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, merging_counter.COUNTER,),
)
