"""The Teams app package: what is uploaded in the Teams admin centre, a zip of manifest and two icons.

Pure functions of the bot's client id and the program's domain. Resource-specific permissions only; whatever is
tenant-wide is granted by hand (the technician's guide, Teams, step 6).
"""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from manifest import icons
from manifest.commands import (
    COMMAND,
    DETAIL,
    EXPLAIN_HELP,
    EXPLAIN_RAISE,
    EXPLAIN_REPORT,
    HELP,
    RAISE,
    RAISE_TITLE,
    REPORT,
    REPORT_TITLE,
    SUMMARY,
)
from manifest.words import words

SCHEMA_VERSION = "1.29"
"""The first with slash triggers and targeted messages."""
VERSION = "0.1.0"
"""Semantic version; Teams takes an update of the package only under a higher one."""
SITE = "https://heard.example"
"""Stands in the package where the school has no page of its own to name."""

PERMISSIONS = ("ChannelMember.Read.Group", "TeamsActivity.Send.User")
"""Who can read the leads' channel, asked of Graph; a notice in somebody's activity feed."""
AHEAD = frozenset(PERMISSIONS)
"""Those that nothing uses yet (members come from the bot's own roster). They are asked for at once, because a new one
later needs every team's and every person's consent anew; a test takes a name out of here when its use arrives."""

LOOK_UP = "ChannelMessage.Read.Group"
"""A choice of the school's: by it a card can be looked up in the leads' channel before it is sent again."""

COLOUR, OUTLINE = "color.png", "outline.png"
_NO_WORDS: Mapping[str, str] = {}


def manifest(
    *, client_id: str, domain: str, name: str = "Heard", site: str = SITE, look_up: bool = False
) -> dict[str, Any]:
    """The manifest of a single-tenant bot. `client_id` is the Azure bot's app id, `domain` a host name; `look_up`: the
    one permission that is a choice is asked for too."""
    permissions = [*PERMISSIONS, LOOK_UP] if look_up else PERMISSIONS
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA_VERSION,
        "version": VERSION,
        "id": client_id,
        "localizationInfo": {"defaultLanguageTag": "en-gb"},
        "developer": _developer(name, site),
        "name": {"short": name, "full": f"{name}: safeguarding concerns"},
        "description": {"short": SUMMARY, "full": DETAIL},
        "icons": {"color": COLOUR, "outline": OUTLINE},
        "accentColor": icons.ACCENT,
        "bots": [_bot(client_id)],
        "composeExtensions": [_message_extension(client_id)],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        # Private channels take bots of this tier only (manifest 1.25 and later).
        "supportsChannelFeatures": "tier1",
        "validDomains": [domain],
        "webApplicationInfo": {"id": client_id, "resource": f"api://{domain}/{client_id}"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": p, "type": "Application"} for p in permissions]}
        },
    }


def package(
    *, client_id: str, domain: str, name: str = "Heard", site: str = SITE, look_up: bool = False
) -> bytes:
    """The zip: three files at its root, the same bytes for the same ids."""
    made = manifest(client_id=client_id, domain=domain, name=name, site=site, look_up=look_up)
    text = json.dumps(made, indent=2, ensure_ascii=False)
    files = {"manifest.json": text.encode(), COLOUR: icons.colour(), OUTLINE: icons.outline()}
    return pack(files)


def pack(files: dict[str, bytes]) -> bytes:
    """Those files in a zip that does not depend on the day it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _developer(name: str, site: str) -> dict[str, str]:
    pages = {"websiteUrl": "", "privacyUrl": "/privacy", "termsOfUseUrl": "/terms"}
    return {"name": name, **{key: site.rstrip("/") + path for key, path in pages.items()}}


def _bot(client_id: str) -> dict[str, Any]:
    return {
        "botId": client_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": False,
        # In a channel or a group the slash command is seen by its writer and the app alone.
        "supportsTargetedMessages": True,
        "commandLists": [
            # A one-to-one chat is private already: no slash trigger there, what is typed is an ordinary message.
            _commands(["personal"], ["mention"], words=words()),
            # Among others only the way in and the help: what comes of the rest is one person's own.
            _commands(["team"], ["mention", "slash"]),
            _commands(["groupChat"], ["mention", "slash"]),
        ],
    }


def _commands(scopes: list[str], triggers: list[str], *, words: Mapping[str, str] = _NO_WORDS) -> dict[str, Any]:
    """At most ten. A title is typed for whoever chooses it, so it is what they would type."""
    titles = {COMMAND: EXPLAIN_RAISE, **{f"{COMMAND} {word}": does for word, does in words.items()}, HELP: EXPLAIN_HELP}
    commands = [{"title": title, "description": does} for title, does in titles.items()]
    return {"scopes": scopes, "triggers": triggers, "commands": commands}


def _message_extension(client_id: str) -> dict[str, Any]:
    raising = {
        "id": RAISE,
        "type": "action",
        "title": RAISE_TITLE,
        "description": EXPLAIN_RAISE,
        "context": ["compose", "commandBox"],
        "fetchTask": True,
        "triggers": ["slash"],
    }
    reporting = {
        "id": REPORT,
        "type": "action",
        "title": REPORT_TITLE,
        "description": EXPLAIN_REPORT,
        "context": ["message"],
        "fetchTask": True,
    }
    return {"botId": client_id, "commands": [raising, reporting]}
