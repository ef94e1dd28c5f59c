"""What somebody owes by a time."""

from handlers.actions import counter, drawing
from handlers.notice import Kind
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
    draws={
        Kind.ACTION: drawing.draw,
        **dict.fromkeys(drawing.WATCH, drawing.draw),
    },
)
