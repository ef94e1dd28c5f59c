"""One of the Playground's clients without its page: what the page would send, and what it is sent."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.playground.agents.connector import Client
from tests.journeys.gestures import PATIENT


class Hands:
    """Whoever sits at the client. `shown` is each message by id, as it stands now."""

    def __init__(self, client: Client, http: aiohttp.ClientSession) -> None:
        self.person = client.person
        self._address = client.address
        self._http = http
        self.shown: dict[str, dict[str, Any]] = {}
        self._changed = asyncio.Condition()

    async def say(self, words: str, *, place: str = "") -> None:
        """Type it, in the chat with the app unless a place is given."""
        body = {"from": {"id": self.person.id}, "text": words, "textFormat": "plain"}
        await self._post(f"_conversation/v1/conversations/{place or self.person.chat}/messages", body)

    async def invoke(self, name: str, value: dict[str, Any], *, place: str = "", on: str = "") -> dict[str, Any]:
        """`on`: the message whose card is pressed."""
        here = {"conversation": {"id": place or self.person.chat}, "from": {"id": self.person.id}}
        return await self._post("_conversation/v1/invoke", {"name": name, "value": value, "replyToId": on, **here})

    async def command(self, id: str, *, place: str = "") -> dict[str, Any]:
        """A message extension's action command; `task:<label>` presses a card's button that opens a dialog."""
        value = {"commandId": id, "commandContext": "compose"}
        return await self.invoke("composeExtension/fetchTask", value, place=place)

    async def submit(self, id: str, data: dict[str, Any]) -> dict[str, Any]:
        value = {"commandId": id, "commandContext": "compose", "data": data}
        return await self.invoke("composeExtension/submitAction", value)

    async def execute(self, message: str, title: str, *, place: str = "") -> dict[str, Any]:
        """Press a card's Action.Execute by its title; in a channel, in the thread that the message began."""
        actions = list(_actions(self.shown[message]["attachments"][0]["content"]))
        action = next(action for action in actions if action.get("title") == title)
        where = f"{place};messageid={message}" if place else ""
        value = {"action": action, "trigger": "manual"}
        return await self.invoke("adaptiveCard/action", value, place=where, on=message)

    async def sees(self, words: str, *, place: str = "") -> str:
        """Wait for a message with these words in it; its id."""
        async with asyncio.timeout(PATIENT), self._changed:
            while True:
                for id, message in reversed(self.shown.items()):
                    if words in str(message) and place in ("", message["place"]):
                        return id
                await self._changed.wait()

    async def listen(self) -> None:
        """Take in what the client is sent, until cancelled."""
        address = f"{self._address}/_ws_conversation/v1/conversations/stream"
        async with self._http.ws_connect(address) as stream:
            async for frame in stream:
                event = frame.json()
                if event.get("action") in ("createMessage", "updateMessage"):
                    async with self._changed:
                        place = {"place": event["actionConversationId"].partition(";")[0]}
                        self.shown[event["message"]["messageId"]] = event["message"] | place
                        self._changed.notify_all()

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(f"{self._address}/{path}", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()


@asynccontextmanager
async def hands(client: Client) -> AsyncGenerator[Hands, None]:
    """Somebody at that client, listening."""
    async with aiohttp.ClientSession() as http:
        made = Hands(client, http)
        listening = asyncio.create_task(made.listen())
        try:
            yield made
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def _actions(part: Any) -> Any:
    if isinstance(part, dict):
        if str(part.get("type", "")).startswith("Action."):
            yield part
        for held in part.values():
            yield from _actions(held)
    elif isinstance(part, list):
        for held in part:
            yield from _actions(held)
