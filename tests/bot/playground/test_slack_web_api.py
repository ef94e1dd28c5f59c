"""The Web API: who may call, what may be posted where, what is told of people and channels."""

import copy

import pytest

from tests.bot.playground.slack_stage import MANIFEST, TOKEN, Lab, button, section


def manifest_with(*scopes: str) -> dict:
    made = copy.deepcopy(MANIFEST)
    made["oauth_config"]["scopes"]["bot"] = list(scopes)
    return made


async def test_a_method_that_does_not_exist_is_said_to_be_unknown(lab):
    assert await lab.call("chat.shout") == {"ok": False, "error": "unknown_method"}


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-other", "invalid_auth")])
async def test_a_wrong_token_is_refused(lab, token, error):
    assert (await lab.raw("auth.test", token=token)).json()["error"] == error


async def test_arguments_come_as_a_query_as_a_form_and_as_json(lab):
    headers = {"authorization": f"Bearer {TOKEN}"}
    got = await lab.http.get("/api/users.info", params={"user": "U0BOB"}, headers=headers)
    form = await lab.http.post("/api/users.info", data={"user": "U0BOB", "token": TOKEN})
    told = await lab.call("users.info", user="U0BOB")
    assert [answer["user"]["id"] for answer in (got.json(), form.json(), told)] == ["U0BOB"] * 3
    assert "token" not in lab.world.calls[-2].body


async def test_an_empty_body_that_calls_itself_json_is_no_arguments(lab):
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    answer = (await lab.http.post("/api/auth.test", content=b"", headers=headers)).json()
    assert answer["ok"] and answer["user_id"] == "U0TOYBOT" and answer["team_id"] == "T0TOY"


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
async def test_a_body_that_is_no_json_object_is_refused(lab, body, error):
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    assert (await lab.http.post("/api/auth.test", content=body, headers=headers)).json()["error"] == error


async def test_blocks_in_a_form_are_read_as_json(lab):
    sent = {"token": TOKEN, "channel": "C0LEADS", "blocks": '[{"type": "divider"}]'}
    assert (await lab.http.post("/api/chat.postMessage", data=sent)).json()["ok"]


async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing():
    lab = Lab(manifest=manifest_with("commands", "users:read"))
    answer = await lab.call("chat.postMessage", channel="C0LEADS", text="x")
    assert answer == {"ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "commands,users:read"}
    await lab.aclose()


async def test_each_kind_of_channel_has_its_own_reading_scope(lab):
    assert (await lab.call("conversations.info", channel="C0LEADS"))["ok"]
    answer = await lab.call("conversations.info", channel="C0GENERAL01")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:read")


async def test_a_mail_address_is_told_only_with_its_scope():
    with_mail = Lab(manifest=manifest_with("users:read", "users:read.email"))
    without = Lab(manifest=manifest_with("users:read"))
    assert (await with_mail.call("users.info", user="U0BOB"))["user"]["profile"]["email"] == "bob@toy.example"
    assert "email" not in (await without.call("users.info", user="U0BOB"))["user"]["profile"]
    for lab in (with_mail, without):
        await lab.aclose()


async def test_guests_and_deleted_people_are_told_as_such_and_pupils_are_ordinary(lab):
    users = {key: (await lab.call("users.info", user=f"U0{key}"))["user"] for key in ("BOB", "GUS", "DEE", "PIP")}
    assert (users["GUS"]["is_restricted"], users["GUS"]["is_stranger"]) == (True, True)
    assert users["GUS"]["team_id"] != "T0TOY" == users["PIP"]["team_id"]
    assert [users[key]["deleted"] for key in users] == [False, False, True, False]
    assert users["PIP"].keys() == users["BOB"].keys() and not users["PIP"]["is_restricted"]
    assert (await lab.call("users.info", user="U0NOBODY"))["error"] == "user_not_found"
    assert (await lab.call("users.info", user="U0TOYBOT"))["user"]["is_bot"]


async def test_members_come_in_pages_with_the_bot_among_them(lab):
    first = await lab.call("conversations.members", channel="C0LEADS", limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    second = await lab.call("conversations.members", channel="C0LEADS", limit=1, cursor=cursor)
    assert first["members"] + second["members"] == ["U0ANN", "U0TOYBOT"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert (await lab.call("conversations.members", channel="C0LEADS", limit=1001))["error"] == "invalid_limit"
    assert (await lab.call("conversations.members", channel="C0LEADS", cursor="??"))["error"] == "invalid_cursor"


async def test_somebody_let_in_and_somebody_taken_out_show_in_the_members(lab):
    lab.world.add_member(lab.world.leads, "pip")
    lab.world.remove_member(lab.world.leads, "ann")
    assert (await lab.call("conversations.members", channel="C0LEADS"))["members"] == ["U0PIP", "U0TOYBOT"]


async def test_what_is_told_of_a_channel_follows_what_happens_to_it(lab):
    lab.world.share(lab.world.leads)
    lab.world.archive(lab.world.leads)
    told = (await lab.call("conversations.info", channel="C0LEADS"))["channel"]
    assert (told["is_private"], told["is_ext_shared"], told["is_archived"]) == (True, True, True)


async def test_a_chat_with_one_person_opens_and_only_they_see_it(lab):
    channel = (await lab.call("conversations.open", users="U0BOB"))["channel"]["id"]
    await lab.post("For Bob", channel=channel)
    assert [seen.words for seen in lab.world.thumbs("bob").chat()] == ["For Bob"]
    assert lab.world.thumbs("ann").chat() == ()


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U0DEE", "user_disabled"),
        ("U0X", "user_not_found"),
        ("U0BOB,U0ANN", "missing_scope"),
    ],
)
async def test_a_chat_that_cannot_be_opened_is_refused(lab, users, error):
    assert (await lab.call("conversations.open", users=users))["error"] == error


async def test_a_message_needs_text_or_blocks(lab):
    assert (await lab.call("chat.postMessage", channel="C0LEADS"))["error"] == "no_text"
    assert (await lab.call("chat.postMessage", channel="C0LEADS", blocks=[]))["error"] == "no_text"


async def test_bad_blocks_are_refused_with_the_place_and_the_rule(lab):
    answer = await lab.call("chat.postMessage", channel="C0LEADS", text="x", blocks=[section("x" * 3001)])
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert "chat.postMessage: invalid_blocks" in lab.world.refusals[-1]
    assert lab.world.thumbs("ann").chat("leads") == ()


async def test_a_text_is_cut_off_after_40000_characters(lab):
    await lab.post("x" * 40_001)
    assert len(lab.world.thumbs("ann").chat("leads")[0].words) == 40_000


@pytest.mark.parametrize(
    ("channel", "happens", "error"),
    [
        ("C0NOWHERE", None, "channel_not_found"),
        ("C0LEADS", "remove_bot", "channel_not_found"),
        ("C0GENERAL01", "remove_bot", "not_in_channel"),
        ("C0LEADS", "archive", "is_archived"),
    ],
)
async def test_a_channel_that_is_shut_to_the_bot_takes_nothing(lab, channel, happens, error):
    if happens:
        getattr(lab.world, happens)(lab.world.channels[channel])
    assert (await lab.call("chat.postMessage", channel=channel, text="x"))["error"] == error
    assert not lab.world.refusals


async def test_a_messages_tab_that_is_switched_off_takes_no_direct_message():
    shut = copy.deepcopy(MANIFEST)
    shut["features"]["app_home"]["messages_tab_enabled"] = False
    lab = Lab(manifest=shut)
    assert (await lab.call("chat.postMessage", channel="U0BOB", text="x"))["error"] == "messages_tab_disabled"
    await lab.aclose()


async def test_an_update_changes_the_message_in_place_and_is_counted(lab):
    ann = lab.world.thumbs("ann")
    ts = await lab.post("Before", blocks=[section("Before")])
    assert (await lab.call("chat.update", channel="C0LEADS", ts=ts, text="After", blocks=[section("After")]))["ok"]
    (seen,) = ann.chat("leads")
    assert (seen.id, seen.words, seen.preview, seen.edited) == (ts, "After", "After", 1)


async def test_an_update_without_blocks_keeps_them_and_with_none_takes_them_away(lab):
    ann = lab.world.thumbs("ann")
    ts = await lab.post("One", blocks=[section("Block")])
    await lab.call("chat.update", channel="C0LEADS", ts=ts, text="Two")
    assert (ann.chat("leads")[0].words, ann.chat("leads")[0].preview) == ("Block", "Two")
    await lab.call("chat.update", channel="C0LEADS", ts=ts, text="Three", blocks=[])
    assert ann.chat("leads")[0].words == "Three"


async def test_only_the_bots_own_messages_can_be_updated(lab):
    ann = lab.world.thumbs("ann")
    await ann.say("Mine", place="leads")
    theirs = ann.chat("leads")[0].id
    assert (await lab.call("chat.update", channel="C0LEADS", ts=theirs, text="x"))["error"] == "cant_update_message"
    assert (await lab.call("chat.update", channel="C0LEADS", ts="1.0", text="x"))["error"] == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_updated(lab):
    lab.world.add_member(lab.world.leads, "bob")
    answer = await lab.call("chat.postEphemeral", channel="C0LEADS", user="U0BOB", text="Psst")
    (seen,) = lab.world.thumbs("bob").chat("leads")
    assert (seen.words, seen.only_me) == ("Psst", True)
    assert lab.world.thumbs("ann").chat("leads") == ()
    update = await lab.call("chat.update", channel="C0LEADS", ts=answer["message_ts"], text="x")
    assert update["error"] == "message_not_found"
    stranger = await lab.call("chat.postEphemeral", channel="C0LEADS", user="U0PIP", text="Psst")
    assert stranger["error"] == "user_not_in_channel"


async def test_blocks_can_be_validated_without_sending_them(lab):
    assert await lab.call("blocks.validate", blocks=[section("x")]) == {"ok": True}
    bad = await lab.call("blocks.validate", blocks=[{"type": "actions", "elements": [button(), button()]}])
    assert bad["error"] == "invalid_blocks"
    assert (await lab.call("blocks.validate"))["error"] == "invalid_arguments"


async def test_timestamps_come_from_the_worlds_clock_and_never_twice():
    lab = Lab(now=lambda: 1_780_000_000.0)
    stamps = [await lab.post(str(number)) for number in range(3)]
    assert stamps == ["1780000000.000000", "1780000000.000001", "1780000000.000002"]
    await lab.aclose()


async def test_every_call_is_kept_with_its_body_for_a_search(lab):
    await lab.post("CANARY-1")
    await lab.call("chat.postMessage", channel="C0NOWHERE", text="CANARY-2")
    assert [(call.method, call.error) for call in lab.world.calls] == [
        ("chat.postMessage", ""),
        ("chat.postMessage", "channel_not_found"),
    ]
    assert "CANARY-1" in lab.world.calls[0].text and "CANARY-2" in lab.world.calls[1].text


async def test_a_message_of_the_apps_own_is_deleted_for_everybody_and_only_once(lab):
    posted = await lab.call("chat.postMessage", channel="C0LEADS", text="x")
    assert (await lab.call("chat.delete", channel="C0LEADS", ts=posted["ts"]))["ts"] == posted["ts"]
    assert lab.world.leads.find(posted["ts"]) is None
    again = await lab.call("chat.delete", channel="C0LEADS", ts=posted["ts"])
    assert again["error"] == "message_not_found"
    assert (await lab.call("chat.update", channel="C0LEADS", ts=posted["ts"], text="y"))["error"] == "message_not_found"


async def test_what_a_person_wrote_and_what_the_workspace_keeps_is_not_deleted(lab):
    theirs = lab.world.post(lab.world.leads, "Lunch?", [], author=lab.world.leads.members[0])
    assert (await lab.call("chat.delete", channel="C0LEADS", ts=theirs.ts))["error"] == "cant_delete_message"
    ours = await lab.call("chat.postMessage", channel="C0LEADS", text="x")
    lab.world.keeps_messages = True
    kept = await lab.call("chat.delete", channel="C0LEADS", ts=ours["ts"])
    assert kept["error"] == "compliance_exports_prevent_deletion"
    assert lab.world.leads.find(ours["ts"]) is not None
