"""Who holds the root key shut outside this machine: Azure Key Vault or AWS KMS.

Each package is brought in only where its vault is named.
"""

from store.keys import KeyFaulty
from store.vaults import Vault


def vault(name: str) -> Vault:
    """By its name in KEY_VAULT. Raises `KeyFaulty` where it is nobody's, or the package is not installed."""
    try:
        if name.startswith("https://"):
            from bot.vaults.azure import AzureKeyVault  # noqa: PLC0415

            return AzureKeyVault(name)
        if name.startswith("arn:aws"):
            from bot.vaults.aws import AwsKms  # noqa: PLC0415

            return AwsKms(name)
    except ImportError:
        raise KeyFaulty(
            "KEY_VAULT is set, and the package for it is not installed: see *What to keep safe* in the technician's "
            "guide."
        ) from None
    raise KeyFaulty(
        "KEY_VAULT names no vault that Heard knows. For Azure Key Vault it is the key's address, like "
        "https://school.vault.azure.net/keys/heard; for AWS KMS its ARN, like arn:aws:kms:eu-west-2:111122223333:key/ "
        "and its id."
    )
