"""How the tests are spread over the cores: by file, and what waits more than it works beside what works.

The tests of faults wait for leases, outages and programs that start: on a worker of their own, one more than there are
cores, they cost the others next to nothing. The others make way for them: some of what they hold is a time.
"""

import os
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.workermanage import WorkerController

WAITS = ("tests/faults/", "tests/store/test_a_wait_is_no_absence.py")
_WAY = 5
"""How far the others make way, in steps of `nice`."""


class Spread(LoadFileScheduling):
    """File by file in order; the last worker takes those that wait first, and the others take them last."""

    def _assign_work_unit(self, node: "WorkerController") -> None:
        waits = node.gateway.id == _last(len(self.nodes))
        mine = next((file for file in self.workqueue if file.startswith(WAITS) is waits), None)
        if mine is not None:
            self.workqueue.move_to_end(mine, last=False)
        super()._assign_work_unit(node)


def _last(workers: int) -> str:
    return f"gw{workers - 1}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """`make fast` leaves out all that wait."""
    cores = os.cpu_count() or 1
    return cores if "not long" in config.option.markexpr else cores + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> Spread:
    return Spread(config, log)


def pytest_configure() -> None:
    worker, workers = (os.environ.get(f"PYTEST_XDIST_WORKER{name}", "") for name in ("", "_COUNT"))
    if worker and worker != _last(int(workers)):
        os.nice(_WAY)
