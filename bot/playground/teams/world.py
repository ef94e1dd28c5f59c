"""The whole local Teams: the tenant, and a client for everybody in it.

The door for whoever starts the playground or a test; the parts stand in the modules beside it.
"""

from functools import cache

from bot.playground.teams import activities, tenant
from bot.playground.teams.places import Conversation
from bot.playground.teams.sender import deliver
from bot.playground.teams.state import Presence, TeamsState
from bot.playground.teams.thumbs import TeamsThumbs


class TeamsWorld(TeamsState):
    """A tenant with people who can act. `thumbs` gives the same client for the same person each time."""

    def thumbs(self, key: str, *, careless: bool = False) -> TeamsThumbs:
        """A person's client; `careless` is one without the client's own checks. KeyError for nobody."""
        return self._client(key, careless)

    async def install(self) -> None:
        """Tell the bot that its app was added: to the team, to the private channel, to the leads' chats."""
        leads = [person for person in tenant.on_teams(self.cast) if person.lead]
        if not leads:
            return
        by = leads[0]
        await deliver(
            self, activities.joined(self, activities.envelope(self, by, self.general), "teamMemberAdded")
        )
        await self.add_bot(self.leads)
        for person in leads:
            chat = self.personal_chat(tenant.aad_of(person))
            await deliver(self, activities.installed(activities.envelope(self, person, chat)))

    async def add_bot(self, channel: Conversation) -> None:
        """Add the app to a private channel, by its first member, and let the bot know."""
        channel.with_bot = True
        by = self.person(channel.members[0])
        if by:
            base = activities.envelope(self, by, channel)
            await deliver(self, activities.installed(base))
            await deliver(
                self, activities.joined(self, base | {"id": activities.activity_id()}, "channelMemberAdded")
            )

    async def remove_bot(self, channel: Conversation) -> None:
        """Take the app out of a channel and let the bot know; it is refused there from now on."""
        channel.with_bot = False
        by = self.person(channel.members[0])
        if by:
            await deliver(self, activities.installed(activities.envelope(self, by, channel), action="remove"))

    def add_member(self, channel: Conversation, key: str) -> None:
        """Let somebody into a channel."""
        channel.members.append(tenant.aad_of(self.cast.persona(key)))
        self.touch()

    def remove_member(self, channel: Conversation, key: str) -> None:
        """Take somebody out of a channel."""
        channel.members.remove(tenant.aad_of(self.cast.persona(key)))
        self.touch()

    def set_presence(self, key: str, presence: Presence) -> None:
        """Change what Graph says of somebody."""
        self.presence[tenant.aad_of(self.cast.persona(key))] = presence
        self.touch()

    @cache  # noqa: B019 - a world lives as long as its clients
    def _client(self, key: str, careless: bool) -> TeamsThumbs:  # noqa: FBT001 - a key of the cache
        return TeamsThumbs(self, self.cast.persona(key), careless=careless)
