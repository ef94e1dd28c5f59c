"""Which whole list a press of "Show all" asks for: its subject says so. Any other subject is somebody who is away."""

from typing import Final
from uuid import UUID, uuid5

_LISTS: Final = UUID("6f0c6a35-6d0a-5c36-9a53-0f1d3f1f6b1e")
BOARD: Final = uuid5(_LISTS, "board")
MINE: Final = uuid5(_LISTS, "mine")
DIGEST: Final = uuid5(_LISTS, "digest")
HUDDLE: Final = uuid5(_LISTS, "huddle")
