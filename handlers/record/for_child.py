"""Gathers who else stands in concerns, so that a document made for one child says no more of them than an alias."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from handlers.account import voices
from handlers.account.for_one import ForOne
from handlers.ports import UnitOfWork
from handlers.rules import spoken, typed_words
from handlers.rules.as_a_name import stands_as_a_name
from handlers.rules.children_in import children as written_down
from handlers.rules.chronology import Answers, Entry, Sealed
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.deeds import WHOSE, Deed, Whose
from handlers.rules.naming_words import ORDINARY
from handlers.rules.people import Pupil, PupilId
from handlers.rules.veil import Veil
from handlers.rules.whose import FOR, Children, ids

Lines = Mapping[ConcernId, Sequence[Sealed]]
"""The entries of each concern in order, their words opened."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORTEST = 3
"""Letters of a word by which a child on the roll is looked for in a text."""


async def for_children(
    uow: UnitOfWork, mine: Collection[PupilId], concerns: Sequence[Concern], lines: Lines
) -> ForOne:
    """How those concerns read in a document for these children: aliases in the order in which the others came up."""
    told = [line.entry for one in concerns for line in lines[one.id]]
    merged = await beside(uow, [line for one in concerns for line in lines[one.id]])
    listed = [id for one in concerns for id in _in_order(one, lines[one.id])]
    joined = sorted((id for children in merged.values() for id in children), key=str)
    others = [id for id in dict.fromkeys((*listed, *joined)) if id not in mine]
    aliases = {id: f"Child {letter(number)}" for number, id in enumerate(others, start=len(set(mine)))}
    known = await uow.pupils.get([*mine, *others])
    veil = Veil(
        [known[id] for id in mine if id in known],
        {aliases[id]: [known[id]] for id in others if id in known},
        strangers=await _mentioned(uow, [text for entry in told for text in _texts(entry.words)]),
        typed=[name for one in concerns if one.children for line in lines[one.id] for name in _written(line.entry)],
        staff=[(person.id, person.name) for person in await uow.people.ever()],
    )
    called = {id: known[id].label() for id in mine if id in known}
    return ForOne(mine=frozenset(mine), aliases=aliases, veil=veil, called=called, beside=merged)


async def beside(uow: UnitOfWork, lines: Sequence[Sealed]) -> Mapping[str, Children]:
    """The children of every concern that these entries say was, or was to be, merged with their own; by its id."""
    merging = [line.entry.facts for line in lines if WHOSE[line.entry.deed] is Whose.BOTH]
    ids = {facts.get("from") or facts.get("into", "") for facts in merging}
    found = [await uow.concerns.get(ConcernId(UUID(id))) for id in sorted(ids) if id]
    return {str(one.id): one.children for one in found if one is not None}


def letter(number: int) -> str:
    """`A` for the first, `B` ..., and `AA` after `Z`."""
    more, last = divmod(number, len(_LETTERS))
    return (letter(more - 1) if more else "") + _LETTERS[last]


def account_in(lines: Sequence[Sealed]) -> Answers:
    """The account that the concern was raised with."""
    nothing: Answers = {}
    return next((line.entry.words for line in lines if line.entry.deed is Deed.RAISED), nothing)


def _in_order(concern: Concern, lines: Sequence[Sealed]) -> Iterator[PupilId]:
    """Every child that came up in a concern: as they were written down, then those who were linked, or were once."""
    for line in lines:
        words, facts = line.entry.words, line.entry.facts
        yield from written_down(words)
        yield from ids(" ".join(str(words.get(f"of_{number}") or "") for number in "123"))
        linked = ("from", "to_child") if WHOSE[line.entry.deed] is Whose.LINK else ()
        yield from ids(" ".join(facts.get(name, "") for name in (FOR, *linked)))
    yield from sorted(concern.children, key=str)


def _written(entry: Entry) -> Iterator[str]:
    """The names of children who were written down and not found, in the account or in what was said of it since."""
    yield from typed_names(str(entry.words.get("child_other") or ""))
    if entry.facts.get("field") == "child_other":
        yield from (name for field in ("now", "note") for name in typed_names(str(entry.words.get(field) or "")))


def typed_names(text: str) -> Iterator[str]:
    """The names in what was written of a child who was not found: words in a row with capitals, else each alone."""
    words = [word for word in text.replace(",", " , ").split() if word]
    run = list[str]()
    for word in (*words, ","):
        if word[0].isupper() and word.isalpha() and word.casefold() not in ORDINARY:
            run.append(word)
            continue
        if run:
            yield " ".join(run)
        run = []
        if word.isalpha() and len(word) >= _SHORTEST and word.casefold() not in ORDINARY:
            yield word


async def _mentioned(uow: UnitOfWork, texts: Sequence[str]) -> Sequence[Pupil]:
    """Children on the roll of whose name some word in the texts is a part: of one that is an ordinary word as well,
    where it stands as a name."""
    words = {word for text in texts for word in spoken.folded(text) if word not in ORDINARY}
    words |= {word for text in texts for word in _as_names(text)}
    found: dict[PupilId, Pupil] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST and word.isalpha():
            named = await uow.pupils.search(word, left=True)
            found |= {one.id: one for one in named if word in spoken.folded(one.name)}
    return list(found.values())


def _as_names(text: str) -> Iterator[str]:
    read = list(typed_words.read(text))
    yield from (word.text for at, word in enumerate(read) if stands_as_a_name(text, read, at))


def _texts(words: Answers) -> Iterator[str]:
    yield from (value for name, value in words.items() if isinstance(value, str) and name not in voices.CHILDREN)
