"""A recording Web API on loopback: says yes to everything, or what a test has scripted. Knows nothing of Heard."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

YES: dict[str, dict[str, Any]] = {
    "views.open": {"view": {"id": "V1", "hash": "h1"}},
    "views.update": {"view": {"id": "V1", "hash": "h2"}},
    "chat.postMessage": {"ts": "1700000000.000100", "channel": "C1"},
    "chat.update": {"ts": "1700000000.000100"},
    "conversations.open": {"channel": {"id": "D1"}},
    "auth.test": {"user_id": "UBOT"},
}


@dataclass
class Script:
    """One answer: a Slack error, a status, a wait, or a body."""

    error: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    raw: str | None = None
    drop: bool = False
    """Take the request, then close the connection without an answer."""
    wait: float = 0.0


class Api:
    """What was called, in order, and what is answered."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.scripts: dict[str, list[Script]] = defaultdict(list)
        self.base_url = ""

    def will(self, method: str, **script: Any) -> None:
        """Answer the next call of that method so; the last script stays for all that follow."""
        self.scripts[method].append(Script(**script))

    def of(self, method: str) -> list[dict[str, Any]]:
        return [arguments for called, arguments in self.calls if called == method]

    @property
    def methods(self) -> list[str]:
        return [method for method, _ in self.calls]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append((method, await _arguments(request)))
        scripts = self.scripts[method]
        script = scripts.pop(0) if len(scripts) > 1 else scripts[0] if scripts else Script()
        await asyncio.sleep(script.wait)
        if script.drop and request.transport is not None:
            request.transport.abort()
        if script.raw is not None:
            return web.Response(text=script.raw, status=script.status, headers=script.headers)
        said = {"ok": script.status == 200, **(YES.get(method, {}) if script.body is None else script.body)}
        if script.error:
            said = {"ok": False, "error": script.error}
        return web.json_response(said, status=script.status, headers=script.headers)


async def _arguments(request: web.Request) -> dict[str, Any]:
    body = await request.text()
    found = json.loads(body or "{}") if "json" in request.content_type else dict(parse_qsl(body))
    return {name: _decoded(value) for name, value in {**found, **request.query}.items()}


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


@asynccontextmanager
async def running() -> AsyncIterator[Api]:
    api = Api()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", api.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield api
    await runner.cleanup()
