"""Who may know of it: named later, sealed, opened by two in an emergency."""

from handlers.need_to_know import break_glass_counter, counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, break_glass_counter.COUNTER,),
)
