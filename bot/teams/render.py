"""Our forms, cards and answers as Adaptive Cards and as answers to invokes. Pure: it draws and decides nothing.

Nothing that somebody typed travels anywhere but in the inputs; what a button carries is made in `carried`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never, cast

from microsoft_teams.cards.core import Action, ActionStyle, CardElement, Container, ExecuteAction, SubmitAction

from bot import list_pages
from bot.intake import Json
from bot.teams.blocks import Surface, alert, card_json, heading, part_elements, ways
from bot.teams.carried import BACK, by_refresh, by_way, to_list
from bot.teams.inputs import field_box
from bot.teams.limits import LARGEST, size
from bot.teams.portions import Portion, bare, portion
from handlers.conversation import Complaints, NextPage, OpenForm, Reply, Suggestions, Tell
from handlers.ui.card import Buttons, Card, Facts, Heading, Quote, Rows, Sketch, Words
from handlers.ui.form import Form
from handlers.ui.form import Part as FormPart
from handlers.ui.picked import MORE, more

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
TOLD = "application/vnd.microsoft.activity.message"
FOUND = "application/vnd.microsoft.search.searchResponse"
TITLE = "Heard"
MOST_OPTIONS = 15
"""Entries in a typeahead's list (Teams, "Typeahead search in Adaptive Cards")."""
ON = "on"
_DEPTHS = 3
"""So that no page is drawn as deep as the one before it, or the one to which the last look leads back."""
BESIDE = 1536
"""Bytes kept for what a portion has beside its fields: where it stands, and the names that its buttons carry."""
ROOM = LARGEST - 512
"""Bytes of a card, so that the answer around it is no larger than a card may be."""


def form_card(
    form: Form, by_field: Mapping[str, str] | None = None, *, surface: Surface, wanted: str = "", unseen: bool = False
) -> Json:
    """The form as a card, with a sentence beside each field that needs another look.

    A page that is too large for one card is drawn in portions: the one with a complaint, or with the field `wanted`.
    Where nothing of it could be kept (`unseen`) what is not in a portion would be lost: then it is all that is answered
    on it, bare.
    """
    complaints = by_field or {}
    told = _drawn(form, complaints, surface, _ways(form, surface, stood=form.kept))
    if size(told) <= ROOM:
        return told
    whole = _drawn(form, complaints, surface, _ways(form, surface))
    if not form.kept or size(whole) <= ROOM:
        return whole
    if unseen:
        answered = bare(form)
        return _drawn(answered, complaints, surface, _ways(answered, surface))
    room = ROOM - size(_drawn(replace(form, parts=()), complaints, surface, _ways(form, surface))) - BESIDE
    found = portion(
        form, lambda part: _weight(form, part, complaints, surface), room, wanted=wanted, complaints=complaints
    )
    here = {name: words for name, words in complaints.items() if name in {"", *(f.name for f in found.form.fields())}}
    return _drawn(found.form, here, surface, _ways(found.form, surface, found))


def _drawn(form: Form, complaints: Mapping[str, str], surface: Surface, ways: Sequence[Action]) -> Json:
    top = [heading(form.title)] if surface is Surface.MESSAGE else []
    body = [*top, *_whole_form(form, complaints), *_form_parts(form, complaints, surface)]
    return card_json(_apart(body, form.page), ways, fallback=form.title)


def _apart(body: list[CardElement], page: int) -> list[CardElement]:
    """Each page deeper in boxes than the one before, three in turn.

    Microsoft's client keeps the menu of the page before where the next one has a menu in the same place of the tree:
    its choices would be those of another question (Agents Playground 0.2.28).
    """
    for _ in range((page - 1) % _DEPTHS):
        body = [Container(items=body)]
    return body


def _weight(form: Form, part: FormPart, complaints: Mapping[str, str], surface: Surface) -> int:
    """Bytes of that part alone."""
    return size(card_json(_form_part(form, part, complaints, surface), [], fallback=""))


def card_card(card: Card, *, surface: Surface, asks: bool = False) -> Json:
    """The card as it stands in a message or in a dialog; `asks`: clients ask by themselves how it stands."""
    last = next((part for part in reversed(card.parts) if isinstance(part, Rows)), None)
    body: list[CardElement] = []
    for part in card.parts:
        body += part_elements(part, surface)
        body += ways(card.parts, surface) if part is last else []
    return card_json(body, [], fallback=card.summary, refresh=_refresh(card) if asks else None)


def _refresh(card: Card) -> ExecuteAction | None:
    """Without a list of people it is asked for whoever reads there, as long as those are not more than sixty (Teams,
    "Work with Universal Actions for Adaptive Cards")."""
    data = by_refresh(card)
    return ExecuteAction(title="Refresh", verb="refresh", data=cast(Any, data)) if data else None


def card_activity(card: Card, *, asks: bool = False) -> Json:
    """A message with the card in it. Its summary is all that a notification shows."""
    return {
        "type": "message",
        "summary": card.summary,
        "attachments": [_attached(card_card(card, surface=Surface.MESSAGE, asks=asks))],
    }


def dialog_answer(reply: Reply, *, wanted: str = "") -> Json:
    """The answer to task/fetch, task/submit and their twins of the message extension: always a card in a dialog."""
    match reply:
        case OpenForm(form) | NextPage(form):
            return _dialog(form.title, "large", form_card(form, surface=Surface.DIALOG, wanted=wanted))
        case Complaints(form=form, by_field=by_field, unseen=unseen):
            return _dialog(form.title, "large", form_card(form, by_field, surface=Surface.DIALOG, unseen=unseen))
        case Tell(card):
            return _dialog(TITLE, "medium", card_card(card, surface=Surface.DIALOG))
        case Suggestions():
            raise TypeError("suggestions answer a search alone")
        case _:
            assert_never(reply)


def message_answer(reply: Reply, *, to_a_form: bool, wanted: str = "") -> Json:
    """The answer to Action.Execute, never an empty one: a form or its end in the message's place, else words."""
    match reply:
        case OpenForm(form) | NextPage(form):
            return _invoked(ADAPTIVE, form_card(form, surface=Surface.MESSAGE, wanted=wanted))
        case Complaints(form=form, by_field=by_field, unseen=unseen):
            return _invoked(ADAPTIVE, form_card(form, by_field, surface=Surface.MESSAGE, unseen=unseen))
        case Tell(card) if to_a_form or _has_buttons(card):
            return _invoked(ADAPTIVE, card_card(card, surface=Surface.MESSAGE))
        case Tell(card):
            return _invoked(TOLD, in_words(card))
        case Suggestions():
            raise TypeError("suggestions answer a search alone")
        case _:
            assert_never(reply)


def search_answer(suggested: Suggestions) -> Json:
    """The answer to application/search. Where there is more, the last line says so: it can be chosen, and is nobody."""
    total = suggested.total or len(suggested.options)
    shown = suggested.options[: MOST_OPTIONS if total <= MOST_OPTIONS else MOST_OPTIONS - 1]
    found = [{"value": option.key, "title": option.label} for option in shown]
    if said := more(len(shown), total):
        found.append({"value": MORE, "title": said})
    return _invoked(FOUND, {"results": found})


def in_words(card: Card) -> str:
    """A card without buttons as plain words, a line each."""
    lines: list[str] = []
    for part in card.parts:
        match part:
            case Heading(text) | Quote(text):
                lines.append(text)
            case Words():
                lines.append(part.text)
            case Facts(pairs):
                lines += [f"{name}: {value}" for name, value in pairs]
            case Sketch(alt=alt):
                lines.append(alt)
            case Rows(rows):
                lines += [f"{row.name}: {row.value}" for row in rows]
            case Buttons():
                pass
            case _:
                assert_never(part)
    return "\n".join(line for line in lines if line) or card.summary or TITLE


def _has_buttons(card: Card) -> bool:
    """What can be pressed must be drawn: such a card takes the place of the one that was pressed."""
    return any(isinstance(part, Buttons | Rows) for part in card.parts)


def _whole_form(form: Form, complaints: Mapping[str, str]) -> list[CardElement]:
    """What is said about the form as a whole, or about a field that is not on this page."""
    drawn = {field.name for field in form.fields()}
    return [alert(sentence) for name, sentence in complaints.items() if name not in drawn]


def _form_parts(form: Form, complaints: Mapping[str, str], surface: Surface) -> list[CardElement]:
    return [element for part in form.parts for element in _form_part(form, part, complaints, surface)]


def _form_part(form: Form, part: FormPart, complaints: Mapping[str, str], surface: Surface) -> list[CardElement]:
    if isinstance(part, Heading | Words | Facts | Quote | Sketch | Buttons | Rows):
        return part_elements(part, surface, form.from_list)
    return [field_box(form, part, complaints.get(part.name, ""))]


def _ways(form: Form, surface: Surface, drawn: Portion | None = None, *, stood: bool = False) -> list[Action]:
    """The ways out of a page; of one that is drawn in portions, to the next one and the one before first.

    `stood`: where other answers decide which inputs it has, the way on says which there are.
    """
    before, after = (drawn.before, drawn.after) if drawn else ("", "")
    submit = form.submit or ("Send" if form.fields() else "")
    ways = {ON: ("Next" if after else submit, after), BACK: ("Back" if before or form.back else "", before)}
    drawn_ways = [
        _way(surface, way, title, by_way(form, way, goto, stood=stood and way == ON))
        for way, (title, goto) in ways.items()
        if title
    ]
    opened_from = form.leads_back_to() if surface is Surface.DIALOG else None
    to_it = [_way(surface, BACK, list_pages.TO_LIST, to_list(opened_from))] if opened_from else []
    return [*drawn_ways, *to_it]


def _way(surface: Surface, way: str, title: str, data: Json) -> Action:
    """A button that sends what the page holds, whichever way it leads."""
    style: ActionStyle = "positive" if way == ON else "default"
    if surface is Surface.DIALOG:
        return SubmitAction(title=title, data=cast(Any, data), style=style)
    return ExecuteAction(title=title, verb=f"form_{way}", data=cast(Any, data), style=style)


def _dialog(title: str, height: str, card: Json) -> Json:
    value = {"title": title, "height": height, "width": "medium", "card": _attached(card)}
    return {"task": {"type": "continue", "value": value}}


def _attached(card: Json) -> Json:
    return {"contentType": ADAPTIVE, "content": card}


def _invoked(kind: str, value: object) -> Json:
    return {"statusCode": 200, "type": kind, "value": value}
