"""What goes out: tokens, the courier, the directory, against the local Teams and Graph over real HTTP."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import Response

from bot.playground.switchboard import Fault
from bot.playground.teams.state import Presence
from bot.teams import directory as directory_module
from bot.teams.connector import At, Connector
from bot.teams.directory import GraphDirectory
from bot.teams.hosts import ServiceHosts
from bot.teams.tokens import GRAPH_SCOPE, Tokens
from handlers.platform_ports import Courier, Directory, Gone, Profile, Undelivered
from tests.bot.teams.conftest import LEADS, LEADS_PLACE, TENANT, TESS_PLACE, Stage, aad, free_port, listening
from tests.examples import CARDS

CARD = CARDS["triage_submitted"]


@pytest.fixture
async def known(stage: Stage) -> Stage:
    """The bot has been installed, so it knows where Teams is."""
    await stage.world.install()
    return stage


async def failing(stage: Stage, place=LEADS_PLACE) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        await stage.courier.post(place, CARD)
    return caught.value


async def test_ten_at_once_cost_one_token(stage: Stage):
    found = await asyncio.gather(*(stage.tokens.get() for _ in range(10)))
    assert len(set(found)) == 1
    assert await stage.tokens.get(GRAPH_SCOPE) not in found
    assert len([path for path in stage.fetched if path.endswith("/token")]) == 2


async def test_a_token_is_made_anew_shortly_before_its_end(stage: Stage):
    first = await stage.tokens.get()
    stage.clock.ahead = 3200
    assert await stage.tokens.get() == first
    stage.clock.ahead = 3400
    second = await stage.tokens.get()
    assert second != first
    stage.tokens.forget("https://api.botframework.com/.default", first)
    assert await stage.tokens.get() == second


@pytest.mark.parametrize(("fault", "after"), [(Fault.TOO_MANY, 7), (Fault.UNAVAILABLE, 0), (Fault.REDIRECT, 0)])
async def test_a_token_that_cannot_be_had_is_undelivered(stage: Stage, fault: Fault, after: float):
    if fault is Fault.REDIRECT:
        stage.world.weather.tokens.redirect(1, stage.world.service_url)
    else:
        stage.world.weather.tokens.next(1, fault, retry_after=7)
    with pytest.raises(Undelivered) as caught:
        await stage.tokens.get()
    assert (caught.value.after, caught.value.final) == (after, False)
    assert await stage.tokens.get()


async def test_a_wrong_secret_is_undelivered_and_not_in_the_words(stage: Stage):
    url = f"{stage.world.service_url}/{TENANT}/oauth2/v2.0/token"
    tokens = Tokens(stage.http, url=url, client_id=stage.world.client_id, client_secret="CANARY", now=stage.clock)
    with pytest.raises(Undelivered, match="token_refused_401") as caught:
        await tokens.get()
    assert "CANARY" not in str(caught.value)


async def test_a_card_is_posted_to_the_leads_and_updated_in_place(known: Stage):
    courier: Courier = known.courier
    message = await courier.post(LEADS_PLACE, CARD)
    (seen,) = known.world.thumbs("lee").chat("leads")
    assert (seen.id, seen.preview, seen.edited) == (message, CARD.summary, 0)
    await courier.update(LEADS_PLACE, message, CARDS["triage_accepted"])
    (seen,) = known.world.thumbs("lee").chat("leads")
    assert (seen.preview, seen.edited) == (CARDS["triage_accepted"].summary, 1)


async def test_a_person_is_written_to_in_a_chat_that_is_made_once(known: Stage):
    for _ in range(2):
        await known.courier.post(TESS_PLACE, CARDS["receipt"])
    assert len(known.world.thumbs("tess").chat()) == 2
    assert known.fetched.count("/teams/v3/conversations") == 1


async def test_a_remembered_chat_that_is_gone_is_opened_anew(known: Stage):
    known.kept.values[f"chat:{aad(6)}"] = "a:gone"
    assert await known.courier.post(TESS_PLACE, CARD)
    assert known.kept.values[f"chat:{aad(6)}"] != "a:gone"


async def test_a_message_that_is_gone_is_said_to_be(known: Stage):
    with pytest.raises(Gone):
        await known.courier.update(LEADS_PLACE, "1", CARD)


async def test_nothing_is_posted_where_a_stranger_reads(known: Stage):
    known.world.add_member(known.world.leads, "stranger")
    failure = await failing(known)
    assert (failure.reason, failure.final) == ("strangers_in_channel", True)
    assert known.world.thumbs("lee").chat("leads") == ()
    known.world.remove_member(known.world.leads, "stranger")
    assert await known.courier.post(LEADS_PLACE, CARD)


async def test_where_a_stranger_reads_nothing_is_even_drawn_again(known: Stage):
    message = await known.courier.post(LEADS_PLACE, CARD)
    known.world.add_member(known.world.leads, "stranger")
    known.courier.look_again(LEADS_PLACE.id)
    with pytest.raises(Undelivered, match="strangers_in_channel"):
        await known.courier.update(LEADS_PLACE, message, CARD)


async def test_where_a_stranger_reads_a_message_can_still_be_emptied_and_taken_away(known: Stage):
    message = await known.courier.post(LEADS_PLACE, CARD)
    known.world.add_member(known.world.leads, "stranger")
    await known.courier.empty(LEADS_PLACE, message)
    (seen,) = known.world.thumbs("lee").chat("leads")
    assert "There is nothing here any more." in seen.words
    await known.courier.withdraw(LEADS_PLACE, message)
    assert known.world.thumbs("lee").chat("leads") == ()


async def test_a_roster_is_shared_by_the_cards_of_one_second_and_authority_is_asked_each_time(
    known: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(known.courier, "_clock", lambda: known.clock.ahead)
    for _ in range(3):
        await known.courier.post(LEADS_PLACE, CARD)
    assert len([path for path in known.fetched if path.endswith("/pagedmembers")]) == 1
    known.world.add_member(known.world.leads, "stranger")
    known.clock.ahead = 1
    assert (await failing(known)).reason == "strangers_in_channel"
    known.world.remove_member(known.world.leads, "stranger")
    await known.courier.post(LEADS_PLACE, CARD)
    known.allowed.remove(aad(2))
    assert (await failing(known)).reason == "strangers_in_channel"


@pytest.mark.parametrize(
    ("fault", "sent", "final", "after"),
    [(Fault.TOO_MANY, False, False, 7), (Fault.PRECONDITION, True, False, 0), (Fault.BAD_GATEWAY, True, False, 0),
     (Fault.UNAVAILABLE, True, False, 0), (Fault.GATEWAY_TIMEOUT, True, False, 0), (Fault.INTERNAL, True, False, 0),
     (Fault.UNAUTHORISED, False, False, 0), (Fault.DROP, True, False, 0)],
)
async def test_a_failure_says_whether_to_try_again(known: Stage, fault: Fault, sent: bool, final: bool, after: float):
    await known.courier.post(LEADS_PLACE, CARD)
    known.world.weather.connector.next(1, fault, retry_after=7)
    failure = await failing(known)
    assert (failure.sent, failure.final, failure.after) == (sent, final, after)
    there = known.world.leads.messages
    assert len(there) == (2 if fault is Fault.DROP else 1), "tried once, and no more"


async def test_an_answer_that_does_not_come_is_given_up_after_five_seconds(known: Stage):
    await known.courier.post(LEADS_PLACE, CARD)
    known.world.weather.connector.next(1, Fault.DELAY, seconds=8)
    began = asyncio.get_running_loop().time()
    failure = await failing(known)
    assert (failure.reason, failure.sent) == ("timeout", True)
    assert asyncio.get_running_loop().time() - began < 8, "it has not waited for the answer"


async def test_a_redirect_is_not_followed(known: Stage):
    """28."""
    asked: list[str] = []
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST", "PUT"])
    def elsewhere(path: str) -> Response:
        asked.append(path)
        return Response(status_code=200)

    async with listening(app, free_port()) as address:
        for calls in (1, 2):
            known.world.weather.connector.redirect(1, f"{address}/x")
            assert (await failing(known)).reason == "teams_307", calls
        known.world.weather.connector.redirect(1, f"{address}/x")
        with pytest.raises(Undelivered, match="teams_307"):
            await known.courier.update(LEADS_PLACE, "1", CARD)
    assert asked == []


async def test_a_channel_without_the_bot_or_that_is_gone_is_final(known: Stage):
    await known.world.remove_bot(known.world.leads)
    assert ((f := await failing(known)).reason, f.final) == ("teams_403", True)
    del known.world.conversations[LEADS]
    assert ((f := await failing(known)).reason, f.final) == ("teams_404", True)


async def test_no_token_goes_to_a_host_that_is_not_on_the_list(known: Stage):
    """27."""
    known.kept.values["service_url"] = "https://evil.example/teams"
    failure = await failing(known)
    assert (failure.reason, failure.final) == ("service_url_not_allowed", True)
    assert not [path for path in known.fetched if path.endswith("/token")]


async def test_before_any_address_is_known_the_global_one_is_taken_if_it_is_allowed(stage: Stage):
    assert (await failing(stage)).reason == "service_url_not_allowed"


async def test_an_answer_without_an_id_is_no_success(stage: Stage):
    app = FastAPI()
    app.add_api_route("/v3/conversations/{place}/activities", lambda place: {}, methods=["POST"])
    async with listening(app, free_port()) as address:
        with pytest.raises(Undelivered, match="no_id") as caught:
            await stage.connector.post(At(service_url=address, conversation="19:x"), {"type": "message"})
    assert caught.value.sent


async def test_a_line_that_cannot_be_had_sends_nothing(stage: Stage):
    at = At(service_url=f"http://127.0.0.1:{free_port()}", conversation="19:x")
    with pytest.raises(Undelivered) as caught:
        await stage.connector.post(at, {"type": "message"})
    assert (caught.value.sent, caught.value.final) == (False, False)


async def test_a_long_roster_is_read_to_its_end(stage: Stage):
    app = FastAPI()

    def page(place: str, continuationToken: str = "0") -> object:  # noqa: N803 (Teams' own name)
        start = int(continuationToken)
        people = [{"id": f"29:{n}", "aadObjectId": f"AAD-{n}"} for n in range(start, start + 2)]
        return {"members": people, **({"continuationToken": str(start + 2)} if start < 4 else {})}

    app.add_api_route("/v3/conversations/{place}/pagedmembers", page)
    async with listening(app, free_port()) as address:
        found = await stage.connector.members(At(service_url=address, conversation="19:x"))
    assert found == {f"aad-{number}" for number in range(6)}


async def test_the_directory_knows_names_absence_and_members(known: Stage):
    directory: Directory = known.directory
    known.world.set_presence("lee", Presence(out_of_office="I am away until Monday."))
    known.world.set_presence("priya", Presence(activity="OutOfOffice"))
    tess = Profile(name="Tess Example", mail="tess@heron.example", active=True, guest=False)
    assert await directory.profile(TENANT, aad(6)) == tess
    assert (await directory.profile(TENANT, aad(12))).guest
    assert await directory.away(TENANT, [aad(1), aad(2), aad(6)]) == {aad(1), aad(2)}
    assert await directory.members(LEADS_PLACE) == {aad(1), aad(2)}


async def test_a_person_whom_graph_does_not_know_is_final(known: Stage):
    with pytest.raises(Undelivered, match="graph_404") as caught:
        await known.directory.profile(TENANT, aad(99))
    assert caught.value.final


async def test_graph_is_asked_once_and_no_redirect_is_followed(known: Stage):
    await known.directory.start()
    known.world.weather.graph.next(1, Fault.TOO_MANY)
    with pytest.raises(Undelivered, match="graph_429"):
        await known.directory.away(TENANT, [aad(1)])
    known.world.weather.graph.redirect(1, f"{known.world.service_url}/elsewhere")
    with pytest.raises(Undelivered):
        await known.directory.away(TENANT, [aad(1)])
    assert await known.directory.away(TENANT, [aad(1)]) == frozenset()
    assert len([path for path in known.fetched if "getPresences" in path]) == 3
    assert "/teams/elsewhere" not in known.fetched


async def test_without_a_graph_address_people_are_unknown_and_members_are_not(known: Stage):
    directory = GraphDirectory(courier=known.courier, tokens=known.tokens, graph_url="", tenant=TENANT)
    await directory.start()
    with pytest.raises(Undelivered, match="graph_not_set_up"):
        await directory.profile(TENANT, aad(6))
    assert await directory.members(LEADS_PLACE) == {aad(1), aad(2)}
    await directory.close()


def test_without_the_graph_package_the_program_goes_on():
    code = """
import asyncio, sys
sys.modules["msgraph"] = sys.modules["kiota_abstractions"] = None
from bot.teams.directory import GraphDirectory
from handlers.platform_ports import Undelivered
async def main():
    directory = GraphDirectory(courier=None, tokens=None, graph_url="https://graph.example/v1.0", tenant="t")
    await directory.start()
    try:
        await directory.away("t", ["x"])
    except Undelivered as failure:
        print(failure.reason)
    await directory.close()
asyncio.run(main())
"""
    run, root = [sys.executable, "-c", code], Path(__file__).parents[3]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=root)
    assert "graph_not_installed" in done.stdout, done.stderr


def test_what_an_answer_of_graph_is_read_with_is_there_before_the_first_is():
    code = """
import asyncio, sys, httpx
from bot.teams.directory import GraphDirectory
class Tokens:
    async def get(self, scope): return "t"
async def answer(request):
    user = {"@odata.type": "#microsoft.graph.user", "id": "x", "displayName": "Tess Hill", "accountEnabled": True}
    presences = {"value": [{"id": "x", "activity": "OutOfOffice"}]}
    return httpx.Response(200, json=presences if "communications" in request.url.path else user)
async def main():
    directory = GraphDirectory(courier=None, tokens=Tokens(), graph_url="https://graph.example/v1.0", tenant="t")
    directory._http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    await directory.start()
    await directory._warming
    before = {*sys.modules}
    assert (await directory.profile("t", "x")).name == "Tess Hill"
    await directory.away("t", ["x"])
    print(sorted(name for name in {*sys.modules} - before if name.startswith("msgraph")))
asyncio.run(main())
"""
    run, root = [sys.executable, "-c", code], Path(__file__).parents[3]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=root)
    assert done.stdout.strip() == "[]", (done.stdout[:2000], done.stderr)


async def test_a_connector_of_production_posts_over_https_alone(stage: Stage):
    connector = Connector(http=stage.http, tokens=stage.tokens, client_id="x",
                          hosts=ServiceHosts(hosts=frozenset({"127.0.0.1"}), loopback=False))
    with pytest.raises(Undelivered, match="service_url_not_allowed"):
        await connector.post(At(service_url=stage.world.service_url, conversation="19:x"), {})
    assert isinstance(stage.http, httpx.AsyncClient)
    assert stage.fetched == []


async def test_a_message_of_ours_is_taken_away_where_it_stands(known: Stage):
    courier: Courier = known.courier
    for place in (LEADS_PLACE, TESS_PLACE):
        message = await courier.post(place, CARD)
        assert known.world.thumbs("lee").chat("leads") or known.world.thumbs("tess").chat("bot")
        await courier.withdraw(place, message)
        with pytest.raises(Gone):
            await courier.withdraw(place, message)
    assert not known.world.thumbs("lee").chat("leads")
    assert not known.world.thumbs("tess").chat("bot")


async def test_somebody_elses_message_is_not_taken_away_and_that_is_final(known: Stage):
    theirs = known.world.post(known.world.leads, {"type": "message", "text": "Lunch?"}, author=aad(1))
    with pytest.raises(Undelivered) as caught:
        await known.courier.withdraw(LEADS_PLACE, theirs.id)
    assert caught.value.final
    assert not isinstance(caught.value, Gone)
    known.world.refusals.clear()


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.UNAVAILABLE, Fault.PRECONDITION])
async def test_a_deletion_that_fails_for_now_is_tried_again(known: Stage, fault: Fault):
    message = await known.courier.post(LEADS_PLACE, CARD)
    known.world.weather.connector.next(1, fault, retry_after=7)
    with pytest.raises(Undelivered) as caught:
        await known.courier.withdraw(LEADS_PLACE, message)
    assert not caught.value.final
    await known.courier.withdraw(LEADS_PLACE, message)


@pytest.fixture
async def loading(known: Stage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[threading.Event]:
    """The SDK goes on loading until this is set."""
    loaded, make = threading.Event(), directory_module._make
    monkeypatch.setattr(directory_module, "_make", lambda *given: loaded.wait(30) and make(*given))
    await known.directory.start()
    await asyncio.sleep(0)
    yield loaded
    loaded.set()


async def said_of(stage: Stage, user: str) -> object:
    try:
        return await stage.directory.profile(TENANT, user)
    except Undelivered as failure:
        return failure.reason, failure.final


@pytest.mark.parametrize("fault", [None, Fault.TOO_MANY, Fault.UNAVAILABLE, Fault.UNAUTHORISED, Fault.DROP])
@pytest.mark.parametrize("user", [aad(6), aad(12), aad(13), "a stranger/../x"])
async def test_while_the_sdk_loads_the_same_is_said_of_an_account_at_once(
    known: Stage, loading: threading.Event, user: str, fault: Fault | None
):
    said: list[object] = []
    for loads in (True, False):
        if not loads:
            loading.set()
            await known.directory._graph()
        if fault:
            known.world.weather.graph.next(1, fault)
        async with asyncio.timeout(25):
            said.append(await said_of(known, user))
    assert said[0] == said[1]
    if fault is None and user == aad(6):
        assert said[0] == Profile(name="Tess Example", mail="tess@heron.example", active=True, guest=False)
