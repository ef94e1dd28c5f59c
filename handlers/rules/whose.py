"""Which children an entry of a concern is about, where it is about some of them alone. Pure.

Read from what the entries say themselves: whom a referral or an action is for, and who was linked to the concern when
something was written. What is about other children alone stands in no document that is made for one.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from handlers.rules import children_in
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.deeds import WHOSE, Deed, Whose
from handlers.rules.people import PupilId

FOR = "for"
"""The fact that holds the ids of the children whom something is about, where it is not about all of them."""
Children = frozenset[PupilId]


def whose(lines: Sequence[Sealed], now: Children, *, beside: Mapping[str, Children]) -> Mapping[int, Children]:
    """By sequence: which children each entry is about; nobody where that cannot be told.

    `lines`: all entries of one concern in their order. `now`: whom it is linked to. `beside`: the children of concerns
    that were merged with it, by id. A child who took the place of a wrong one has what was written of that one.
    """
    replay = _Replay(beside)
    found = {line.sequence: replay.of(line.entry) for line in lines}
    unknown = now - replay.linked
    """Linked by an entry that does not say so: since when is not known, so everything may be about them."""
    return {at: replay.moved(children) | unknown if children else children for at, children in found.items()}


class _Replay:
    """Who was linked to a concern, entry after entry."""

    def __init__(self, beside: Mapping[str, Children]) -> None:
        self.linked: Children = frozenset()
        self._beside = beside
        self._became: dict[PupilId, Children] = {}
        self._things: dict[str, Children] = {}
        """Whom each referral and each action is about, by its id."""

    def of(self, entry: Entry) -> Children:
        match WHOSE[entry.deed]:
            case Whose.ACCOUNT | Whose.NOBODYS:
                return self._account(entry)
            case Whose.AT_THE_TIME:
                return self.linked
            case Whose.REFERRAL:
                return self._of_a_thing(entry, "referral")
            case Whose.ACTION:
                return self._of_a_thing(entry, "action")
            case Whose.LINK:
                return self._link(entry)
            case Whose.BOTH:
                return self._join(entry)

    def _account(self, entry: Entry) -> Children:
        if entry.deed is Deed.RAISED:
            self.linked = frozenset(children_in.children(entry.words))
        return frozenset()

    def _of_a_thing(self, entry: Entry, what: str) -> Children:
        """As its first entry said, or as the concern was linked then."""
        said = frozenset(ids(entry.facts.get(FOR, ""))) or self.linked
        thing = entry.facts.get(what, "")
        return self._things.setdefault(thing, said) if thing else said

    def _link(self, entry: Entry) -> Children:
        left, come = (frozenset(ids(entry.facts.get(name, ""))) for name in ("from", "to_child"))
        for wrong in left:
            self._became[wrong] = self._became.get(wrong, frozenset()) | come
        self.linked = (self.linked - left) | come
        return left | come

    def _join(self, entry: Entry) -> Children:
        other = self._beside.get(entry.facts.get("from") or entry.facts.get("into", ""), frozenset())
        both = self.linked | other
        if entry.deed is Deed.MERGED and "from" in entry.facts:
            self.linked = both
        return both

    def moved(self, children: Children) -> Children:
        """With whoever took the place of one of them, however often it was moved."""
        found, left = set[PupilId](), list(children)
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += self._became.get(one, ())
        return frozenset(found)


def ids(text: str) -> Iterator[PupilId]:
    """The children in a fact: ids with spaces between them."""
    for word in text.split():
        try:
            yield PupilId(UUID(word))
        except ValueError:
            continue
