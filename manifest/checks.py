"""What is wrong with a manifest or a package, a sentence for each fault: the vendors' schemas and rules of ours.

Slack's schema is kept here (slackapi/manifest-schema, MIT). Teams' comes with the npm package
@microsoft/app-manifest and is read from node_modules. Nothing is fetched and nothing is corrected here.
"""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft4Validator, Draft7Validator
from jsonschema.exceptions import ValidationError

from manifest import slack, teams
from manifest.commands import RAISE, REPORT

Json = dict[str, Any]

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_SLACK_SCHEMA = _HERE / "schemas" / "slack-app-manifest-1.json"
_TEAMS_SCHEMAS = _ROOT / "node_modules" / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"

LARGEST_OUTLINE, LARGEST_COLOUR = 32, 192


class NoSchema(Exception):
    """Teams' schema is not here: run `python -m tests.node`, which installs what package-lock.json names."""


def slack_faults(manifest: Json, *, address: str = "") -> list[str]:
    """Every fault of a Slack manifest; with `address` also each address in it that leads elsewhere."""
    schema = json.loads(_SLACK_SCHEMA.read_text("utf-8"))
    faults = _against(Draft7Validator(schema), manifest, "slack")
    return faults or [*_scopes(manifest), *_shortcuts(manifest), *_slack_settings(manifest), *_doors(manifest, address)]


def teams_faults(manifest: Json) -> list[str]:
    """Every fault of a Teams manifest. Raises `NoSchema`."""
    version = str(manifest.get("manifestVersion", ""))
    file = _TEAMS_SCHEMAS / f"v{version}" / "MicrosoftTeams.schema.json"
    if not _TEAMS_SCHEMAS.exists():
        raise NoSchema(str(NoSchema.__doc__))
    if not file.exists():
        return [f"teams: there is no manifest version {version or '(none given)'}."]
    faults = _against(Draft4Validator(json.loads(file.read_text("utf-8"))), manifest, "teams")
    return faults or [*_extension(manifest), *_permissions(manifest), *_teams_ids(manifest)]


def package_faults(package: bytes) -> list[str]:
    """Every fault of an app package: three files at its root, a good manifest, two good icons. Raises `NoSchema`."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            files = {info.filename: archive.read(info) for info in archive.infolist()}
    except zipfile.BadZipFile:
        return ["package: it is not a zip."]
    expected = {"manifest.json", teams.COLOUR, teams.OUTLINE}
    if set(files) != expected:
        return [f"package: it must hold {_listed(expected)} at its root and nothing else; it holds {_listed(files)}."]
    outline = icon_faults(files[teams.OUTLINE], name=teams.OUTLINE, size=LARGEST_OUTLINE, white=True)
    colour = icon_faults(files[teams.COLOUR], name=teams.COLOUR, size=LARGEST_COLOUR)
    return [*teams_faults(json.loads(files["manifest.json"])), *colour, *outline]


def icon_faults(png: bytes, *, name: str, size: int, white: bool = False) -> list[str]:
    """Size, transparency and, for an outline, colour (learn.microsoft.com, root.icons)."""
    try:
        found, pixels = read_png(png)
    except ValueError as error:
        return [f"{name}: {error}"]
    faults = [] if found == (size, size) else [f"{name}: it is {found[0]} by {found[1]}, not {size} by {size}."]
    if not any(pixel[3] == 0 for pixel in pixels):
        faults.append(f"{name}: its ground is not transparent.")
    if not any(pixel[3] == 255 for pixel in pixels):
        faults.append(f"{name}: nothing is drawn on it.")
    if white and any(pixel[3] and pixel[:3] != b"\xff\xff\xff" for pixel in pixels):
        faults.append(f"{name}: it has a colour beside white.")
    return faults


def read_png(png: bytes) -> tuple[tuple[int, int], Sequence[bytes]]:
    """Width and height, and the pixels of four bytes. ValueError when it is not a picture as icons.py writes them."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("it is not a PNG.")
    chunks = dict(_chunks(png))
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    raw, line = zlib.decompress(chunks[b"IDAT"]), 1 + 4 * width
    if (depth, kind) != (8, 6) or len(raw) != height * line or any(raw[::line]):
        raise ValueError("it is not plain RGBA with eight bits.")
    rows = [raw[start + 1 : start + line] for start in range(0, len(raw), line)]
    return (width, height), [row[x : x + 4] for row in rows for x in range(0, 4 * width, 4)]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        if struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] != zlib.crc32(kind + content):
            raise ValueError("it is damaged.")
        yield kind, content
        at += 12 + length


def _against(validator: Draft4Validator | Draft7Validator, manifest: Json, platform: str) -> list[str]:
    found: list[ValidationError] = list(validator.iter_errors(manifest))  # pyright: ignore[reportUnknownMemberType]
    return [f"{platform}: {_where(error)}: {error.message}." for error in found]


def _where(error: ValidationError) -> str:
    return ".".join(str(step) for step in error.absolute_path) or "at the top"


def _scopes(manifest: Json) -> Iterator[str]:
    """The schema takes any word for a scope; this list is what the program needs."""
    scopes: Mapping[str, list[str]] = manifest.get("oauth_config", {}).get("scopes", {})
    asked, optional = set(scopes.get("bot", [])), set(scopes.get("bot_optional", []))
    allowed = {*slack.SCOPES, *slack.OPTIONAL_SCOPES, *({slack.LOOK_UP} & optional)}
    if extra := asked - allowed:
        yield f"slack: it asks for {_listed(extra)}, which the program does not need."
    if lacking := set(slack.SCOPES) - asked:
        yield f"slack: the scopes {_listed(lacking)} are missing; the program needs them."
    if loose := optional - asked:
        yield f"slack: the optional scopes {_listed(loose)} must stand among the bot's scopes too."
    if forced := optional & set(slack.SCOPES):
        yield f"slack: the scopes {_listed(forced)} are needed and cannot be optional."
    if scopes.get("user") or scopes.get("user_optional"):
        yield "slack: it asks for user scopes; the program acts as itself only."


def _shortcuts(manifest: Json) -> Iterator[str]:
    features = manifest.get("features", {})
    found = {(shortcut["type"], shortcut["callback_id"]) for shortcut in features.get("shortcuts", [])}
    wanted = {("global", RAISE), ("message", REPORT)}
    for kind, id in sorted(wanted - found):
        yield f"slack: the {kind} shortcut {id} is missing."
    for kind, id in sorted(found - wanted):
        yield f"slack: the {kind} shortcut {id} is one that the program does not handle."


def _slack_settings(manifest: Json) -> Iterator[str]:
    settings, features = manifest.get("settings", {}), manifest.get("features", {})
    events = settings.get("event_subscriptions", {})
    if extra := {*events.get("bot_events", []), *events.get("user_events", [])} - {*slack.EVENTS}:
        yield f"slack: it subscribes to events that the program does not handle: {_listed(extra)}."
    if lacking := {*slack.EVENTS} - {*events.get("bot_events", [])}:
        yield f"slack: the events {_listed(lacking)} are missing; the program needs them."
    if settings.get("token_rotation_enabled"):
        yield "slack: token rotation is on; the program does not refresh tokens."
    if "bot_user" not in features:
        yield "slack: there is no bot user, so no card could be posted."


def _doors(manifest: Json, address: str) -> Iterator[str]:
    door = address.rstrip("/") + slack.EVENTS_PATH if address else ""
    for name, url in _addresses(manifest):
        if not url.startswith("https://") or not urlsplit(url).hostname:
            yield f"slack: {name} is {url or 'missing'}; it must be an https address."
        elif not url.endswith(slack.EVENTS_PATH) or (door and url != door):
            yield f"slack: {name} leads to {url}, where the program does not listen."


def _addresses(manifest: Json) -> Iterator[tuple[str, str]]:
    interactivity = manifest.get("settings", {}).get("interactivity", {})
    yield "interactivity.request_url", interactivity.get("request_url", "")
    yield "interactivity.message_menu_options_url", interactivity.get("message_menu_options_url", "")
    events = manifest.get("settings", {}).get("event_subscriptions", {})
    yield "event_subscriptions.request_url", events.get("request_url", "")
    for command in manifest.get("features", {}).get("slash_commands", []):
        yield f"the address of {command['command']}", command.get("url", "")


def _extension(manifest: Json) -> Iterator[str]:
    commands = [command for each in manifest.get("composeExtensions", []) for command in each.get("commands", [])]
    contexts = {RAISE: ["compose", "commandBox"], REPORT: ["message"]}
    for id in sorted(contexts.keys() - {command["id"] for command in commands}):
        yield f"teams: the message command {id} is missing."
    for command in commands:
        if command["id"] not in contexts:
            yield f"teams: the message command {command['id']} is one that the program does not handle."
        elif command.get("type") != "action" or not command.get("fetchTask"):
            yield f"teams: {command['id']} must be an action with fetchTask, or no dialog opens."
        elif command.get("context") != contexts[command["id"]]:
            yield f"teams: {command['id']} must stand in {_listed(contexts[command['id']])}."


def _permissions(manifest: Json) -> Iterator[str]:
    permissions = manifest.get("authorization", {}).get("permissions", {}).get("resourceSpecific", [])
    asked = {permission["name"] for permission in permissions}
    if extra := asked - {*teams.PERMISSIONS, teams.LOOK_UP}:
        yield f"teams: it asks for {_listed(extra)}, which the program does not need."
    if lacking := set(teams.PERMISSIONS) - asked:
        yield f"teams: the permissions {_listed(lacking)} are missing."


def _teams_ids(manifest: Json) -> Iterator[str]:
    bots = {bot["botId"] for bot in manifest.get("bots", [])}
    extensions = {each.get("botId") for each in manifest.get("composeExtensions", [])}
    if not bots or bots != extensions or bots != {manifest.get("webApplicationInfo", {}).get("id")}:
        yield "teams: bot, message extension and webApplicationInfo must name one and the same client id."
    if not re.fullmatch(r"\d+\.\d+\.\d+", str(manifest.get("version"))):
        yield f"teams: {manifest.get('version')} is no semantic version (three numbers with dots)."
    if manifest.get("supportsChannelFeatures") != "tier1":
        yield "teams: supportsChannelFeatures must be tier1, or the app cannot join a private channel."
    for domain in manifest.get("validDomains", []) or [""]:
        if not domain or "*" in domain or "/" in domain or domain == "localhost":
            yield f"teams: {domain or 'nothing'} is no domain of the program's own."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
