"""Runs the migrations by alembic, on a connection and in the transaction that is open there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def move(connection: Connection) -> None:
    command.upgrade(config_for(connection), "head")


def config_for(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
