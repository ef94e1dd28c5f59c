"""AWS KMS: a symmetric key that never leaves it.

Who this machine is, botocore finds out: a role of the machine or container, or AWS_ACCESS_KEY_ID and its like in the
environment.
"""

import importlib
import re
from collections.abc import Mapping
from typing import Any, Final

from store.keys import KeyFaulty
from store.vaults import Wrapped

# Without types of its own, so it is spoken to as it comes.
_session: Any = importlib.import_module("botocore.session")
_config: Any = importlib.import_module("botocore.config")
_faults: Any = importlib.import_module("botocore.exceptions")

_ARN = re.compile(r"arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(key|alias)/[0-9A-Za-z/_-]+")
_WHAT_FOR: Final = {"heard": "root key"}
"""Bound to what is sealed: what was sealed for something else is not opened for us. It stands in AWS's own trail."""


class AwsKms:
    def __init__(self, name: str) -> None:
        found = _ARN.fullmatch(name)
        if found is None:
            raise KeyFaulty(
                "KEY_VAULT is not the ARN of a key. It is like arn:aws:kms:eu-west-2:111122223333:key/ and its id."
            )
        self.name: Final = name
        self._region: Final = found.group(1)

    def wrap(self, secret: bytes) -> Wrapped:
        return Wrapped(by=self.name, secret=self._ask("seal", "encrypt", Plaintext=secret)["CiphertextBlob"])

    def unwrap(self, wrapped: Wrapped) -> bytes:
        if wrapped.by != self.name:
            raise KeyFaulty(f"The key file was not sealed by {self.name}. Set KEY_VAULT to the one that it names.")
        return self._ask("open", "decrypt", CiphertextBlob=wrapped.secret)["Plaintext"]

    def _ask(self, what: str, call: str, **more: bytes) -> Mapping[str, bytes]:
        patience = _config.Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 3})
        try:
            client = _session.get_session().create_client("kms", region_name=self._region, config=patience)
            return getattr(client, call)(KeyId=self.name, EncryptionContext=_WHAT_FOR, **more)
        except (_faults.BotoCoreError, _faults.ClientError) as fault:
            raise self._refused(fault, what) from None

    def _refused(self, fault: Any, what: str) -> KeyFaulty:
        """Never the service's own words: they repeat what it was asked."""
        code = fault.response["Error"]["Code"] if isinstance(fault, _faults.ClientError) else type(fault).__name__
        return KeyFaulty(
            f"{self.name} did not {what} the key ({code}). This machine's role must be allowed kms:Encrypt and "
            "kms:Decrypt with it, KMS must be reached from here, and the key must be enabled."
        )
