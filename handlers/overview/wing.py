"""What waits for whom: board, digest, huddle."""

from handlers.overview import counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
)
