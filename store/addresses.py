"""What a platform told us about reaching a place. Plain values, nothing personal; each call is a short transaction."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.errors import Away
from handlers.rules.school import SchoolId
from store import engine as engines
from store import statements
from store.delivery_tables import addresses

Opening = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of one tenant. Not to be used inside a unit of work: it would wait for itself."""

    reading: Opening
    writing: Opening
    school: SchoolId
    platform: str
    tenant: str
    known: dict[tuple[str, str, str], str]
    """What was read or written last, by platform, tenant and key: it holds while the database is away."""

    async def remember(self, key: str, value: str) -> None:
        async with self.writing() as connection:
            row = {"school": self.school, "platform": self.platform, "tenant": self.tenant, "key": key, "value": value}
            await connection.execute(statements.upsert(connection, addresses).values(row))
        self.known[self.platform, self.tenant, key] = value

    async def recall(self, key: str) -> str | None:
        """Raises `Away` where the database is, and this was never read or written here before."""
        mine = (
            addresses.c.school == self.school,
            addresses.c.platform == self.platform,
            addresses.c.tenant == self.tenant,
            addresses.c.key == key,
        )
        where = (self.platform, self.tenant, key)
        try:
            async with self.reading() as connection:
                value = (await connection.execute(select(addresses.c.value).where(*mine))).scalar_one_or_none()
        except (SQLAlchemyError, OSError) as error:  # a deadline is an OSError too
            if where in self.known:
                return self.known[where]
            if isinstance(error, SQLAlchemyError) and not engines.is_away(error):
                raise
            raise Away from error
        if value is not None:
            self.known[where] = value
        return value
