"""The page of a list as a client carries it: what is not as we wrote it is none."""

import pytest

from bot import list_pages
from bot.slack import parse as slack
from bot.teams import parse as teams
from handlers.ui.form import Form, ListPage, TextField

PAGE = ListPage(form="list", key="8f3b2a00-0000-5000-8000-000000000001:0123456789ab", page=3)


def test_it_is_read_as_it_was_written():
    assert list_pages.read(list_pages.written(PAGE)) == PAGE


@pytest.mark.parametrize(
    "forged",
    ["", "list", "list|k", "list|k|0", "list|k|-1", "list|k|1000", "LIST|k|1", "list|k k|1", "list|k|1|2", "|k|1"],
)
def test_what_was_not_written_so_is_no_list(forged: str):
    assert list_pages.read(forged) is None


def test_neither_platform_takes_a_forged_one_for_more_than_a_press():
    who = {"id": "U1", "team_id": "T1"}
    view = {"id": "V1", "callback_id": "account", "private_metadata": '{"key":"k","page":1,"list":"list|k|x"}'}
    button = {"action_id": "more", "value": f"{'0' * 8}-0000-0000-0000-{'0' * 12}:1"}
    pressed = slack.press({"type": "block_actions", "user": who, "view": view, "actions": [button]})
    assert pressed.from_list is None
    carried = {"heard": {"press": "more", "subject": f"{'0' * 8}-0000-0000-0000-{'0' * 12}", "version": 1, "list": 7}}
    found = teams.pressed({"name": "task/submit"}, carried, pressed.who)
    assert found is not None
    assert found.from_list is None


def test_there_is_no_way_back_past_what_is_being_filled_in():
    shown = Form(id="account", key="k", title="t", parts=(), from_list=PAGE)
    filled = Form(id="decide", key="k", title="t", parts=(TextField(name="why", label="Why"),), from_list=PAGE)
    itself = Form(id=PAGE.form, key=PAGE.key, title="t", parts=(), from_list=PAGE)
    assert [form.leads_back_to() for form in (shown, filled, itself)] == [PAGE, None, None]
