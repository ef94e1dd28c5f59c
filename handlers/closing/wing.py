"""How a concern ends, is opened again, or goes on in another."""

from handlers.closing import counter, merging, merging_counter
from handlers.notice import Kind
from handlers.rules.authority import Doing
from handlers.triage.another_card import sign_off_card
from handlers.triage.drawing import for_another
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, merging_counter.COUNTER,),
    draws={
        Kind.SIGN_OFF: for_another(Doing.SIGN_OFF, sign_off_card),
        Kind.MERGE: merging.draw,
    },
)
