"""`/concern rota`: who is here for concerns this week, for everybody, and nothing of why somebody is not."""

from datetime import timedelta

from handlers.conversation import Tell
from handlers.ui.card import Card, Facts
from tests.handlers.school import DANA, LEE, PRIYA, TESS, Here, words
from tests.handlers.triage.test_away import goes


async def rota(here: Here, person=TESS) -> Card:
    reply = await here.command(person, "rota")
    assert isinstance(reply, Tell), reply
    return reply.card


def said(card: Card) -> dict[str, str]:
    (facts,) = [part for part in card.parts if isinstance(part, Facts)]
    return dict(facts.pairs)


async def test_everybody_reads_the_leads_with_their_numbers_and_the_number_outside(here):
    for person in (TESS, LEE):
        shown = said(await rota(here, person))
        assert shown[LEE.name] == f"Safeguarding lead, {LEE.telephone or 'no number given'}"
        assert shown[DANA.name].startswith("Deputy lead")
        assert any(name.endswith("(outside school)") for name in shown)


async def test_who_is_away_stands_last_with_when_and_who_covers_and_not_why(here):
    await goes(here, LEE)
    shown = said(await rota(here))
    leads = [name for name in shown if not name.endswith("(outside school)")]
    assert leads[-1] == LEE.name
    assert shown[LEE.name].endswith(f"Away from Tue 24 Nov to Fri 27 Nov. {PRIYA.name} covers")
    assert "CANARY" not in words(Tell(await rota(here)))


async def test_who_goes_later_this_week_is_said_and_who_goes_next_week_is_not(here):
    await goes(here, LEE, **{"from": "2026-11-26", "until": "2026-11-27"})
    await goes(here, DANA, **{"from": "2026-11-30", "until": "2026-12-01"})
    shown = said(await rota(here))
    assert "Away from Thu 26 Nov to Fri 27 Nov" in shown[LEE.name]
    assert "Away" not in shown[DANA.name]
    here.at += timedelta(days=6)
    shown = said(await rota(here))
    assert "Away" not in shown[LEE.name]
    assert "Away from Mon 30 Nov to Tue 1 Dec" in shown[DANA.name]
