"""What did not arrive is never given up: when it is tried again, who is told meanwhile, and what is told once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Fault, Undelivered
from handlers.post.deliveries import deliver_due
from handlers.rules.people import Login
from handlers.rules.school import Place, PlaceKind
from handlers.rules.trouble import Trouble
from handlers.triage.chasing import chase_unaccepted
from handlers.ui.card import Card, Press
from store.opening import open_units
from store.unit_of_work import Units
from tests.handlers.conftest import KEY
from tests.handlers.posting import Post, chat_with, time_has_passed
from tests.handlers.school import DANA, HELEN, LEADS_ON_SLACK, LEE, PEOPLE, PRIYA, ROLL, SCHOOL, TESS, THEO, Here

DANA_ON_TEAMS = Place(platform="teams", tenant="tenant-1", kind=PlaceKind.PERSON, id="dana-on-teams")
BOTH = tuple(
    (person, (*logins, Login(platform="teams", tenant="tenant-1", user="dana-on-teams")) if person == DANA else logins)
    for person, logins in PEOPLE
)
"""Dana has an account on each platform, and reads the first one first."""
SILENT = Undelivered("no_connection")
NO_TOKEN = Undelivered("token_revoked", final=True, fault=Fault.TOKEN)
BAD_BLOCKS = Undelivered("invalid_blocks", final=True, fault=Fault.MESSAGE)


class Line(Post):
    """A courier that fails while `down` is set; for one place alone where `only` says so."""

    def __init__(self) -> None:
        super().__init__()
        self.down: Undelivered | None = None
        self.only: Place | None = None

    def _trip(self, place: Place) -> None:
        super()._trip(place)
        if self.down is not None and self.only in (None, place):
            raise self.down


@pytest.fixture
async def units(small_url: str) -> AsyncIterator[Units]:
    opened = await open_units(small_url, root_key=KEY, schools=(replace(ROLL, people=BOTH),))
    yield opened
    await opened.close()


@pytest.fixture
def slack() -> Line:
    return Line()


@pytest.fixture
def teams() -> Line:
    return Line()


async def goes_on(here: Here, slack: Line, teams: Line, **for_so_long: float) -> None:
    """The worker works, looking every so often, until so long has passed by every clock."""
    ends = here.at + timedelta(**for_so_long)
    often = timedelta(seconds=5) if ends - here.at <= timedelta(minutes=15) else timedelta(minutes=5)
    while True:
        await time_has_passed(here, slack)
        while await deliver_due(
            here.units, {"slack": slack, "teams": teams}, at=here.at, mishap=here.desk.mishap
        ):
            pass
        if here.at >= ends:
            return
        here.at = min(here.at + often, ends)


async def lasting(here: Here) -> list[Trouble]:
    async with here.units(SCHOOL.id) as uow:
        return [one.trouble for one in await uow.troubles.lasting()]


def about(post: Line, place: Place, words: str) -> list[Card]:
    return [card for card in post.at(place) if words in str(card)]


@pytest.mark.parametrize("why", [SILENT, NO_TOKEN])
async def test_hours_later_what_is_still_so_arrives_once_and_in_order_within_a_minute(here, slack, teams, why):
    slack.down = why
    first, second = await here.raises(), await here.raises()
    await goes_on(here, slack, teams, hours=6)
    assert slack.standing == {}
    slack.down = None
    await goes_on(here, slack, teams, minutes=1)
    channel = [card.summary for card in slack.at(LEADS_ON_SLACK)]
    assert len(channel) == 2
    assert first.reference in channel[0]
    assert second.reference in channel[1]
    assert len(about(slack, chat_with(TESS), first.reference)) == 1
    assert await lasting(here) == []


async def test_a_platform_that_is_down_is_asked_three_times_a_minute_however_much_waits(here, slack, teams):
    slack.down = SILENT
    for _ in range(4):
        await here.raises()
    await goes_on(here, slack, teams, minutes=2)
    before = slack.calls
    await goes_on(here, slack, teams, minutes=10)
    assert slack.calls - before <= 31


async def test_whoever_has_another_account_is_told_there_once_and_what_comes_later_goes_there_at_once(
    here, slack, teams
):
    slack.down = SILENT
    concern = await here.raises()
    await goes_on(here, slack, teams, minutes=1)
    assert len(about(teams, DANA_ON_TEAMS, concern.reference)) == 1
    later = await here.raises()
    await goes_on(here, slack, teams, minutes=1)
    assert len(about(teams, DANA_ON_TEAMS, later.reference)) == 1
    slack.down = None
    await goes_on(here, slack, teams, minutes=2)
    assert len(about(teams, DANA_ON_TEAMS, concern.reference)) == 1
    assert about(slack, chat_with(DANA), concern.reference) == []
    await here.press(LEE, Press.ACCEPT, concern.id)
    await goes_on(here, slack, teams, seconds=10)
    assert all("Accepted by" in str(card) for card in about(teams, DANA_ON_TEAMS, concern.reference))


async def test_what_has_been_settled_meanwhile_is_not_sent(here, slack, teams):
    slack.down = SILENT
    taken, waits = await here.raises(), await here.raises()
    for _ in range(4):
        here.later(hours=1)
        await chase_unaccepted(here.units, {}, at=here.at)
        await goes_on(here, slack, teams, seconds=10)
    await here.press(LEE, Press.ACCEPT, taken.id)
    slack.down = None
    await goes_on(here, slack, teams, minutes=1)
    for person in (LEE, PRIYA, HELEN, TESS):
        chased = [card for card in slack.at(chat_with(person)) if "Not accepted" in str(card)]
        assert about(slack, chat_with(person), taken.reference) == [] or person is TESS
        assert len(chased) <= 1, "the newest rung alone"
        assert all(waits.reference in str(card) for card in chased)


@pytest.mark.parametrize("why", [SILENT, NO_TOKEN])
async def test_a_trouble_is_told_once_and_once_when_it_is_over(here, slack, teams, why):
    slack.down = why
    await here.raises()
    await here.raises()
    await goes_on(here, slack, teams, hours=3)
    told = about(teams, DANA_ON_TEAMS, "Heard needs attention")
    assert len(told) == 1
    slack.down = None
    await goes_on(here, slack, teams, minutes=1)
    assert len(about(teams, DANA_ON_TEAMS, "takes our messages again")) + len(
        about(teams, DANA_ON_TEAMS, "accepts the app again")
    ) == 1
    for person in (THEO, HELEN, LEE):
        assert about(slack, chat_with(person), "Heard needs attention") == [], "nobody is told of what is over"


async def test_a_channel_that_is_shut_sends_each_concern_to_each_lead_once_however_long_it_lasts(here, slack, teams):
    slack.down, slack.only = Undelivered("is_archived", final=True), LEADS_ON_SLACK
    first, second = await here.raises(), await here.raises()
    await goes_on(here, slack, teams, hours=5)
    third = await here.raises()
    await goes_on(here, slack, teams, minutes=1)
    for lead in (LEE, PRIYA, DANA):
        assert [len(about(slack, chat_with(lead), one.reference)) for one in (first, second, third)] == [1, 1, 1]
        assert len(about(slack, chat_with(lead), "cannot be used")) == 1
    slack.down = None
    await goes_on(here, slack, teams, minutes=1)
    channel = [card.summary for card in slack.at(LEADS_ON_SLACK)]
    raised = [f"Safeguarding concern {one.reference}" for one in (first, second, third)]
    assert [summary.partition(":")[0] for summary in channel] == raised
    [over] = about(slack, chat_with(LEE), "can be used again")
    assert over.summary == "A problem with Heard is over"


async def test_one_that_is_never_taken_is_set_aside_told_tried_again_and_holds_up_nobody(here, slack, teams):
    refused: list[str] = []

    class Poisoned(Line):
        async def post(self, place: Place, card: Card) -> str:
            if refused and refused[0] in str(card):
                raise BAD_BLOCKS
            return await super().post(place, card)

    poisoned = Poisoned()
    bad = await here.raises()
    refused.append(bad.reference)
    good = await here.raises()
    await goes_on(here, poisoned, teams, minutes=2)
    assert len(about(poisoned, LEADS_ON_SLACK, good.reference)) == 1
    assert Trouble.NOTICE_STUCK in await lasting(here)
    assert len(about(poisoned, chat_with(THEO), "could not be delivered")) == 1
    refused.clear()
    await goes_on(here, poisoned, teams, minutes=6)
    assert len(about(poisoned, LEADS_ON_SLACK, bad.reference)) == 1
    assert await lasting(here) == []
    assert len(about(poisoned, chat_with(THEO), "could not be delivered")) == 2, "and that it is over"


async def test_nothing_goes_to_somebody_who_has_left_while_it_waited(here, slack, teams, reads_again):
    slack.down = SILENT
    await here.raises()
    async with here.units(SCHOOL.id) as uow:
        await uow.outbox.put(Notice(kind=NoticeKind.BOARD, place=chat_with(THEO), subject=SCHOOL.id, to=THEO.id))
    await goes_on(here, slack, teams, minutes=2)
    await reads_again(people=tuple(one for one in BOTH if one[0] != THEO))
    slack.down = None
    await goes_on(here, slack, teams, minutes=1)
    assert slack.at(chat_with(THEO)) == []
    async with here.units(SCHOOL.id) as uow:
        assert not await uow.outbox.is_due()


async def test_one_broken_platform_holds_up_nothing_of_the_other(here, slack, teams):
    teams.down = SILENT
    async with here.units(SCHOOL.id) as uow:
        await uow.outbox.put(Notice(kind=NoticeKind.BOARD, place=DANA_ON_TEAMS, subject=SCHOOL.id, to=DANA.id))
    await goes_on(here, slack, teams, minutes=1)
    concern = await here.raises()
    await deliver_due(here.units, {"slack": slack, "teams": teams}, at=here.at, mishap=here.desk.mishap)
    assert len(about(slack, LEADS_ON_SLACK, concern.reference)) == 1


async def test_where_a_rung_cannot_be_reached_the_next_one_is_told_at_once(here, slack, teams, reads_again):
    """The leads are on the platform that is down; the head has another account."""
    on_teams = Login(platform="teams", tenant="tenant-1", user="helen-on-teams")
    await reads_again(people=tuple((one, (on_teams,) if one == HELEN else held) for one, held in PEOPLE))
    slack.down = NO_TOKEN
    concern = await here.raises()
    await goes_on(here, slack, teams, seconds=10)
    for _ in ("the deputy, who cannot be reached either", "the head"):
        await chase_unaccepted(here.units, {}, at=here.at)
    await goes_on(here, slack, teams, seconds=10)
    helen = Place(platform="teams", tenant="tenant-1", kind=PlaceKind.PERSON, id="helen-on-teams")
    assert "away or out of reach" in str(about(teams, helen, concern.reference))
