"""What a reporter begins, sends and keeps."""

from handlers.notice import Kind
from handlers.reporter import counter, drawing
from handlers.wing import Wing

WING = Wing(
    counters=(counter.COUNTER,),
    draws={
        Kind.DRAFT: drawing.draw_draft,
        Kind.RECEIPT: drawing.draw_receipt,
        Kind.DUTY: drawing.draw_duty,
    },
)
