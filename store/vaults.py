"""The root key in a file that a service outside holds shut.

Azure Key Vault or AWS KMS (`bot/vaults`) seals it under a key that never leaves them, and opens it when the program
starts.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A secret as a vault gives it back."""

    by: str
    """Which of the vault's keys holds it, with its version where the vault says one."""
    secret: bytes


class Vault(Protocol):
    """Each raises `store.keys.KeyFaulty`, with a sentence that says who refused and by which code, and no more."""

    @property
    def name(self) -> str:
        """As in KEY_VAULT."""
        ...

    def wrap(self, secret: bytes) -> Wrapped: ...
    def unwrap(self, wrapped: Wrapped) -> bytes: ...


def line_of(wrapped: Wrapped) -> bytes:
    """What stands in the key file."""
    return json.dumps({"wrapped_by": wrapped.by, "key": base64.b64encode(wrapped.secret).decode()}).encode() + b"\n"


def read_line(text: bytes) -> Wrapped | None:
    """What a vault holds shut; None where the key itself stands there. Raises ValueError where it is neither."""
    if not text.startswith(b"{"):
        return None
    try:
        found: dict[str, Any] = json.loads(text)
        return Wrapped(by=str(found["wrapped_by"]), secret=base64.b64decode(found["key"], validate=True))
    except (KeyError, TypeError):
        raise ValueError("not what a vault gave") from None
