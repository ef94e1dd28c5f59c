"""One courier and one directory a platform, whatever the number of schools: each place and person goes to its tenant's.

An adapter serves one workspace or one Entra tenant and holds its token alone. What belongs to a tenant that nothing is
set up for goes nowhere: it is never sent with the token of another.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from handlers.platform_ports import AnotherTenant, Courier, Directory, Place, Profile
from handlers.ui.card import Card

Served = TypeVar("Served")


@dataclass(frozen=True, slots=True)
class Couriers:
    """`handlers.platform_ports.Courier` of one platform, over the couriers of its tenants."""

    by_tenant: Mapping[str, Courier]

    async def post(self, place: Place, card: Card) -> str:
        return await _of(self.by_tenant, place.tenant).post(place, card)

    async def update(self, place: Place, message: str, card: Card) -> None:
        await _of(self.by_tenant, place.tenant).update(place, message, card)

    async def withdraw(self, place: Place, message: str) -> None:
        await _of(self.by_tenant, place.tenant).withdraw(place, message)

    async def empty(self, place: Place, message: str) -> None:
        await _of(self.by_tenant, place.tenant).empty(place, message)

    async def examine(self, place: Place) -> None:
        await _of(self.by_tenant, place.tenant).examine(place)

    async def find(self, place: Place, mark: str) -> Sequence[str]:
        return await _of(self.by_tenant, place.tenant).find(place, mark)


@dataclass(frozen=True, slots=True)
class Directories:
    """`handlers.platform_ports.Directory` of one platform, over the directories of its tenants."""

    by_tenant: Mapping[str, Directory]

    async def profile(self, tenant: str, user: str) -> Profile:
        return await _of(self.by_tenant, tenant).profile(tenant, user)

    async def away(self, tenant: str, users: Collection[str]) -> frozenset[str]:
        return await _of(self.by_tenant, tenant).away(tenant, users)

    async def members(self, place: Place) -> frozenset[str]:
        return await _of(self.by_tenant, place.tenant).members(place)


def _of(by_tenant: Mapping[str, Served], tenant: str) -> Served:
    """Raises `AnotherTenant`. Entra's ids are written in any case; Slack's are in capitals and no two differ by it."""
    for name, served in by_tenant.items():
        if name.casefold() == tenant.casefold():
            return served
    raise AnotherTenant
