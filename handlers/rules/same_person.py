"""Who may be one person under two keys: who left, and whoever has come since with their name or their mail. Pure.

A staff list or a roll gives the same person another key when they come back. What was kept from them, and what is known
of a child, hangs on the old one. Nobody is taken for another here: only what must not be missed follows from it.
"""

from collections.abc import Iterable, Sequence

from handlers.rules import known_names, spoken
from handlers.rules.people import Person, Pupil


def back_again(people: Sequence[Person]) -> list[tuple[Person, Person]]:
    """Each who is here, with each who left and may be the same."""
    left = [one for one in people if not one.active]
    return [(here, gone) for gone in left for here in people if here.active and _alike(here, gone)]


def _alike(one: Person, other: Person) -> bool:
    mail = one.mail.casefold()
    return _parts(one) == _parts(other) or (mail != "" and mail == other.mail.casefold())


def _parts(person: Person) -> frozenset[str]:
    return known_names.read(person.id, person.name).parts


def of_one_name(pupil: Pupil, others: Iterable[Pupil]) -> list[Pupil]:
    """Those of them who left and have that child's name; not where a day of birth or a UPN says that it is another."""
    wanted = sorted(spoken.folded(pupil.name))
    same = [one for one in others if not one.active and sorted(spoken.folded(one.name)) == wanted]
    return [one for one in same if not _differ(one.born, pupil.born) and not _differ(one.upn, pupil.upn)]


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other
