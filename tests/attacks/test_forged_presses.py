"""Whatever a client writes into a press decides nothing: no card but its own concern's changes, goes or comes by it.

Every pairing of who presses, of what, in which message, with which proof; the presses go round over the cells.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, product
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from handlers.conversation import ButtonPressed, Standing
from handlers.post.deliveries import deliver_due
from handlers.rules.concern import Concern
from handlers.rules.people import Login
from handlers.rules.school import Place, PlaceKind
from handlers.ui.card import Buttons, Card, Press
from store.opening import open_units
from tests.attacks.doors import at_slack
from tests.bot.slack.payloads import press
from tests.bot.teams.conftest import on_stage
from tests.handlers.conftest import KEY
from tests.handlers.posting import Post
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    LEADS_ON_SLACK,
    LEE,
    ROLL,
    SCHOOL,
    TESS,
    Here,
    account,
)

LEADS_ON_TEAMS = Place(platform="teams", tenant="tenant-1", kind=PlaceKind.CHANNEL, id="19:leads", team="19:team")
STALE = Card(summary="A card whose posting we lost the answer of", parts=())
STRANGER = Login(platform="slack", tenant="T0SCHOOL", user="U0NOBODY")


@dataclass(slots=True)
class Channel:
    """The school with two concerns in its leads' places and two that stand in nobody's channel."""

    here: Here
    post: Post
    first: Concern
    second: Concern
    elsewhere: tuple[Concern, ...]

    async def works(self) -> None:
        couriers = {"slack": self.post, "teams": self.post}
        while await deliver_due(self.here.units, couriers, at=self.here.at, mishap=self.here.desk.mishap):
            pass

    def message_of(self, concern: Concern, place: Place = LEADS_ON_SLACK) -> str:
        return next(
            message
            for message, (where, card) in self.post.standing.items()
            if where == place and concern.reference in card.summary
        )

    def proof_of(self, concern: Concern, place: Place = LEADS_ON_SLACK) -> str:
        """As anybody in the channel can read it off the card that stands there."""
        _, card = self.post.standing[self.message_of(concern, place)]
        return next(part.buttons[0].proof for part in card.parts if isinstance(part, Buttons))


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    school = replace(SCHOOL, leads_places=(LEADS_ON_SLACK, LEADS_ON_TEAMS))
    roll = replace(ROLL, school=school)
    units = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}", root_key=KEY, schools=(roll,))
    here = Here(units)
    first, second = await here.raises(), await here.raises()
    elsewhere = (await here.raises(answers=ABOUT_HELEN), await here.raises(answers=ABOUT_LEE))
    made = Channel(here=here, post=Post(), first=first, second=second, elsewhere=elsewhere)
    await made.works()
    yield made
    await units.close()


def _references(channel: Channel) -> dict[str, str]:
    """By message: the concern that its card names."""
    every = (channel.first, channel.second, *channel.elsewhere)
    return {
        message: next((one.reference for one in every if one.reference in card.summary), card.summary)
        for message, (_, card) in channel.post.standing.items()
    }


def _cells(channel: Channel) -> Iterator[tuple[ButtonPressed, str, str]]:
    """Each press, with the message and the proof that it says it has."""
    first, second, away = channel.first, channel.second, channel.elsewhere[0]
    who = {"lead": account(LEE), "teacher": account(TESS), "stranger": STRANGER}
    subjects = (first.id, second.id, away.id, uuid4())
    own_chat = next(m for m, (place, _) in channel.post.standing.items() if place.kind is PlaceKind.PERSON)
    messages = (channel.message_of(first), channel.message_of(second), own_chat, "twin")
    proofs = {
        "made up": "0" * 32,
        "of the first": channel.proof_of(first),
        "of the second": channel.proof_of(second),
        "of the first on Teams": channel.proof_of(first, LEADS_ON_TEAMS),
    }
    presses = cycle(Press)
    for presser, subject, message, proof in product(who, subjects, messages, proofs):
        standing = Standing(channel=LEADS_ON_SLACK.id, message=message, proof=proofs[proof])
        pressed = ButtonPressed(
            who=who[presser], press=next(presses), subject=subject, version=1, standing=standing
        )
        yield pressed, message, proof


async def test_no_press_changes_or_removes_a_card_but_the_one_that_its_own_concern_stands_on(channel: Channel):
    before = _references(channel)
    faults: list[str] = []
    for pressed, message, proof in _cells(channel):
        twin = f"twin-{uuid4()}"
        channel.post.standing[twin] = (LEADS_ON_SLACK, STALE)
        written = replace(pressed, standing=replace(pressed.standing, message=twin)) if message == "twin" else pressed
        await channel.here.answers(written)
        await channel.works()
        found = _references(channel)
        changed = {one for one in before if found.get(one) != before[one]}
        taken_in = found.get(twin) != STALE.summary
        own = message == "twin" and _proves(channel, pressed.subject, proof)
        mine = {one for one in before if own and before[one] == found.get(twin)}
        if changed - mine or taken_in != own:
            faults.append(f"{pressed.press} of {pressed.subject} in {message}, proof {proof}: {changed or taken_in}")
        if changed and changed <= mine:  # of the two the pressed one stays
            before = found
        else:
            channel.post.standing.pop(twin, None)
    assert faults == [], "\n".join(faults[:10])
    assert channel.here.mishaps == []


def _proves(channel: Channel, subject: UUID, proof: str) -> bool:
    """Whether that is the proof of that concern's own card, in the place where the press says that it was."""
    proved = {"of the first": channel.first.id, "of the second": channel.second.id}
    return proved.get(proof) == subject


async def test_a_twin_that_was_taken_in_follows_its_own_concern_from_then_on(channel: Channel):
    channel.post.standing["twin"] = (LEADS_ON_SLACK, STALE)
    standing = Standing(channel=LEADS_ON_SLACK.id, message="twin", proof=channel.proof_of(channel.first))
    pressed = ButtonPressed(
        who=account(LEE), press=Press.OPEN, subject=channel.first.id, version=1, standing=standing
    )
    await channel.here.answers(pressed)
    await channel.works()
    again = replace(
        pressed, subject=channel.second.id, standing=replace(standing, proof=channel.proof_of(channel.second))
    )
    await channel.here.answers(again)
    await channel.works()
    assert channel.first.reference in channel.post.standing["twin"][1].summary


@pytest.mark.parametrize("where", ["another tenant", "another platform", "another channel"])
async def test_a_proof_is_good_in_its_own_place_alone(channel: Channel, where: str):
    channel.post.standing["twin"] = (LEADS_ON_SLACK, STALE)
    standing = Standing(
        channel="C0OTHER" if where == "another channel" else LEADS_ON_SLACK.id,
        message="twin",
        proof=channel.proof_of(channel.first),
    )
    lee = account(LEE)
    who = {"another tenant": replace(lee, tenant="T0ELSE"), "another platform": replace(lee, platform="teams")}
    pressed = ButtonPressed(
        who=who.get(where, lee), press=Press.OPEN, subject=channel.first.id, version=1, standing=standing
    )
    await channel.here.answers(pressed)
    await channel.works()
    assert channel.post.standing["twin"] == (LEADS_ON_SLACK, STALE)


@pytest.mark.parametrize("message", ["of the first", "of nothing known"])
async def test_on_the_wire_of_slack_too(channel: Channel, message: str):
    """Signed as Slack signs it: the message it names twice, in the container and beside it, is another concern's."""
    before, body = _references(channel), press("open", _value(channel, LEADS_ON_SLACK))
    ts = channel.message_of(channel.first) if message == "of the first" else "1700000000.000900"
    forged = {
        **body,
        "user": {"id": account(LEE).user, "username": "lee", "team_id": "T0SCHOOL"},
        "team": {"id": "T0SCHOOL", "domain": "x"},
        "channel": {"id": LEADS_ON_SLACK.id, "name": "privategroup"},
        "container": {**body["container"], "message_ts": ts, "channel_id": LEADS_ON_SLACK.id},
        "message": {**body["message"], "ts": ts},
    }
    async with at_slack(channel.here.desk) as door:
        assert (await door.caller.interact(forged)).status_code == 200
    await channel.works()
    assert _references(channel) == before


@pytest.mark.parametrize("message", ["of the first", "of nothing known"])
async def test_on_the_wire_of_teams_too(channel: Channel, message: str):
    """With a good token, by somebody who is on no staff list."""
    before, (subject, version, proof) = _references(channel), _value(channel, LEADS_ON_TEAMS).split(":")
    data = {"heard": {"press": "accept", "subject": subject, "version": int(version), "proof": proof}}
    async with on_stage(channel.here.desk, tenants=frozenset({LEADS_ON_TEAMS.tenant})) as stage:
        forged = stage.invoke("adaptiveCard/action", {"action": {"verb": "accept", "data": data}})
        forged["conversation"] = {**forged["conversation"], "id": LEADS_ON_TEAMS.id, "tenantId": LEADS_ON_TEAMS.tenant}
        forged["channelData"] = {**forged["channelData"], "tenant": {"id": LEADS_ON_TEAMS.tenant}}
        known = channel.message_of(channel.first, LEADS_ON_TEAMS)
        forged["replyToId"] = known if message == "of the first" else "1700000000900"
        assert (await stage.send(forged)).status_code == 200
    await channel.works()
    assert _references(channel) == before


def _value(channel: Channel, place: Place) -> str:
    """Of the second's own button in that place."""
    return f"{channel.second.id}:1:{channel.proof_of(channel.second, place)}"
