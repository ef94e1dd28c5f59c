"""Files that are there when the call returns, whatever happens then. Their owner's alone."""

import os
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, mode 0600, and flush it to the disk. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """What was made, renamed or taken away in it is so on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
