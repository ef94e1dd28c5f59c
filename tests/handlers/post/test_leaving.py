"""Every card is held against what chat may hold just before it leaves: nothing that somebody typed can stand on one."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.account import form as concern_form
from handlers.account import reported
from handlers.conversation import HomeOpened
from handlers.notice import Notice, NoticeKind
from handlers.overview import board as overview_board
from handlers.overview.digest_card import Morning, digest_card
from handlers.post import cards as drawing
from handlers.reporter.raising import raise_concern
from handlers.rules.concern import ConcernId, Level
from handlers.rules.school import PlaceKind
from handlers.samples import AT, CALENDAR, DECIDED, NOW, OWNED, RAISED, waits
from handlers.triage.card import triage_card
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Press, Quote, Row, Rows, Sketch, Words
from handlers.ui.form import ChoiceField, ChoicesField, DateField, PickField, TextField, TimeField
from handlers.ui.may_stand import ANSWER, FILE, INSTEAD, Held, Own, faults, safe
from tests.examples import CARDS, IN_A_WINDOW, SAID_TO_ONE
from tests.handlers.keeping import alarms, open_concerns
from tests.handlers.posting import Post, works
from tests.handlers.school import ANSWERS, LEADS_ON_SLACK, LEE, MIA, OTHER_MIA, SCHOOL, TESS, Here, account

OWN = Own(
    staff=frozenset({"Lee Abara", "Tess Hallam", "Priya Raman", "Dana Okello", "Helen Marsh"}),
    telephone=frozenset({"01632 960 101", "01632 960 106", "01632 960 999"}),
    outside=frozenset({"Fernshire Safeguarding Hub, 01632 960 999"}),
    outside_name=frozenset({"Fernshire Safeguarding Hub"}),
)
IN_THE_CHANNEL = {
    name for name in CARDS if name.startswith(("triage_", "drill", "huddle", "digest")) and name != "drill_alarm"
}
CARRIED = sorted(CARDS.keys() - SAID_TO_ONE)
ANSWERS_THERE = sorted(SAID_TO_ONE - IN_A_WINDOW)
TRIAGED = triage_card(replace(DECIDED, level=Level.MEDIUM), NOW)


def sentences(card: Card, place: Held) -> str:
    return "\n".join(fault.sentence(place) for fault in faults(card, place, OWN))


@pytest.mark.parametrize("name", CARRIED)
def test_every_card_may_stand_in_a_persons_chat(name: str):
    said = sentences(CARDS[name], PlaceKind.PERSON)
    assert said == "", f"{said}\nIf {name} only answers whoever asked, name it under `answers` in its wing's examples."


@pytest.mark.parametrize("name", ANSWERS_THERE)
def test_every_answer_may_stand_in_the_chat_where_it_was_asked_for(name: str):
    said = sentences(CARDS[name], ANSWER)
    assert said == "", f"{said}\nIf {name} is drawn in a window alone, name it under `windows` in its wing's examples."


@pytest.mark.parametrize("name", sorted(IN_A_WINDOW))
def test_an_answer_that_is_drawn_in_a_window_alone_holds_what_a_chat_may_not(name: str):
    assert name in SAID_TO_ONE
    assert sentences(CARDS[name], ANSWER) != "", f"{name} may stand in a chat: take it from `windows`."


@pytest.mark.parametrize("name", sorted(IN_THE_CHANNEL))
def test_every_card_of_the_leads_channel_may_stand_there(name: str):
    assert sentences(CARDS[name], PlaceKind.CHANNEL) == ""


@pytest.mark.parametrize("name", ["board", "board_with_adults", "board_full", "board_empty", "own_page"])
def test_every_page_of_ones_own_may_stand_there(name: str):
    assert sentences(CARDS[name], PlaceKind.HOME) == ""


def test_the_digest_may_stand_in_the_channel():
    one = waits(1, "Today, waiting", late=1)
    full = Morning(
        waiting=waits(15, "Today, waiting"), owned=one, decided=one, overdue=one, oldest="Tue 3 Nov 2025", dead=2
    )
    empty = Morning(waiting=[], owned=[], decided=[], overdue=[])
    for morning in (full, empty):
        assert sentences(digest_card(morning, CALENDAR, at=AT), PlaceKind.CHANNEL) == ""


def test_a_channel_may_hold_less_than_a_persons_chat():
    for name in ("receipt", "action", "draft_exists", "danger_unsent", "glass_asked", "cover", "board"):
        assert sentences(CARDS[name], PlaceKind.CHANNEL) != ""


def test_what_a_lead_has_judged_and_whom_to_ring_stand_on_no_card():
    assert "Level" not in str(TRIAGED)
    for pair in (("Level", "Medium"), ("Fernshire LADO", "01632 960 998"), ("Reported by", "Tess Hallam")):
        card = replace(TRIAGED, parts=(*TRIAGED.parts, Facts((pair,))))
        for place in PlaceKind:
            assert f"fact {pair[0]!r} may not stand on a card" in sentences(card, place)


def with_text(card: Card, which: int, text: str) -> Card | None:
    """The card with that text in the place of its `which`-th; None where it has fewer."""
    count = iter(range(1000))

    def swapped(old: str) -> str:
        return text if next(count) == which else old

    parts = []
    for part in card.parts:
        match part:
            case Heading(old):
                parts.append(Heading(swapped(old)))
            case Words():
                parts.append(replace(part, text=swapped(part.text)))
            case Facts(pairs):
                parts.append(Facts(tuple((swapped(name), swapped(value)) for name, value in pairs)))
            case Buttons(buttons):
                parts.append(Buttons(tuple(replace(button, label=swapped(button.label)) for button in buttons)))
            case Rows(rows):
                named = (replace(row, name=swapped(row.name), value=swapped(row.value)) for row in rows)
                parts.append(Rows(tuple(named)))
            case _:
                raise AssertionError(part)
    changed = Card(summary=swapped(card.summary), parts=tuple(parts))
    return changed if changed != card else None


TYPED = st.one_of(
    st.text(min_size=1, max_size=60).map(lambda text: f"{text} they wait for me"),
    st.sampled_from(["Mia Patel", "8B", "Level: High", "26-48213 Mia Patel", "Mia Patel, Tue 24 Nov, 10:15"]),
    st.sampled_from(["Today\nMia", "\n26-0001", "Accepted by Mia Patel, Tue 24 Nov, 10:15", "26-48213. She cried."]),
)


@given(name=st.sampled_from(CARRIED), which=st.integers(0, 30), typed=TYPED, place=st.sampled_from(list(PlaceKind)))
def test_nothing_that_somebody_typed_may_stand_anywhere_on_a_card(name, which, typed, place):
    _may_stand_nowhere(with_text(CARDS[name], which, typed), typed, place)


@given(name=st.sampled_from(ANSWERS_THERE), which=st.integers(0, 30), typed=TYPED)
def test_nothing_that_somebody_typed_may_stand_anywhere_on_an_answer(name, which, typed):
    _may_stand_nowhere(with_text(CARDS[name], which, typed), typed, ANSWER)


def _may_stand_nowhere(changed: Card | None, typed: str, place: Held) -> None:
    if changed is None:
        return
    assert faults(changed, place, OWN) != ()
    instead = safe(changed, place, OWN)
    assert typed not in str(instead)
    assert set(buttons(instead)) <= {(one.press, one.subject) for one in every_button(changed)}


def every_button(card: Card) -> list[Button]:
    shown = [button for part in card.parts if isinstance(part, Buttons) for button in part.buttons]
    return shown + [row.button for part in card.parts if isinstance(part, Rows) for row in part.rows]


def buttons(card: Card) -> list[tuple[Press, object]]:
    return [(one.press, one.subject) for one in every_button(card)]


@given(name=st.sampled_from(CARRIED), label=st.text(min_size=1, max_size=30))
def test_a_label_that_is_added_fails_with_a_sentence_that_names_the_file(name: str, label: str):
    added = replace(CARDS[name], parts=(*CARDS[name].parts, Facts(((f"New {label}", "Today"),))))
    said = sentences(added, PlaceKind.PERSON)
    assert repr(f"New {label}") in said
    assert FILE in said


@pytest.mark.parametrize("part", [Quote("she said"), Sketch(lines=("o",), alt="a body")])
def test_nobodys_exact_words_and_no_picture_stand_on_a_card(part):
    assert faults(replace(TRIAGED, parts=(*TRIAGED.parts, part)), PlaceKind.PERSON, OWN) != ()


def test_a_name_that_is_nobodys_here_may_not_stand_where_a_colleagues_may():
    stranger = triage_card(OWNED, replace(NOW, names=dict.fromkeys(NOW.names, "Mia Patel")))
    assert "value 'State: Accepted by Mia Patel" in sentences(stranger, PlaceKind.CHANNEL)


def test_a_row_of_a_board_holds_a_reference_and_a_state():
    row = Row(name="Mia", value="decided", button=Button(press=Press.OPEN, label="Open", subject=RAISED.id, version=1))
    board = replace(CARDS["board_empty"], parts=(Rows((row,)),))
    assert "row 'Mia'" in sentences(board, PlaceKind.HOME)


def typed_everywhere() -> dict[str, str | tuple[str, ...]]:
    """The account of `ANSWERS` with a canary in every field in which somebody writes."""
    answers = dict(ANSWERS)
    for field in concern_form.fields({**ANSWERS, "marks": "3"}):
        match field:
            case TextField(name=name):
                answers[name] = f"CANARY-{name} Mia Patel"
            case ChoiceField() | ChoicesField() | DateField() | TimeField() | PickField():
                pass
    return answers


async def test_an_account_full_of_canaries_leaves_none_on_a_card_whatever_is_done_with_it(here: Here, post: Post):
    async with here.units(SCHOOL.id) as uow:
        told = replace(reported.read(ANSWERS, calendar=SCHOOL.calendar, at=here.at), kept=typed_everywhere())
        raised = await raise_concern(uow, told, id=ConcernId(uuid4()), by=TESS, at=here.at)
    concern = raised.concern
    await works(here, post)
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    await here.send(LEE, form, {"kind": "call_home", "what": "CANARY-ASK", "owner": str(TESS.id)})
    await here.decides(LEE, concern, rationale="CANARY-WHY", tell_reporter="CANARY-TOLD", outcome="no_further_action")
    form = await here.opens(TESS, Press.ADD, concern.id)
    await here.send(TESS, form, {"more": "CANARY-MORE", "facts": "CANARY-MORE"})
    await works(here, post)
    here.later(days=3)
    await works(here, post)
    left = [(place, card) for place, card in post.standing.values()]
    assert {place.kind for place, _ in left} == {PlaceKind.CHANNEL, PlaceKind.PERSON}
    for _, card in left:
        for canary in ("CANARY", MIA.name, OTHER_MIA.name, MIA.form):
            assert canary not in str(card)
    assert not [one for one in here.mishaps if "Beyond" in one]


@pytest.fixture
def leaky(kept_back: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A triage card to which somebody has added what it may not hold."""
    drawn = drawing.draw

    async def draw(uow, notice: Notice, *, at) -> Card | None:
        card = await drawn(uow, notice, at=at)
        if card is None or notice.kind is not NoticeKind.TRIAGE:
            return card
        said = str((await uow.trail.answers(ConcernId(notice.subject))).get("facts"))
        return replace(card, summary=said, parts=(Heading(said), *card.parts, Facts((("Child", MIA.name),))))

    monkeypatch.setattr(drawing, "draw", draw)
    yield
    assert "fact 'Child'" in kept_back.pop()
    kept_back.clear()


@pytest.mark.usefixtures("leaky")
async def test_a_card_that_may_not_leave_goes_as_one_that_says_so_with_its_presses_and_nothing_is_lost(here, post):
    concern = await here.raises(answers={**ANSWERS, "facts": "CANARY-FACTS She held her sleeve down."})
    await works(here, post, beyond=True)
    (card,) = post.at(LEADS_ON_SLACK)
    assert card.summary == INSTEAD
    assert "CANARY" not in str(post.standing)
    assert MIA.name not in str(card)
    assert {(Press.OPEN, concern.id), (Press.ACCEPT, concern.id)} <= set(buttons(card))
    assert [one for one in here.mishaps if one.startswith("beyond-chat-triage-") and one.endswith("BeyondChat")]
    assert "CANARY" not in str(here.mishaps)
    here.later(minutes=5)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post, beyond=True)
    (card,) = post.at(LEADS_ON_SLACK)
    assert (Press.DECIDE, concern.id) in buttons(card)


@pytest.mark.usefixtures("leaky")
async def test_that_it_was_kept_back_is_in_the_trail_once_as_a_code(here, post):
    await here.raises(answers={**ANSWERS, "facts": "CANARY-FACTS She held her sleeve down."})
    await works(here, post, beyond=True)
    (concern,) = await open_concerns(here)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post, beyond=True)
    kept = [facts for facts in await alarms(here) if facts["why"] == "beyond_chat"]
    assert kept == [{"why": "beyond_chat", "reason": "fact,heading,summary", "kind": "triage", "platform": "slack"}]


async def test_a_page_of_ones_own_is_held_against_it_when_it_is_opened_too(here, monkeypatch, kept_back):
    home = await here.answers(HomeOpened(who=account(LEE)))
    assert home.card.summary == "Your board"
    monkeypatch.setattr(overview_board, "board", _leaky_board)
    instead = await here.answers(HomeOpened(who=account(LEE)))
    assert instead.card.summary == INSTEAD
    assert MIA.name not in str(instead)
    assert [one for one in here.mishaps if one.startswith("beyond-chat-home-")]
    assert MIA.name in kept_back.pop()


async def _leaky_board(uow, *, by, at) -> Card:
    return replace(CARDS["board_empty"], parts=(*CARDS["board_empty"].parts, Words(text=MIA.name)))
