"""One person's hands on a Teams client: finds fields and buttons by their labels, types, presses, reads.

Implements `bot.playground.thumbs.Thumbs`. It sends nothing itself: `presses.py` knows what a press means.
"""

from collections.abc import Mapping, Sequence

from bot.playground.cast import Persona
from bot.playground.picking import named
from bot.playground.teams import activities, presses, screen
from bot.playground.teams.client import CLOSE, Client
from bot.playground.teams.drawing import Entry, Knob
from bot.playground.teams.places import Conversation, Kind, Posted
from bot.playground.teams.sender import deliver
from bot.playground.teams.sheet import Sheet
from bot.playground.teams.state import TeamsState
from bot.playground.thumbs import Answer, PlatformRefused, Seen, Window
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text

_CONTEXTS = ["compose", "commandBox"]
"""Where an action command stands when the manifest does not say (app manifest, `composeExtensions.commands`)."""


class TeamsThumbs:
    """A person and their Teams client."""

    def __init__(self, state: TeamsState, persona: Persona, *, careless: bool = False) -> None:
        self._state = state
        self._client = Client(state=state, persona=persona, careless=careless)

    @property
    def platform(self) -> str:
        return "teams"

    @property
    def persona(self) -> Persona:
        return self._client.persona

    async def say(self, text: str, *, place: str = "bot", file: str = "") -> None:
        """Type and send, with a picture of that name pasted in.

        In a channel the bot hears only what begins with `@`, its mention.
        """
        where = self._client.place(place)
        mentioned = where.kind is Kind.CHANNEL and text.startswith("@")
        words = text.removeprefix("@").removeprefix(self._state.bot_name).strip() if mentioned else text
        parts = activities.mention(self._state, words) if mentioned else {"text": words}
        parts |= {"attachments": activities.pasted(self._state, words, file)} if file else {}
        posted = self._state.post(where, parts | {"type": "message"}, author=self._client.aad)
        if where.kind is Kind.PERSONAL or mentioned:
            base = activities.envelope(self._state, self.persona, where, root=posted.id) | {"id": posted.id}
            await deliver(self._state, activities.message(base, **parts))

    def window(self) -> Window | None:
        """The open dialog, else the newest message with something to fill in."""
        return self._client.window()

    async def fill(self, answers: Mapping[str, Answer]) -> None:
        """Put answers into the open window by label: KeyError for a label that is not there."""
        sheet = self._open_sheet()
        for label, answer in answers.items():
            entry = sheet.entry(label)
            if "choices.data" in entry.element:
                await self._pick(sheet, entry, [answer] if isinstance(answer, str) else answer)
            else:
                sheet.type_into(entry, answer)

    async def press(self, label: str, *, on: Seen | None = None) -> None:
        """Press a button of the open window, or of a message; what the client complains about is not sent."""
        dialog = self._client.dialog
        if on is None and dialog and dialog.sheet is None and label == CLOSE:
            presses.close(self._client)
        elif on is None and dialog and dialog.sheet:
            knob = dialog.sheet.knob(label)
            if knob is None:
                raise KeyError(label)
            await self._press_in_dialog(dialog.sheet, knob)
        else:
            await self._press_in_message(*self._message_with(label, on))

    def chat(self, place: str = "bot") -> tuple[Seen, ...]:
        """The messages that this person sees in a place, oldest first; none when they are no member."""
        return self._client.chat(place)

    async def look(self, place: str = "bot") -> tuple[Seen, ...]:
        """Scroll through a place: cards with a `refresh` for this person ask for their own view first, once a minute.
        """
        where = self._client.place(place)
        for posted in where.seen_by(self._client.aad):
            for card in posted.cards_for(self._client.aad):
                refresh = as_object(card.get("refresh"))
                if refresh and self._is_refreshed(refresh, where) and self._client.asks(posted):
                    action = as_object(refresh.get("action"))
                    await presses.execute(self._client, where, posted, action, trigger="automatic")
                    self._client.asked[posted.id, posted.edited] = self._state.now()
        return self.chat(place)

    async def type_only(self, label: str, words: str) -> None:
        """Type into a typeahead and choose nothing: Microsoft's renderer sends the words as they are."""
        sheet = self._open_sheet()
        sheet.pick(sheet.entry(label), [(words, words)])

    async def report_message(self, text: str, *, by: str = "A colleague", file: str = "") -> None:
        """Use the app's command in the menu of somebody's message, with a file of that name on it."""
        payload = activities.message_payload(self._state, text, by=by, file=file)
        value: Json = {"commandId": self._command("message"), "commandContext": "message"}
        await presses.open_command(self._client, self._somewhere(), value | {"messagePayload": payload})

    async def start_from_menu(self) -> None:
        """Use the app's command from the slash menu or the compose box."""
        value = {"commandId": self._command("compose", "commandBox"), "commandContext": "compose"}
        await presses.open_command(self._client, self._somewhere(), value)

    async def close(self) -> None:
        """Close the dialog without sending it."""
        presses.close(self._client)

    def snapshot(self) -> Json:
        """Everything on this person's screen as JSON, for the page."""
        return screen.snapshot(self._client)

    async def press_raw(self, message_id: str, action: Json) -> None:
        """A press on the page: the action as the page's renderer gives it, inputs merged into `data`."""
        for place, posted in self._client.messages():
            if posted.id == message_id:
                await presses.press(self._client, place, posted, action)
                return
        raise PlatformRefused("the message is not on this person's screen")

    async def submit(self, data: Json) -> None:
        """Submit the dialog from the page: the action's data with the inputs merged in."""
        await presses.submit(self._client, data)

    async def search(self, dataset: str, text: str, *, others: Json | None = None) -> list[Json]:
        """A typeahead's query from the page: `{"value", "title"}` each."""
        found = await presses.search(self._client, dataset, text, others=others)
        return [{"value": value, "title": title} for value, title in found]

    def _open_sheet(self) -> Sheet:
        if self._client.dialog:
            sheet = self._client.dialog.sheet
        else:
            form = self._client.form()
            sheet = form[2] if form else None
        if sheet is None:
            raise PlatformRefused("there is nothing to fill in")
        return sheet

    async def _press_in_dialog(self, sheet: Sheet, knob: Knob) -> None:
        if sheet.unfold(knob):
            return
        data = sheet.gather(knob)
        if data is not None:
            await presses.submit(self._client, data)

    async def _press_in_message(self, place: Conversation, posted: Posted, sheet: Sheet, knob: Knob) -> None:
        if sheet.unfold(knob):
            return
        data = sheet.gather(knob)
        if data is not None:
            await presses.press(self._client, place, posted, knob.action | {"data": data})

    def _message_with(self, label: str, on: Seen | None) -> tuple[Conversation, Posted, Sheet, Knob]:
        for place, posted in self._client.messages():
            if on is not None and posted.id != on.id:
                continue
            for sheet in self._client.sheets(posted):
                knob = sheet.knob(label)
                if knob:
                    return place, posted, sheet, knob
        raise KeyError(label)

    async def _pick(self, sheet: Sheet, entry: Entry, answers: Sequence[str]) -> None:
        query = as_object(entry.element["choices.data"])
        others = sheet.typed() if as_text(query.get("associatedInputs")).lower() == "auto" else None
        picked: list[tuple[str, str]] = []
        for words in filter(None, answers):
            found = await presses.search(self._client, query["dataset"], words, others=others)
            picked.append(named(entry.label, words, found))
        if len(picked) > 1 and entry.element.get("isMultiSelect") is not True:
            raise PlatformRefused(f"the field {entry.label!r} takes one choice")
        sheet.pick(entry, picked)

    def _is_refreshed(self, refresh: Json, where: Conversation) -> bool:
        asked = [as_text(one) for one in as_list(refresh.get("userIds"))]
        me = activities.sender(self.persona)
        return bool({me["id"], me["aadObjectId"]} & set(asked)) if asked else len(where.members) <= 60

    def _somewhere(self) -> Conversation:
        return self._client.places().get("general") or self._client.place("bot")

    def _command(self, *contexts: str) -> str:
        for extension in as_objects(self._state.manifest.get("composeExtensions")):
            for command in as_objects(extension.get("commands")):
                where = as_list(command.get("context")) or _CONTEXTS
                if (
                    command.get("type") == "action"
                    and command.get("fetchTask")
                    and set(contexts) & set(where)
                ):
                    return as_text(command.get("id"))
        raise PlatformRefused(f"the app's manifest has no command that opens a dialog from {contexts[0]}")
