"""The modals that are open in front of one person: at most three, the last one on top.

State and its changes; what an app may ask for is checked before anything gets here.
"""

import copy
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.playground.slack import limits
from bot.playground.slack.mrkdwn import Names, words_of
from bot.playground.slack.sheet import Sheet
from bot.playground.thumbs import Window
from bot.playground.wire import Json, as_objects, as_text

DEEPEST = 3
"""Views in a stack (Slack, "Modals")."""
TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(slots=True, kw_only=True, eq=False)
class OpenView:
    """One modal on the screen."""

    id: str
    view: Json
    """As the app sent it, with every block_id and action_id filled in."""
    sheet: Sheet
    root: str
    previous: str | None
    hash: str
    errors: dict[str, str] = field(default_factory=dict[str, str])
    """Complaints by block_id."""
    trouble: str = ""

    @property
    def submit(self) -> str:
        return words_of(self.view.get("submit"), {})

    @property
    def close(self) -> str:
        """The label of the button that closes; the client has its own when the app names none."""
        return words_of(self.view.get("close"), {}) or ("Cancel" if self.submit else "Close")

    def window(self) -> Window:
        """What the person sees."""
        words = "\n".join(filter(None, (self.sheet.words, self.trouble)))
        buttons = (*self.sheet.buttons, self.close, *([self.submit] if self.submit else []))
        return Window(
            title=words_of(self.view.get("title"), {}),
            words=words,
            fields=self.sheet.fields(self.errors),
            buttons=buttons,
            handle=self.id,
        )


@dataclass(slots=True, kw_only=True)
class Stack:
    """One client's modals."""

    names: Names
    careless: bool = False
    views: list[OpenView] = field(default_factory=list[OpenView])

    @property
    def top(self) -> OpenView | None:
        return self.views[-1] if self.views else None

    def find(self, *, view_id: str = "", external_id: str = "") -> OpenView | None:
        """An open view by its id or by the app's own id of it."""
        for found in self.views:
            if found.id == view_id or (external_id and found.view.get("external_id") == external_id):
                return found
        return None

    def add(self, view: Json, *, on_top: bool) -> OpenView:
        """Open a view: as the next in the stack (`on_top`), or as a root of its own."""
        made, kept = new_view_id(), complete(view)
        below = self.top if on_top else None
        opened = OpenView(
            id=made,
            view=kept,
            sheet=Sheet(kept["blocks"], self.names, careless=self.careless),
            root=below.root if below else made,
            previous=below.id if below else None,
            hash=new_hash(),
        )
        self.views.append(opened)
        return opened

    def remove(self, view: OpenView) -> None:
        """Close one view and what lies over it."""
        if view in self.views:
            del self.views[self.views.index(view) :]


def replace(opened: OpenView, view: Json) -> None:
    """Show another view in place of this one; what was typed stays where the ids are the same."""
    opened.view = complete(view)
    opened.sheet.redraw(opened.view["blocks"])
    opened.hash = new_hash()
    opened.errors, opened.trouble = {}, ""


def new_view_id() -> str:
    return f"V{uuid.uuid4().hex[:10].upper()}"


def new_hash() -> str:
    """A hash as Slack makes them: the time, and something random."""
    return f"{int(time.time())}.{uuid.uuid4().hex[:8]}"


def complete(view: Json) -> Json:
    """The view with an id for each block and each element that has none; these are new each time."""
    kept = copy.deepcopy(view)
    kept["blocks"] = complete_blocks(as_objects(kept.get("blocks")))
    return kept


def complete_blocks(blocks: list[Json]) -> list[Json]:
    """Blocks with an id each, and their elements too."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        if not block.get("block_id"):
            block["block_id"] = uuid.uuid4().hex[:5]
        for _, element in limits.elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = uuid.uuid4().hex[:5]
    return kept


def as_sent(opened: OpenView, ids: Mapping[str, str]) -> Json:
    """The view as payloads and answers carry it; `ids` are of team, app and bot."""
    view = opened.view
    return {
        "id": opened.id,
        "team_id": ids["team"],
        "type": view.get("type"),
        "blocks": view["blocks"],
        "private_metadata": as_text(view.get("private_metadata")),
        "callback_id": as_text(view.get("callback_id")),
        "external_id": as_text(view.get("external_id")),
        "state": {"values": opened.sheet.state()},
        "hash": opened.hash,
        "title": view.get("title"),
        "submit": view.get("submit"),
        "close": view.get("close"),
        "clear_on_close": view.get("clear_on_close", False),
        "notify_on_close": view.get("notify_on_close", False),
        "previous_view_id": opened.previous,
        "root_view_id": opened.root,
        "app_id": ids["app"],
        "bot_id": ids["bot"],
        "app_installed_team_id": ids["team"],
    }
