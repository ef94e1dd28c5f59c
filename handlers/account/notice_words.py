"""What is kept of a notice from outside beside the fields of the form, and the words under which a lead reads it."""

from collections.abc import Mapping
from typing import Final

from handlers.rules.inbound import NOTICE

FROM: Final = "notice_from"
REFERENCE: Final = "notice_reference"
LABELS: Mapping[str, str] = {
    NOTICE: "A notice from outside",
    FROM: "Who the notice came from",
    REFERENCE: "The reference that the police gave",
}
