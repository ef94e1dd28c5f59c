"""The key that signs checkpoints: a file of its own, apart from the database and the key that opens what is sealed.

Its public half lies beside it and may be given to anybody: `verify` and an inspector need no more.
"""

import base64
import binascii
import os
from pathlib import Path

from store.keys import KeyFaulty, make_key_file, read_key_file
from store.notes import Signer
from store.sealing import KEY_BYTES


def read_or_make(path: Path) -> Signer:
    """The key in that file; made at the first start, mode 0600. Raises `KeyFaulty` with a sentence."""
    try:
        if not path.exists():
            make_key_file(path)
        signer = Signer.of(read_key_file(path))
        _put_beside(path, signer.public)
    except OSError:
        raise KeyFaulty(
            f"The key that signs checkpoints, {path}, cannot be made there. Give a folder that Heard may write to in "
            "SIGNING_KEY_FILE, or make the file with: python -m bot key --file"
        ) from None
    return signer


def public_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.pub")


def read_public(path: Path) -> bytes | None:
    """The public half that lies beside the key at that path; None where none lies there."""
    try:
        public = base64.b64decode(public_file(path).read_bytes().strip(), validate=True)
    except (OSError, binascii.Error):
        return None
    return public if len(public) == KEY_BYTES else None


def _put_beside(path: Path, public: bytes) -> None:
    if read_public(path) != public:
        fresh = public_file(path).with_suffix(f".{os.getpid()}")
        fresh.write_bytes(base64.b64encode(public) + b"\n")
        fresh.replace(public_file(path))
