"""The sample school as the Playground and the program are told of it: who is there, in which places.

Text in, text out. No process is known here.
"""

import json
import re
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.teams.tenant import group_id, user_id

LEADS = frozenset({"lead", "deputy"})
CONFIG_FILE = ".m365agentsplayground.yml"
OTHERS = 5
"""Users beside the one who holds the client: the Playground takes exactly so many."""
STAFF_ROOM = "19:staffroom0000000000000000000001@thread.v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    key: str
    name: str
    mail: str
    aad: str
    lead: bool

    @property
    def id(self) -> str:
        """`29:...`, as a bot knows them."""
        return user_id(self.aad)

    @property
    def chat(self) -> str:
        """The one-to-one chat with the app, when that person holds a client."""
        return f"a:personal-{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    name: str
    tenant: str
    team: str
    leads_channel: str
    people: tuple[Person, ...]

    def person(self, key: str) -> Person:
        """Raises `NotThere`."""
        found = next((person for person in self.people if person.key == key), None)
        if found is None:
            raise NotThere(f"Nobody called {key} has a Teams account. There are: {', '.join(self._keys())}.")
        return found

    def _keys(self) -> Sequence[str]:
        return [person.key for person in self.people]


class NotThere(Exception):
    """The school file has no such person, or no Teams at all; the text is for whoever started it."""


def read_home(school: Path) -> Home:
    """The Teams side of a school file. Raises `NotThere`."""
    raw = tomllib.loads(school.read_text("utf-8"))
    teams = raw.get("teams", {})
    if not teams.get("leads_channel"):
        raise NotThere(f"{school.name} has no [teams] with a leads_channel.")
    return Home(
        name=raw["school"]["name"],
        tenant=teams["tenant"],
        team=teams["team"],
        leads_channel=teams["leads_channel"],
        people=tuple(_person(entry) for entry in raw["people"] if entry.get("teams")),
    )


def _person(entry: Mapping[str, str]) -> Person:
    return Person(
        key=entry["key"],
        name=entry["name"],
        mail=entry.get("mail") or f"{entry['key']}@school.example",
        aad=entry["teams"],
        lead=entry["role"] in LEADS,
    )


def playground_config(home: Home, me: Person, *, bot_id: str) -> str:
    """The Playground's configuration with `me` at the client. JSON, which is YAML."""
    others = [person for person in home.people if person != me][:OTHERS]
    spare = [_spare(number) for number in range(OTHERS - len(others))]
    config: dict[str, Any] = {
        "version": "0.1.1",
        "tenantId": home.tenant,
        "bot": {"id": bot_id, "name": "Heard"},
        "currentUser": _user(me),
        "users": [_user(person) for person in [*others, *spare]],
        "personalChat": {"id": me.chat},
        "groupChat": {"id": STAFF_ROOM, "name": "Staff room"},
        "team": {
            "id": home.team,
            "name": home.name,
            "aadGroupId": group_id(home.team),
            "channels": [{"id": home.leads_channel, "name": "Safeguarding leads"}],
        },
    }
    return json.dumps(config, indent=2)


def _user(person: Person) -> dict[str, str]:
    given, _, surname = person.name.partition(" ")
    return {
        "id": person.id,
        "name": person.name,
        "userPrincipleName": person.mail,
        "aadObjectId": person.aad,
        "givenName": given,
        "surname": surname,
        "email": person.mail,
    }


def _spare(number: int) -> Person:
    """Somebody who is not on the staff list, where a school has too few people on Teams."""
    aad = str(uuid.uuid5(uuid.NAMESPACE_URL, f"spare-{number}"))
    return Person(key=f"spare{number}", name=f"Visitor {number}", mail=f"v{number}@school.example", aad=aad, lead=False)


def adapted_school(text: str, *, service_url: str) -> str:
    """The school file for a program that serves Teams alone, at the proxy's address."""
    text = re.sub(r"(?ms)^\[slack\]\n.*?(?=^\[|\Z)", "", text)
    text = re.sub(r"(?m)^(?:slack|service_url) = .*\n", "", text)
    return re.sub(r"(?m)^\[teams\]\n", f'[teams]\nservice_url = "{service_url}"\n', text)
