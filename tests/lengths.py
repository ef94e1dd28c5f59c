"""How long the property tests go on: a short form for the gate, a long one for `make soak`."""

import os

SOAKING = float(os.environ.get("HEARD_SOAK_SECONDS", "0")) > 0


def examples(*, gate: int, soak: int) -> int:
    """How many examples hypothesis draws."""
    return soak if SOAKING else gate
