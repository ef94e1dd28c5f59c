"""One message, one id: a channel's message stands in every client under an id of that client's own.

The program is told the first client's id. Ids only; nothing is sent here.
"""

from collections.abc import Mapping

from bot.playground.wire import Json, as_object, as_text


class Copies:
    """Which ids are the same message."""

    def __init__(self) -> None:
        self._in_client: dict[str, dict[str, str]] = {}
        self._told: dict[tuple[str, str], str] = {}

    def keep(self, ids: Mapping[str, str]) -> str:
        """Keep a message's ids by client, the first client's first; returns the one that the program is told."""
        told = next(iter(ids.values()), "")
        self._in_client[told] = dict(ids)
        self._told |= dict.fromkeys(ids.items(), told)
        return told

    def in_client(self, client: str, told: str) -> str:
        """The client's own id; the same where it has only one."""
        return self._in_client.get(told, {}).get(client, told)

    def told(self, client: str, id: str) -> str:
        """What the program was told for a client's own id."""
        return self._told.get((client, id), id)

    def place_in_client(self, client: str, place: str) -> str:
        """A conversation's id for one client: that of a thread ends with the id of its first message."""
        base, mark, root = place.partition(";messageid=")
        return f"{base}{mark}{self.in_client(client, root)}" if mark else place

    def as_told(self, client: str, activity: Json) -> Json:
        """An activity from a client with the ids that the program knows."""
        here = as_object(activity.get("conversation"))
        base, mark, root = as_text(here.get("id")).partition(";messageid=")
        place = f"{base}{mark}{self.told(client, root)}" if mark else base
        reply_to = as_text(activity.get("replyToId"))
        more = {"replyToId": self.told(client, reply_to)} if reply_to else {}
        return {**activity, "conversation": {**here, "id": place}, **more}
