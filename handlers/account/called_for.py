"""What an earlier answer calls for: whether a field is asked, and whether it is needed. Pure, by the answers alone.

A page is drawn from the answers given before it, the same on every platform: what an answer makes needful is asked on
a later page, and what it makes needless is not shown.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from handlers.account import voices
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Urgency
from handlers.ui.form import Field, Part, is_id

Pages = tuple[tuple["Asked", ...], ...]
Places = Mapping[str, Sequence[tuple[int, "Asked"]]]
"""By the name of a field every page on which it may stand: looked through once, not once for each field."""
When = Callable[[Answers], bool]


def always(_: Answers) -> bool:
    return True


def never(_: Answers) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """A part of a page with what calls for it. Each is itself alone: two that ask the same stand in two places."""

    part: Part
    when: When = always
    """Whether it is asked."""
    needed: When = never
    """Whether it must be answered."""
    stays: When = always
    """Whether it is shown where it was answered and nothing calls for it any more: what was typed is not lost."""

    @property
    def name(self) -> str:
        """The field's name; empty for what is only read."""
        return self.part.name if isinstance(self.part, Field) else ""

    def drawn(self, answers: Answers) -> Part:
        needed = isinstance(self.part, Field) and self.needed(answers)
        return replace(self.part, required=True) if needed else self.part


def one_of(name: str, *keys: str) -> When:
    """That field was answered with one of those."""
    return lambda answers: str(answers.get(name) or "") in keys


def given(name: str) -> When:
    return lambda answers: bool(answers.get(name))


def picked(name: str) -> When:
    """Somebody was chosen there, and not only typed."""
    return lambda answers: is_id(str(answers.get(name) or ""))


def among(name: str, key: str) -> When:
    """That key was ticked in that field."""
    return lambda answers: key in (answers.get(name) or ())


def both(*tests: When) -> When:
    return lambda answers: all(test(answers) for test in tests)


def either(*tests: When) -> When:
    return lambda answers: any(test(answers) for test in tests)


def unless(test: When) -> When:
    return lambda answers: not test(answers)


in_danger = one_of("danger", "yes")
"""Nothing but that answer may stand between the writer and the leads: what else page 1 asks may wait for page 2."""
calm = unless(in_danger)
about_a_child = one_of("about", About.CHILD, About.BOTH)
about_an_adult = one_of("about", About.ADULT, About.BOTH)
only_an_adult = one_of("about", About.ADULT)
names_children = one_of("about", About.CHILD, About.BOTH, About.ADULT)
about_practice = one_of("about", About.PRACTICE)
picked_first = both(calm, about_a_child)
"""The child was asked for on page 1."""
picked_later = either(both(in_danger, names_children), only_an_adult)
soon = either(in_danger, one_of("urgency", Urgency.NOW, Urgency.TODAY))
"""Before the child goes home."""
first_hand = one_of("source", "saw")
learned_apart = both(unless(one_of("happened", "today")), either(unless(first_hand), one_of("happened", "unknown")))
"""Whoever saw it themselves learned of it as it happened, and what happened today was learned today."""
told_by_others = one_of("source", "adult", "other_child", "anonymous")
heard_a_child = either(one_of("source", "child"), *(given(name) for name in voices.WORDS))
must_be_seen = unless(one_of("source", "child", "adult", "other_child"))
"""There are no words of a child or of somebody else to stand in the place of facts."""


def each_once(pages: Pages) -> Mapping[str, Field]:
    """Every field by its name, as it stands where it stands first."""
    parts = [one.part for page in reversed(pages) for one in reversed(page) if isinstance(one.part, Field)]
    return {part.name: part for part in reversed(parts)}


def fields(pages: Pages, answers: Answers) -> tuple[Field, ...]:
    """Every field that is asked or still shown, in the order of the pages."""
    asked = [one for page in pages for one in page if one.name]
    here = _standing(pages, asked, answers)
    return tuple(part for one in asked if one in here and isinstance(part := one.drawn(answers), Field))


def parts_of(pages: Pages, number: int, answers: Answers) -> tuple[Part, ...]:
    """What stands on that page."""
    page = pages[number - 1]
    here = _standing(pages, page, answers)
    return tuple(one.drawn(answers) for one in page if one in here)


def that_stood(pages: Pages, number: int, names: Collection[str]) -> tuple[Part, ...]:
    """Those fields of that page, whatever called for them: what did may not be known now."""
    found: dict[str, Part] = {}
    for one in pages[number - 1]:
        if one.name in names:
            found.setdefault(one.name, one.part)
    return tuple(found.values())


def page_of(pages: Pages, name: str, answers: Answers) -> int:
    """Where that field stands: on the last page that asks for it, else where it may stay; 0 for none."""
    return max((number for number, _ in _where(_places(pages), name, answers)), default=0)


def stands(pages: Pages, name: str, answers: Answers) -> Part | None:
    """That field where it is asked or still shown; None where it is not. One field is looked for faster than all."""
    where = _where(_places(pages), name, answers)
    return where[-1][1].part if where else None


@cache
def _places(pages: Pages) -> Places:
    found: dict[str, list[tuple[int, Asked]]] = {}
    for number, page in enumerate(pages, 1):
        for one in page:
            found.setdefault(one.name, []).append((number, one))
    return found


def _standing(pages: Pages, those: Sequence[Asked], answers: Answers) -> frozenset[Asked]:
    """Of all that have the names of those, what stands by these answers: each name is looked for once."""
    places = _places(pages)
    named = {one for name in {one.name for one in those} - {""} for _, one in _where(places, name, answers)}
    return frozenset(named.union(one for one in those if not one.name and one.when(answers)))


def _where(places: Places, name: str, answers: Answers) -> list[tuple[int, Asked]]:
    """Each place that the field has by these answers: where it is asked, else the first where it may stay."""
    mine = places.get(name, ())
    asked = [place for place in mine if place[1].when(answers)]
    return asked or [place for place in mine if answers.get(name) and place[1].stays(answers)][:1]
