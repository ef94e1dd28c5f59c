"""What Slack says of people, in our words."""

import pytest

from bot.slack.directory import SlackDirectory
from handlers.platform_ports import AnotherTenant, Place, PlaceKind, Profile, Undelivered

LEADS = Place(platform="slack", tenant="T0KINGFISH", kind=PlaceKind.CHANNEL, id="C0LEADS001")


@pytest.fixture
def directory(client) -> SlackDirectory:
    return SlackDirectory(client, team=LEADS.tenant)


def person(**more) -> dict:
    about = {"real_name": "Tess Hallam", "email": "tess@kingfisher.example", "status_emoji": more.pop("emoji", "")}
    return {"user": {"id": "U1", "name": "tess", "profile": about, "deleted": False, "is_bot": False, **more}}


async def test_a_member_of_staff(directory, api):
    api.will("users.info", body=person())
    expected = Profile(name="Tess Hallam", mail="tess@kingfisher.example", active=True, guest=False)
    assert await directory.profile(LEADS.tenant, "U1") == expected
    assert api.of("users.info") == [{"user": "U1"}]


@pytest.mark.parametrize("mark", ["is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_a_guest_is_a_guest(directory, api, mark):
    api.will("users.info", body=person(**{mark: True}))
    assert (await directory.profile(LEADS.tenant, "U1")).guest


@pytest.mark.parametrize("mark", ["deleted", "is_bot"])
async def test_somebody_who_left_or_is_a_bot_is_not_active(directory, api, mark):
    api.will("users.info", body=person(**{mark: True}))
    assert not (await directory.profile(LEADS.tenant, "U1")).active


async def test_without_the_scope_for_it_there_is_no_mail(directory, api):
    api.will("users.info", body={"user": {"id": "U1", "real_name": "Tess", "profile": {}}})
    assert await directory.profile(LEADS.tenant, "U1") == Profile(name="Tess", mail="", active=True, guest=False)


async def test_away_is_who_says_so_by_slacks_own_presets(directory, api):
    for emoji in (":palm_tree:", ":bus:", ":face_with_thermometer:"):
        api.will("users.info", body=person(emoji=emoji))
    api.will("users.info", error="user_not_found")
    assert await directory.away(LEADS.tenant, ["U1", "U2", "U3", "U4"]) == {"U1", "U3"}


async def test_what_cannot_be_asked_is_undelivered(directory, api):
    api.will("users.info", error="ratelimited", status=429, headers={"Retry-After": "3"})
    with pytest.raises(Undelivered) as caught:
        await directory.away(LEADS.tenant, ["U1"])
    assert caught.value.after == 3.0
    with pytest.raises(Undelivered):
        await directory.profile(LEADS.tenant, "U1")


async def test_members_are_people_on_every_page(directory, api):
    api.will("conversations.members", body={"members": ["U1", "UBOT"], "response_metadata": {"next_cursor": "n"}})
    api.will("conversations.members", body={"members": ["U2"], "response_metadata": {"next_cursor": ""}})
    api.will("users.info", body=person(is_bot=True))
    api.will("users.info", body=person())
    assert len(await directory.members(LEADS)) == 1
    assert {call["user"] for call in api.of("users.info")} == {"U1", "U2"}


async def test_another_workspace_is_not_asked_about(directory, api):
    elsewhere = Place(platform="slack", tenant="T0OTHER", kind=PlaceKind.CHANNEL, id="C0LEADS001")
    for asking in (directory.profile("T0OTHER", "U1"), directory.away("T0OTHER", ["U1"]), directory.members(elsewhere)):
        with pytest.raises(AnotherTenant):
            await asking
    assert api.calls == []
