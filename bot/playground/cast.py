"""Who lives in the playground: the invented people, and the private places of the leads.

Plain values, handed in by whoever starts the playground. Nothing here knows what a concern is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One invented person, with an account on Slack, on Teams or on both."""

    key: str
    """A short handle for the page's address and for tests: `tess`, `lee`."""
    name: str
    role: str
    """In words, for the page: `Teacher`, `Designated safeguarding lead`."""
    email: str
    slack_user: str | None = None
    teams_user: str | None = None
    """The Microsoft Entra object id (a GUID in lower case)."""
    lead: bool = False
    """A member of the leads' private channels."""
    kind: str = "staff"
    """`staff`, `guest` (another organisation), `restricted` (Slack: a guest in one's own workspace), `pupil`,
    `deleted`, `disabled` (Entra: may not sign in): as the platform would say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackHome:
    """A workspace and the leads' private channel in it."""

    team: str
    domain: str
    leads_channel: str
    bot_user: str = "U0HEARDBOT"
    app: str = "A0HEARD"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsHome:
    """A tenant, a team and the leads' private channel in it."""

    tenant: str
    bot: str
    """The bot's client id (GUID); its Teams id is `28:` and this."""
    team: str
    """`19:...@thread.tacv2`, the team's General channel."""
    leads_channel: str
    """`19:...@thread.tacv2`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    school: str
    people: tuple[Persona, ...]
    slack: SlackHome
    teams: TeamsHome

    def persona(self, key: str) -> Persona:
        """The person with that handle; KeyError when there is none."""
        for person in self.people:
            if person.key == key:
                return person
        raise KeyError(key)
