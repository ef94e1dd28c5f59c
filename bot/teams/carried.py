"""What a button of ours carries in its data: one object under our name, beside which the inputs' values arrive.

A renderer may hold a name for itself (`held`), so ours is one at the top, and no member under it is called as one of
theirs. Nothing that somebody typed is carried: form, draft and page, and opaque ids.
"""

from bot import list_pages
from bot.intake import Json
from bot.teams.held import HELD
from bot.teams.wire import part
from handlers.ui.card import Button, Card
from handlers.ui.form import ChoicesField, Form, ListPage

OURS = "heard"
BACK = "back"

_TEAMS = frozenset({"msteams", "msTeams", "type", "action"})
"""What Teams and its SDK put beside our object, or look for there."""
_BEFORE = {name: name for name in ("form", "page", "way", "many", "press", "subject", "version")} | {"key": "draft"}
"""Where the members stood before, at the top, and what they are called now."""
RESERVED = _TEAMS | _BEFORE.keys() | {OURS} | HELD
"""Names that no input may have: its value would stand in the place of something else."""


def by_button(button: Button, from_list: ListPage | None = None) -> Json:
    """The data of a button, with the list of the window that it stands in."""
    carried: Json = {"press": button.press.value, "subject": str(button.subject), "version": button.version}
    proof = {"proof": button.proof} if button.proof else {}
    return {OURS: carried | proof | _listed(from_list)}


def by_refresh(card: Card) -> Json:
    """The data of what a client sends by itself when it shows the card: which card it is, with our proof of it.

    Empty for a card that is known by nothing.
    """
    if card.which is None:
        return {}
    which = {"seen": card.which.kind, "subject": str(card.which.subject), "step": card.which.step}
    return {OURS: which | {"proof": card.mark}}


def by_way(form: Form, way: str, goto: str = "", *, stood: bool = False) -> Json:
    """The data of a way out of a form's page, and which inputs take several choices.

    `stood`: also which inputs there are, of which an empty one does not come. Where the page is drawn in parts always,
    and with the field at which the wanted part begins.
    """
    carried: Json = {"form": form.id, "draft": form.key, "page": form.page, "way": way, **_listed(form.from_list)}
    if many := [field.name for field in form.fields() if isinstance(field, ChoicesField)]:
        carried["many"] = many
    names = [field.name for field in form.fields()]
    if form.partial:
        carried["shown"] = names
    elif stood:
        carried["stood"] = names
    if goto:
        carried["goto"] = goto
    return {OURS: carried}


def to_list(page: ListPage) -> Json:
    """The data of the way back to a list: as if back were pressed on the page after the one that is wanted."""
    carried: Json = {"form": page.form, "draft": page.key, "page": page.page + 1, "way": BACK}
    return {OURS: carried | _listed(page)}


def _listed(page: ListPage | None) -> Json:
    return {"list": list_pages.written(page)} if page else {}


def carried_in(data: Json) -> Json:
    """What a pressed button carried; empty where it is none of ours."""
    return part(data, OURS) if OURS in data else _as_it_was_carried_before(data)


def _as_it_was_carried_before(data: Json) -> Json:
    """A card stands in a school's channel for as long as its concern: those from before our name still work."""
    return {now: data[before] for before, now in _BEFORE.items() if before in data}
