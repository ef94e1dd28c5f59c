"""Whose a concern is, what is decided of it, and how it is chased until then."""

from handlers.notice import Kind
from handlers.rules.authority import Doing
from handlers.triage import away_counter, counter, drawing, owning_counter
from handlers.triage.another_card import second_card
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER, owning_counter.COUNTER, away_counter.COUNTER,),
    draws={
        Kind.TRIAGE: drawing.draw_triage,
        Kind.CHASE: drawing.draw_triage,
        Kind.DANGER: drawing.draw_danger,
        Kind.COVER: drawing.draw_cover,
        Kind.SECOND: drawing.for_another(Doing.SECOND_READ, second_card),
    },
)
