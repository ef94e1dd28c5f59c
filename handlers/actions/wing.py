"""What somebody owes by a time."""

from handlers.actions import counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
)
