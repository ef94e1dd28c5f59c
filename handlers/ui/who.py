"""People and pupils as they are listed and named: what tells two of one name apart is never left out. Pure.

Where a name is longer than a label it is the middle of the name that goes (`say.fit`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from handlers.rules import lookup
from handlers.rules.people import Person, PersonId, Pupil
from handlers.ui import say
from handlers.ui.form import ChoiceField, Option, PickField, Source
from handlers.ui.listing import MOST_OPTIONS
from handlers.ui.posts import post

T = TypeVar("T")
ALIKE = " · one of two alike: say which below"
"""Behind the label of a pupil whose name, form and year another has too."""
ALIKE_STAFF = "one of two alike"
"""The same of members of staff whom nothing on the staff list tells apart."""
LEFT = " · has left"


def pupil(one: Pupil, *, end: str = "") -> str:
    """Name, form and year, however long the name is."""
    told = one.label().removeprefix(one.name)
    return say.fit(one.name, end=f"{told}{'' if one.active else LEFT}{end}")


def pupils(some: Sequence[Pupil]) -> tuple[Option, ...]:
    """Each with form and year. Two who are alike in all three cannot be told apart here, and nobody shall guess."""
    shown = [lookup.fold(pupil(one)) for one in some]
    alike = _alike(shown)
    ends = [ALIKE if known in alike else "" for known in shown]
    return tuple(Option(key=str(one.id), label=pupil(one, end=end)) for one, end in zip(some, ends, strict=True))


def found(some: Sequence[Person], *, among: Sequence[Person]) -> tuple[Option, ...]:
    """Each with the post; two of one name and post with what else is known. `among`: whom they may be taken for."""
    return _listed(some, among, always=1)


def staff(some: Sequence[Person]) -> tuple[Option, ...]:
    """A list of colleagues to choose from: by name, and two of one name as `found`."""
    return _listed(some, some, always=0)


def one_of(name: str, label: str, some: Sequence[Person], *, hint: str = "") -> ChoiceField | PickField:
    """One of them must be chosen: from a menu, or by a search where they are more than one menu takes."""
    if len(some) > MOST_OPTIONS:
        return PickField(name=name, label=label, source=Source.LEADS, hint=hint, required=True)
    return ChoiceField(name=name, label=label, options=staff(some), required=True, menu=True, hint=hint)


def _listed(some: Sequence[Person], among: Sequence[Person], *, always: int) -> tuple[Option, ...]:
    told = _told_apart(among, [_by_post, _by_department, _by_mail], always=always)
    return tuple(Option(key=str(person.id), label=_staff_label(person, told[person.id])) for person in some)


def names(people: Collection[Person]) -> dict[PersonId, str]:
    """Each by name; where another has that name, or had it, with the post in brackets."""
    return dict(_names(tuple(people)))


@lru_cache(maxsize=8)
def _names(people: tuple[Person, ...]) -> Mapping[PersonId, str]:
    """Worked out once for as long as the staff stays as it is: every card shows names."""
    told = _told_apart(people, [_by_post, _by_department, _by_mail, _by_leaving], always=0)
    return {person.id: _in_brackets(person, told[person.id]) for person in people}


def _staff_label(person: Person, told: Sequence[str]) -> str:
    return say.fit(person.name, end="".join(f" {lookup.BETWEEN} {say.fit(word, 40)}" for word in told if word))


def _in_brackets(person: Person, told: Sequence[str]) -> str:
    said = ", ".join(word for word in told if word)
    return f"{person.name} ({said})" if said else person.name


def _by_post(person: Person) -> str:
    return post(person)


def _by_department(person: Person) -> str:
    return person.department


def _by_mail(person: Person) -> str:
    return person.mail


def _by_leaving(person: Person) -> str:
    return "" if person.active else "no longer here"


def _told_apart(
    people: Sequence[Person], ways: Sequence[Callable[[Person], str]], *, always: int
) -> Mapping[PersonId, Sequence[str]]:
    """What is said of each beside the name: the first `always`, and as many more as tell them from everybody."""
    told: dict[PersonId, tuple[str, ...]] = {person.id: () for person in people}
    folded = {person.id: lookup.fold(person.name) for person in people}
    for number, way in enumerate((*ways, lambda _: ALIKE_STAFF)):
        known_as = {person.id: (folded[person.id], *told[person.id]) for person in people}
        alike = _alike([known_as[person.id] for person in people])
        if not alike and number >= always:
            break
        for person in people:
            if number < always or known_as[person.id] in alike:
                told[person.id] = (*told[person.id], way(person))
    return told


def _alike(some: Sequence[T]) -> frozenset[T]:
    """What stands there more than once."""
    return frozenset(one for one, count in Counter(some).items() if count > 1)
