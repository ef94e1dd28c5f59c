"""The ports that this process takes its own from: a block that no other process on this machine has, of whichever run.

Between finding a port and listening on it another process may take it, and a program that is killed and started again
leaves its door open for as long. Two runs of the tests at once did that to each other: each had a first worker.
"""

import socket

_FIRST, _LAST, _EACH = 11_000, 31_000, 250
"""Above 10,080, at which Chromium opens no page; below the ports that a system takes from by itself, which begin at
32,768 (Linux) or 49,152. A worker has few of them in use at once."""
_flags: list[socket.socket] = []


def of_our_own() -> range:
    """The first block whose flag nobody has: its first port, bound for as long as this process lives, which the system
    takes down however it ends. Raises OSError where every block is somebody's."""
    for first in range(_FIRST, _LAST, _EACH):
        flag = socket.socket()
        try:
            flag.bind(("127.0.0.1", first))
        except OSError:
            flag.close()
        else:
            _flags.append(flag)
            return range(first + 1, first + _EACH)
    raise OSError("every block of ports is another process's")
