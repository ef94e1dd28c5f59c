"""Who may know of it: named later, sealed, opened by two in an emergency."""

from handlers.need_to_know import break_glass, break_glass_counter, counter
from handlers.notice import Kind
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, break_glass_counter.COUNTER,),
    draws={
        Kind.GLASS: break_glass.draw_question,
        Kind.GLASS_OPEN: break_glass.draw_open,
    },
)
