"""An account as it may stand in a document that is made for one child, or for some of several. Pure.

Another child's words, part and particulars are left out, their names are aliases, and what was typed is veiled
(`rules/veil`). DOMAIN, "For one child".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from handlers.account import voices
from handlers.account.goes import Goes, into
from handlers.rules import own_words
from handlers.rules.chronology import Answers, Entry, Sealed
from handlers.rules.deeds import WHOSE, Deed, Whose
from handlers.rules.drafts import WHOLE
from handlers.rules.people import PupilId
from handlers.rules.veil import ANOTHER, Veil
from handlers.rules.whose import Children, whose

_WRITTEN = "child_other"
"""A child who was written down: the one it is about where none was found on the roll, else another one."""
_FIRST = frozenset(into(Goes.OF_THE_FIRST))
_OF_CHILDREN = tuple(zip(voices.CHILDREN, voices.WORDS, voices.TOLD, strict=True))
_UNVEILED = frozenset({*voices.CHILDREN, *(f"of_{number}" for number in (1, 2, 3)), "adult", "close", "fields"})
"""Ids and keys, which are no text."""
_A_CHILD_SAYS = "voice"
"""What a child says when a concern is closed: of several it is not asked which."""
_NOT_SAID_WHO = "[what a child says: the record does not say which of them]"
_ONLY_WORDS = frozenset({Deed.ADDED, Deed.CORRECTED, Deed.SHARED})
"""Entries that say nothing where none of their words is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForOne:
    """Whom a document is made for, and how the others are called in it: one alias throughout."""

    mine: frozenset[PupilId]
    aliases: Mapping[PupilId, str]
    veil: Veil
    called: Mapping[PupilId, str] = field(default_factory=dict[PupilId, str])
    """The labels of those whom it is made for."""
    beside: Mapping[str, Children] = field(default_factory=dict[str, Children])
    """The children of concerns that were merged with one of its own, by id."""

    def names(self, names: Mapping[str, str]) -> dict[str, str]:
        """The labels of what was picked, with an alias for every other child."""
        shown = {**self.called, **self.aliases}
        return {**names, **{str(pupil): label for pupil, label in shown.items()}}

    def lines(self, lines: Sequence[Sealed], account: Answers, children: Children) -> list[Sealed]:
        """The entries of one concern that stand in it, in their order and as they read there.

        What is about other children alone is left out (`rules/whose`); `children` are those linked to it now.
        """
        about = whose(lines, children, beside=self.beside)
        theirs = [line for line in lines if self._is_theirs(line.entry, about[line.sequence])]
        read = [self._line(line, account, children) for line in theirs]
        return [line for line, whole in zip(read, theirs, strict=True) if not self._is_bare(line.entry, whole.entry)]

    def _is_theirs(self, entry: Entry, about: Children) -> bool:
        return WHOSE[entry.deed] is not Whose.NOBODYS and (not about or not about.isdisjoint(self.mine))

    def _line(self, line: Sealed, account: Answers, children: Children) -> Sealed:
        entry = line.entry
        raised = entry.deed is Deed.RAISED
        words = self.account(entry.words, children) if raised else self.entry(entry, account, children)
        return replace(line, entry=replace(entry, words=words))

    @staticmethod
    def _is_bare(entry: Entry, whole: Entry) -> bool:
        """Whether it told of other children alone, so that no word of it is left."""
        return bool(whole.words) and not own_words.typed(entry.words) and entry.deed in _ONLY_WORDS

    def account(self, answers: Answers, children: Collection[PupilId]) -> Answers:
        """What of the account is theirs; `children` are those whom the concern is linked to now."""
        less = frozenset(self._less(answers, children))
        told = {name: self._said(name, value) for name, value in answers.items() if name not in less}
        return told if children or not told.get(_WRITTEN) else {**told, _WRITTEN: answers[_WRITTEN]}

    def entry(self, entry: Entry, account: Answers, children: Collection[PupilId]) -> Answers:
        """The words of a later entry; `account` is what it was added to."""
        if entry.facts.get("form") == WHOLE:
            return self.account(entry.words, children)
        known = {**account, **entry.words}
        less = frozenset((*self._less(known, children), *self._about_others(known, children)))
        if entry.deed is Deed.CORRECTED and entry.facts.get("field", "") in less:
            return {}
        if entry.deed is Deed.SHARED:
            return self._shared(entry, less)
        theirs = {str(pupil) for pupil in self.mine}
        others = {number for number in "123" if entry.words.get(f"of_{number}", "") not in {*theirs, ""}}
        return {
            name: _NOT_SAID_WHO if name == _A_CHILD_SAYS and not set(children) <= self.mine else self._said(name, value)
            for name, value in entry.words.items()
            if name not in less and not (name.startswith(("of_", "kinds_")) and name[-1] in others)
        }

    def _shared(self, entry: Entry, less: Collection[str]) -> Answers:
        """What was shared of another child alone is not said; nothing is left where it was all of it."""
        fields = entry.words.get("fields", ())
        kept = tuple(name for name in ((fields,) if isinstance(fields, str) else fields) if name not in less)
        rest = {name: self._said(name, value) for name, value in entry.words.items() if name != "fields"}
        return {"fields": kept, **rest} if kept else {}

    def _about_others(self, answers: Answers, children: Collection[PupilId]) -> Iterator[str]:
        """The fields that say who another child is and what part they have in it."""
        stand = places(answers, children)
        for child in voices.CHILDREN:
            if stand[child] not in self.mine and _picked(answers, child) is not None:
                yield from (child, f"role_{child[-1]}")
        if children:
            yield _WRITTEN

    def _less(self, answers: Answers, children: Collection[PupilId]) -> Iterator[str]:
        """The fields that are another child's."""
        for child, words, how in _OF_CHILDREN:
            if not self._stands_in(child, answers, children):
                yield from (words, how)
        if not self._stands_in(voices.CHILDREN[0], answers, children):
            yield from _FIRST

    def _stands_in(self, place: str, answers: Answers, children: Collection[PupilId]) -> bool:
        """Whether that place of the account is theirs. Where somebody else was picked for it, it never is."""
        stands = places(answers, children)[place]
        nobody = stands is None and _picked(answers, place) is None
        return stands in self.mine or (nobody and set(children) <= self.mine)

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
