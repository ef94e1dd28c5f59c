"""A stranger in the leads' channel, a person who does not belong: told truly, and nothing shown."""

from tests.journeys.gestures import PAGES, begins, newest, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import on


async def test_with_a_stranger_in_the_leads_channel_each_lead_is_told_directly(stage):
    stage.slack.add_member(stage.slack.leads, "ravi")
    stage.teams.add_member(stage.teams.leads, "mina")
    reference = await reports(on(stage, "slack", "tess"))
    lee, priya = on(stage, "slack", "lee"), on(stage, "teams", "priya")
    await sees(lee, reference, "bot")
    await sees(priya, reference, "bot")
    await sees(lee, "Heard needs attention", "bot")
    assert on(stage, "slack", "ravi").chat("leads") == ()
    assert on(stage, "teams", "mina").chat("leads") == ()
    card = await sees(priya, reference, "bot")
    await priya.press("Accept", on=card)
    await sees(lee, "Accepted by Priya Raman", "bot")


async def test_when_the_app_is_not_in_the_channel_nothing_is_lost(stage):
    stage.slack.remove_bot(stage.slack.leads)
    await stage.teams.remove_bot(stage.teams.leads)
    reference = await reports(on(stage, "teams", "tom"))
    await sees(on(stage, "slack", "lee"), reference, "bot")
    await sees(on(stage, "teams", "priya"), reference, "bot")
    assert [rule.partition(":")[0] for rule in stage.teams.refusals] == ["BotNotInConversationRoster"]
    stage.teams.refusals.clear()


async def test_a_pupil_is_answered_kindly_on_both_platforms(stage):
    pupil = next(p for p in stage.cast.people if p.kind == "pupil" and p.slack_user)
    slack = stage.slack.thumbs(pupil.key)
    await slack.say("/concern")
    assert "If something is worrying you" in open_window(slack).words
    pupil = next(p for p in stage.cast.people if p.kind == "pupil" and p.teams_user)
    teams = stage.teams.thumbs(pupil.key)
    await teams.say("/concern")
    await sees(teams, "If something is worrying you", "bot")


async def test_a_command_in_a_class_channel_is_answered_in_private_only(stage):
    tom = on(stage, "teams", "tom")
    before = len(tom.chat("general"))
    await tom.say("@/concern Mia told me", place="general")
    assert newest(tom, "Open the form", "bot")
    assert len(tom.chat("general")) == before + 1


async def test_concern_help_names_the_leads_and_their_numbers(stage):
    tess = on(stage, "slack", "tess")
    await tess.say("/concern help")
    words = open_window(tess).words
    for expected in ("Lee Abara", "Priya Raman", "Dana Okello", "01632 960 101", "999"):
        assert expected in words


async def test_a_concern_about_a_lead_goes_to_the_head_and_no_lead_hears_of_it(stage):
    tess, lee, helen = on(stage, "slack", "tess"), on(stage, "slack", "lee"), on(stage, "teams", "helen")
    await begins(tess)
    await tess.fill({**PAGES[0], "What is it about?": "An adult who works here", "Child": ""})
    await tess.press("Next")
    await tess.fill({"Adult": "Lee Abara · Safeguarding lead"})
    page = {key: value for key, value in PAGES[1].items() if key != "This child's part in it"}
    await tess.fill(page)
    await tess.press("Next")
    await tess.fill(PAGES[2])
    await tess.press("Next")
    await tess.fill({**PAGES[3], "Kind of concern": ["Not sure: the lead decides"]})
    await tess.press("Next")
    await tess.press("Send")
    assert "The head" in open_window(tess).words
    await tess.close()
    card = await sees(helen, "Safeguarding concern", "bot")
    await helen.press("Open", on=card)
    assert "Lee Abara" in open_window(helen).words
    await helen.close()
    assert lee.chat("leads") == ()
    assert lee.chat("bot") == ()
