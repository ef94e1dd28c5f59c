"""What a reporter begins, sends and keeps."""

from handlers.reporter import counter
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
)
