"""Each thing a person does on Slack: what the desk hears, what Slack is called with, what it is answered."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.playground.slack.limits import search_faults
from bot.slack import render
from bot.slack.blocks import part_blocks
from handlers.conversation import (
    ButtonPressed,
    CommandTyped,
    Complaints,
    FormSubmitted,
    NextPage,
    OpenForm,
    SearchTyped,
    Standing,
    Suggestions,
    Tell,
    Who,
)
from handlers.ui import plain
from handlers.ui.card import OPENS_A_WINDOW, Button, Buttons, Press
from handlers.ui.form import Option, Source
from tests.bot.slack.limits import faults
from tests.bot.slack.payloads import (
    KEY,
    REPORT,
    SHORTCUT,
    TS,
    USER,
    chosen,
    press,
    press_in_window,
    searching,
    submission,
    typed,
)
from tests.examples import CARDS, FORMS

TESS = Who(platform="slack", tenant="T0KINGFISH", user="U0TESS0001")
PAGE_1, PAGE_2, PAGE_3 = (FORMS[f"concern_{name}"] for name in ("1", "2_child", "3"))
VIEW_2, VIEW_3 = render.form_view(PAGE_2), render.form_view(PAGE_3)
TOLD = Tell(plain.say("You have accepted concern 26-48213."))


def shown(view) -> str:
    return json.dumps(view, ensure_ascii=False)


async def test_a_command_opens_a_window_first_and_draws_the_form_into_it(slack, desk, api):
    order: list[str] = []

    def answer(inbound):
        order.extend(api.methods)
        return OpenForm(PAGE_1)

    desk.reply = answer
    reply = await slack.command("  hurt at break ")
    assert (reply.status_code, reply.content) == (200, b"")
    assert order == ["views.open"]
    assert desk.heard == [CommandTyped(who=TESS, text="  hurt at break ")]
    [opened], [updated] = api.of("views.open"), api.of("views.update")
    assert opened["trigger_id"] == "1.2.abc"
    assert faults(opened["view"]) == []
    assert (updated["view_id"], updated["hash"]) == ("V1", "h1")
    assert updated["view"] == render.form_view(PAGE_1)


async def test_words_to_a_command_stand_in_the_same_window(slack, desk, api):
    desk.reply = TOLD
    await slack.command("help")
    [updated] = api.of("views.update")
    assert "You have accepted" in shown(updated["view"])
    assert "submit" not in updated["view"]


async def test_a_window_that_does_not_open_is_said_and_the_desk_is_not_asked(slack, desk, api):
    api.will("views.open", error="expired_trigger_id")
    reply = await slack.command("x")
    assert reply.status_code == 200
    assert reply.json()["response_type"] == "ephemeral"
    assert "did not open" in reply.json()["text"]
    assert desk.heard == []


@pytest.mark.parametrize("script", [{"error": "hash_conflict"}, {"status": 500}, {"raw": "busy", "status": 503}])
async def test_a_window_that_could_not_be_drawn_is_tried_once_more_without_its_hash(slack, desk, api, script):
    api.will("views.update", **script)
    api.will("views.update")
    reply = await slack.command()
    assert (reply.status_code, reply.content) == (200, b"")
    assert [call.get("hash") for call in api.of("views.update")] == ["h1", None]


async def test_a_window_that_cannot_be_drawn_at_all_is_said(slack, api):
    api.will("views.update", error="internal_error")
    assert "could not be shown" in (await slack.command()).json()["text"]
    assert len(api.of("views.update")) == 2


async def test_a_window_closed_meanwhile_is_nobodys_trouble(slack, api):
    api.will("views.update", error="not_found")
    reply = await slack.command()
    assert (reply.status_code, reply.content) == (200, b"")
    assert len(api.of("views.update")) == 1


async def test_the_global_shortcut_opens_the_form(slack, desk, api):
    desk.reply = OpenForm(PAGE_1)
    assert (await slack.interact(SHORTCUT)).status_code == 200
    assert desk.heard == [CommandTyped(who=TESS)]
    assert api.of("views.update")[0]["view"]["callback_id"] == "concern"


async def test_a_reported_message_comes_with_its_words_as_they_were_written(slack, desk):
    await slack.interact(REPORT)
    sent = datetime.fromtimestamp(float(TS), UTC)
    assert desk.heard == [CommandTyped(who=TESS, message="he said <wait> & ran", sent=sent)]


@pytest.mark.parametrize("pressed", sorted(OPENS_A_WINDOW))
async def test_a_press_that_asks_for_a_window_gets_one_before_the_desk_is_asked(slack, desk, api, pressed):
    order: list[str] = []

    def answer(_):
        order.extend(api.methods)
        return OpenForm(FORMS["account"])

    desk.reply = answer
    assert (await slack.interact(press(pressed))).status_code == 200
    assert order == ["views.open"]
    standing = Standing(channel="C0LEADS001", message=TS)
    assert desk.heard == [
        ButtonPressed(who=TESS, press=Press(pressed), subject=UUID(KEY), version=3, standing=standing)
    ]
    assert api.of("views.update")[0]["view"] == render.form_view(FORMS["account"])


async def test_a_press_brings_back_the_proof_that_its_button_was_drawn_with(slack, desk):
    proof = "0123456789abcdef" * 2
    button = Button(press=Press.ACCEPT, label="Accept", subject=UUID(KEY), version=3, proof=proof)
    [drawn] = part_blocks(Buttons((button,)))
    assert (await slack.interact(press("accept", drawn["elements"][0]["value"]))).status_code == 200
    [heard] = desk.heard
    assert heard.standing == Standing(channel="C0LEADS001", message=TS, proof=proof)
    assert (await slack.interact(press("accept", f"{KEY}:3:of one's own making"))).status_code == 400


async def test_accepting_is_answered_in_a_whisper(slack, desk, api):
    desk.reply = TOLD
    assert (await slack.interact(press("accept"))).status_code == 200
    [whisper] = api.of("chat.postEphemeral")
    assert (whisper["channel"], whisper["user"]) == ("C0LEADS001", "U0TESS0001")
    assert "You have accepted" in shown(whisper["blocks"])
    assert api.of("views.open") == []


@pytest.mark.parametrize("script", [{"error": "user_not_in_channel"}, {"status": 500}, {"drop": True}])
async def test_a_whisper_that_is_lost_is_no_fault(slack, desk, api, script):
    api.will("chat.postEphemeral", **script)
    desk.reply = TOLD
    assert (await slack.interact(press("accept"))).status_code == 200


async def test_a_press_whose_window_does_not_open_is_told_in_a_whisper(slack, desk, api):
    api.will("views.open", error="expired_trigger_id")
    assert (await slack.interact(press("open"))).status_code == 200
    assert desk.heard == []
    assert "did not open" in shown(api.of("chat.postEphemeral")[0])


async def test_a_form_in_answer_to_a_press_without_a_window_opens_with_its_trigger(slack, desk, api):
    desk.reply = OpenForm(PAGE_1)
    await slack.interact(press("start_here"))
    assert api.of("views.open")[0]["view"] == render.form_view(PAGE_1)


async def test_a_button_inside_a_window_is_answered_in_that_window(slack, desk, api):
    desk.reply = OpenForm(FORMS["add"])
    receipt = render.card_view(CARDS["receipt"])
    assert (await slack.interact(press_in_window("add", receipt, {}))).status_code == 200
    assert isinstance(desk.heard[0], ButtonPressed)
    assert api.methods == ["views.update"]
    assert api.of("views.update")[0]["view"]["callback_id"] == "add"


async def test_a_page_that_is_sent_is_read_whole(slack, desk):
    desk.reply = NextPage(PAGE_3)
    values = {
        "child_1": chosen("c1", "Mia", "external_select", "search_pupils"),
        "child_2": {"search_pupils": {"type": "external_select", "selected_option": None}},
        "happened": chosen("then"),
        "place": chosen("home", kind="static_select"),
        "happened_date": {"answer": {"type": "datepicker", "selected_date": "2026-11-20"}},
        "learned_date": {"answer": {"type": "datepicker", "selected_date": None}},
        "happened_time": {"answer": {"type": "timepicker", "selected_time": "09:05"}},
        "place_words": typed("  by\n the <gate> \u202e e\u0301 "),
        "child_other": typed(None),
        "kinds": {"answer": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}},
        "many": {"answer": {"type": "multi_static_select", "selected_options": []}},
    }
    reply = await slack.interact(submission(VIEW_2, values))
    assert reply.json() == {"response_action": "update", "view": VIEW_3}
    read = {
        "child_1": "c1", "child_2": "", "happened": "then", "place": "home", "happened_date": "2026-11-20",
        "learned_date": "", "happened_time": "09:05", "place_words": "  by\n the <gate> [U+202E] é ",
        "child_other": "", "kinds": ("a", "b"), "many": (),
    }
    assert desk.heard == [
        FormSubmitted(who=TESS, form="concern", key=PAGE_2.key, page=2, values=read, stood=tuple(read))
    ]


async def test_an_answer_in_two_inputs_is_one_answer(slack, desk):
    long = "x" * 3000 + "y" * 3000 + "z"
    form = replace(PAGE_3, values={"facts": long})
    view = render.form_view(form)
    values = {
        b["block_id"]: typed(b["element"].get("initial_value")) for b in view["blocks"] if b["type"] == "input"
    }
    assert {"facts", "facts~2", "facts~3"} <= set(values)
    await slack.interact(submission(view, dict(reversed(values.items()))))
    assert desk.heard[0].values["facts"] == long


async def test_the_receipt_takes_the_forms_place_with_nothing_to_send(slack, desk):
    desk.reply = Tell(CARDS["receipt"])
    reply = (await slack.interact(submission(VIEW_3, {}))).json()
    assert reply["response_action"] == "update"
    assert "Your concern has been received" in shown(reply["view"])
    assert "submit" not in reply["view"]
    assert faults(reply["view"]) == []


async def test_complaints_about_fields_that_are_shown_stand_beside_them(slack, desk):
    desk.reply = Complaints(form=PAGE_2, by_field={"happened": "Choose when.", "child_2": "Choose."})
    reply = await slack.interact(submission(VIEW_2, {}))
    assert reply.json() == {
        "response_action": "errors", "errors": {"happened": "Choose when.", "child_2": "Choose."}
    }


async def test_a_window_that_was_not_looked_up_is_not_drawn_again(slack, desk):
    desk.reply = Complaints(form=PAGE_2, by_field={"": "NOT SAVED."}, unseen=True)
    reply = await slack.interact(submission(VIEW_2, {"place_words": typed("x")}))
    first = next(block["block_id"] for block in VIEW_2["blocks"] if block["type"] == "input")
    assert reply.json() == {"response_action": "errors", "errors": {first: "NOT SAVED."}}


@pytest.mark.parametrize(
    ("form", "by_field", "sentence"),
    [
        (PAGE_2, {"": "NOT SAVED."}, "NOT SAVED."),
        (PAGE_2, {"": "NOT SAVED.", "child_2": "Choose."}, "Choose."),
        (PAGE_1, {"danger": "Answer this."}, "Answer this."),
        (PAGE_2, {"kinds": "Choose a kind."}, "Choose a kind."),
        (PAGE_2, {}, "Where exactly"),
    ],
)
async def test_other_complaints_are_drawn_into_the_window(slack, desk, form, by_field, sentence):
    desk.reply = Complaints(form=form, by_field=by_field)
    reply = (await slack.interact(submission(VIEW_2, {"place_words": typed("x")}))).json()
    assert reply["response_action"] == "update"
    assert sentence in shown(reply["view"])
    assert faults(reply["view"]) == []


async def test_a_drawn_complaint_is_gone_when_the_next_one_comes(slack, desk):
    desk.reply = Complaints(form=PAGE_2, by_field={"child_2": "Choose."})
    before = render.form_view(PAGE_2, {"": "An old sentence."})
    reply = (await slack.interact(submission(before, {}))).json()
    assert reply["response_action"] == "update"
    assert "An old sentence" not in shown(reply["view"])


async def test_a_redraw_that_would_drop_what_was_typed_is_not_made(slack, desk):
    desk.reply = Complaints(form=FORMS["hand_over_to_nobody"], by_field={"": "NOT SAVED. Copy it."})
    view = render.form_view(FORMS["hand_over"])
    values = {"to": chosen("p1", kind="static_select"), "note": typed("CANARY")}
    reply = (await slack.interact(submission(view, values))).json()
    assert reply == {"response_action": "errors", "errors": {"to": "NOT SAVED. Copy it."}}


async def test_a_picked_name_stays_in_a_form_that_was_drawn_without_a_look_at_the_store(slack, desk):
    nameless = replace(PAGE_2, names={}, values={"child_2": "c1"})
    desk.reply = Complaints(form=nameless, by_field={"": "NOT SAVED."})
    values = {"child_2": chosen("c1", "Mia Patel · 8B", "external_select", "search_pupils")}
    reply = (await slack.interact(submission(VIEW_2, values))).json()
    picked = next(b for b in reply["view"]["blocks"] if b.get("block_id") == "child_2")
    assert picked["element"]["initial_option"]["text"]["text"] == "Mia Patel · 8B"


async def test_going_back_sends_what_is_typed_and_draws_the_page_before(slack, desk, api):
    desk.reply = NextPage(PAGE_1)
    reply = await slack.interact(press_in_window("back", VIEW_2, {"place_words": typed("by the gate")}))
    assert (reply.status_code, reply.content) == (200, b"")
    sent = FormSubmitted(
        who=TESS, form="concern", key=PAGE_2.key, page=2, values={"place_words": "by the gate"}, back=True,
        stood=("place_words",),
    )  # fmt: skip
    assert desk.heard == [sent]
    [updated] = api.of("views.update")
    assert (updated["view_id"], updated["hash"]) == ("V1", "h1")
    assert updated["view"] == render.form_view(PAGE_1)


async def test_a_typeahead_is_answered_with_options_slack_takes(slack, desk):
    many = tuple(Option(key=f"id{n}", label=f"A child {'x' * n} · 8B · Year 8") for n in range(120))
    desk.reply = Suggestions(many)
    reply = (await slack.interact(searching("pupils", "mi"))).json()
    assert desk.heard == [SearchTyped(who=TESS, source=Source.PUPILS, query="mi")]
    [group] = reply["option_groups"]
    assert group["label"]["text"] == "100 of 120: type more letters"
    assert len(group["options"]) == 100
    assert all(len(o["text"]["text"]) <= 75 and o["text"]["text"].endswith("Year 8") for o in group["options"])
    assert search_faults(reply) == []


async def test_a_typeahead_that_shows_everybody_says_nothing_more(slack, desk):
    desk.reply = Suggestions(tuple(Option(key=f"id{n}", label=f"Mia {n}") for n in range(3)), total=3)
    reply = (await slack.interact(searching("pupils", "mi"))).json()
    assert [one["value"] for one in reply["options"]] == ["id0", "id1", "id2"]


async def test_a_typeahead_for_somebody_unknown_finds_nothing(slack, desk):
    desk.reply = TOLD
    assert (await slack.interact(searching("staff", "mi"))).json() == {"options": []}


async def test_a_guest_through_slack_connect_stands_there_with_their_own_workspace(slack, desk):
    guest = {**USER, "team_id": "T0ELSEWHERE"}
    await slack.interact({**press("accept"), "user": guest})
    assert desk.heard[0].who.tenant == "T0ELSEWHERE"


async def test_a_submission_without_a_team_is_known_by_the_users(slack, desk):
    await slack.interact({**submission(VIEW_3, {}), "team": None})
    assert desk.heard[0].who == TESS


async def test_a_user_without_a_team_is_known_by_the_workspaces(slack, desk):
    await slack.interact({**press("accept"), "user": {"id": "U0TESS0001"}})
    assert desk.heard[0].who == TESS


async def test_ids_inside_a_card_or_a_form_do_not_say_who_somebody_is(slack, desk):
    sent = submission(VIEW_3, {})
    forged = {**sent, "view": {**sent["view"], "team_id": "T0OTHER", "user": "U0LEE"}}
    await slack.interact(forged)
    assert desk.heard[0].who == TESS


async def test_a_bug_keeps_the_form_in_front_of_the_person(slack, desk):
    desk.broken = True
    reply = await slack.interact(submission(VIEW_3, {"facts": typed("CANARY")}))
    assert (reply.status_code, reply.content) == (500, b"")


async def test_everything_works_with_slacks_own_variables_in_the_environment(monkeypatch, client, desk, clock):
    from bot.slack.app import SlackDoor, Workspace

    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "x")
    assert SlackDoor(desk=desk, workspaces=[Workspace(client=client, secrets=["s"])], now=clock).router.routes


@pytest.mark.parametrize("mark", ["deleted", "is_restricted", "is_ultra_restricted", "is_stranger", "is_bot"])
@pytest.mark.parametrize("body", [SHORTCUT, REPORT, press("accept"), press("open"), submission(VIEW_3, {}),
                                  searching("pupils", "mi")], ids=lambda body: body["type"])
async def test_what_a_payload_says_of_its_user_is_told_to_the_desk(slack, desk, body, mark):
    await slack.interact({**body, "user": {**USER, mark: False}})
    assert desk.guests == 0
    await slack.interact({**body, "user": {**USER, mark: True}, "trigger_id": "1.3.abc"})
    assert (desk.guests, len(desk.heard)) == (1, 2)
