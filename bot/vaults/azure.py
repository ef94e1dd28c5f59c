"""Azure Key Vault: an RSA key that never leaves it.

Who this machine is, azure-identity finds out: a managed identity, or AZURE_CLIENT_ID and its like in the environment.
"""

import re
from typing import Final

from azure.core.exceptions import AzureError, HttpResponseError
from azure.identity import DefaultAzureCredential
from azure.keyvault.keys.crypto import CryptographyClient, KeyWrapAlgorithm

from store.keys import KeyFaulty
from store.vaults import Wrapped

_KEY = re.compile(r"https://[^/?#]+/keys/[0-9A-Za-z-]{1,127}")
"""Without a version: the newest one wraps, and each file says which one it was."""
_HOW: Final = KeyWrapAlgorithm.rsa_oaep_256
_PATIENCE: Final = {"connection_timeout": 5, "read_timeout": 10, "retry_total": 2}


class AzureKeyVault:
    def __init__(self, name: str) -> None:
        if not _KEY.fullmatch(name):
            raise KeyFaulty(
                "KEY_VAULT is not the address of a key. It is like https://school.vault.azure.net/keys/heard, without "
                "a version."
            )
        self.name: Final = name

    def wrap(self, secret: bytes) -> Wrapped:
        try:
            with DefaultAzureCredential() as who, CryptographyClient(self.name, who, **_PATIENCE) as client:
                done = client.wrap_key(_HOW, secret)
        except (AzureError, ValueError) as fault:
            raise self._refused(fault, "seal") from None
        if not (done.key_id or "").startswith(f"{self.name}/"):
            # The package sends it to be sealed then, and learns no version: the next one could not open it.
            raise KeyFaulty(
                f"{self.name} did not say which version of the key it is. This machine's identity must be allowed to "
                "get the key, besides wrapping and unwrapping with it."
            )
        return Wrapped(by=str(done.key_id), secret=done.encrypted_key)

    def unwrap(self, wrapped: Wrapped) -> bytes:
        # A file that somebody changed could name another address, which would then be given our token.
        if not wrapped.by.startswith(f"{self.name}/"):
            raise KeyFaulty(f"The key file was not sealed by {self.name}. Set KEY_VAULT to the one that it names.")
        try:
            with DefaultAzureCredential() as who, CryptographyClient(wrapped.by, who, **_PATIENCE) as client:
                return client.unwrap_key(_HOW, wrapped.secret).key
        except (AzureError, ValueError) as fault:
            raise self._refused(fault, "open") from None

    def _refused(self, fault: Exception, what: str) -> KeyFaulty:
        """Never the service's own words: they repeat what it was asked."""
        status = fault.status_code if isinstance(fault, HttpResponseError) else None
        return KeyFaulty(
            f"{self.name} did not {what} the key ({status or type(fault).__name__}). This machine's identity must be "
            "allowed to get it and to wrap and unwrap with it, the vault must be reached from here, and that version "
            "of the key must not be disabled."
        )
