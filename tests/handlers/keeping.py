"""Who may know, for the tests of what is lost: words to look for, one more named, a seal, what the trail has of it."""

import json

from sqlalchemy import select

from handlers.need_to_know import form as keeping
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from handlers.ui.card import Press
from store.trail_tables import entries as table
from tests.handlers.acting import assigned
from tests.handlers.posting import Post, works
from tests.handlers.referring import refers
from tests.handlers.school import ANSWERS, LEE, SCHOOL, TOM, Here

CANARY = {**ANSWERS, "facts": "CANARY-FACTS She held her sleeve down.", "place_words": "CANARY-PLACE"}


async def names(here: Here, by, concern: Concern, whom, *, part: str = "close"):
    form = await here.opens(by, Press.NAME, concern.id)
    values = {"person": str(whom.id), "part": part, "reason": "CANARY-REASON his sister's child."}
    return await here.send(by, form, values)


async def entries(here: Here, concern: Concern, deed: Deed):
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(concern.id, words=True) if line.entry.deed is deed]


async def full(here: Here, post: Post) -> Concern:
    """A concern with everything that can hang on one, owned by Lee, its cards standing everywhere."""
    concern = await here.raises(answers=CANARY)
    await works(here, post)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    concern = await here.concern(concern.id)
    await assigned(here, concern, owner=LEE)
    await assigned(here, concern, owner=TOM)
    await refers(here, concern)
    share = await here.opens(LEE, Press.SHARE, concern.id)
    shared = {"to": str(TOM.id), "fields": ("facts",), "until": "2026-11-27", "reason": "He teaches her."}
    await here.send(LEE, share, shared)
    await here.command(LEE, "board")
    await works(here, post)
    return concern


async def open_concerns(here: Here):
    async with here.units(SCHOOL.id) as uow:
        return await uow.concerns.open()


async def alarmed(here: Here) -> set[str]:
    """Codes of the alarms, from the trail as it is stored."""
    return {facts["why"] for facts in await alarms(here)}


async def alarms(here: Here) -> list[dict[str, str]]:
    """The facts of every alarm, from the trail as it is stored."""
    async with here.units.reading() as connection:
        bodies = (await connection.execute(select(table.c.body))).scalars().all()
    read = [json.loads(body) for body in bodies]
    return [body["facts"] for body in read if body["deed"] == Deed.ALARMED.value]


async def seals(here: Here, by, concern: Concern, *people, reason: str = "CANARY-SEAL a colleague's family."):
    form = await here.opens(by, Press.SEAL, concern.id)
    assert form.values == {"to_1": str(by.id)}
    chosen = {field: str(person.id) for field, person in zip(keeping.PEOPLE, people, strict=False)}
    return await here.send(by, form, {**chosen, "reason": reason})
