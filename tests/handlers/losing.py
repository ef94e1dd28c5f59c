"""Everything that a person can reach, gathered: to look for a trace of what they have lost."""

from uuid import UUID

from handlers.conversation import NextPage, OpenForm, Reply, SearchTyped
from handlers.errors import NoSuchConcern, Refused
from handlers.referrals.letters.record import export_letter
from handlers.rules.concern import Concern
from handlers.rules.people import LEADS, Person
from handlers.ui.card import Press
from handlers.ui.form import Source
from tests.handlers.posting import Post, chat_with
from tests.handlers.school import LEADS_ON_SLACK, MIA, SCHOOL, Here, account

COMMANDS = ("mine", "board", "help", "find", "themes", "themes last", "patterns", "quality", "quality last")


def cards(post: Post, person: Person) -> str:
    """What stands in their chat and, for a lead, in the leads' channel."""
    places = [chat_with(person), *([LEADS_ON_SLACK] if person.among(LEADS) else [])]
    return " ".join(str(card) for place in places for card in post.at(place))


async def reached(here: Here, post: Post, person: Person, concern: Concern, *parts: UUID) -> dict[str, str]:
    """By way: every answer that they can get, with ids of the concern and of its parts tried on every press."""
    found = {"cards": cards(post, person)}
    for command in COMMANDS:
        found[f"/concern {command}"] = str(await here.command(person, command))
    found["find by reference"] = await _finds(here, person, {"reference": concern.reference})
    found["find by child"] = await _finds(here, person, {"child": str(MIA.id)})
    found["chronology of the child"] = str(await here.press(person, Press.CHRONOLOGY, MIA.id))
    for source in Source:
        found[f"search {source}"] = str(await here.answers(SearchTyped(who=account(person), source=source, query="26")))
    for subject in (concern.id, *parts):
        for press in sorted(_PRESSES):
            reply = await here.press(person, press, subject)
            found[f"press {press} {subject}"] = _without_its_own_key(reply)
    found["export"] = await _exports(here, person, concern)
    return found


_PRESSES = set(Press) - {
    Press.START, Press.START_HERE, Press.QUICK, Press.QUICK_HERE, Press.NOTICE, Press.NOTICE_HERE, Press.UNLOCK,
    Press.FIND,
}  # fmt: skip
"""These begin something of their own, whatever id they carry."""


def _without_its_own_key(reply: Reply) -> str:
    """What they sent themselves comes back in a form's key and is no trace."""
    return str((reply.form.title, reply.form.parts)) if isinstance(reply, OpenForm) else str(reply)


async def _finds(here: Here, person: Person, values: dict[str, str]) -> str:
    form = await here.command(person, "find")
    if not isinstance(form, OpenForm):
        return str(form)
    reply = await here.send(person, form.form, values)
    if not isinstance(reply, NextPage):
        return str(getattr(reply, "by_field", reply))
    return str((reply.form.title, reply.form.parts))


async def _exports(here: Here, person: Person, concern: Concern) -> str:
    try:
        async with here.units(SCHOOL.id) as uow:
            return str(await export_letter(uow, f"{concern.reference}/R1", by=person, at=here.at))
    except (NoSuchConcern, Refused) as refusal:
        return str(refusal)


def traces(found: dict[str, str], *secrets: str) -> dict[str, list[str]]:
    """The ways that show one of those."""
    shown = {way: [one for one in secrets if one in words] for way, words in found.items()}
    return {way: which for way, which in shown.items() if which}


