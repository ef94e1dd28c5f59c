"""A card whose answer was lost is known again: its client tells of it, or Graph does where the tenant lets us look."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.playground.switchboard import Fault
from bot.playground.teams.thumbs import TeamsThumbs
from bot.teams.courier import TeamsCourier
from bot.teams.standing import PERMISSION, ChannelMessages
from handlers.conversation import ButtonPressed, CardSeen, Standing, Tell
from handlers.ui import plain
from handlers.ui.card import Which, proved
from manifest import teams
from tests.bot.teams.conftest import CAST, CLIENT_ID, LEADS, LEADS_PLACE, TENANT, TESS_PLACE, Stage, aad
from tests.examples import CARDS

MARK, WHICH = "5" * 32, Which(kind="triage", subject=UUID(int=7))
CARD = proved(CARDS["triage_submitted"], MARK, WHICH)


@pytest.fixture
async def known(stage: Stage) -> Stage:
    await stage.world.install()
    return stage


@pytest.fixture
def lead(known: Stage) -> TeamsThumbs:
    return TeamsThumbs(known.world, next(person for person in CAST.people if person.lead))


async def test_a_client_that_shows_it_says_which_card_stands_in_which_message(known: Stage, lead, desk):
    posted = await known.courier.post(LEADS_PLACE, CARD)
    await lead.look("leads")
    (heard,) = desk.heard
    assert heard == CardSeen(
        who=heard.who, which=WHICH, standing=Standing(channel=LEADS, message=posted, proof=MARK)
    )
    await lead.look("leads")
    assert len(desk.heard) == 1, "once a minute"


async def test_the_answer_stands_before_that_person_and_nothing_is_said_of_it(known: Stage, lead, desk):
    await known.courier.post(LEADS_PLACE, CARD)
    desk.reply = Tell(CARDS["triage_accepted"])
    (seen,) = await lead.look("leads")
    assert "Accepted by" in seen.words


async def test_drawn_again_it_asks_no_more(known: Stage, lead, desk):
    posted = await known.courier.post(LEADS_PLACE, CARD)
    await known.courier.update(LEADS_PLACE, posted, CARD)
    await lead.look("leads")
    assert desk.heard == []


async def test_in_a_persons_own_chat_nothing_asks(known: Stage):
    posted = await known.courier.post(TESS_PLACE, CARD)
    (chat,) = [place for place in known.world.conversations.values() if place.find(posted)]
    assert "refresh" not in str(chat.find(posted).activity)


@pytest.mark.parametrize("more", [{"trigger": "automatic"}, {"trigger": "manual"}, {}])
async def test_no_client_presses_anything_by_itself(known: Stage, desk, more):
    """Whatever an automatic request carries beside, it is the card that is asked for."""
    seen = {"seen": "triage", "subject": str(UUID(int=7)), "step": "", "proof": MARK, "press": "accept", "version": 1}
    value = {"action": {"type": "Action.Execute", "verb": "refresh", "data": {"heard": seen}}, **more}
    await known.send(known.invoke("adaptiveCard/action", value, replyToId="1700000000000"))
    assert not any(isinstance(heard, ButtonPressed) for heard in desk.heard)
    assert [type(heard) for heard in desk.heard] == [CardSeen]


@pytest.mark.parametrize(
    "wrong", [{"seen": "Tri age"}, {"seen": 7}, {"subject": "x"}, {"step": "a b"}, {"step": "x" * 81}], ids=str
)
async def test_what_is_not_in_that_shape_is_none_of_ours(known: Stage, desk, wrong):
    seen = {"seen": "triage", "subject": str(UUID(int=7)), "step": "", "proof": MARK} | wrong
    value = {"action": {"type": "Action.Execute", "data": {"heard": seen}}, "trigger": "automatic"}
    answer = await known.send(known.invoke("adaptiveCard/action", value, replyToId="1700000000000"))
    assert desk.heard == []
    assert answer.json()["type"] == "application/vnd.microsoft.activity.message"


@pytest.fixture
def looking(known: Stage) -> TeamsCourier:
    """Where the tenant lets us."""
    known.world.manifest = teams.manifest(client_id=CLIENT_ID, domain="heard.example", look_up=True)
    return courier(known)


def courier(known: Stage) -> TeamsCourier:
    async def allowed(_: object) -> frozenset[str]:
        return frozenset({aad(1), aad(2)})

    messages = ChannelMessages(
        http=known.http, tokens=known.tokens, graph_url=known.directory._url, client_id=CLIENT_ID, clock=known.clock
    )
    return TeamsCourier(
        connector=known.connector, addresses=lambda _: known.kept, allowed=allowed, messages=messages,
        clock=known.clock,
    )  # fmt: skip


async def test_ours_with_that_mark_are_found_the_oldest_first(looking, lead):
    first = await looking.post(LEADS_PLACE, CARD)
    await looking.post(LEADS_PLACE, proved(CARD, "6" * 32, WHICH))
    await lead.say(f"A message that quotes {MARK}", place="leads")
    for _ in range(60):
        await lead.say("Good morning.", place="leads")
    second = await looking.post(LEADS_PLACE, CARD)
    assert await looking.find(LEADS_PLACE, MARK) == [first, second]
    assert await looking.finds_again(LEADS_PLACE)


async def test_one_that_was_taken_away_is_not_found(looking):
    posted = await looking.post(LEADS_PLACE, CARD)
    await looking.withdraw(LEADS_PLACE, posted)
    assert await looking.find(LEADS_PLACE, MARK) == []


async def test_without_the_permission_it_is_asked_once_in_ten_minutes(known: Stage):
    looking = courier(known)
    await looking.post(LEADS_PLACE, CARD)
    for ahead, asked in ((0, 1), (590, 1), (610, 2)):
        known.clock.ahead = ahead
        assert not await looking.find(LEADS_PLACE, MARK)
        assert len([path for path in known.fetched if path.endswith("/messages")]) == asked
    assert not await looking.finds_again(LEADS_PLACE)


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.UNAVAILABLE, Fault.DROP, Fault.UNAUTHORISED])
async def test_a_concern_does_not_wait_for_graph(known: Stage, looking, fault):
    await looking.post(LEADS_PLACE, CARD)
    known.world.weather.graph.next(1, fault)
    assert await looking.find(LEADS_PLACE, MARK) == ()
    assert len(await looking.find(LEADS_PLACE, MARK)) == 1, "and it is asked again the next time"


async def test_a_persons_own_chat_is_never_read(known: Stage, looking):
    await looking.post(TESS_PLACE, CARD)
    before = len(known.fetched)
    assert await looking.find(TESS_PLACE, MARK) == ()
    assert len(known.fetched) == before


async def test_another_team_is_another_group(known: Stage, looking):
    elsewhere = replace(LEADS_PLACE, team="19:another@thread.tacv2", tenant=TENANT)
    assert await looking.find(elsewhere, MARK) == ()


def test_the_permission_is_the_one_that_the_manifest_can_ask_for():
    assert PERMISSION == teams.LOOK_UP
    asked = teams.manifest(client_id=CLIENT_ID, domain="heard.example")
    assert PERMISSION not in str(asked)


async def test_where_nothing_looks_nothing_is_asked(known: Stage):
    assert await known.courier.find(LEADS_PLACE, MARK) == ()
    assert not await known.courier.finds_again(LEADS_PLACE)
    assert plain.nothing_here().which is None
