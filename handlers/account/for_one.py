"""An account as it may stand in a document that is made for one child, or for some of several. Pure.

Another child's words, part and particulars are left out, their names are aliases, and what was typed is veiled
(`rules/veil`). DOMAIN, "For one child".
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from handlers.account import voices
from handlers.account.goes import Goes, into
from handlers.rules.chronology import Answers, Entry
from handlers.rules.drafts import WHOLE
from handlers.rules.people import PupilId
from handlers.rules.veil import ANOTHER, Veil

_WRITTEN = "child_other"
"""A child who was written down: the one it is about where none was found on the roll, else another one."""
_FIRST = frozenset(into(Goes.OF_THE_FIRST))
_OF_CHILDREN = tuple(zip(voices.CHILDREN, voices.WORDS, voices.TOLD, strict=True))
_UNVEILED = frozenset({*voices.CHILDREN, *(f"of_{number}" for number in (1, 2, 3)), "adult", "close", "fields"})
"""Ids and keys, which are no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForOne:
    """Whom a document is made for, and how the others are called in it: one alias throughout."""

    mine: frozenset[PupilId]
    aliases: Mapping[PupilId, str]
    veil: Veil

    def names(self, names: Mapping[str, str]) -> dict[str, str]:
        """The labels of what was picked, with an alias for every other child."""
        return {**names, **{str(pupil): alias for pupil, alias in self.aliases.items()}}

    def account(self, answers: Answers, children: Collection[PupilId]) -> Answers:
        """What of the account is theirs; `children` are those whom the concern is linked to now."""
        less = frozenset(self._less(answers, children))
        told = {name: self._said(name, value) for name, value in answers.items() if name not in less}
        return told if children or not told.get(_WRITTEN) else {**told, _WRITTEN: answers[_WRITTEN]}

    def entry(self, entry: Entry, account: Answers, children: Collection[PupilId]) -> Answers:
        """The words of a later entry; `account` is what it was added to."""
        if entry.facts.get("form") == WHOLE:
            return self.account(entry.words, children)
        if entry.facts.get("field", "") in frozenset(self._less(account, children)):
            return {}
        theirs = {str(pupil) for pupil in self.mine}
        others = {number for number in "123" if entry.words.get(f"of_{number}", "") not in {*theirs, ""}}
        return {
            name: self._said(name, value)
            for name, value in entry.words.items()
            if not (name.startswith(("of_", "kinds_")) and name[-1] in others)
        }

    def _less(self, answers: Answers, children: Collection[PupilId]) -> Iterator[str]:
        """The fields that are another child's."""
        whose = places(answers, children)
        alone = set(children) <= self.mine
        for child, words, how in _OF_CHILDREN:
            if not (whose[child] in self.mine or (alone and whose[child] is None)):
                yield from (words, how)
        if not (whose[voices.CHILDREN[0]] in self.mine or (alone and whose[voices.CHILDREN[0]] is None)):
            yield from _FIRST

    def _said(self, name: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if name == _WRITTEN:
            return ANOTHER.capitalize() if value else ""
        return self.veil.over(value) if isinstance(value, str) and name not in _UNVEILED else value


def places(answers: Answers, children: Collection[PupilId]) -> Mapping[str, PupilId | None]:
    """Who stands in each place of the account, as the concern is linked now; None where that is not known.

    Where a place was filled by mistake or in words, and one child was linked since, it is that child's.
    """
    picked = {child: _picked(answers, child) for child in voices.CHILDREN}
    found = {child: id if id in children else None for child, id in picked.items()}
    left = [id for id in children if id not in found.values()]
    wrong = [child for child in voices.CHILDREN if found[child] is None and picked[child] is not None]
    typed = [voices.CHILDREN[0]] if picked[voices.CHILDREN[0]] is None else []
    free = [*wrong, *typed]
    return {**found, free[0]: left[0]} if len(left) == 1 and free else found


def _picked(answers: Answers, field: str) -> PupilId | None:
    try:
        return PupilId(UUID(str(answers.get(field) or "")))
    except ValueError:
        return None
