"""Ids and accounts of a workspace, as Slack makes and shows them.

Pure functions from the cast: the same people have the same ids at every start.
"""

import base64
import hashlib

from bot.playground.cast import Cast, Persona
from bot.playground.wire import Json

ELSEWHERE = "T0ELSEWHERE"
"""The workspace that guests of Slack Connect belong to."""
GENERAL = "C0GENERAL01"


def user_of(person: Persona) -> str:
    """The person's user id; ValueError for somebody without a Slack account."""
    if person.slack_user is None:
        raise ValueError(f"{person.key} has no Slack account")
    return person.slack_user


def on_slack(cast: Cast) -> tuple[Persona, ...]:
    """Everybody in the cast with an account in the workspace, deleted ones included."""
    return tuple(person for person in cast.people if person.slack_user is not None)


def team_of(person: Persona, team: str) -> str:
    """The workspace that a person belongs to."""
    return ELSEWHERE if person.kind == "guest" else team


def im_id(bot: str, user: str) -> str:
    """The id of the chat of a person and the bot; it says nothing about either."""
    digest = hashlib.sha256(f"{bot}/{user}".encode()).digest()
    return "D" + base64.b32encode(digest).decode()[:10]


def handle(person: Persona) -> str:
    """The short name that payloads carry."""
    return person.email.partition("@")[0] or person.key


def account(person: Persona, team: str, *, with_email: bool, status_emoji: str = "") -> Json:
    """A person as users.info shows them (Slack, "User object")."""
    guest = person.kind == "guest"
    profile: Json = {"real_name": person.name, "display_name": person.name, "title": person.role, "team": team}
    profile |= {"status_text": "", "status_emoji": status_emoji}
    return {
        "id": user_of(person),
        "team_id": team_of(person, team),
        "name": handle(person),
        "real_name": person.name,
        "deleted": person.kind == "deleted",
        "is_bot": False,
        "is_app_user": False,
        "is_restricted": guest or person.kind == "restricted",
        "is_ultra_restricted": False,
        "is_stranger": guest,
        "tz": "Europe/London",
        "profile": profile | ({"email": person.email} if with_email else {}),
    }


def bot_account(cast: Cast, name: str) -> Json:
    """The bot as users.info shows it."""
    return {
        "id": cast.slack.bot_user,
        "team_id": cast.slack.team,
        "name": name.casefold(),
        "real_name": name,
        "deleted": False,
        "is_bot": True,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "profile": {"real_name": name, "display_name": name, "api_app_id": cast.slack.app},
    }
