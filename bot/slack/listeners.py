"""What is done with each kind of request: parse, ask the desk, render. Nothing is decided or remembered here."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import uuid4

from slack_bolt import BoltResponse

from bot import logs
from bot.front import FrontDesk
from bot.intake import Json, Unreadable
from bot.slack import parse, render
from bot.slack.windows import Windows
from handlers.conversation import ButtonPressed, FormSubmitted, Inbound, Reply, Suggestions, Tell, Who
from handlers.ui import mishaps, plain
from handlers.ui.card import OPENS_A_WINDOW, Press

Listener = Callable[[Json], Awaitable[BoltResponse]]
Reading = Callable[[Json, Mapping[str, str]], Inbound]
Names = Callable[[Collection[str]], Awaitable[Mapping[str, str]]]
"""The names of people of the workspace by their ids, as far as they can be had at once."""


async def no_names(_: Collection[str]) -> Mapping[str, str]:
    return {}


class Listeners:
    """One method a kind of request."""

    def __init__(self, desk: FrontDesk, windows: Windows, names: Names = no_names) -> None:
        self._desk = desk
        self._windows = windows
        self._names = names

    async def command(self, body: Json) -> BoltResponse:
        """`/concern`; its words are answered in the window, or beside the command where there is none."""
        if problem := await self._in_new_window(body, parse.command(body), again=parse.command):
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": problem})
        return _done()

    async def shortcut(self, body: Json) -> BoltResponse:
        """There is no channel to say anything in: what fails is in the log alone."""
        await self._in_new_window(body, parse.shortcut(body), again=parse.shortcut)
        return _done()

    async def action(self, body: Json) -> BoltResponse:
        """A button: in a window it is answered in that window, on a card in a new one or in a whisper."""
        inbound = parse.press(body)
        if parse.is_home(body):
            return await self._at_home(body, inbound)
        window = parse.opened(body)
        if window is not None:
            names = parse.shown(body).names if isinstance(inbound, FormSubmitted) else None
            await self._windows.show(window, render.window(await self._ask(body, inbound), names))
        elif isinstance(inbound, FormSubmitted):
            raise Unreadable("a_form_without_a_window")
        elif inbound.press in OPENS_A_WINDOW:
            if problem := await self._in_new_window(body, inbound):
                await self._say(body, inbound.who, problem)
        else:
            await self._without_window(body, inbound)
        return _done()

    async def view(self, body: Json) -> BoltResponse:
        """A form that was sent."""
        inbound, shown = parse.submission(body), parse.shown(body)
        reply = await self._ask(body, inbound)
        return BoltResponse(status=200, body=render.after_submission(reply, shown))

    async def options(self, body: Json) -> BoltResponse:
        """A typeahead; whatever else the desk says, there is nothing to choose."""
        reply = await self._ask(body, parse.search(body))
        found = reply if isinstance(reply, Suggestions) else Suggestions(())
        return BoltResponse(status=200, body=render.suggestions(found))

    async def event(self, body: Json) -> BoltResponse:
        """Somebody looks at their Home tab. Any other event is acknowledged, so that it does not come again."""
        inbound = parse.home(body)
        if inbound is not None:
            reply = await self._ask(body, inbound)
            if isinstance(reply, Tell) and not await self._home(body, inbound.who, reply):
                return BoltResponse(status=503)
        return _done()

    async def _at_home(self, body: Json, inbound: ButtonPressed | FormSubmitted) -> BoltResponse:
        """A button of the Home tab: what only draws it again is drawn there, everything else opens in a window."""
        if isinstance(inbound, ButtonPressed) and inbound.press is Press.BOARD:
            reply = await self._ask(body, inbound)
            if isinstance(reply, Tell):
                await self._home(body, inbound.who, reply)
        else:
            await self._in_new_window(body, inbound)
        return _done()

    async def _home(self, body: Json, who: Who, reply: Tell) -> bool:
        return await self._windows.publish(who.user, reply.card, hash=parse.home_hash(body))

    async def _ask(self, body: Json, inbound: Inbound) -> Reply:
        told = parse.is_guest(body)
        return await self._desk.answer(inbound, guest=True) if told else await self._desk.answer(inbound)

    async def _in_new_window(self, body: Json, inbound: Inbound, again: Reading | None = None) -> str:
        """Open first, ask then, draw last; returns what went wrong. `again` reads what names people by their ids alone,
        once their names are known: they are looked up behind the open window.

        Without a window the desk is not asked: nobody would read the answer, and a reading would be recorded.
        """
        window = await self._windows.open(parse.trigger(body))
        if window is None:
            return mishaps.NO_WINDOW
        if again is not None and (mentioned := parse.mentioned(body)):
            inbound = again(body, await self._names(mentioned))
        reply = await self._ask(body, inbound)
        return "" if await self._windows.show(window, render.window(reply)) else mishaps.NOT_SHOWN

    async def _without_window(self, body: Json, inbound: ButtonPressed) -> None:
        reply = await self._ask(body, inbound)
        if isinstance(reply, Tell):
            await self._windows.whisper(parse.channel(body), inbound.who.user, reply.card)
        elif await self._windows.open(parse.trigger(body), render.window(reply)) is None:
            await self._say(body, inbound.who, mishaps.NO_WINDOW)

    async def _say(self, body: Json, who: Who, words: str) -> None:
        await self._windows.whisper(parse.channel(body), who.user, plain.say(words, alert=True))


def guarded(listen: Listener) -> Callable[..., Awaitable[BoltResponse]]:
    """The listener as Bolt calls it: nothing it raises reaches Bolt, which would log its text."""

    async def listener(body: Json) -> BoltResponse:
        try:
            return await listen(body)
        except Unreadable as refusal:
            logs.event("slack_unreadable", why=str(refusal))
            return BoltResponse(status=400)
        except Exception as error:  # noqa: BLE001 (the last door: Slack keeps the text of a form that gets a 500)
            logs.mishap(uuid4().hex[:8], error)
            return BoltResponse(status=500)

    return listener


def _done() -> BoltResponse:
    return BoltResponse(status=200)
