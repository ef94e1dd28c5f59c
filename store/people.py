"""People and their accounts. Names, mails and telephones are sealed in the database.

They change only when a school's file is loaded, and that counts the school's roll on. So they are opened once for each
state of it, and held in memory as the pupils' names are; each unit of work asks which state it is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from sqlalchemy import select

from handlers.errors import Damaged
from handlers.rules.people import Login, Person, PersonId, PupilId, Role
from store.damage import is_word
from store.memory import Row
from store.packing import canonical, unpack_texts
from store.sealing import Key, bound_to
from store.tables import accounts, people
from store.work import SCHOOL, Work

_EVERYBODY = select(people).where(people.c.school == SCHOOL).order_by(people.c.position, people.c.id)
_LOGINS = (
    select(accounts)
    .where(accounts.c.school == SCHOOL)
    .order_by(accounts.c.position, accounts.c.platform, accounts.c.user)
)


NAMELESS = "somebody whose entry is damaged"
"""In place of a name that cannot be read. Whoever is in the school's file is written anew from it at the next start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Whoever was ever in a school's file, in its order, as of one state of its roll. Never changed, only replaced."""

    roll: int = -1
    people: tuple[Person, ...] = ()
    by_id: Mapping[PersonId, Person] = field(default_factory=dict[PersonId, Person])
    by_login: Mapping[Login, PersonId] = field(default_factory=dict[Login, PersonId])
    """The preferred of a person's first."""
    broken: frozenset[PersonId] = frozenset()
    """Those whose rows are damaged. In their place stands who they were before, else somebody without a name."""


@dataclass(slots=True)
class Shelf:
    """Where a school's directory is kept between units of work."""

    held: Directory = field(default_factory=Directory)


@dataclass(slots=True)
class People:
    work: Work
    shelf: Shelf
    _directory: Directory | None = None

    async def identify(self, who: Login) -> Person | None:
        """Whoever has that account, whether they still work here or not: the desk decides what they hear."""
        known = await self._known()
        id = known.by_login.get(who)
        person = None if id is None else known.by_id.get(id)
        if id in known.broken and not (person and person.active):
            raise Damaged
        return person

    async def get(self, id: PersonId) -> Person | None:
        """That person, active or not."""
        return (await self._known()).by_id.get(id)

    async def all(self) -> Sequence[Person]:
        return [person for person in await self._everyone() if not person.has(Role.PUPIL)]

    async def ever(self) -> Sequence[Person]:
        return [person for person in (await self._known()).people if not person.has(Role.PUPIL)]

    async def with_roles(self, roles: Collection[Role]) -> Sequence[Person]:
        return [person for person in await self._everyone() if person.among(roles)]

    async def accounts(self, person: PersonId) -> Sequence[Login]:
        """Empty for somebody who has left: nothing about a child is sent after them."""
        known = await self._known()
        here = known.by_id.get(person)
        if here is None or not here.active:
            return []
        return [login for login, id in known.by_login.items() if id == person]

    async def _everyone(self) -> Sequence[Person]:
        """Every active person, in the order of the school's file."""
        return [person for person in (await self._known()).people if person.active]

    async def _known(self) -> Directory:
        """Opened again when another process has loaded a new file; what did not open is tried again each time."""
        if self._directory is None:
            roll = await self.work.roll()
            if self.shelf.held.roll != roll or self.shelf.held.broken:
                self.shelf.held = await self._opened(roll)
            self._directory = self.shelf.held
        return self._directory

    async def _opened(self, roll: int) -> Directory:
        """One that is damaged is who they were before, where that is known: so nobody's post is empty for it."""
        await self.work.keys_again()
        known: dict[PersonId, Person] = {}
        broken: set[PersonId] = set()
        for row in await self.work.rows(_EVERYBODY):
            id = PersonId(row["id"])
            person = self.work.read(people, row, partial(person_of, key=self.work.key))
            broken |= {id} if person is None else set()
            known[id] = person or self.shelf.held.by_id.get(id) or _nameless(id)
        logins = await self.work.rows(_LOGINS)
        return Directory(
            roll=roll,
            people=tuple(known.values()),
            by_id=known,
            by_login={_login(row): PersonId(row["person"]) for row in logins},
            broken=frozenset(broken),
        )


def _nameless(id: PersonId) -> Person:
    return Person(id=id, name=NAMELESS, roles=frozenset(), active=False)


def _login(row: Row) -> Login:
    return Login(platform=row["platform"], tenant=row["tenant"], user=row["user"])


def particulars_of(person: Person) -> bytes:
    told = {"name": person.name, "telephone": person.telephone, "mail": person.mail}
    if person.department:
        told["department"] = person.department
    if person.tutor_of:
        told["tutor_of"] = person.tutor_of
    if person.children:
        told["children"] = " ".join(sorted(str(child) for child in person.children))
    return canonical(told)


def roles_of(text: str) -> frozenset[Role]:
    """The posts that this version knows. One that it does not know a newer one wrote, from its school's file: who holds
    it is served with the others, and it stays where it is. Raises ValueError for what is no word."""
    if not all(map(is_word, text.split())):
        raise ValueError("posts were stored here")
    return frozenset(role for role in Role if role in text.split())


def newer_roles(text: str) -> frozenset[str]:
    """The posts among them that this version does not know."""
    return frozenset(word for word in text.split() if is_word(word)) - {role.value for role in Role}


def person_of(row: Row, key: Key) -> Person:
    texts = unpack_texts(key.open(row["particulars"], bound_to(row["school"], row["id"], "people", "particulars")))
    return Person(
        id=PersonId(row["id"]),
        name=texts["name"],
        roles=roles_of(row["roles"]),
        telephone=texts["telephone"],
        mail=texts["mail"],
        active=row["active"],
        department=texts.get("department", ""),
        tutor_of=texts.get("tutor_of", ""),
        children=frozenset(PupilId(UUID(id)) for id in texts.get("children", "").split()),
    )
