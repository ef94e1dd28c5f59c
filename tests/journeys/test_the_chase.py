"""Time moves on and nothing is left waiting unseen."""

from datetime import timedelta
from uuid import UUID

from handlers.conversation import ButtonPressed, Tell
from handlers.ui.card import Press
from tests.journeys.gestures import PAGES, begins, goes_on, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import on

NOW_PAGES = ({**PAGES[0], "How soon must someone act?": "Now"}, *PAGES[1:])


async def moves(stage, **by: float) -> None:
    await stage.move(timedelta(**by))


async def test_an_urgent_concern_climbs_the_ladder_until_somebody_accepts_it(stage):
    reference = await reports(on(stage, "slack", "tess"), NOW_PAGES)
    lee, dana, helen = on(stage, "slack", "lee"), on(stage, "slack", "dana"), on(stage, "teams", "helen")
    await sees(lee, reference, "bot")
    await moves(stage, minutes=6)
    await sees(dana, "Not accepted in 5 minutes", "bot")
    await moves(stage, minutes=5)
    card = await sees(helen, "Not accepted in 10 minutes", "bot")
    await helen.press("Accept", on=card)
    await sees(lee, "Accepted by Helen Marsh", "leads")
    before = len(dana.chat("bot"))
    await moves(stage, minutes=30)
    assert len(dana.chat("bot")) == before


async def test_a_lead_who_is_out_of_office_is_passed_over_at_once(stage):
    for key in ("lee", "priya"):
        await stage.away(key)
    reference = await reports(on(stage, "slack", "tess"), NOW_PAGES)
    await moves(stage, minutes=1)
    card = await sees(on(stage, "slack", "dana"), "Whoever was asked first is away or out of reach", "bot")
    assert reference in card.words
    assert "Accept" in card.buttons


async def test_an_overdue_action_is_nudged_then_told_to_the_owner_of_the_concern(stage):
    lee, sol = on(stage, "slack", "lee"), on(stage, "slack", "sol")
    reference = await reports(on(stage, "slack", "tess"))
    await lee.press("Accept", on=await sees(lee, reference))
    await lee.press("Assign an action", on=await sees(lee, "Accepted by"))
    due = (stage.clock() + timedelta(days=2)).date().isoformat()
    sort = {"What sort of action?": "Call home · today"}
    await lee.fill({**sort, "Who will do it?": "Sol Castellano", "What is to be done?": "Ring home.", "Due date": due})
    await lee.press("Assign")
    await lee.close()
    await sees(sol, "Action", "bot")
    await moves(stage, days=9)
    reminder, told = [await sees(one, "Three school days late", "bot") for one in (sol, lee)]
    for card in (reminder, told):
        assert f"{reference}/1" in card.words
        assert "Ring home." not in card.words


async def test_the_morning_digest_comes_once_to_the_leads(stage):
    await reports(on(stage, "slack", "tess"))
    lee = on(stage, "slack", "lee")
    await moves(stage, hours=22)
    await sees(lee, "This morning, Wed 25 Nov")
    await moves(stage, minutes=30)
    await moves(stage, days=3)
    digests = [seen for seen in lee.chat("leads") if "This morning" in seen.words]
    assert len(digests) == 1


async def test_danger_is_told_to_the_leads_before_the_rest_is_asked(stage):
    tess, lee = on(stage, "slack", "tess"), on(stage, "slack", "lee")
    await begins(tess)
    await tess.fill({"Is anyone in danger now?": "Yes"})
    assert "Ring 999 now" in open_window(tess).words
    await tess.press("Next")
    assert "01632 960 101" in open_window(tess).words
    card = await sees(lee, "Somebody may be in danger now", "bot")
    await lee.press("Open", on=card)
    assert "Tess Hallam" in open_window(lee).words
    await lee.press("I am on it")
    assert "You accepted it" in open_window(lee).words
    await lee.close()
    part = {"This child's part in it": "Harmed or at risk"}
    second = {**PAGES[1], "What is it about?": "A child", "Child": "Mia Patel · 8B · Year 8"}
    for page in ({name: second[name] for name in second if name not in part}, {**part, **PAGES[2]}, PAGES[3]):
        await tess.fill(page)
        await goes_on(tess)
    assert "Your concern has been received" in open_window(tess).words
    after = await sees(lee, "Accepted by Lee Abara", "bot")
    assert after.id == card.id
    await sees(lee, "Accepted by Lee Abara", "leads")


async def test_a_teacher_who_finds_the_card_of_somebody_elses_danger_sees_nothing(stage):
    tess, priya, tom = on(stage, "slack", "tess"), on(stage, "teams", "priya"), on(stage, "teams", "tom")
    await begins(tess)
    await tess.fill({**PAGES[0], "Is anyone in danger now?": "Yes"})
    await tess.press("Next")
    card = await sees(priya, "Somebody may be in danger now", "bot")
    key = card.raw["cards"][0]["body"][-1]["actions"][0]["data"]["heard"]["subject"]
    pressed = ButtonPressed(who=await who(stage, "Tom Whitlow"), press=Press.OPEN, subject=UUID(key), version=0)
    reply = await stage.program.desk.answer(pressed)
    assert isinstance(reply, Tell)
    assert "no such concern" in str(reply)
    assert tom.window() is None


async def who(stage, name: str):
    async with stage.program.units(stage.program.units.schools()[0]) as uow:
        person = next(person for person in await uow.people.all() if person.name == name)
        return (await uow.people.accounts(person.id))[0]
