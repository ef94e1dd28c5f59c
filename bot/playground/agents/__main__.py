"""`python -m bot.playground.agents`: Microsoft 365 Agents Playground against the program, until Ctrl-C."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.playground.agents.casting import NotThere
from bot.playground.agents.node import NotInstalled
from bot.playground.agents.running import NotStarted, playgrounds

SAMPLE = Path(__file__).parents[1] / "sample" / "school.toml"
SEATS = ["tom", "priya"]
"""A teacher and a lead of the sample school."""


def main(
    port: Annotated[int, typer.Option(help="The first client's port; each further one takes the next.")] = 56150,
    person: Annotated[list[str] | None, typer.Option(help="Who sits at a client; once for each client.")] = None,
    school: Annotated[Path, typer.Option(help="The school file.")] = SAMPLE,
    folder: Annotated[Path, typer.Option(help="Where database, key and logs are kept.")] = Path(".demo/agents"),
) -> None:
    """Start the program and a client for each person, print their addresses, and stop all on Ctrl-C."""
    try:
        asyncio.run(_run(folder, school, people=person or SEATS, port=port))
    except (NotStarted, NotThere, NotInstalled) as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(2) from None
    except asyncio.CancelledError:
        typer.echo("Stopped.")


async def _run(folder: Path, school: Path, *, people: Sequence[str], port: int) -> None:
    task = asyncio.current_task()

    def interrupted() -> None:
        # A second Ctrl-C must not cut short the stopping of what was started.
        if task and not task.cancelling():
            task.cancel()

    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, interrupted)
    ports = [port + number for number in range(len(people))]
    typer.echo("Starting Microsoft 365 Agents Playground and the program.")
    async with playgrounds(folder, school, people=people, ports=ports) as (_, clients):
        for client in clients:
            role = "a lead" if client.person.lead else "on the staff"
            typer.echo(f"  {client.person.name} ({role}): http://localhost:{client.address.rsplit(':', 1)[1]}")
        typer.echo("Invented people only. Ctrl-C ends it; bot/playground/agents/README.md says how to try what.")
        await asyncio.Event().wait()


if __name__ == "__main__":
    typer.run(main)
