"""Lots that a test can foresee."""

from random import Random

from handlers.rules.reference import FEWEST, Lot

_LEAST = 10 ** (FEWEST - 1)


def drawing(*numbers: int, seed: int = 1) -> Lot:
    """Those numbers, one after the other; then whatever comes, the same in each run."""
    ahead, after = [number - _LEAST for number in numbers], Random(seed)  # noqa: S311 (nothing is kept secret by it)

    def lot(below: int) -> int:
        return ahead.pop(0) if ahead else after.randrange(below)

    return lot
