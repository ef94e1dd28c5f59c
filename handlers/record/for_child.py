"""Gathers who else stands in concerns, so that a document made for one child says no more of them than an alias."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from handlers.account import voices
from handlers.account.for_one import ForOne
from handlers.ports import UnitOfWork
from handlers.rules import spoken
from handlers.rules.children_in import children as written_down
from handlers.rules.chronology import Answers, Deed, Sealed
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.naming_words import ORDINARY
from handlers.rules.people import Pupil, PupilId
from handlers.rules.veil import Veil

Lines = Mapping[ConcernId, Sequence[Sealed]]
"""The entries of each concern in order, their words opened."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORTEST = 3
"""Letters of a word by which a child on the roll is looked for in a text."""


async def for_children(
    uow: UnitOfWork, mine: Collection[PupilId], concerns: Sequence[Concern], lines: Lines
) -> ForOne:
    """How those concerns read in a document for these children: aliases in the order in which the others came up."""
    accounts = [account_in(lines[one.id]) for one in concerns]
    listed = [id for one, told in zip(concerns, accounts, strict=True) for id in _in_order(one, told)]
    others = [id for id in dict.fromkeys(listed) if id not in mine]
    aliases = {id: f"Child {letter(number)}" for number, id in enumerate(others, start=len(set(mine)))}
    known = await uow.pupils.get([*mine, *others])
    texts = [text for one in concerns for line in lines[one.id] for text in _texts(line.entry.words)]
    veil = Veil(
        [known[id] for id in mine if id in known],
        {aliases[id]: [known[id]] for id in others if id in known},
        strangers=await _mentioned(uow, texts),
        typed=[
            name
            for one, told in zip(concerns, accounts, strict=True)
            for name in typed_names(str(told.get("child_other") or "") if one.children else "")
        ],
        staff=[(person.id, person.name) for person in await uow.people.ever()],
    )
    return ForOne(mine=frozenset(mine), aliases=aliases, veil=veil)


def letter(number: int) -> str:
    """`A` for the first, `B` ..., and `AA` after `Z`."""
    more, last = divmod(number, len(_LETTERS))
    return (letter(more - 1) if more else "") + _LETTERS[last]


def account_in(lines: Sequence[Sealed]) -> Answers:
    """The account that the concern was raised with."""
    nothing: Answers = {}
    return next((line.entry.words for line in lines if line.entry.deed is Deed.RAISED), nothing)


def _in_order(concern: Concern, told: Answers) -> Iterator[PupilId]:
    """The children of a concern: as they were written down, then those who were linked since."""
    yield from written_down(told)
    yield from sorted(concern.children, key=str)


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
    """Children on the roll of whose name some word in the texts is a part."""
    words = {word for text in texts for word in spoken.folded(text)}
    found: dict[PupilId, Pupil] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST and word not in ORDINARY and word.isalpha():
            named = await uow.pupils.search(word, left=True)
            found |= {one.id: one for one in named if word in spoken.folded(one.name)}
    return list(found.values())


def _texts(words: Answers) -> Iterator[str]:
    yield from (value for name, value in words.items() if isinstance(value, str) and name not in voices.CHILDREN)
