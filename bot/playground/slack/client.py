"""What stands on one person's screen: the channels they are in, the messages, the modals.

The state of a client and how it is read. What a press sends is decided in `presses.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.cast import Persona
from bot.playground.slack import drawing, team
from bot.playground.slack.drawing import Item
from bot.playground.slack.mrkdwn import as_read
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.slack.stack import Stack
from bot.playground.slack.state import SlackState
from bot.playground.thumbs import PlatformRefused, Seen
from bot.playground.wire import Json, as_objects, as_text, within


@dataclass(slots=True, kw_only=True)
class Client:
    """One person's Slack."""

    state: SlackState
    persona: Persona
    careless: bool = False
    stack: Stack = field(init=False)

    def __post_init__(self) -> None:
        self.stack = Stack(names=self.state.names, careless=self.careless)
        self.state.stacks.append(self.stack)

    @property
    def user(self) -> str:
        return team.user_of(self.persona)

    def places(self) -> dict[str, Channel]:
        """The conversations in this person's list: `bot`, and the channels that they are a member of."""
        state = self.state
        known = {"bot": state.im(self.user), "leads": state.leads, "general": state.general}
        return {key: place for key, place in known.items() if self.user in place.members}

    def place(self, name: str) -> Channel:
        """The conversation by its key or its channel's name. PlatformRefused when it is not in the list."""
        for key, found in self.places().items():
            if name in (key, found.name):
                return found
        raise PlatformRefused(f"{self.persona.key} is in no place called {name!r}")

    def messages(self) -> Iterator[tuple[Channel, Message]]:
        """Everything in front of this person, what changed last first."""
        every = [(place, one) for place in self.places().values() for one in place.seen_by(self.user)]
        yield from sorted(every, key=lambda pair: pair[1].turn, reverse=True)

    def message(self, ts: str) -> tuple[Channel, Message]:
        """The message with that timestamp. PlatformRefused when it is not on this person's screen."""
        for place, message in self.messages():
            if message.ts == ts:
                return place, message
        raise PlatformRefused("the message is not on this person's screen")

    def items(self, message: Message) -> tuple[Item, ...]:
        """A message's blocks as drawn."""
        return drawing.draw(message.blocks, self.state.names)

    def chat(self, name: str) -> tuple[Seen, ...]:
        """What this person sees in a place, oldest first."""
        try:
            place = self.place(name)
        except PlatformRefused:
            return ()
        return tuple(self.seen(name, place, message) for message in place.seen_by(self.user))

    def seen(self, name: str, place: Channel, message: Message) -> Seen:
        """One message as this person sees it: the text shows only where there are no blocks."""
        items, text = self.items(message), as_read(message.text, self.state.names)
        words = drawing.words(items) if message.blocks else text
        return Seen(
            id=message.ts,
            place=name,
            words=words,
            preview=text or words,
            buttons=drawing.buttons(items),
            only_me=message.only_for is not None,
            edited=message.edited,
            raw={"channel": place.id, "ts": message.ts, "text": message.text, "blocks": message.blocks},
        )

    def commands(self) -> list[Json]:
        """The slash commands that the manifest declares."""
        return as_objects(within(self.state.manifest, "features", "slash_commands"))

    def shortcuts(self, kind: str = "") -> list[Json]:
        """The shortcuts that the manifest declares: `global`, `message`, or all."""
        every = as_objects(within(self.state.manifest, "features", "shortcuts"))
        return [one for one in every if kind in ("", as_text(one.get("type")))]

    def is_declared(self, command: str) -> bool:
        """Whether the app has that slash command; without a manifest every command is the app's."""
        known = [as_text(one.get("command")) for one in self.commands()]
        return self.state.manifest is None or command in known

    def is_tab_read_only(self) -> bool:
        """Whether the manifest lets nobody write in the chat with the app."""
        return within(self.state.manifest, "features", "app_home", "messages_tab_read_only_enabled") is True

    def public_place(self) -> Channel:
        """A public channel that this person can look into."""
        if self.persona.kind in ("guest", "deleted") or self.state.general.kind is not Kind.PUBLIC:
            raise PlatformRefused(f"{self.persona.key} can look into no public channel")
        return self.state.general
