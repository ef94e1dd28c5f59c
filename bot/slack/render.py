"""Our forms, cards and answers as Slack's views, messages and responses. Pure: it draws and decides nothing."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never
from uuid import uuid4

from bot import list_pages
from bot.slack.blocks import Block, alert, part_blocks, plain, width
from bot.slack.inputs import field_blocks, option
from bot.slack.parse import BACK, COMPLAINT, TO_LIST, Shown
from handlers.conversation import Complaints, NextPage, OpenForm, Reply, Suggestions, Tell
from handlers.ui.card import Buttons, Card, Facts, Heading, Quote, Rows, Sketch, Words
from handlers.ui.form import Field, Form
from handlers.ui.form import Part as FormPart
from handlers.ui.picked import more

TITLE = 24
"""Characters of a modal's title and of its submit button (Block Kit)."""
MOST_OPTIONS = 100


def one_moment() -> Block:
    """The window that opens before anything is looked up, for a trigger lives three seconds."""
    words = Words(text="One moment. If a child is in danger now, ring 999 first.")
    return {"type": "modal", "title": plain("One moment"), "close": plain("Close"), "blocks": part_blocks(words)}


def form_view(form: Form, by_field: Mapping[str, str] | None = None) -> Block:
    """The form as a modal, with a sentence over each field that needs another look."""
    blocks = [*_top(form, by_field or {}), *_body(form, by_field or {})]
    if form.back:
        button: Block = {"type": "button", "action_id": BACK, "text": plain("Back")}
        blocks.append({"type": "actions", "block_id": BACK, "elements": [button]})
    if opened_from := form.leads_back_to():
        button = {"type": "button", "action_id": TO_LIST, "text": plain(list_pages.TO_LIST)}
        button["value"] = list_pages.written(opened_from)
        blocks.append({"type": "actions", "block_id": TO_LIST, "elements": [button]})
    submit = form.submit or ("Send" if form.fields() else "")
    return {
        "type": "modal",
        "callback_id": form.id,
        "private_metadata": json.dumps(_metadata(form)),
        "title": plain(form.title if width(form.title) <= TITLE else "Heard"),
        **({"submit": plain(submit)} if submit else {}),
        "close": plain(form.leave),
        "blocks": blocks or part_blocks(Words(text="There is nothing here.")),
    }


def _metadata(form: Form) -> Block:
    listed = {"list": list_pages.written(form.from_list)} if form.from_list else {}
    return {"key": form.key, "page": form.page, **listed}


def card_message(card: Card) -> Block:
    """Text and blocks of a message. Slack reads markup in `text`, so it is escaped, and it holds no user text."""
    return {"text": _escaped(card.summary), "blocks": _card(card)}


def card_metadata(card: Card) -> Block:
    """What a message is known by again: the opaque id that its buttons carry, or one of its own, and our mark."""
    ids = [button.subject for part in card.parts if isinstance(part, Buttons) for button in part.buttons]
    mark = {"card": card.mark} if card.mark else {}
    return {"event_type": "heard_card", "event_payload": {"id": str(ids[0] if ids else uuid4()), **mark}}


def card_view(card: Card) -> Block:
    """A card as a window with nothing to send."""
    return {"type": "modal", "title": plain("Heard"), "close": plain("Close"), "blocks": _card(card)}


def home_view(card: Card) -> Block:
    """A card as a person's Home tab."""
    return {"type": "home", "blocks": _card(card)}


def window(reply: Reply, names: Mapping[str, str] | None = None) -> Block:
    """The view that shows an answer; `names` are labels of picked ids that the last window showed."""
    match reply:
        case OpenForm(form) | NextPage(form):
            return form_view(form)
        case Complaints(form=form, by_field=by_field):
            known = {**(names or {}), **form.names}
            return form_view(replace(form, names=known), by_field)
        case Tell(card):
            return card_view(card)
        case Suggestions():
            raise TypeError("suggestions answer a search alone")
        case _:
            assert_never(reply)


def after_submission(reply: Reply, shown: Shown) -> Block:
    """The response to a submission: beside the inputs where Slack can show it so, else the window drawn again."""
    if isinstance(reply, Complaints) and (errors := _beside_inputs(reply, shown)):
        return {"response_action": "errors", "errors": errors}
    return {"response_action": "update", "view": window(reply, shown.names)}


def suggestions(found: Suggestions) -> Block:
    """What was found; where there is more, under a heading that says so, for a heading cannot be chosen."""
    shown = found.options[:MOST_OPTIONS]
    options = [option(one.key, one.label) for one in shown]
    if said := more(len(shown), found.total or len(found.options)):
        return {"option_groups": [{"label": plain(said), "options": options}]}
    return {"options": options}


def _beside_inputs(reply: Complaints, shown: Shown) -> dict[str, str]:
    """The complaints by block, when every one of them has its input in the window as it stands; else nothing.

    A redraw that would drop something typed, or that knows less than the window, is not made: the words go beside the
    first input, and all stays.
    """
    if not shown.inputs:
        return {}
    drawn = {field.name for field in reply.form.fields()}
    same = (reply.form.id, reply.form.page) == (shown.form, shown.page)
    if same and (reply.unseen or not shown.filled <= drawn):
        first, *_ = shown.inputs
        return {first: " ".join(reply.by_field.values())}
    fits = set(reply.by_field) <= set(shown.inputs) and not shown.complaining
    return dict(reply.by_field) if fits and same else {}


def _top(form: Form, by_field: Mapping[str, str]) -> list[Block]:
    """The whole title where it is too long for its place, and what is said about the form as a whole."""
    blocks = part_blocks(Heading(form.title)) if width(form.title) > TITLE else []
    names = {field.name for field in form.fields()}
    whole = [by_field[""]] if by_field.get("") else []
    if by_field and not whole and not names & set(by_field):
        whole = list(by_field.values())
    for number, sentence in enumerate(whole):
        blocks += alert(sentence, f"{COMPLAINT}_form_{number}")
    return blocks


def _body(form: Form, by_field: Mapping[str, str]) -> list[Block]:
    return [block for number, part in enumerate(form.parts) for block in _part(form, part, number, by_field)]


def _part(form: Form, part: FormPart, number: int, by_field: Mapping[str, str]) -> list[Block]:
    if isinstance(part, Heading | Words | Facts | Quote | Sketch | Buttons | Rows):
        return part_blocks(part, number)
    return [*_complaint(part, by_field), *field_blocks(part, form.values, form.names)]


def _complaint(field: Field, by_field: Mapping[str, str]) -> list[Block]:
    sentence = by_field.get(field.name, "")
    return alert(sentence, f"{COMPLAINT}_{field.name}") if sentence else []


def _card(card: Card) -> list[Block]:
    return [block for number, part in enumerate(card.parts) for block in part_blocks(part, number)]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
