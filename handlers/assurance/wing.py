"""Whether it works: the monthly drill and the nightly self-test."""

from handlers.assurance import drawing
from handlers.notice import Kind
from handlers.wing import Wing

WING = Wing(
    draws={
        Kind.ALARM: drawing.draw_alarm,
    },
)
