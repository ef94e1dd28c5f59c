"""Whether it works: the monthly drill and the nightly self-test."""

from handlers.wing import Wing

WING = Wing()
