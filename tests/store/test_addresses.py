"""Where the database is, as a technician may write it: what is no address is said, and nothing of it is shown."""

import pytest

from store.engine import address_of, file_of, make_engine

WRONG_PORT = "postgresql+asyncpg://heard:hush@127.0.0.1:port/heard"
NONE = ["", "heard.db", "sqlite", "//", "postgresql+asyncpg", "\u2013", WRONG_PORT]


@pytest.mark.parametrize("read", [address_of, file_of, make_engine])
@pytest.mark.parametrize("url", NONE)
def test_what_is_no_address_is_said_and_not_shown(read, url):
    with pytest.raises(ValueError, match="DATABASE_URL is no address of a database") as said:
        read(url)
    assert "hush" not in str(said.value)


@pytest.mark.parametrize("url", ["mysql://heard:hush@127.0.0.1/heard", "sqlserver+pyodbc://somewhere"])
def test_a_database_of_another_kind_is_refused(url):
    with pytest.raises(ValueError, match="must begin with sqlite") as said:
        make_engine(url)
    assert "hush" not in str(said.value)
