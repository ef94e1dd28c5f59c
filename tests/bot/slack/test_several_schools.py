"""Two schools in one program: each place and person goes to its own workspace, with its own token, or nowhere."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from bot.slack.app import web_client
from bot.slack.courier import SlackCourier
from bot.slack.directory import SlackDirectory
from bot.tenants import Couriers, Directories
from handlers.platform_ports import AnotherTenant, Place, PlaceKind
from tests.bot.slack import api as web_api
from tests.bot.slack.api import Api
from tests.examples import CARDS

CARD = CARDS["triage_submitted"]
HERE, THERE, NOWHERE = "T0KINGFISH", "T0HERON", "T0NOBODYS"


def person(team: str) -> Place:
    return Place(platform="slack", tenant=team, kind=PlaceKind.PERSON, id="U0SAMEID")


@dataclass
class Schools:
    apis: dict[str, Api]
    courier: Couriers
    directory: Directories

    def called(self) -> dict[str, int]:
        return {team: len(api.calls) for team, api in self.apis.items()}


async def nobody(_: Place) -> frozenset[str]:
    return frozenset()


@asynccontextmanager
async def _school(team: str) -> AsyncGenerator[tuple[Api, SlackCourier, SlackDirectory]]:
    async with web_api.running() as api, aiohttp.ClientSession() as session:
        client = web_client(f"xoxb-{team}", api.base_url, session)
        yield api, SlackCourier(client, allowed=nobody), SlackDirectory(client, team=team)


@pytest.fixture
async def schools() -> AsyncIterator[Schools]:
    async with _school(HERE) as (api, courier, directory), _school(THERE) as (other, second, their):
        yield Schools(
            apis={HERE: api, THERE: other},
            courier=Couriers({HERE: courier, THERE: second}),
            directory=Directories({HERE: directory, THERE: their}),
        )


@pytest.mark.parametrize("team", [HERE, THERE])
async def test_a_card_goes_to_the_workspace_it_is_for_and_to_no_other(schools: Schools, team: str):
    message = await schools.courier.post(person(team), CARD)
    await schools.courier.update(person(team), message, CARD)
    await schools.courier.withdraw(person(team), message)
    calls = schools.called()
    assert calls.pop(team) == 4  # the chat is opened, then the three
    assert set(calls.values()) == {0}


@pytest.mark.parametrize("team", [HERE, THERE])
async def test_a_person_is_asked_about_in_their_own_workspace(schools: Schools, team: str):
    await schools.directory.profile(team, "U0SAMEID")
    await schools.directory.away(team, ["U0SAMEID"])
    calls = schools.called()
    assert calls.pop(team) == 2
    assert set(calls.values()) == {0}


async def test_what_belongs_to_nobody_here_goes_nowhere(schools: Schools):
    channel = Place(platform="slack", tenant=NOWHERE, kind=PlaceKind.CHANNEL, id="C0LEADS001")
    for place in (person(NOWHERE), channel):
        for asking in (
            schools.courier.post(place, CARD),
            schools.courier.update(place, "1.2", CARD),
            schools.courier.withdraw(place, "1.2"),
            schools.directory.members(place),
            schools.directory.profile(place.tenant, "U0SAMEID"),
        ):
            with pytest.raises(AnotherTenant) as refused:
                await asking
            assert refused.value.final
    assert set(schools.called().values()) == {0}


async def test_an_entra_tenant_is_the_same_in_any_case():
    class Kept:
        async def members(self, place: Place) -> frozenset[str]:
            return frozenset({place.id})

    tenant = "0B6AE3C5-3A3D-4F2B-9C1F-6A1F6B0A7B11"
    place = Place(platform="teams", tenant=tenant.lower(), kind=PlaceKind.CHANNEL, id="19:x")
    assert await Directories({tenant: Kept()}).members(place) == {"19:x"}  # type: ignore[dict-item]
