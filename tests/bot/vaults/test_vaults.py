"""The root key under Azure Key Vault and AWS KMS: the vendors' own packages against a vault on loopback. Neither was
tried against the live service."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.root_key import root_key
from bot.settings import Incomplete, read_settings
from bot.vaults import vault
from store.keys import KeyFaulty, make_key_file, read_key_file
from tests.bot.vaults.standing import KeyVault, Kms, answering, certificate

pytestmark = pytest.mark.usefixtures("quiet_again")


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyVault]:
    (tmp_path / "tls").mkdir()
    shown, trusted = certificate(tmp_path / "tls")
    held = KeyVault()
    held.turn()
    with answering(held.identify) as identity, answering(held, tls=shown) as port:
        held.port = port
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"http://127.0.0.1:{identity}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", held.identity)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
        yield held


@pytest.fixture
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kms]:
    held = Kms()
    with answering(held) as held.port:
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", f"http://127.0.0.1:{held.port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", held.user)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", held.password)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
        yield held


@pytest.fixture(params=["azure", "aws"])
def held(request: pytest.FixtureRequest) -> KeyVault | Kms:
    return request.getfixturevalue(request.param)


@pytest.fixture
def place(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, held: KeyVault | Kms) -> Path:
    shutil.copyfile(sqlite_template, tmp_path / "heard.db")
    monkeypatch.setenv("KEY_FILE", f"{tmp_path}/heard.key")
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/heard.db")
    monkeypatch.setenv("KEY_VAULT", held.name)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def test_a_key_is_made_and_opened_by_the_vault_and_lies_nowhere_open(place: Path, held: KeyVault | Kms):
    done = typed("key", "--file", str(place / "heard.key"))
    assert (done.exit_code, f"Only {held.name} can open it" in done.output) == (0, True), done.output
    key = root_key(read_settings())
    assert (len(key), root_key(read_settings())) == (32, key)
    text = (place / "heard.key").read_bytes()
    assert json.loads(text)["wrapped_by"].startswith(held.name)
    assert key not in text
    with pytest.raises(KeyFaulty, match=f"is held by {held.name}"):
        read_key_file(place / "heard.key")


def test_a_key_that_lay_open_is_changed_for_one_that_the_vault_holds(place: Path, held: KeyVault | Kms):
    make_key_file(place / "heard.key")
    with pytest.raises(Incomplete, match=r"lies open\. python -m bot keys rotate"):
        root_key(read_settings())
    assert typed("keys", "rotate").exit_code == 0
    first = root_key(read_settings())
    assert typed("keys", "rotate").exit_code == 0
    assert root_key(read_settings()) != first
    assert held.refused == []


def test_a_vault_that_refuses_keeps_the_program_from_starting_in_one_sentence(place: Path, held: KeyVault | Kms):
    typed("key", "--file", str(place / "heard.key"))
    before = (place / "heard.key").read_bytes()
    if isinstance(held, KeyVault):
        held.disabled.update(held.versions)
    else:
        held.disabled = True
    with pytest.raises(Incomplete, match=r"did not open the key \((403|DisabledException)\)") as refused:
        root_key(read_settings())
    assert "CANARY" not in str(refused.value)
    assert typed("keys", "rotate").exit_code == 2
    assert (place / "heard.key").read_bytes() == before


def test_what_was_changed_in_the_file_is_not_opened(place: Path, held: KeyVault | Kms):
    file = place / "heard.key"
    typed("key", "--file", str(file))
    made = json.loads(file.read_text())
    made["key"] = made["key"][:8] + ("A" if made["key"][8] != "A" else "B") + made["key"][9:]
    file.write_text(json.dumps(made))
    with pytest.raises(Incomplete, match="did not open the key"):
        root_key(read_settings())


@pytest.mark.parametrize("by", ["https://127.0.0.1.evil.example/keys/heard/1", "arn:aws:kms:eu-west-2:999:key/other"])
def test_a_file_that_names_another_vault_is_not_sent_there(place: Path, held: KeyVault | Kms, by: str):
    typed("key", "--file", str(place / "heard.key"))
    made = json.loads((place / "heard.key").read_text())
    (place / "heard.key").write_text(json.dumps(made | {"wrapped_by": by}))
    with pytest.raises(Incomplete, match="was not sealed by"):
        root_key(read_settings())
    assert held.refused == []


@pytest.mark.parametrize(
    "text", ["{", '{"wrapped_by": "x"}', '{"wrapped_by": "x", "key": 3}', '{"key": "!", "wrapped_by": ""}']
)
def test_a_file_that_is_half_one_is_said_to_be_damaged(place: Path, text: str):
    (place / "heard.key").write_text(text)
    (place / "heard.key").chmod(0o600)
    with pytest.raises(Incomplete, match="is damaged: it begins like one that a vault holds"):
        root_key(read_settings())


def test_a_version_of_before_still_opens_what_it_sealed_and_a_new_one_seals(azure: KeyVault):
    held = vault(azure.name)
    first = held.wrap(b"one" * 11)
    azure.turn()
    second = held.wrap(b"two" * 11)
    assert first.by != second.by
    assert (held.unwrap(first), held.unwrap(second)) == (b"one" * 11, b"two" * 11)


def test_an_identity_that_may_not_get_the_key_is_told_so_for_its_version_would_be_unknown(azure: KeyVault):
    azure.may_get = False
    with pytest.raises(KeyFaulty, match="must be allowed to get the key"):
        vault(azure.name).wrap(b"secret")


def test_kms_opens_only_what_was_sealed_for_this(aws: Kms, monkeypatch: pytest.MonkeyPatch):
    held = vault(aws.name)
    sealed = held.wrap(b"secret")
    monkeypatch.setattr("bot.vaults.aws._WHAT_FOR", {"something": "else"})
    with pytest.raises(KeyFaulty, match="InvalidCiphertextException"):
        held.unwrap(sealed)


def test_whoever_has_other_credentials_is_refused(aws: Kms, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(KeyFaulty, match="IncompleteSignatureException"):
        vault(aws.name).wrap(b"secret")


@pytest.mark.parametrize(
    "name",
    [
        "heard", "http://school.vault.azure.net/keys/heard", "https://school.vault.azure.net/secrets/heard",
        "https://school.vault.azure.net/keys/heard/1/2", "https://user@/keys/", "arn:aws:s3:::bucket", "arn:aws:kms:x",
    ],
)  # fmt: skip
def test_what_is_no_vault_is_said_before_anybody_is_asked(name: str):
    with pytest.raises(KeyFaulty, match=r"^KEY_VAULT "):
        vault(name)


@pytest.mark.parametrize(
    ("name", "missing"), [("https://s.vault.azure.net/keys/heard", "azure.keyvault"), (Kms().name, "botocore")]
)
def test_without_the_package_it_says_where_to_read(name: str, missing: str):
    tried = (
        f"import sys; sys.modules[{missing!r}] = None\nfrom bot.vaults import vault\nfrom store.keys import KeyFaulty\n"
        f"try: vault({name!r})\nexcept KeyFaulty as fault: print(fault)"
    )
    said = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=True).stdout
    assert "the package for it is not installed" in said


def test_nobody_who_has_no_vault_pays_for_one():
    tried = "import sys, bot.root_key; print([name for name in sys.modules if name.startswith(('azure', 'botocore'))])"
    said = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
