"""Which children an entry of a concern is about, where it is about some of them alone. Pure.

Read from what the entries say themselves: whom a referral or an action is for, and who was linked to the concern when
something was written. What is about other children alone stands in no document that is made for one.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from uuid import UUID

from handlers.rules import children_in
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.people import PupilId

FOR = "for"
"""The fact that holds the ids of the children whom something is about, where it is not about all of them."""
Children = frozenset[PupilId]


class Whose(Enum):
    """How it is known whom an entry is about."""

    ACCOUNT = auto()
    """It is the account, or told beside it: each field is the child's whom it was asked about (`account/for_one`)."""
    AT_THE_TIME = auto()
    """The children who were linked to the concern when it was written."""
    REFERRAL = auto()
    """Those whom its referral was made for."""
    ACTION = auto()
    """Those whom its action is for."""
    LINK = auto()
    """Those who were linked, and those who are no longer."""
    BOTH = auto()
    """Two concerns that become one: the children of both."""
    NOBODYS = auto()
    """In the trail alone: it stands in no document."""


HANDLING = frozenset({
    Deed.DANGER, Deed.DANGER_ACCEPTED, Deed.DANGER_CHASED, Deed.ACCEPTED, Deed.HANDED_OVER, Deed.TAKEN_OVER,
    Deed.OFFER_DECLINED, Deed.OFFER_LAPSED, Deed.OWNER_GONE, Deed.ESCALATED, Deed.CHASED, Deed.PASSED_OVER,
    Deed.COUNTS_AS_NOW, Deed.SAFE_UNTIL, Deed.DECIDED, Deed.SECOND_READ, Deed.CLOSE_PROPOSED, Deed.KEPT_OPEN,
    Deed.CLOSED, Deed.REOPENED, Deed.REVIEWED, Deed.NAMED, Deed.SEALED, Deed.UNSEALED, Deed.SHARED,
    Deed.SHARE_REVOKED, Deed.BREAK_GLASS_ASKED, Deed.BREAK_GLASS_AGREED, Deed.REPORTED, Deed.NOT_THEIRS,
    Deed.KEPT_MEANWHILE, Deed.MADE_GRAVER, Deed.LADO_SPOKEN, Deed.STRATEGY, Deed.SUSPENSION, Deed.ADULT_SUPPORT,
    Deed.FOUND_OF_ADULT, Deed.BARRING, Deed.ADULT_CHASED,
})  # fmt: skip
REFERRALS = frozenset({
    Deed.REFERRED, Deed.REFERRAL_CONFIRMED, Deed.REFERRAL_ANSWERED, Deed.REFERRAL_CHALLENGED, Deed.REFERRAL_RESOLVED,
    Deed.REFERRAL_WITHDRAWN, Deed.REFERRAL_CHASED, Deed.EXPORTED,
})  # fmt: skip
ACTIONS = frozenset({
    Deed.ASSIGNED, Deed.ORPHANED, Deed.ACKNOWLEDGED, Deed.BEGUN, Deed.WAITING, Deed.MORE_TIME, Deed.EXTENDED,
    Deed.REASSIGNED, Deed.DONE, Deed.SENT_BACK, Deed.VERIFIED, Deed.CANCELLED,
})  # fmt: skip
_NOBODYS = frozenset({
    Deed.DRAFT_CHASED, Deed.THROWN_AWAY, Deed.EXPIRED, Deed.SEEN, Deed.READ, Deed.LOOKED_BACK, Deed.FOUND,
    Deed.BREAK_GLASS_REFUSED, Deed.PATTERN_DISMISSED, Deed.REMINDED, Deed.NUDGED, Deed.DIGESTED, Deed.HUDDLED,
    Deed.AWAY, Deed.COVERED, Deed.UNCOVERED, Deed.BACK, Deed.THEMES, Deed.REFUSED, Deed.ALARMED, Deed.SELF_TESTED,
    Deed.ROLL, Deed.LISTED, Deed.LOG_ASKED, Deed.LOG_REVIEWED,
})  # fmt: skip
WHOSE: Mapping[Deed, Whose] = {
    **dict.fromkeys((Deed.RAISED, Deed.ADDED, Deed.CORRECTED), Whose.ACCOUNT),
    **dict.fromkeys(sorted(HANDLING), Whose.AT_THE_TIME),
    **dict.fromkeys(sorted(REFERRALS), Whose.REFERRAL),
    **dict.fromkeys(sorted(ACTIONS), Whose.ACTION),
    **dict.fromkeys((Deed.LINKED, Deed.MISFILED, Deed.CHILD_ASKED), Whose.LINK),
    **dict.fromkeys((Deed.MERGE_PROPOSED, Deed.MERGE_REFUSED, Deed.MERGED), Whose.BOTH),
    **dict.fromkeys(sorted(_NOBODYS), Whose.NOBODYS),
}
"""A row for every deed."""


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
