"""Whose a concern is, what is decided of it, and how it is chased until then."""

from handlers.triage import away_counter, counter, owning_counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, owning_counter.COUNTER, away_counter.COUNTER,),
)
