"""An HTTP answer that begins and never comes: for faults after the deed. Nothing else may stand here."""

from fastapi.responses import Response
from starlette.types import Receive, Scope, Send


class LineGoesDead(Response):
    """Headers, and then silence: the caller cannot know whether its request was carried out."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's shape
        """Start an answer that never comes; the server closes the connection."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"64")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
