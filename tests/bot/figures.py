"""What `/metrics` says to whoever has the token."""

import httpx
from fastapi import FastAPI

TOKEN = "a-token-of-forty-characters-in-all-0123"  # noqa: S105
OPEN = {"Authorization": f"Bearer {TOKEN}"}


def asking(app: FastAPI) -> httpx.AsyncClient:
    """As a reverse proxy on this machine would: from loopback."""
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://heard")


async def told(app: FastAPI) -> dict[str, float]:
    """Each figure by its name and labels."""
    async with asking(app) as client:
        answer = await client.get("/metrics", headers=OPEN)
    assert answer.status_code == 200
    return read(answer.text)


def read(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}
