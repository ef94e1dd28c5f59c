"""A form that is filled in inside a message says nothing there but what the list has, and nothing that was typed."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

import handlers.account
from handlers.account import form as concern_form
from handlers.account import meant_form
from handlers.conversation import Complaints, FormSubmitted
from handlers.desk import answers, kept, unanswered
from handlers.reporter import sending
from handlers.rules.chronology import Answers
from handlers.ui import picked, plain, reader
from handlers.ui.form import ChoiceField, ChoicesField, PickField, Source
from handlers.ui.may_stand import COMPLAINT, Own, faults
from tests.handlers.keeping import alarms
from tests.handlers.school import ANSWERS, MIA, TESS, Here, account
from tests.sentences import MOVES, Scope, in_module, said_by

NOBODY = Own(staff=frozenset())
KEY = "5a1d7c1e-0000-4000-8000-000000000009"


def _complains(call: Any, scope: Scope) -> Sequence[Any]:
    return call.args[1:2] if getattr(call.func, "attr", "") == "complain" else []


def _said() -> Iterator[str]:
    """Whatever is complained of where an account is written; what moves in it as it moves there."""
    for found in pkgutil.walk_packages(handlers.account.__path__, "handlers.account."):
        for said in in_module(importlib.import_module(found.name), says=_complains):
            yield said.text
    for says in (reader._fault, reader._missing, reader._too_long, reader._too_many):
        yield from said_by(says)
    for source in (Source.PUPILS, Source.STAFF):
        field = PickField(name="who", label="Who", source=source)
        yield from (picked.fault(field, typed) for typed in (picked.BY_NAME, picked.MORE, "Mia\nPatel” was typed here"))
        yield from picked.unknown((field,), {"who": KEY}, ()).values()
    yield from (unanswered.NOT_SAVED, unanswered.MAYBE_SAVED, unanswered.TOO_MANY)
    yield from (kept.NOT_YET, meant_form.ANSWER, answers.LOOK_AGAIN)


SAID = sorted({text for text in _said() if text.strip(f"{MOVES} .,")})


@pytest.mark.parametrize("text", SAID)
def test_whatever_is_said_beside_a_field_of_an_account_may_stand_in_a_message(text: str):
    written = picked.said_in_chat(text).replace("{most:,}", "3,000").replace("{reference}", "0a1b2c3d")
    moves = re.sub(r"\{[^}]*\}", "300", written)
    assert [fault.sentence(COMPLAINT) for fault in faults(plain.say(moves), COMPLAINT, NOBODY)] == []


def test_the_walk_reads_as_much_as_there_is():
    assert len(SAID) > 25
    assert "This is the same child again." in SAID


def _in_a_message(page: int, values: Answers, form: str = concern_form.ID) -> FormSubmitted:
    return FormSubmitted(who=account(TESS), form=form, key=KEY, page=page, values=values, in_chat=True)


@pytest.mark.parametrize("typed", ["Mia Patel", "CANARY ” was typed here, and so on", "CANARY\nMia"])
async def test_a_name_that_was_typed_into_a_search_is_not_said_again_in_a_chat(here: Here, typed: str):
    reply = await here.answers(_in_a_message(1, {**ANSWERS, "child_1": typed}))
    assert isinstance(reply, Complaints)
    assert reply.by_field["child_1"].startswith("A name was typed here, and no child was chosen")
    assert not [part for part in ("CANARY", MIA.name) if part in str(reply.by_field)]
    in_a_window = await here.answers(
        FormSubmitted(who=account(TESS), form="concern", key=KEY, page=1, values={**ANSWERS, "child_1": typed})
    )  # fmt: skip
    assert typed[:60] in in_a_window.by_field["child_1"]


async def test_what_the_list_has_not_is_kept_back_and_told_as_a_code(here: Here, monkeypatch, kept_back):
    monkeypatch.setattr(reader, "_missing", lambda field: f"Say what {MIA.name} did.")
    reply = await here.answers(_in_a_message(1, {}))
    assert isinstance(reply, Complaints)
    assert set(reply.by_field.values()) == {answers.LOOK_AGAIN}
    assert [one["kind"] for one in await alarms(here) if one["why"] == "beyond_chat"] == ["complaint"]
    assert all(mishap.startswith("beyond-chat-complaint-") for mishap in here.mishaps)
    assert kept_back
    kept_back.clear()


BAD: dict[str, Answers] = {
    "nothing": {},
    "too long": dict.fromkeys(("facts", "own_words", "place_words", "child_other", "done"), "x" * 9000),
    "tomorrow": {**ANSWERS, "happened": "then", "happened_date": "2030-01-01", "learned": "then"},
    "no dates": {**ANSWERS, "happened": "then", "happened_date": "soon", "happened_time": "late", "learned": "then"},
    "the same child": {**ANSWERS, "child_2": ANSWERS["child_1"], "role_2": "harmed", "child_3": KEY},
    "no choices": {
        field.name: ("nonsense",) * 9 if isinstance(field, ChoicesField) else "nonsense"
        for field in concern_form.every_field() if isinstance(field, ChoiceField | ChoicesField | PickField)
    },
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(sending.PAGES))
@pytest.mark.parametrize("name", BAD)
async def test_nothing_that_is_wrong_in_an_account_is_kept_back(here: Here, name: str, form: str):
    pages = (1, 2, 3, 4) if form == concern_form.ID else (1,)
    replies = [await here.answers(_in_a_message(page, BAD[name], form)) for page in pages]
    assert form != concern_form.ID or any(isinstance(reply, Complaints) for reply in replies)
    assert here.mishaps == []
