"""How the Web API says no. Only the exception; who is refused what stands with each method."""

from collections.abc import Sequence

from bot.playground.wire import Json

CIRCUMSTANCES = frozenset(
    {
        "ratelimited",
        "hash_conflict",
        "not_found",
        "compliance_exports_prevent_deletion",
        "is_archived",
        "not_in_channel",
        "channel_not_found",
        "user_not_found",
        "user_disabled",
        "user_not_in_channel",
    }
)
"""Errors that come of what people did meanwhile: no rule was broken by the app."""


class Refusal(Exception):
    """An answer with `ok: false`."""

    def __init__(self, error: str, messages: Sequence[str] = (), **more: str) -> None:
        super().__init__(f"{error}: {'; '.join(messages)}" if messages else error)
        self.error = error
        self.messages = list(messages)
        self.more = more

    def answer(self) -> Json:
        """The answer's body."""
        told: Json = {"ok": False, "error": self.error, **self.more}
        return told | ({"response_metadata": {"messages": self.messages}} if self.messages else {})
