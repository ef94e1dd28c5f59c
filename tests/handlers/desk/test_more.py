"""What stands behind More: in groups, what may be done and nothing else, also after a refusal; so with every form."""

from collections.abc import Callable
from itertools import groupby

import pytest

from handlers.conversation import Complaints, NextPage
from handlers.desk import more
from handlers.rules.concern import Status
from handlers.rules.people import Person
from handlers.triage.form import READ
from handlers.ui.card import Press
from handlers.ui.form import ChoiceField, ChoicesField, Form, PickField
from handlers.wing import Group
from tests.handlers.acting import assigned, does
from tests.handlers.referring import referred
from tests.handlers.school import DANA, LEE, PRIYA, TESS, TOM, Here, words


async def owned(here: Here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def decided(here: Here, **answers: str):
    concern = await owned(here)
    await here.decides(LEE, concern, **answers)
    return await here.concern(concern.id)


async def proposed(here: Here):
    concern = await decided(here, level="high")
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, {"outcome": "Resolved."})
    return await here.concern(concern.id)


def listed(form: Form) -> ChoiceField:
    (field,) = form.fields()
    assert isinstance(field, ChoiceField)
    return field


async def test_the_list_is_in_groups_in_their_order_and_each_group_stands_together(here):
    concern = await decided(here)
    options = listed(await here.opens(LEE, Press.MORE, concern.id)).options
    groups = [group for group, _ in groupby(option.group for option in options)]
    assert groups == [group.value for group in Group if group.value in groups]
    assert {"Reading", "Changing", "Sharing", "Ending"} <= set(groups)
    labels = {option.key: option.group for option in options}
    assert (labels["chronology"], labels["share"], labels["merge"]) == ("Reading", "Sharing", "Ending")


def test_every_line_of_it_says_in_which_group_it_stands():
    assert {offer.group for offer in more.OFFERS} == set(Group)
    assert len({offer.label for offer in more.OFFERS}) == len(more.OFFERS)


@pytest.mark.parametrize("deed", ["reopen", "close", "nothing of ours", ""])
async def test_after_a_refusal_it_offers_what_it_offered_before(here, deed):
    concern = await owned(here)
    form = await here.opens(PRIYA, Press.MORE, concern.id)
    reply = await here.send(PRIYA, form, {"deed": deed})
    assert isinstance(reply, Complaints | NextPage) or "open" in words(reply)
    if isinstance(reply, Complaints):
        assert reply.form.parts == form.parts
        assert len(listed(reply.form).options) < len(more.OFFERS)


async def waits_for_a_reader(here: Here):
    return await decided(here, outcome="no_further_action", level="high")


async def offered(here: Here):
    concern = await owned(here)
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(PRIYA.id)})
    return concern


async def closed(here: Here):
    concern = await decided(here, level="low")
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, {"outcome": "Resolved."})
    return concern


async def shared(here: Here):
    concern = await owned(here)
    form = await here.opens(LEE, Press.SHARE, concern.id)
    given = {"person": str(TOM.id), "until": "2026-12-01", "paragraphs": ("facts",), "purpose": "x", "reason": "x"}
    fields = {field.name: field for field in form.fields()}
    values = {name: value for name, value in given.items() if name in fields}
    for name, field in fields.items():
        if name not in values and getattr(field, "options", ()):
            key = field.options[0].key
            values[name] = (key,) if isinstance(field, ChoicesField) else key
        elif name not in values and field.required:
            values[name] = str(TOM.id) if isinstance(field, PickField) else "x"
    reply = await here.send(LEE, form, values)
    assert not isinstance(reply, Complaints), reply.by_field
    return concern


async def to_be_merged(here: Here):
    concern, other = await owned(here), await here.raises(TOM)
    form = await here.opens(LEE, Press.MERGE, concern.id)
    await here.send(LEE, form, {"into": other.reference, "reason": "One event."})
    return concern


async def to_be_disposed_of(here: Here):
    concern = await closed(here)
    form = await here.opens(LEE, Press.DISPOSE, concern.id)
    await here.send(LEE, form, {"basis": "ordered", "reason": "The court says so."})
    return concern


async def owes(here: Here):
    return await assigned(here, await owned(here))


async def was_asked_for_time(here: Here):
    action = await owes(here)
    await does(here, TOM, Press.MORE_TIME, action, due_date="2026-12-04", reason="Nobody answers.")
    return action


async def did(here: Here):
    action = await owes(here)
    await does(here, TOM, Press.DONE, action, what_done="Rang.")
    return action


async def has_actions(here: Here):
    concern = await owned(here)
    await assigned(here, concern)
    return concern


async def refers(here: Here):
    return (await referred(here))[1]


async def refused(here: Here):
    referral = await refers(here)
    form = await here.opens(LEE, Press.ANSWER_REFERRAL, referral.id)
    await here.send(LEE, form, {"answer": "refused", "agency_said": "Not met."})
    return referral


async def has_referrals(here: Here):
    return (await referred(here))[0]


OPENED: dict[Press, tuple[Callable, Person]] = {
    **dict.fromkeys(
        (
            Press.ESCALATE, Press.DECIDE, Press.HAND_OVER, Press.ASSIGN, Press.REFER, Press.MORE, Press.NAME,
            Press.SEAL,
            Press.SHARE, Press.CORRECT, Press.MERGE, Press.MISFILE, Press.REVIEW,
        ),
        (owned, LEE),
    ),
    Press.COVER: (owned, PRIYA), Press.ADD: (owned, TESS), Press.NOT_SATISFIED: (owned, TESS),
    Press.CLOSE: (decided, LEE), Press.SIGN_OFF: (proposed, PRIYA), Press.REOPEN: (closed, LEE),
    Press.SECOND_READ: (waits_for_a_reader, PRIYA), Press.DECLINE: (offered, PRIYA), Press.UNSHARE: (shared, LEE),
    Press.DISPOSE: (closed, LEE), Press.AGREE_DISPOSE: (to_be_disposed_of, PRIYA),
    Press.AGREE_MERGE: (to_be_merged, PRIYA), Press.ACTIONS: (has_actions, LEE), Press.DONE: (owes, TOM),
    Press.WAIT: (owes, TOM), Press.MORE_TIME: (was_asked_for_time, LEE), Press.SEND_BACK: (did, LEE),
    Press.REASSIGN: (owes, LEE), Press.CANCEL_ACTION: (owes, LEE), Press.REFERRALS: (has_referrals, LEE),
    Press.CONFIRM_REFERRAL: (refers, LEE), Press.ANSWER_REFERRAL: (refers, LEE),
    Press.WITHDRAW_REFERRAL: (refers, LEE), Press.RESOLVE_REFERRAL: (refused, LEE),
}  # fmt: skip
"""The presses that open a form about a concern, an action or a referral: of what, and for whom. Not a challenge and not
a duty of one's own, whose windows also say a time that is worked out anew at each opening."""


@pytest.mark.parametrize("press", OPENED, ids=lambda press: press.value)
async def test_a_form_that_comes_back_asks_what_it_asked(here, press):
    """With complaints: the same fields, the same choices, the same words, whatever had to be looked up for them."""
    make, by = OPENED[press]
    thing = await make(here)
    form = await here.opens(by, press, thing.id)
    while press is Press.DECIDE and form.page < READ:
        following = await here.send(LEE, form, {})
        assert isinstance(following, NextPage)
        form = following.form
    reply = await here.send(by, form, {})
    assert isinstance(reply, Complaints), reply
    assert reply.form.parts == form.parts


async def test_nothing_is_typed_first_where_an_open_referral_refuses_the_closing(here):
    concern, referral = await referred(here)
    await here.decides(LEE, concern)
    for press in (Press.CLOSE, Press.MERGE):
        assert f"{concern.reference}/R{referral.number} is not settled" in words(
            await here.press(LEE, press, concern.id)
        )


async def test_while_an_action_is_open_a_sign_off_can_only_keep_it_open(here):
    concern = await proposed(here)
    await assigned(here, concern)
    form = await here.opens(PRIYA, Press.SIGN_OFF, concern.id)
    assert "One action is still open" in str(form.parts)
    field = next(field for field in form.fields() if field.name == "agreed")
    assert [option.key for option in field.options] == ["no"]
    reply = await here.send(PRIYA, form, {"agreed": "no", "sign_off": "An action is open."})
    assert "stays open" in words(reply)


async def test_who_comes_second_to_sign_off_hears_who_was_first_and_when(here):
    concern = await proposed(here)
    forms = {lead: await here.opens(lead, Press.SIGN_OFF, concern.id) for lead in (PRIYA, DANA)}
    await here.send(PRIYA, forms[PRIYA], {"agreed": "yes", "sign_off": "Read it all."})
    assert (await here.concern(concern.id)).status is Status.CLOSED
    by = "This concern is closed. Priya Raman closed it, Tue 24 Nov, 10:15."
    sent = await here.send(DANA, forms[DANA], {"agreed": "yes", "sign_off": "So did I."})
    assert by in (str(sent.by_field) if isinstance(sent, Complaints) else words(sent))
    assert by in words(await here.press(DANA, Press.SIGN_OFF, concern.id))
    assert "You closed it" in words(await here.press(PRIYA, Press.SIGN_OFF, concern.id))


@pytest.mark.parametrize(("agreed", "says"), [("yes", "Priya Raman read it"), ("no", "Priya Raman read it")])
async def test_who_comes_second_to_read_a_decision_hears_who_was_first(here, agreed, says):
    concern = await decided(here, outcome="no_further_action", level="high")
    form = await here.opens(PRIYA, Press.SECOND_READ, concern.id)
    await here.send(PRIYA, form, {"agreed": agreed, "reading": "Read."})
    assert says in words(await here.press(DANA, Press.SECOND_READ, concern.id))


async def test_nobody_who_may_not_read_it_hears_who_closed_it(here):
    concern = await owned(here)
    action = await assigned(here, concern, owner=TESS)
    await here.decides(LEE, concern)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, {"outcome": "x", "open": "cancel", "open_reason": "y"})
    assert (await here.concern(concern.id)).status is Status.CLOSED
    assert "Lee" not in words(await here.press(TESS, Press.DONE, action.id))


async def test_each_time_it_is_escalated_whoever_is_being_told_is_named(here):
    concern = await here.raises()
    form = await here.opens(LEE, Press.ESCALATE, concern.id)
    assert "Dana Okello is being told now." in words(await here.send(LEE, form, {"reason": "x"}))
    form = await here.opens(LEE, Press.ESCALATE, concern.id)
    assert "Helen Marsh is being told now." in words(await here.send(LEE, form, {"reason": "x"}))


async def test_the_reporters_kind_is_shown_beside_the_categories_and_not_chosen(here):
    concern = await owned(here)
    form = await here.opens(LEE, Press.DECIDE, concern.id)
    reply = await here.send(LEE, form, {})
    assert isinstance(reply, NextPage)
    assert "('Kind, as the reporter saw it', 'Bullying" in str(reply.form.parts)
    assert not any(name.startswith("kinds") for name in reply.form.values)

