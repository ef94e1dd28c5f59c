"""Modals: triggers, the stack of three, hashes, updates that keep what was typed, and closing."""

import copy

import pytest

from bot.playground.slack import triggers
from tests.bot.playground.slack_stage import (
    Json,
    Lab,
    button,
    entry,
    modal,
    plain,
    radio,
    section,
    text_input,
)

FORM = modal(entry("Name", text_input(), "name"))


async def trigger(lab: Lab, key: str = "bob") -> str:
    """A trigger that nobody has used."""
    lab.toy.answers.pop("command", None)
    await lab.world.thumbs(key).say("/toy")
    return lab.toy.last("command")["trigger_id"]


async def opened(lab: Lab, view: Json = FORM) -> Json:
    return (await lab.call("views.open", trigger_id=await trigger(lab), view=view))["view"]


async def pressed(lab: Lab) -> str:
    """A trigger from the button `Press` in the open modal."""
    lab.toy.answers.pop("block_actions", None)
    await lab.world.thumbs("bob").press("Press")
    return lab.toy.last("block_actions")["trigger_id"]


WITH_BUTTON = modal({"type": "actions", "block_id": "row", "elements": [button()]}, submit=None)


async def test_a_trigger_opens_one_modal_and_no_second(lab):
    made = await trigger(lab)
    assert (await lab.call("views.open", trigger_id=made, view=FORM))["ok"]
    again = await lab.call("views.open", trigger_id=made, view=FORM)
    assert again == {"ok": False, "error": "exchanged_trigger_id"}


async def test_a_trigger_lives_for_three_seconds(lab, monkeypatch):
    made = await trigger(lab)
    began = lab.world.triggers.look(made).born
    monkeypatch.setattr(triggers.time, "monotonic", lambda: began + 2.9)
    assert (await lab.call("views.open", trigger_id=made, view={"type": "modal"}))["error"] == "invalid_arguments"
    monkeypatch.setattr(triggers.time, "monotonic", lambda: began + 3.2)
    assert (await lab.call("views.open", trigger_id=made, view=FORM))["error"] == "expired_trigger_id"
    assert any("expired_trigger_id" in rule for rule in lab.world.refusals)


async def test_the_worlds_clock_does_not_age_a_trigger():
    moments = iter(range(0, 10_000_000, 3600))
    lab = Lab(now=lambda: 1_780_000_000.0 + next(moments))
    assert (await lab.call("views.open", trigger_id=await trigger(lab), view=FORM))["ok"]
    await lab.aclose()


async def test_a_trigger_that_was_never_given_out_opens_nothing(lab):
    assert (await lab.call("views.open", trigger_id="1.2.3", view=FORM))["error"] == "invalid_trigger_id"


async def test_a_refused_view_leaves_the_trigger_good(lab):
    made = await trigger(lab)
    bad = await lab.call("views.open", trigger_id=made, view=modal(entry("Name", text_input()), submit=None))
    assert bad["error"] == "invalid_arguments"
    assert (await lab.call("views.open", trigger_id=made, view=FORM))["ok"]


async def test_a_view_over_250_kilobytes_is_too_large(lab):
    big = modal(*(section("x" * 2900) for _ in range(90)))
    assert (await lab.call("views.open", trigger_id=await trigger(lab), view=big))["error"] == "view_too_large"


async def test_the_modal_opens_on_the_screen_of_whoever_made_the_trigger(lab):
    await opened(lab)
    assert lab.world.thumbs("bob").window().title == "A toy"
    assert lab.world.thumbs("ann").window() is None


async def test_the_stack_holds_three_views_and_no_fourth(lab):
    first = await opened(lab, WITH_BUTTON)
    pushed = [
        await lab.call("views.push", trigger_id=await pressed(lab), view=WITH_BUTTON) for _ in range(3)
    ]
    assert [answer.get("error") for answer in pushed] == [None, None, "push_limit_reached"]
    assert pushed[1]["view"]["root_view_id"] == first["id"]
    assert pushed[1]["view"]["previous_view_id"] == pushed[0]["view"]["id"]


async def test_opening_from_inside_a_modal_counts_towards_the_three(lab):
    await opened(lab, WITH_BUTTON)
    answers = [await lab.call("views.open", trigger_id=await pressed(lab), view=WITH_BUTTON) for _ in range(3)]
    assert [answer.get("error") for answer in answers] == [None, None, "push_limit_reached"]


async def test_a_push_needs_a_modal_to_stand_on(lab):
    assert (await lab.call("views.push", trigger_id=await trigger(lab), view=FORM))["error"] == "not_found"


async def test_closing_goes_back_to_the_view_below(lab):
    bob = lab.world.thumbs("bob")
    await opened(lab, WITH_BUTTON)
    await lab.call("views.push", trigger_id=await pressed(lab), view={**FORM, "title": plain("Two")})
    assert bob.window().title == "Two"
    await bob.close()
    assert bob.window().title == "A toy"
    await bob.press("Close")
    assert bob.window() is None
    assert lab.toy.count("view_closed") == 0


async def test_the_app_hears_of_closing_only_when_it_asked_to(lab):
    await opened(lab, {**FORM, "notify_on_close": True})
    await lab.world.thumbs("bob").close()
    told = lab.toy.last("view_closed")
    assert (told["is_cleared"], told["view"]["title"]["text"]) == (False, "A toy")


async def test_clear_on_close_closes_everything(lab):
    await opened(lab, WITH_BUTTON)
    await lab.call("views.push", trigger_id=await pressed(lab), view={**FORM, "clear_on_close": True})
    await lab.world.thumbs("bob").close()
    assert lab.world.thumbs("bob").window() is None


async def test_an_update_of_a_closed_modal_finds_nothing(lab):
    view = await opened(lab)
    await lab.world.thumbs("bob").close()
    assert (await lab.call("views.update", view_id=view["id"], view=FORM))["error"] == "not_found"
    assert not lab.world.refusals


async def test_an_update_with_an_old_hash_conflicts(lab):
    view = await opened(lab)
    assert (await lab.call("views.update", view_id=view["id"], hash=view["hash"], view=FORM))["ok"]
    late = await lab.call("views.update", view_id=view["id"], hash=view["hash"], view=FORM)
    assert late == {"ok": False, "error": "hash_conflict"}


async def test_an_update_may_name_the_view_by_the_apps_own_id_and_only_once(lab):
    await opened(lab, {**FORM, "external_id": "mine"})
    assert (await lab.call("views.update", external_id="mine", view={**FORM, "external_id": "mine"}))["ok"]
    second = await lab.call("views.open", trigger_id=await trigger(lab, "ann"), view={**FORM, "external_id": "mine"})
    assert second["error"] == "duplicate_external_id"


async def test_an_update_keeps_what_was_typed_under_the_same_ids_and_nothing_else(lab):
    before = modal(entry("Kept", text_input(), "kept"), entry("Moved", text_input(), "moved"))
    after = modal(
        entry("Kept, renamed", text_input(initial_value="x"), "kept"),
        entry("Moved", text_input(initial_value="first value"), "elsewhere"),
    )
    view, bob = await opened(lab, before), lab.world.thumbs("bob")
    await bob.fill({"Kept": "typed", "Moved": "typed too"})
    await lab.call("views.update", view_id=view["id"], view=after)
    assert {field.label: field.value for field in bob.window().fields} == {
        "Kept, renamed": "typed",
        "Moved": "first value",
    }


async def test_another_kind_of_element_under_the_same_ids_starts_afresh(lab):
    view, bob = await opened(lab), lab.world.thumbs("bob")
    await bob.fill({"Name": "typed"})
    await lab.call("views.update", view_id=view["id"], view=modal(entry("Name", radio("A", "B"), "name")))
    assert bob.window().field("Name").value == ""


async def test_inputs_without_ids_get_new_ones_with_each_view_and_lose_what_was_typed(lab):
    bare: Json = copy.deepcopy(FORM)
    del bare["blocks"][0]["block_id"]
    view, bob = await opened(lab, bare), lab.world.thumbs("bob")
    assert view["blocks"][0]["block_id"]
    await bob.fill({"Name": "typed"})
    await lab.call("views.update", view_id=view["id"], view=bare)
    assert bob.window().field("Name").value == ""


async def test_a_new_command_opens_alone_and_not_on_what_was_left_open(lab):
    for _ in range(4):
        assert (await opened(lab))["root_view_id"]
    bob = lab.world.thumbs("bob")
    await bob.close()
    assert bob.window() is None


@pytest.mark.parametrize("given", [{}, {"view_id": "V1", "external_id": "e"}])
async def test_an_update_names_its_view_in_one_way(lab, given):
    assert (await lab.call("views.update", view=FORM, **given))["error"] == "invalid_arguments"
