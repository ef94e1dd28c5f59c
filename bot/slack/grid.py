"""Payloads of an organisation of several workspaces (Enterprise Grid), as those of the one where the school's app is.

In an organisation a person has one id in all its workspaces, and a payload may name as theirs another than the
school's: they are known by organisation and user, and stand in the workspace of the installation. What comes from
another organisation, or from none, stays as it was: a guest through Slack Connect is of their own workspace. Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.intake import Json
from bot.slack.body import part, parts, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """Where the app is installed, as the school file says; empty for what it does not."""

    team: str = ""
    organisation: str = ""


def whose(body: Json, every: Sequence[Installed], signed_by: Collection[int]) -> int | None:
    """Which of several installations a request is for, of those whose secret has signed it. None where that is none, or
    cannot be told, or where it speaks of somebody of another one that is served here: each answers for its own alone.

    What names no workspace at all is the only one's: an app of a whole organisation need not say more.
    """
    organisation, named = _organisation(body), _named(body)
    ours = [number for number in signed_by if named in (every[number].team, "") or every[number].team == ""]
    ours = ours or [number for number in signed_by if every[number].organisation == organisation != ""]
    if len(ours) != 1:
        return None
    home = every[ours[0]]
    others = {one.team for one in every} - {home.team}
    return ours[0] if others.isdisjoint(_told(at_home(body, home))) else None


def _told(body: Json) -> frozenset[str]:
    """Every workspace by which a request may say who somebody is."""
    user = text(part(body, "user"), "team_id")
    return frozenset({text(body, "team_id"), text(part(body, "team"), "id"), user} - {""})


def at_home(body: Json, installed: Installed) -> Json:
    """The body with the installation's workspace as everybody's, where it comes from its organisation."""
    organisation = _organisation(body)
    workspace = _workspace(body, installed) if organisation else ""
    if installed.organisation:
        workspace = installed.team if organisation == installed.organisation else ""
    if not workspace or installed.team not in ("", workspace):
        return body
    return {**body, "team_id": workspace, **_of(body, "team", id=workspace), **_of(body, "user", team_id=workspace)}


def _of(body: Json, name: str, **ids: str) -> Json:
    """That object of an interaction with those ids; nothing where there is none, as in a command or an event."""
    if name == "team":
        return {"team": {**part(body, "team"), **ids}} if "user" in body else {}
    return {name: {**part(body, name), **ids}} if isinstance(body.get(name), dict) else {}


def _organisation(body: Json) -> str:
    """The organisation of the payload, wherever that kind of payload says it."""
    authorised = _authorised(body)
    told = (
        text(part(body, "enterprise"), "id"), text(body, "enterprise_id"), text(part(body, "team"), "enterprise_id"),
        text(authorised, "enterprise_id"),
    )  # fmt: skip
    return next(filter(None, told), "")


def _workspace(body: Json, installed: Installed) -> str:
    """The workspace in which the app was used. With an app of the whole organisation there may be none: then it is the
    school's own, for one installation serves one school."""
    of_all = str(body.get("is_enterprise_install")).lower() == "true"
    return _named(body) or (installed.team or text(part(body, "view"), "team_id") if of_all else "")


def _named(body: Json) -> str:
    """The workspace in which the app was used, as that kind of payload says it; empty where it does not."""
    told = (
        text(part(body, "view"), "app_installed_team_id"), text(part(body, "team"), "id"),
        text(_authorised(body), "team_id"), text(body, "team_id"),
    )  # fmt: skip
    return next((one for one in told if one.startswith("T")), "")


def _authorised(body: Json) -> Json:
    """The installation that an event was sent for."""
    given = parts(body, "authorizations")
    return given[0] if given else {}
