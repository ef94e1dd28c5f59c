"""A modal in front of a person: filling, sending, complaints, typeahead, and what the answers do."""

import copy

import pytest

from bot.playground.thumbs import PlatformRefused
from tests.bot.playground.slack_stage import (
    MANIFEST,
    Json,
    Lab,
    button,
    entry,
    modal,
    option,
    radio,
    section,
    text_input,
)

PICK: Json = {"type": "external_select", "min_query_length": 2}
WHOLE = modal(
    section("Say it *plainly*."),
    entry("Name", text_input(max_length=10), "name"),
    entry("Story", text_input(multiline=True), "story", optional=True),
    entry("Colour", radio("Red", "Blue"), "colour", optional=True),
    entry("Kinds", {"type": "checkboxes", "options": [option("One"), option("Two")]}, "kinds", optional=True),
    entry("Day", {"type": "datepicker"}, "day", optional=True),
    entry("Hour", {"type": "timepicker"}, "hour", optional=True),
    entry("Child", PICK, "child", optional=True),
    entry("Owner", {"type": "users_select"}, "owner", optional=True),
)


async def open_on(lab: Lab, view: Json = WHOLE, key: str = "bob", **how: bool):
    lab.opens(view)
    person = lab.world.thumbs(key, **how)
    await person.say("/toy")
    return person


def answering(*labels: str) -> Json:
    return {"options": [option(label, f"id-{number}") for number, label in enumerate(labels)]}


def typed(lab: Lab) -> Json:
    return lab.toy.last("view_submission")["view"]["state"]["values"]


async def test_every_kind_of_field_is_sent_as_slack_sends_it(lab):
    bob = await open_on(lab)
    lab.toy.on("block_suggestion", answering("Mia Patel · 8B", "Mia Stone · 7A"))
    await bob.fill(
        {
            "Name": "n & m",
            "Story": "one\ntwo",
            "Colour": "Blue",
            "Kinds": ["Two", "One"],
            "Day": "2026-11-24",
            "Hour": "10:15",
            "Child": "Mia Patel",
            "Owner": "Ann Lead",
        }
    )
    assert bob.window().field("Child").value == "Mia Patel · 8B"
    assert bob.window().field("Owner").value == "Ann Lead"
    await bob.press("Send")
    values = {block: elements["value"] for block, elements in typed(lab).items()}
    assert values == {
        "name": {"type": "plain_text_input", "value": "n & m"},
        "story": {"type": "plain_text_input", "value": "one\ntwo"},
        "colour": {"type": "radio_buttons", "selected_option": option("Blue")},
        "kinds": {"type": "checkboxes", "selected_options": [option("Two"), option("One")]},
        "day": {"type": "datepicker", "selected_date": "2026-11-24"},
        "hour": {"type": "timepicker", "selected_time": "10:15"},
        "child": {"type": "external_select", "selected_option": option("Mia Patel · 8B", "id-0")},
        "owner": {"type": "users_select", "selected_user": "U0ANN"},
    }
    assert bob.window() is None


async def test_fields_left_empty_are_sent_as_nothing(lab):
    bob = await open_on(lab)
    await bob.fill({"Name": "x"})
    await bob.press("Send")
    values = [next(iter(elements.values())) for elements in typed(lab).values()]
    assert [value[name] for value in values[1:] for name in value if name != "type"] == [
        None, None, [], None, None, None, None,
    ]  # fmt: skip


async def test_a_required_field_left_empty_is_not_sent_and_says_so(lab):
    bob = await open_on(lab)
    await bob.press("Send")
    assert lab.toy.count("view_submission") == 0
    assert bob.window().field("Name").complaint == "Please complete this required field."
    await bob.fill({"Name": "x"})
    assert bob.window().field("Name").complaint == ""


async def test_a_careless_client_sends_what_a_careful_one_would_not(lab):
    bob = await open_on(lab, careless=True)
    await bob.fill({"Story": "s" * 3001})
    await bob.press("Send")
    assert typed(lab)["name"]["value"]["value"] is None
    assert len(typed(lab)["story"]["value"]["value"]) == 3001


@pytest.mark.parametrize(
    "answers",
    [
        {"Name": "eleven char"},
        {"Name": "a\nb"},
        {"Story": "s" * 3001},
        {"Story": ["a", "b"]},
        {"Colour": "Green"},
        {"Colour": ["Red", "Blue"]},
        {"Kinds": ["One", "Nine"]},
        {"Day": "24/11/2026"},
        {"Hour": "25:00"},
        {"Owner": "Nobody Here"},
        {"Child": "M"},
    ],
)
async def test_what_cannot_be_entered_is_refused(lab, answers):
    bob = await open_on(lab)
    with pytest.raises(PlatformRefused):
        await bob.fill(answers)
    with pytest.raises(KeyError):
        await bob.fill({"No such label": "x"})


async def test_a_radio_button_once_chosen_can_only_be_changed(lab):
    bob = await open_on(lab)
    await bob.fill({"Colour": ""})
    await bob.fill({"Colour": "Red"})
    with pytest.raises(PlatformRefused):
        await bob.fill({"Colour": ""})


async def test_a_typeahead_asks_nobody_below_its_minimum_and_picks_only_what_is_named(lab):
    bob = await open_on(lab)
    lab.toy.on("block_suggestion", answering("Mia Patel · 8B", "Mia Stone · 7A"))
    with pytest.raises(PlatformRefused, match="2 characters"):
        await bob.fill({"Child": "M"})
    assert lab.toy.count("block_suggestion") == 0
    with pytest.raises(PlatformRefused, match="2 entries"):
        await bob.fill({"Child": "Mi"})
    asked = lab.toy.last("block_suggestion")
    assert (asked["value"], asked["block_id"], asked["action_id"]) == ("Mi", "child", "value")
    await bob.fill({"Child": "stone"})
    assert bob.window().field("Child").value == "Mia Stone · 7A"
    await bob.fill({"Child": ""})
    assert bob.window().field("Child").value == ""


async def test_a_typeahead_that_says_nothing_asks_from_three_characters_on(lab):
    bob = await open_on(lab, modal(entry("Child", {"type": "external_select"}, "child")))
    with pytest.raises(PlatformRefused, match="3 characters"):
        await bob.fill({"Child": "Mi"})


@pytest.mark.parametrize(
    "answer",
    [{}, {"options": [option("o" * 76)]}, {"options": [option(str(n)) for n in range(101)]}, {"options": "none"}],
)
async def test_a_bad_answer_to_a_typeahead_shows_no_result_and_is_remembered(lab, answer):
    bob = await open_on(lab)
    lab.toy.on("block_suggestion", answer)
    with pytest.raises(PlatformRefused, match="no result"):
        await bob.fill({"Child": "Mia"})
    assert any("block_suggestion" in rule for rule in lab.world.refusals)


async def test_several_are_picked_from_a_typeahead_up_to_its_most(lab):
    several = {"type": "multi_external_select", "min_query_length": 1, "max_selected_items": 2}
    bob = await open_on(lab, modal(entry("Children", several, "children")))
    lab.toy.on("block_suggestion", answering("Ada", "Bea", "Cas"))
    await bob.fill({"Children": ["Ada", "Bea"]})
    assert bob.window().field("Children").value == ("Ada", "Bea")
    with pytest.raises(PlatformRefused, match="2 choices"):
        await bob.fill({"Children": ["Ada", "Bea", "Cas"]})


async def test_a_typeahead_needs_its_address_in_the_manifest_and_goes_there():
    without = copy.deepcopy(MANIFEST)
    del without["settings"]["interactivity"]["message_menu_options_url"]
    deaf, lab = Lab(manifest=without), Lab(options_url="http://toy.test/slack/options")
    with pytest.raises(PlatformRefused, match="message_menu_options_url"):
        await (await open_on(deaf)).fill({"Child": "Mia"})
    lab.toy.on("block_suggestion", answering("Mia"))
    await (await open_on(lab)).fill({"Child": "Mia"})
    assert lab.toy.urls[-1] == "/slack/options"
    for one in (deaf, lab):
        await one.aclose()


async def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(lab):
    bob = await open_on(lab)
    await bob.fill({"Name": "x", "Story": "kept"})
    lab.toy.on("view_submission", {"response_action": "errors", "errors": {"name": "Too short."}})
    await bob.press("Send")
    assert bob.window().field("Name").complaint == "Too short."
    assert bob.window().field("Story").value == "kept"
    lab.toy.on("view_submission")
    await bob.press("Send")
    assert bob.window() is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "dance"},
        {"ok": True},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "push", "view": modal(entry("N", text_input()), submit=None)},
    ],
)
async def test_an_answer_that_slack_does_not_understand_leaves_the_modal_open_and_is_remembered(lab, answer):
    bob = await open_on(lab)
    await bob.fill({"Name": "kept"})
    lab.toy.on("view_submission", answer)
    await bob.press("Send")
    assert "We had some trouble connecting. Try again?" in bob.window().words
    assert bob.window().field("Name").value == "kept"
    assert any("view_submission" in rule for rule in lab.world.refusals)


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_a_submission_that_fails_keeps_all_and_can_be_sent_again(lab, status):
    bob = await open_on(lab)
    await bob.fill({"Name": "kept"})
    lab.toy.on("view_submission", status=status)
    await bob.press("Send")
    assert "Try again?" in bob.window().words
    lab.toy.on("view_submission")
    await bob.press("Send")
    assert bob.window() is None
    assert typed(lab)["name"]["value"]["value"] == "kept"


async def test_an_update_a_push_and_a_clear_do_what_they_say(lab):
    bob = await open_on(lab, modal(entry("Name", text_input(), "name", optional=True)))
    second = modal(entry("Name", text_input(), "name", optional=True), title="Two")
    lab.toy.on("view_submission", {"response_action": "update", "view": second})
    await bob.fill({"Name": "typed"})
    await bob.press("Send")
    first = lab.toy.last("view_submission")["view"]["id"]
    assert (bob.window().title, bob.window().handle) == ("Two", first)
    assert bob.window().field("Name").value == "typed"
    third = modal(entry("Other", text_input(), "other", optional=True), title="Three")
    lab.toy.on("view_submission", {"response_action": "push", "view": third})
    await bob.press("Send")
    lab.toy.on("view_submission", {"response_action": "clear"})
    await bob.press("Send")
    sent = lab.toy.last("view_submission")["view"]
    assert (sent["root_view_id"], sent["previous_view_id"], list(sent["state"]["values"])) == (first, first, ["other"])
    assert bob.window() is None


async def test_an_empty_answer_closes_only_the_view_that_was_sent(lab):
    bob = await open_on(lab, modal(entry("Name", text_input(), "name", optional=True)))
    lab.toy.on("view_submission", {"response_action": "push", "view": modal(section("Two"), title="Two")})
    await bob.press("Send")
    lab.toy.on("view_submission")
    await bob.press("Send")
    assert bob.window().title == "A toy"


async def test_a_push_over_the_third_view_is_trouble(lab):
    bob = await open_on(lab, modal(section("x")))
    lab.toy.on("view_submission", {"response_action": "push", "view": modal(section("x"))})
    for _ in range(3):
        await bob.press("Send")
    assert any("push_limit_reached" in rule for rule in lab.world.refusals)
    assert "Try again?" in bob.window().words


async def test_a_button_inside_a_modal_takes_the_state_along(lab):
    row = {"type": "actions", "block_id": "row", "elements": [button("Back", "back", value="p1")]}
    bob = await open_on(lab, modal(entry("Name", text_input(), "name"), row))
    await bob.fill({"Name": "typed"})
    lab.toy.on("block_actions")
    await bob.press("Back")
    told = lab.toy.last("block_actions")
    assert told["container"] == {"type": "view", "view_id": bob.window().handle}
    assert told["view"]["state"]["values"]["name"]["value"]["value"] == "typed"
    (action,) = told["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("back", "row", "p1")
    assert "response_url" not in told and told["trigger_id"]
    lab.toy.on("block_actions", status=500)
    await bob.press("Back")
    assert "Try again?" in bob.window().words


async def test_the_app_hears_of_a_change_only_where_it_asked_to(lab):
    loud = entry("Loud", radio("A", "B"), "loud", dispatch_action=True, optional=True)
    quiet = entry("Quiet", radio("A", "B"), "quiet", optional=True)
    bob = await open_on(lab, modal(loud, quiet))
    lab.toy.on("block_actions")
    await bob.fill({"Quiet": "A", "Loud": "B"})
    assert lab.toy.count("block_actions") == 1
    assert lab.toy.last("block_actions")["actions"][0]["selected_option"] == option("B")
    await bob.fill({"Loud": "B"})
    assert lab.toy.count("block_actions") == 1
