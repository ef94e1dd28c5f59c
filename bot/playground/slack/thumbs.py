"""One person's hands on a Slack client: finds fields and buttons by their labels, types, presses, reads.

Implements `bot.playground.thumbs.Thumbs`. It sends nothing itself: `presses.py` knows what a press means.
"""

from collections.abc import Mapping, Sequence

from bot.playground.cast import Persona
from bot.playground.picking import Suggestion, named
from bot.playground.slack import home, payloads, presses, screen, values
from bot.playground.slack.client import Client
from bot.playground.slack.drawing import Entry, Knob
from bot.playground.slack.limits import DEFAULT_QUERY
from bot.playground.slack.mrkdwn import escape, words_of
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.slack.stack import OpenView
from bot.playground.slack.state import SlackState
from bot.playground.thumbs import Answer, PlatformRefused, Seen, Window
from bot.playground.wire import Json, as_list, as_object, as_text

RawValue = str | Sequence[str] | None
"""A value from the page: text, date, time or user id; options by their values."""


class SlackThumbs:
    """A person and their Slack client."""

    def __init__(self, state: SlackState, persona: Persona, *, careless: bool = False) -> None:
        self._state = state
        self._client = Client(state=state, persona=persona, careless=careless)

    @property
    def platform(self) -> str:
        return "slack"

    @property
    def persona(self) -> Persona:
        return self._client.persona

    async def say(self, text: str, *, place: str = "bot", file: str = "") -> None:
        """Type and send, with a picture of that name. What begins with a slash is a command and is seen by nobody else.

        A messages tab that is read-only takes no words. Commands are let through there all the same: the real
        client hides the whole line, and the person would type the command in any other chat.
        """
        channel = self._client.place(place)
        if channel.archived:
            raise PlatformRefused("the channel is archived")
        if text.startswith("/"):
            if file:
                raise PlatformRefused("a slash command takes no file")
            await presses.command(self._client, channel, text)
            return
        if channel.kind is Kind.IM and self._client.is_tab_read_only():
            raise PlatformRefused("the app's messages tab takes no messages (messages_tab_read_only_enabled)")
        message = self._state.post(channel, escape(text), [], author=self._client.user)
        message.files = self._files(file)
        if channel.kind is Kind.IM:
            await presses.event(self._client, channel, message)

    def window(self) -> Window | None:
        """The modal on top, if one is open."""
        opened = self._client.stack.top
        return opened.window() if opened else None

    async def fill(self, answers: Mapping[str, Answer]) -> None:
        """Put answers into the open modal by label: KeyError for a label that is not there."""
        for label, answer in answers.items():
            opened = self._top()
            await self._fill(opened, opened.sheet.entry(label), answer)

    async def press(self, label: str, *, on: Seen | None = None) -> None:
        """Press a button of the open modal, or of a message; what the client complains about is not sent."""
        opened = self._client.stack.top
        if on is None and opened and label in opened.window().buttons:
            await self._press_in_view(opened, label)
        else:
            channel, message, knob = self._message_with(label, on)
            await presses.press_in_message(self._client, channel, message, presses.action_of(knob))

    def chat(self, place: str = "bot") -> tuple[Seen, ...]:
        """The messages that this person sees in a place, oldest first; none when they are no member."""
        return self._client.chat(place)

    async def type_only(self, label: str, words: str) -> None:
        """Type into a typeahead and choose nothing: Slack's client drops the words."""
        opened = self._top()
        entry = opened.sheet.entry(label)
        await self._suggested(opened, entry, words)
        await self._changed(opened, entry, changed=opened.sheet.pick(entry, []))

    async def report_message(self, text: str, *, by: str = "A colleague", file: str = "") -> None:
        """Use the app's shortcut in the menu of somebody's message in a public channel, with a picture of that name."""
        channel = self._client.public_place()
        message = self._state.post(channel, escape(text), [], author="U0COLLEAGUE")
        message.author_name, message.files = by, self._files(file)
        callback_id = self._shortcut("message")
        await presses.message_shortcut(self._client, callback_id, channel, message)

    async def start_from_menu(self) -> None:
        """Use the app's global shortcut."""
        await presses.shortcut(self._client, self._shortcut("global"))

    async def close(self) -> None:
        """Close the modal on top without sending it; what lies below comes back."""
        await presses.close(self._client)

    async def open_home(self) -> None:
        """Look at the app's Home tab. PlatformRefused where the app has none."""
        await home.opened(self._client)

    def home(self) -> Window:
        """What stands on the Home tab. PlatformRefused while nothing has been published there."""
        return home.page(self._client).window()

    async def press_home(self, label: str, *, beside: str = "") -> None:
        """Press a button of the Home tab: of several with one label, the one in the block with those words."""
        knob = home.knob(home.page(self._client), label, beside)
        await home.press(self._client, presses.action_of(knob))

    async def press_home_raw(self, block_id: str, action_id: str, value: RawValue = None) -> None:
        """The same from the page, by ids."""
        knob = _knob_at(home.page(self._client).sheet.knobs(), block_id, action_id, value)
        await home.press(self._client, presses.action_of(knob))

    def snapshot(self) -> Json:
        """Everything on this person's screen as JSON, for the page."""
        return screen.snapshot(self._client)

    async def press_raw(self, message_id: str, block_id: str, action_id: str, value: RawValue = None) -> None:
        """A press on the page: a button of a message; for an overflow menu `value` is the option's."""
        channel, message = self._client.message(message_id)
        knobs = [item for item in self._client.items(message) if isinstance(item, Knob)]
        knob = _knob_at(knobs, block_id, action_id, value)
        await presses.press_in_message(self._client, channel, message, presses.action_of(knob))

    async def set_state(self, block_id: str, action_id: str, value: RawValue) -> None:
        """Put one value into the open modal from the page; the app hears of it where it asked to."""
        opened = self._top()
        entry = opened.sheet.entry_at((block_id, action_id))
        await self._changed(opened, entry, changed=opened.sheet.put_raw(entry, value))

    async def submit(self, values: Mapping[str, Mapping[str, RawValue]]) -> None:
        """Press the modal's submit button from the page, with values by block_id and action_id."""
        opened = self._top()
        _put_all(opened, values)
        await self._submit(opened)

    async def press_in_view(
        self,
        block_id: str,
        action_id: str,
        values: Mapping[str, Mapping[str, RawValue]],
        value: RawValue = None,
    ) -> None:
        """Press a button inside the modal from the page; `value` names an overflow menu's option."""
        opened = self._top()
        _put_all(opened, values)
        knob = _knob_at(opened.sheet.knobs(), block_id, action_id, value)
        await presses.press_in_view(self._client, opened, presses.action_of(knob))

    async def search(self, block_id: str, action_id: str, text: str) -> list[Json]:
        """A typeahead's query from the page: `{"value", "title"}` each; none below min_query_length."""
        opened = self._top()
        entry = opened.sheet.entry_at((block_id, action_id))
        if len(text) < _least(entry):
            return []
        found = await self._suggested(opened, entry, text)
        return [{"value": value, "title": title} for value, title in found]

    async def use_shortcut(self, callback_id: str, message_id: str = "") -> None:
        """A shortcut from the page: a global one, or one of a message's menu."""
        if message_id:
            await presses.message_shortcut(self._client, callback_id, *self._client.message(message_id))
        else:
            await presses.shortcut(self._client, callback_id)

    def _top(self) -> OpenView:
        if self._client.stack.top is None:
            raise PlatformRefused("no modal is open")
        return self._client.stack.top

    async def _fill(self, opened: OpenView, entry: Entry, answer: Answer) -> None:
        if values.kind_of(entry.element) != "pick":
            await self._changed(opened, entry, changed=opened.sheet.type_into(entry, answer))
            return
        picked: list[str] = []
        for words in filter(None, [answer] if isinstance(answer, str) else answer):
            if len(words) < _least(entry):
                raise PlatformRefused(f"the field {entry.label!r} asks from {_least(entry)} characters on")
            picked.append(named(entry.label, words, await self._suggested(opened, entry, words))[0])
        await self._changed(opened, entry, changed=opened.sheet.pick(entry, picked))

    async def _suggested(self, opened: OpenView, entry: Entry, words: str) -> list[Suggestion]:
        if entry.kind == "users_select":
            return opened.sheet.people()
        options = await presses.search(self._client, opened, entry, words)
        opened.sheet.offer(entry, options)
        return [(values.option_value(one), words_of(one.get("text"), {})) for one in options]

    async def _changed(self, opened: OpenView, entry: Entry, *, changed: bool) -> None:
        opened.errors.pop(entry.key[0], None)
        self._state.touch()
        if changed and _is_told(entry):
            action = presses.change_of(entry, opened.sheet.state_of(entry))
            await presses.press_in_view(self._client, opened, action)

    async def _press_in_view(self, opened: OpenView, label: str) -> None:
        knob = opened.sheet.knob(label)
        if label == opened.submit:
            await self._submit(opened)
        elif knob:
            await presses.press_in_view(self._client, opened, presses.action_of(knob))
        else:
            await presses.close(self._client)

    async def _submit(self, opened: OpenView) -> None:
        if not opened.submit:
            raise PlatformRefused("the modal has no submit button")
        opened.errors = opened.sheet.check()
        self._state.touch()
        if not opened.errors:
            await presses.submit(self._client, opened)

    def _message_with(self, label: str, on: Seen | None) -> tuple[Channel, Message, Knob]:
        for channel, message in self._client.messages():
            if on is not None and message.ts != on.id:
                continue
            for item in self._client.items(message):
                if isinstance(item, Knob) and item.label == label:
                    return channel, message, item
        raise KeyError(label)

    def _files(self, name: str) -> list[Json]:
        return [payloads.file_object(self._state, name)] if name else []

    def _shortcut(self, kind: str) -> str:
        for shortcut in self._client.shortcuts(kind):
            return as_text(shortcut.get("callback_id"))
        raise PlatformRefused(f"the app's manifest has no {kind} shortcut")


def _put_all(opened: OpenView, told: Mapping[str, Mapping[str, RawValue]]) -> None:
    for block_id, elements in told.items():
        for action_id, value in elements.items():
            opened.sheet.put_raw(opened.sheet.entry_at((block_id, action_id)), value)


def _knob_at(knobs: Sequence[Knob], block_id: str, action_id: str, value: RawValue) -> Knob:
    for knob in knobs:
        if knob.key == (block_id, action_id) and (
            knob.option is None or values.option_value(knob.option) == value
        ):
            return knob
    raise PlatformRefused("the button is not on this person's screen")


def _least(entry: Entry) -> int:
    asked = entry.element.get("min_query_length", DEFAULT_QUERY)
    return 1 if entry.kind == "users_select" else int(asked)


def _is_told(entry: Entry) -> bool:
    """Whether the app hears of a change; text is told key by key only where that was asked for."""
    if entry.kind != "plain_text_input":
        return entry.dispatches
    when = as_list(as_object(entry.element.get("dispatch_action_config")).get("trigger_actions_on"))
    return entry.dispatches and "on_character_entered" in when
