"""Where a school is met: its Slack workspace, its Teams tenant. One office for each, with that one's token alone, and
one door for each platform, however many offices are behind it.

A platform's package is brought in only where something is set up on it: Teams' card models take a quarter of a second.
"""

from collections.abc import Collection, Mapping, Sequence

from bot.offices.office import Door, Office, Parts
from bot.school_file import SchoolFile
from bot.tenancies import Tenancies

Offices = Mapping[tuple[str, str], Office]
"""By platform and tenant."""


def open_up(parts: Parts, tenancies: Tenancies, files: Collection[SchoolFile]) -> tuple[Offices, Sequence[Door]]:
    """An office in each tenant of a school that something is set up for, and the doors before them."""
    home = {tenant: file for file in files for tenant in file.school.tenants}
    offices: dict[tuple[str, str], Office] = {}
    doors: list[Door] = []
    if on_slack := [one for one in tenancies.slack if ("slack", one.team) in home]:
        from bot.offices import slack  # noqa: PLC0415

        workspaces = [slack.open_office(parts, one, home["slack", one.team]) for one in on_slack]
        offices |= {("slack", one.tenant): one for one in workspaces}
        doors.append(slack.door(parts, workspaces))
    if on_teams := [one for one in tenancies.teams if ("teams", one.tenant) in home]:
        from bot.offices import teams  # noqa: PLC0415

        tenants = [teams.open_office(parts, one, home["teams", one.tenant]) for one in on_teams]
        offices |= {("teams", one.tenant): one for one in tenants}
        doors.append(teams.door(parts, tenants))
    return offices, doors
