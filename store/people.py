"""People and their accounts. Names, mails and telephones are sealed; roles are read afresh in each unit of work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, select

from handlers.rules.people import Login, Person, PersonId, PupilId, Role
from store.packing import canonical, unpack_texts
from store.sealing import Key, bound_to
from store.tables import accounts, people
from store.work import SCHOOL, Work

_WHOSE = select(accounts.c.person).where(
    accounts.c.school == SCHOOL,
    accounts.c.platform == bindparam("platform"),
    accounts.c.tenant == bindparam("tenant"),
    accounts.c.user == bindparam("user"),
)
_BY_ID = select(people).where(people.c.school == SCHOOL, people.c.id == bindparam("id"))
_EVERYBODY = select(people).where(people.c.school == SCHOOL).order_by(people.c.position, people.c.id)
_ACCOUNTS = (
    select(accounts)
    .join(people, (people.c.school == accounts.c.school) & (people.c.id == accounts.c.person))
    .where(accounts.c.school == SCHOOL, accounts.c.person == bindparam("person"), people.c.active)
    .order_by(accounts.c.position, accounts.c.platform, accounts.c.user)
)


@dataclass(slots=True)
class People:
    work: Work
    _ever: tuple[Person, ...] | None = None

    async def identify(self, who: Login) -> Person | None:
        """Whoever has that account, whether they still work here or not: the desk decides what they hear."""
        row = await self.work.first(_WHOSE, platform=who.platform, tenant=who.tenant, user=who.user)
        return None if row is None else await self.get(PersonId(row["person"]))

    async def get(self, id: PersonId) -> Person | None:
        """That person, active or not."""
        row = await self.work.first(_BY_ID, id=id)
        return None if row is None else person_of(row, self.work.key)

    async def all(self) -> Sequence[Person]:
        return [person for person in await self._everyone() if not person.has(Role.PUPIL)]

    async def ever(self) -> Sequence[Person]:
        return [person for person in await self._known() if not person.has(Role.PUPIL)]

    async def with_roles(self, roles: Collection[Role]) -> Sequence[Person]:
        return [person for person in await self._everyone() if person.among(roles)]

    async def accounts(self, person: PersonId) -> Sequence[Login]:
        """Empty for somebody who has left: nothing about a child is sent after them."""
        rows = await self.work.rows(_ACCOUNTS, person=person)
        return [Login(platform=row["platform"], tenant=row["tenant"], user=row["user"]) for row in rows]

    async def _everyone(self) -> Sequence[Person]:
        """Every active person, in the order of the school's file."""
        return [person for person in await self._known() if person.active]

    async def _known(self) -> Sequence[Person]:
        """Whoever was ever in the school's file; opened once in a unit of work."""
        if self._ever is None:
            self._ever = tuple(person_of(row, self.work.key) for row in await self.work.rows(_EVERYBODY))
        return self._ever


def particulars_of(person: Person) -> bytes:
    told = {"name": person.name, "telephone": person.telephone, "mail": person.mail}
    if person.department:
        told["department"] = person.department
    if person.children:
        told["children"] = " ".join(sorted(str(child) for child in person.children))
    return canonical(told)


def person_of(row: RowMapping, key: Key) -> Person:
    texts = unpack_texts(key.open(row["particulars"], bound_to(row["school"], row["id"], "people", "particulars")))
    return Person(
        id=PersonId(row["id"]),
        name=texts["name"],
        roles=frozenset(map(Role, row["roles"].split())),
        telephone=texts["telephone"],
        mail=texts["mail"],
        active=row["active"],
        department=texts.get("department", ""),
        children=frozenset(PupilId(UUID(id)) for id in texts.get("children", "").split()),
    )
