"""The main job, told once and done with every pairing of platforms."""

import pytest

from bot.demo import Stage
from bot.playground.thumbs import Thumbs
from tests.journeys.gestures import (
    DECISION,
    FACTS,
    PAGES,
    WORDS,
    begins,
    does_more,
    fills_and_sends,
    newest,
    open_window,
    reference_in,
    reports,
    sees,
    triages,
)

TEACHERS = {"slack": "tess", "teams": "tom"}
LEADS = {"slack": "lee", "teams": "priya"}


def on(stage: Stage, platform: str, key: str) -> Thumbs:
    return stage.slack.thumbs(key) if platform == "slack" else stage.teams.thumbs(key)


@pytest.fixture(params=["slack", "teams"])
def teacher(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, TEACHERS[request.param])


@pytest.fixture(params=["slack", "teams"])
def lead(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, LEADS[request.param])


async def test_raised_on_one_platform_and_carried_to_its_close_on_another(stage, teacher, lead):
    reference = await reports(teacher)
    card = await sees(lead, reference)
    assert card.buttons == ("Open", "Accept", "Escalate", "More")

    await lead.press("Open", on=card)
    account = open_window(lead).words
    assert FACTS in account
    assert WORDS in account
    assert "Mia Patel · 8B · Year 8" in account
    await sees(lead, "Read, waiting")
    assert open_window(lead).buttons[:2] == ("Accept", "More")
    shown = open_window(lead).handle
    await lead.press("Accept")
    accepted = open_window(lead)
    assert "It is yours now" in accepted.words
    assert FACTS in accepted.words
    assert accepted.buttons[:2] == ("Triage", "More")
    assert lead.platform == "teams" or accepted.handle == shown, "the same window, drawn again"
    await lead.press("Triage")
    assert "Go on" in open_window(lead).buttons
    await lead.close()
    await triages(lead, await sees(lead, "Accepted by"))

    await lead.press("Close", on=await sees(lead, "Decision recorded"))
    await lead.fill({"How was it resolved?": "CANARY-OUTCOME moved to another bus."})
    await lead.press("Close concern")
    await lead.close()
    closed = await sees(lead, "Closed")
    assert closed.buttons == ("Open", "More")
    assert [s.id for s in lead.chat("leads") if reference in s.words and not s.only_me] == [card.id]
    await sees(teacher, "Closed", "bot")


async def test_a_lead_goes_back_from_the_last_page_of_triage_and_finds_all_that_was_typed(stage, teacher, lead):
    reference = await reports(teacher)
    await lead.press("Accept", on=await sees(lead, reference))
    await lead.press("Triage", on=await sees(lead, "Accepted by"))
    await lead.press("Go on")
    await lead.press("Go on")
    typed = {"Rationale": "CANARY-RATIONALE seen on three days.", "Review on": "2026-12-10", "Level": "Low"}
    await lead.fill(typed)
    await lead.press("Back")
    chosen = next(field.label for field in open_window(lead).fields if field.label.startswith("Categories for Mia"))
    await lead.fill({chosen: "Neglect" if lead.platform == "teams" else ["Neglect"]})
    await lead.press("Back")
    assert "First, what is known already" in open_window(lead).words
    await lead.press("Go on")
    assert "Neglect" in str(open_window(lead).field(chosen).value)
    await lead.press("Go on")
    stands = open_window(lead)
    assert {label: stands.field(label).value for label in typed} == typed
    await lead.fill({label: answer for label, answer in DECISION.items() if label not in typed})
    await lead.press("Record decision")
    assert "has been recorded" in open_window(lead).words


async def test_a_page_with_something_missing_says_so_beside_the_field_and_loses_nothing(stage, teacher):
    await begins(teacher)
    await teacher.fill(PAGES[0])
    await teacher.press("Next")
    await teacher.fill({**PAGES[1], "When did it happen?": "On another day"})
    await teacher.press("Next")
    await teacher.fill({**PAGES[2], "On which day did it happen?": "2027-11-20"})
    await teacher.press("Next")
    window = open_window(teacher)
    assert window.field("On which day did it happen?").complaint.startswith("This is in the future.")
    assert window.field("The child's exact words").value == WORDS
    await teacher.fill({"On which day did it happen?": "2026-11-20"})
    await teacher.press("Next")
    assert open_window(teacher).field("What you have done")


async def test_going_back_keeps_what_was_typed_on_both_pages(stage, teacher):
    await begins(teacher)
    await teacher.fill(PAGES[0])
    await teacher.press("Next")
    await teacher.fill(PAGES[1])
    await teacher.press("Back")
    assert open_window(teacher).field("How soon must someone act?").value == "Today"
    await teacher.press("Next")
    assert open_window(teacher).field("Where exactly").value == "CANARY-PLACE"


async def test_an_action_is_assigned_done_and_seen_by_its_owner_alone(stage, lead):
    teacher = on(stage, "slack", "tess")
    reference = await reports(teacher)
    await lead.press("Accept", on=await sees(lead, reference))
    await lead.press("Assign an action", on=await sees(lead, "Accepted by"))
    await lead.fill(
        {
            "What sort of action?": "Call home · today",
            "Who will do it?": "Sol Castellano",
            "What is to be done?": "CANARY-WHAT ring home about the bus.",
            "Due date": "2027-06-30",
        }
    )
    await lead.press("Assign")
    await lead.close()

    sol = on(stage, "slack", "sol")
    card = await sees(sol, f"Action {reference}/1", "bot")
    assert "CANARY" not in card.words
    await sol.press("Open", on=card)
    window = open_window(sol)
    assert "CANARY-WHAT" in window.words
    assert "CANARY-FACTS" not in window.words
    await sol.close()
    await sol.press("Done", on=card)
    await sol.fill({"What did you do?": "Rang home at 12:10."})
    await sol.press("Done")
    await sol.close()
    await sees(sol, "Done", "bot")


async def test_a_concern_is_handed_over_and_the_first_owner_keeps_it_until_then(stage):
    tess, lee, priya = on(stage, "slack", "tess"), on(stage, "slack", "lee"), on(stage, "teams", "priya")
    reference = await reports(tess)
    await lee.press("Accept", on=await sees(lee, reference))
    await does_more(lee, await sees(lee, "Accepted by Lee Abara"), "Hand over to somebody else")
    await lee.fill({"Hand over to": "Priya Raman", "What they need to know": "I am in court tomorrow."})
    await lee.press("Hand over")
    await lee.close()
    offered = await sees(lee, "Handed over to")
    assert "Accepted by Lee Abara" in offered.words
    await priya.press("Accept", on=await sees(priya, "Handed over to"))
    taken = await sees(lee, "Accepted by Priya Raman")
    assert taken.id == offered.id
    assert "Handed over to" not in taken.words


async def test_the_lead_who_loses_the_race_is_told_who_won(stage):
    lee, priya = on(stage, "slack", "lee"), on(stage, "teams", "priya")
    reference = await reports(on(stage, "slack", "tess"))
    slack_card, teams_card = await sees(lee, reference), await sees(priya, reference)
    await lee.press("Accept", on=slack_card)
    await priya.press("Accept", on=teams_card)
    told = await sees(priya, "Lee Abara has this concern already", "leads")
    assert told


async def test_escalating_tells_the_next_in_line_in_person(stage, lead):
    dana = on(stage, "slack", "dana")
    reference = await reports(on(stage, "teams", "tom"))
    await lead.press("Escalate", on=await sees(lead, reference))
    await lead.fill({"Why does it need to go further?": "CANARY-WHY I cannot reach anyone."})
    await lead.press("Escalate")
    await lead.close()
    card = await sees(dana, reference, "bot")
    assert "Accept" in card.buttons
    assert "CANARY" not in card.words


async def test_reporting_a_message_brings_its_words_into_the_facts(stage, teacher):
    await teacher.report_message("CANARY-MESSAGE he keeps waiting for her after school")
    for page in PAGES[:2]:
        await teacher.fill(page)
        await teacher.press("Next")
    facts = open_window(teacher).field("What you saw, heard and did: facts only").value
    assert "CANARY-MESSAGE he keeps waiting for her after school" in facts


async def test_the_form_opens_from_the_menu_too(stage, teacher):
    await teacher.start_from_menu()
    assert open_window(teacher).title == "Raise a concern"


async def test_on_teams_the_form_also_runs_inside_the_message(stage):
    tom = on(stage, "teams", "tom")
    await tom.say("concern")
    await tom.press("Fill it in here", on=newest(tom, "Fill it in here"))
    await fills_and_sends(tom)
    card = await sees(on(stage, "slack", "lee"), "Safeguarding concern")
    assert "Accept" in card.buttons
    assert "CANARY" not in card.words


async def test_a_quick_concern_takes_three_answers_and_is_added_to_from_ones_own_list(stage, lead):
    tess = on(stage, "slack", "tess")
    await tess.say("/concern quick")
    await tess.fill(
        {
            "Child": "Mia Patel · 8B · Year 8",
            "What you saw or heard": "CANARY-LINE she was alone at the gate at 4pm",
            "How soon must someone act?": "Today",
        }
    )
    await tess.press("Send")
    reference = reference_in(open_window(tess).words)
    await tess.close()
    card = await sees(lead, reference)
    await lead.press("Open", on=card)
    assert "CANARY-LINE she was alone at the gate at 4pm" in open_window(lead).words
    await lead.close()

    await tess.say("/concern mine")
    assert reference in open_window(tess).words
    await tess.press(f"Add to {reference}")
    await tess.fill({"What you want to add": "CANARY-MORE her mother came at five."})
    await tess.press("Add")
    await tess.close()
    await sees(lead, "Added by the reporter")


async def test_a_decision_full_of_three_byte_text_is_refused_corrected_and_recorded_on_teams(stage, tmp_path):
    tess, priya = stage.slack.thumbs("tess"), stage.teams.thumbs("priya")
    reference = await reports(tess)
    await priya.press("Accept", on=await sees(priya, reference))
    await priya.press("Triage", on=await sees(priya, "Accepted by"))
    await priya.press("Go on")
    asked = open_window(priya)
    kinds = next(field.label for field in asked.fields if field.label.startswith("Categories"))
    await priya.fill({kinds: "Neglect", "A second one, if any": "Bullying or prejudice"})
    await priya.press("Go on")
    assert open_window(priya).field(kinds).value == ("Neglect", "Bullying or prejudice")
    long = {
        "Threshold: which, and why": 900, "What they said, or why they are not told": 500, "Who was consulted": 300,
        "Rationale": 2500, "What you considered and did not choose": 800, "What the reporter is told": 400,
    }  # fmt: skip
    typed = {label: "CANARY" + "語" * (most - 6) for label, most in long.items()}
    await priya.fill({**DECISION, **typed, "Review on": "2026-11-02"})
    await priya.press("Record decision")
    refused = open_window(priya)
    assert refused.field("Review on").complaint == "This day has passed already. Choose a later one."
    assert {label: refused.field(label).value for label in typed} == typed
    await priya.fill({"Review on": "2026-12-15"})
    await priya.press("Record decision")
    assert "has been recorded" in open_window(priya).words
    await priya.close()
    assert "teams_card_large" not in (tmp_path / "heard.log").read_text("utf-8")
