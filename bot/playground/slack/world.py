"""The whole local Slack: the workspace, and a client for everybody in it.

The door for whoever starts the playground or a test; the parts stand in the modules beside it.
"""

from functools import cache

from bot.playground.slack import sender, team
from bot.playground.slack.places import Channel
from bot.playground.slack.sender import Answer
from bot.playground.slack.state import SlackState
from bot.playground.slack.thumbs import SlackThumbs


class SlackWorld(SlackState):
    """A workspace with people who can act. `thumbs` gives the same client for the same person each time."""

    def thumbs(self, key: str, *, careless: bool = False) -> SlackThumbs:
        """A person's client; `careless` is one without the client's own checks. KeyError for nobody."""
        return self._client(key, careless)

    def add_member(self, channel: Channel, key: str) -> None:
        """Let somebody into a channel."""
        channel.members.append(team.user_of(self.cast.persona(key)))
        self.touch()

    def remove_member(self, channel: Channel, key: str) -> None:
        """Take somebody out of a channel."""
        channel.members.remove(team.user_of(self.cast.persona(key)))
        self.touch()

    def set_status(self, key: str, emoji: str) -> None:
        """Set somebody's status, `:palm_tree:` for Slack's own "Vacationing"; empty clears it."""
        self.statuses[team.user_of(self.cast.persona(key))] = emoji
        self.touch()

    def archive(self, channel: Channel) -> None:
        """Archive a channel: nobody writes there any more."""
        channel.archived = True
        self.touch()

    def remove_bot(self, channel: Channel) -> None:
        """Take the app out of a channel; it is refused there from now on."""
        channel.with_bot = False
        self.touch()

    def add_bot(self, channel: Channel) -> None:
        """Invite the app into a channel."""
        channel.with_bot = True
        self.touch()

    def share(self, channel: Channel) -> None:
        """Share a channel with another organisation (Slack Connect)."""
        channel.ext_shared = True
        self.touch()

    async def resend(self, times: int = 1, *, retry: bool = False) -> list[Answer]:
        """Send the last request to the bot again: to the letter, or (`retry`) as Slack's numbered retries."""
        return await sender.resend(self, times, retry=retry)

    @cache  # noqa: B019 - a world lives as long as its clients
    def _client(self, key: str, careless: bool) -> SlackThumbs:  # noqa: FBT001 - a key of the cache
        return SlackThumbs(self, self.cast.persona(key), careless=careless)
