"""What is kept and what stands in chat, held against what people were told.

The store is opened beside the program, with the same key, and only read.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise

from sqlalchemy import select

from bot.playground.thumbs import Seen
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from handlers.rules.school import School
from store.delivery_tables import posts
from store.head import Head
from store.keys import read_key_file
from store.opening import open_units
from store.rolls import Roll
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.faults import crowd
from tests.faults.crowd import Heard
from tests.faults.outside import PATIENT, Outside
from tests.journeys.gestures import reference_in, until

READERS = {"slack": "dana", "teams": "priya"}
"""Somebody who reads the leads' place there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One concern with what hangs on it."""

    concern: Concern
    facts: str
    added: int
    """How often something was added to it."""
    posts: Mapping[str, Sequence[str]]
    """The messages in the leads' places that are known to show it, by platform."""


@asynccontextmanager
async def store(here: Outside) -> AsyncGenerator[Units]:
    file = here.file
    units = await open_units(
        here.environment["DATABASE_URL"],
        root_key=read_key_file(here.folder / "heard.key"),
        schools=(Roll(school=file.school, people=file.people, pupils=file.pupils),),
    )
    try:
        yield units
    finally:
        await units.close()


async def kept(units: Units, school: School, *, only: Collection[str] | None = None) -> list[Kept]:
    """Every concern (or those with these references) as it is at one moment, without a lock; the trail is verified."""
    assert await verify_chain(units, school.id) is None
    async with units.reading() as connection:
        uow = units._homes[school.id].unit(connection, Head(connection, school.id), None)
        concerns = await uow.concerns.open()
        return [await _kept(uow, one) for one in concerns if only is None or one.reference in only]


async def _kept(uow: UnitOfWork, concern: Concern) -> Kept:
    answers = await uow.trail.answers(concern.id)
    entries = await uow.trail.of(concern.id)
    posts = {
        place.platform: await uow.posts.find(Notice(kind=NoticeKind.TRIAGE, place=place, subject=concern.id))
        for place in uow.school.leads_places
    }
    added = sum(line.entry.deed is Deed.ADDED for line in entries)
    return Kept(concern=concern, facts=str(answers["facts"]), added=added, posts=posts)


async def deeds(units: Units, school: School) -> list[Counter[Deed]]:
    """How often each deed was done, a concern that is open."""
    async with units.reading() as connection:
        uow = units._homes[school.id].unit(connection, Head(connection, school.id), None)
        return [
            Counter(line.entry.deed for line in await uow.trail.of(one.id)) for one in await uow.concerns.open()
        ]


def told_safe_is_stored(heard: Heard, every: Sequence[Kept], *, all_told: bool) -> None:
    """Each receipt that was seen names one concern with those very words; nothing is there twice or changed."""
    times = Counter(one.facts for one in every)
    assert [facts for facts, number in times.items() if number > 1] == [], "stored twice"
    stored = {one.facts: one.concern.reference for one in every}
    assert {facts: ref for facts, ref in heard.safe.items() if stored.get(facts) != ref} == {}, "told safe, not stored"
    assert [one.concern.reference for one in every if one.added] == [], "the same form again was kept as an addition"
    if all_told:
        assert stored.keys() - heard.safe.keys() <= heard.given_up | heard.kept, "stored, and nobody was told"
        assert heard.kept <= stored.keys(), "told that it comes in by itself, and it did not"


def told_accepted_is_kept(here: Outside, heard: Heard, every: Sequence[Kept]) -> None:
    """Whoever was told that it is theirs owns it."""
    people = {person.id: person.name.split()[0].casefold() for person, _ in here.file.people}
    owners = {one.concern.reference: people[one.concern.owner] for one in every if one.concern.owner}
    assert {ref: who for ref, who in heard.accepted.items() if owners.get(ref) != who} == {}


def cards(here: Outside, platform: str) -> dict[str, list[Seen]]:
    """The messages in the leads' place there that show a concern to everybody, by its reference."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for seen in here.person(READERS[platform]).chat("leads"):
        if not seen.only_me and crowd.OUTAGE not in seen.words:
            found[reference_in(seen.words)].append(seen)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A card beside the one before it, of the same concern in the same place."""

    platform: str
    of: Kept
    before: Seen
    card: Seen

    @property
    def strangers(self) -> list[Seen]:
        """Those of the two that the program does not know of."""
        return [seen for seen in (self.before, self.card) if seen.id not in self.of.posts[self.platform]]


def twins(here: Outside, every: Sequence[Kept]) -> list[Twin]:
    """Every card beyond the first. A place without a card, or without one that is known, is an error at once."""
    found: list[Twin] = []
    shown = {platform: cards(here, platform) for platform in READERS}
    for one in every:
        for platform, known in one.posts.items():
            standing = shown[platform][one.concern.reference]
            assert standing, f"{platform}: no card of {one.concern.reference}"
            assert known, f"{platform}: no card of {one.concern.reference} is known"
            assert set(known) <= {seen.id for seen in standing}, f"{platform}: a message is known that does not stand"
            pairs = pairwise(standing)
            found += [Twin(platform=platform, of=one, before=first, card=second) for first, second in pairs]
    return found


async def not_written_down(here: Outside, units: Units) -> set[tuple[str, str]]:
    """Platform and id of each card that stands in a leads' place and that the program, which is dead, did not come to
    write down: a second one of those may come."""
    async with units.reading() as connection:
        known = set((await connection.execute(select(posts.c.message))).scalars())
    standing = {(platform, seen.id) for platform in READERS for seen in chain(*cards(here, platform).values())}
    return {(platform, id) for platform, id in standing if id not in known}


def arrived(seen: Seen) -> float:
    """When the stand-in took it, in seconds since 1970: the ids of both platforms are times."""
    return float(seen.id) / (1 if "channel" in seen.raw else 1000)


async def adopted_at_their_first_press(here: Outside, doubled: Sequence[Twin]) -> None:
    """Whatever the press itself leads to, from then on a card that was unknown shows what the known ones show."""
    strangers = {(twin.platform, seen.id): (twin, seen) for twin in doubled for seen in twin.strangers}
    for twin, seen in strangers.values():
        button, reader = "Accept" if "Accept" in seen.buttons else "Open", here.person(READERS[twin.platform])
        limit = time.monotonic() + PATIENT
        while _stands(here, twin, seen) and not await crowd.tries(reader.press(button, on=seen)):
            assert time.monotonic() < limit, f"a card on {twin.platform} cannot be pressed"
            await asyncio.sleep(crowd.WAIT)
        await until(partial(_alike, here, twin, seen), f"a card on {twin.platform} to be known", within=PATIENT)


def _stands(here: Outside, twin: Twin, seen: Seen) -> bool:
    """Where a card stands more than twice, the press of one takes the others away."""
    return seen.id in {card.id for card in cards(here, twin.platform)[twin.of.concern.reference]}


def _alike(here: Outside, twin: Twin, seen: Seen) -> bool:
    standing = cards(here, twin.platform)[twin.of.concern.reference]
    shown = {card.words for card in standing if card.id == seen.id or card.id in twin.of.posts[twin.platform]}
    return len(shown) == 1


def every_card_shows_its_state(here: Outside, every: Sequence[Kept]) -> None:
    """Every card in a leads' place says who owns the concern now."""
    shown = {platform: cards(here, platform) for platform in READERS}
    for one in every:
        for card in [card for found in shown.values() for card in found[one.concern.reference]]:
            says = "Accepted by" in card.words or "Owner:" in card.words
            assert says == (one.concern.owner is not None), card.words
