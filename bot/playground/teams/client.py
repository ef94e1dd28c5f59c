"""What stands on one person's screen: the dialog, the cards with what was typed into them, words told to them.

The state of a client and how it is read. What a press sends is decided in `presses.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.cast import Persona
from bot.playground.teams import tenant
from bot.playground.teams.places import Conversation, Posted
from bot.playground.teams.sheet import Sheet
from bot.playground.teams.state import TeamsState
from bot.playground.thumbs import PlatformRefused, Seen, Window
from bot.playground.wire import Json

ASKS_AGAIN = 60.0
"""Seconds in which a card that was answered does not ask by itself again, unless the bot has edited it (Teams, "Up to
date cards")."""
CLOSE = "Close"
"""The button of a dialog that shows words only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a dialog came from, and so how it is submitted."""

    place: Conversation
    submit: str
    """`task/submit` or `composeExtension/submitAction`."""
    value: Json = field(default_factory=dict[str, object])
    """What goes along with every submission: a message extension's command, context and message."""
    posted: Posted | None = None
    """The message whose button was pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A dialog in front of one person: a card, or words."""

    id: str
    title: str
    origin: Origin
    sheet: Sheet | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words shown to this person alone, under the message that was pressed."""

    id: str
    place: Conversation
    words: str


@dataclass(slots=True, kw_only=True)
class Client:
    """One person's Teams."""

    state: TeamsState
    persona: Persona
    careless: bool = False
    dialog: Dialog | None = None
    told: list[Told] = field(default_factory=list[Told])
    asked: dict[tuple[str, int], float] = field(default_factory=dict[tuple[str, int], float])
    """When each card was last told by itself how it stands, by message and how often that was edited."""
    _sheets: dict[tuple[str, int], Sheet] = field(default_factory=dict[tuple[str, int], Sheet])

    @property
    def aad(self) -> str:
        return tenant.aad_of(self.persona)

    def places(self) -> dict[str, Conversation]:
        """The conversations in this person's list: `bot`, and the channels that they are a member of."""
        state = self.state
        known = {"bot": state.personal_chat(self.aad), "leads": state.leads, "general": state.general}
        return {key: place for key, place in known.items() if self.aad in place.members}

    def place(self, name: str) -> Conversation:
        """The conversation by its key or its channel's name. PlatformRefused when it is not in the list."""
        for key, found in self.places().items():
            if name in (key, found.name):
                return found
        raise PlatformRefused(f"{self.persona.key} is in no place called {name!r}")

    def sheets(self, posted: Posted) -> list[Sheet]:
        """The message's cards as this person has them before them; a redrawn card has lost what was typed."""
        found: list[Sheet] = []
        for number, card in enumerate(posted.cards_for(self.aad)):
            kept = self._sheets.get((posted.id, number))
            if kept is None or kept.card is not card:
                kept = Sheet(card, careless=self.careless)
                self._sheets[posted.id, number] = kept
            found.append(kept)
        return found

    def messages(self) -> Iterator[tuple[Conversation, Posted]]:
        """Everything in front of this person, what changed last first."""
        every = [(place, posted) for place in self.places().values() for posted in place.seen_by(self.aad)]
        yield from sorted(every, key=lambda pair: pair[1].turn, reverse=True)

    def asks(self, posted: Posted) -> bool:
        """Whether a card of that message asks by itself now."""
        return self.state.now() - self.asked.get((posted.id, posted.edited), -ASKS_AGAIN) >= ASKS_AGAIN

    def form(self) -> tuple[Conversation, Posted, Sheet] | None:
        """The newest card in a message with something to fill in."""
        for place, posted in self.messages():
            for sheet in self.sheets(posted):
                if sheet.fields():
                    return place, posted, sheet
        return None

    def window(self) -> Window | None:
        """The dialog if one is open, else the newest form inside a message."""
        if self.dialog:
            return _dialog_window(self.dialog)
        form = self.form()
        return _sheet_window(form[2], title=self.state.bot_name, handle=form[1].id) if form else None

    def chat(self, name: str) -> tuple[Seen, ...]:
        """What this person sees in a place, oldest first."""
        try:
            place = self.place(name)
        except PlatformRefused:
            return ()
        seen = [self.seen(name, posted) for posted in place.seen_by(self.aad)]
        seen += [self._seen_told(name, told) for told in self.told if told.place is place]
        return tuple(sorted(seen, key=lambda one: int(one.id)))

    def seen(self, name: str, posted: Posted) -> Seen:
        """One message as this person sees it."""
        sheets = self.sheets(posted)
        words = [posted.text, *(sheet.words for sheet in sheets)]
        return Seen(
            id=posted.id,
            place=name,
            words="\n".join(word for word in words if word),
            preview=posted.preview,
            buttons=tuple(button for sheet in sheets for button in sheet.buttons),
            only_me=posted.only_for is not None,
            edited=posted.edited,
            raw={"activity": posted.activity, "cards": [sheet.card for sheet in sheets]},
        )

    @staticmethod
    def _seen_told(name: str, told: Told) -> Seen:
        return Seen(id=told.id, place=name, words=told.words, preview="", only_me=True)


def _dialog_window(dialog: Dialog) -> Window:
    if dialog.sheet is None:
        return Window(title=dialog.title, words=dialog.words, buttons=(CLOSE,), handle=dialog.id)
    return _sheet_window(dialog.sheet, title=dialog.title, handle=dialog.id)


def _sheet_window(sheet: Sheet, *, title: str, handle: str) -> Window:
    return Window(title=title, words=sheet.words, fields=sheet.fields(), buttons=sheet.buttons, handle=handle)
