"""What waits for whom: board, digest, huddle."""

from handlers.notice import Kind
from handlers.overview import counter, drawing
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
    draws={
        Kind.BOARD: drawing.draw_board,
        Kind.HUDDLE: drawing.draw_huddle,
        Kind.DIGEST: drawing.draw_digest,
    },
)
