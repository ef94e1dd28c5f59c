"""A bot of fifty lines for the Playground's harness: it believes nothing that is not signed, and answers each kind.

It stands in for the program where only the harness is tried.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import jwt
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.agents.running import Wiring
from bot.playground.listening import listening, loopback_client

CARD = "application/vnd.microsoft.card.adaptive"


class EchoBot:
    """What it was sent, and the verdict on each token."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.refused = 0
        self.wiring: Wiring | None = None

    @asynccontextmanager
    async def __call__(self, wiring: Wiring) -> AsyncGenerator[None, None]:
        self.wiring = wiring
        app = FastAPI()
        app.add_api_route("/api/messages", self._messages, methods=["POST"])
        async with listening(app, wiring.port):
            yield

    async def post(self, place: str, body: dict[str, Any], *, update: str = "") -> str:
        """Post or replace a message, with a token, as the program's courier does."""
        proxy = self.wiring.proxy
        grant = {"grant_type": "client_credentials", "scope": "https://api.botframework.com/.default"}
        secret = {"client_id": proxy.client_id, "client_secret": proxy.client_secret}
        async with loopback_client() as http:
            token = (await http.post(proxy.token_url, data=grant | secret)).json()["access_token"]
            headers = {"authorization": f"Bearer {token}"}
            url = f"{proxy.service_url}/v3/conversations/{place}/activities"
            if update:
                done = await http.put(f"{url}/{update}", json=body, headers=headers)
            else:
                done = await http.post(url, json=body, headers=headers)
        assert done.status_code < 300, done.text
        return done.json()["id"]

    async def _messages(self, request: Request) -> Response:
        activity = await request.json()
        if not await self._is_signed(request, activity):
            self.refused += 1
            return Response(status_code=401)
        self.heard.append(activity)
        match activity["type"], activity.get("name"):
            case "message", _ if "concern" in activity.get("text", ""):
                await self.post(activity["conversation"]["id"], message(START))
                return Response(status_code=200)
            case "invoke", "adaptiveCard/action":
                said = text_card(f"Accepted by {activity['from']['aadObjectId']}")
                return JSONResponse({"statusCode": 200, "type": CARD, "value": said})
            case "invoke", "task/fetch" | "composeExtension/fetchTask":
                return JSONResponse({"task": {"type": "continue", "value": {"title": "Form", "card": attached(FORM)}}})
            case "invoke", "task/submit" | "composeExtension/submitAction":
                words = f"Received: {activity['value']['data'].get('facts')}"
                return JSONResponse({"task": {"type": "message", "value": words}})
            case _:
                return Response(status_code=200)

    async def _is_signed(self, request: Request, activity: dict[str, Any]) -> bool:
        proxy = self.wiring.proxy
        async with loopback_client() as http:
            metadata = (await http.get(proxy.metadata_url)).json()
            keys = jwt.PyJWKSet.from_dict((await http.get(metadata["jwks_uri"])).json())
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(
                token, keys.keys[0].key, algorithms=["RS256"], audience=proxy.client_id, issuer=metadata["issuer"]
            )
        except jwt.InvalidTokenError:
            return False
        return claims["serviceurl"] == activity["serviceUrl"] == proxy.service_url


def attached(card: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": CARD, "content": card}


def message(card: dict[str, Any]) -> dict[str, Any]:
    return {"type": "message", "attachments": [attached(card)]}


def text_card(words: str, *actions: dict[str, Any]) -> dict[str, Any]:
    body = [{"type": "TextBlock", "text": words, "wrap": True}]
    return {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": list(actions)}


ACCEPT = {"type": "Action.Execute", "title": "Accept", "verb": "accept", "data": {"press": "accept"}}
OPEN = {"type": "Action.Submit", "title": "Open the form", "data": {"msteams": {"type": "task/fetch"}, "subject": "7"}}
START = text_card("Tell the safeguarding leads.", ACCEPT, OPEN)
FORM = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [{"type": "Input.Text", "id": "facts", "label": "What did you see?", "isMultiline": True}],
    "actions": [{"type": "Action.Submit", "title": "Send", "data": {"page": 1}}],
}
