"""Ids and accounts of a tenant, as Teams makes and shows them.

Pure functions from the cast: the same people have the same ids at every start.
"""

import base64
import hashlib
import uuid

from bot.playground.cast import Cast, Persona
from bot.playground.wire import Json

_NAMES = uuid.UUID("6f0c5d0e-3f5b-4d43-9d0c-0f3f0f1f7a11")


def user_id(aad: str) -> str:
    """The `29:` id under which a bot knows a person."""
    return "29:1" + _digest(aad, 48)


def bot_id(client_id: str) -> str:
    """The `28:` id of a bot."""
    return f"28:{client_id}"


def personal_chat_id(client_id: str, aad: str) -> str:
    """The id of the one-to-one chat of a person and a bot; it says nothing about either."""
    return "a:1" + _digest(f"{client_id}/{aad}", 60)


def group_id(team: str) -> str:
    """The Microsoft 365 group behind a team: what Graph calls the team's id."""
    return str(uuid.uuid5(_NAMES, team))


def account(person: Persona, tenant: str) -> Json:
    """A person as the connector's roster shows them (Teams, "Get Teams specific context")."""
    given, _, surname = person.name.rpartition(" ")
    return {
        "id": user_id(aad_of(person)),
        "name": person.name,
        "aadObjectId": aad_of(person),
        "givenName": given or surname,
        "surname": surname,
        "email": person.email,
        "userPrincipalName": person.email,
        "tenantId": tenant,
        "userRole": "guest" if person.kind == "guest" else "user",
    }


def aad_of(person: Persona) -> str:
    """The person's object id; ValueError for somebody without a Teams account."""
    if person.teams_user is None:
        raise ValueError(f"{person.key} has no Teams account")
    return person.teams_user


def on_teams(cast: Cast) -> tuple[Persona, ...]:
    """Everybody in the cast with an account in the tenant, deleted ones included."""
    return tuple(person for person in cast.people if person.teams_user is not None)


def _digest(text: str, length: int) -> str:
    raw = hashlib.sha384(text.encode()).digest()
    return base64.urlsafe_b64encode(raw).decode()[:length]
