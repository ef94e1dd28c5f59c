"""Two runs of the tests beside each other take no port of each other's."""

import subprocess
import sys
from contextlib import ExitStack
from itertools import chain

from tests.commands import ROOT

TAKES = "from tests.ports import of_our_own; print(*of_our_own(), flush=True); input()"


def test_no_two_processes_have_a_port_in_common_whatever_they_are_workers_of():
    with ExitStack() as ends:
        running = [
            ends.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", TAKES], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(3)
        ]
        taken = [set(map(int, one.stdout.readline().split())) for one in running if one.stdout]
        for one in running:
            one.communicate("\n")
    assert [len(ports) for ports in taken] == [249] * 3
    assert len(set(chain(*taken))) == sum(map(len, taken))
