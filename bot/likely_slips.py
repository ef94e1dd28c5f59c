"""What in a school file may be right and is likely a slip: an id of another kind, a clock of another country.

The school is served all the same, and `check` says each. Rows are named by their keys; no value is shown.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.school_tables import File, PersonRow

_OBJECT_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{4,40}")
_SLACK_TEAM = re.compile(r"T[A-Z0-9]{4,40}")
_SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{4,40}")
_CLOCK = ZoneInfo("Europe/London")
_MOST_NAMED = 5

_USER = "begins with U or W, all in capitals: in the person's profile, under the three dots, Copy member ID"
_OBJECT = "is their object ID in Entra, such as a1f0c9d2-0001-4c5e-9b1a-000000000002, and no address"


def warnings(raw: File, forms: Collection[str]) -> list[str]:
    """A sentence each. `forms`: those of the list of pupils; none where there is no list."""
    return [*_places(raw), *_accounts(raw.people), *_numbers(raw), *_days(raw), *_tutors(raw.people, forms)]


def _places(raw: File) -> Iterator[str]:
    if raw.slack and not _SLACK_TEAM.fullmatch(raw.slack.team):
        yield "[slack] team: a workspace's id begins with T, all in capitals. With another no request is known."
    if raw.slack and raw.slack.leads_channel and not _SLACK_CHANNEL.fullmatch(raw.slack.leads_channel):
        yield (
            "[slack] leads_channel: it wants the channel's id, not its name. It begins with C, all in capitals, and "
            "stands at the foot of View channel details."
        )
    if raw.teams and not _OBJECT_ID.fullmatch(raw.teams.tenant):
        yield "[teams] tenant: it wants the tenant's ID in Entra, such as 7d9a1c52-3b7e-4e0f-8a55-0f6f6b1d2c01."
    if raw.teams and raw.teams.leads_channel and not raw.teams.leads_channel.startswith("19:"):
        yield "[teams] leads_channel: its id begins with 19: and stands in what Get link to channel gives."


def _accounts(people: Sequence[PersonRow]) -> Iterator[str]:
    """Whoever has an id that no platform gives is never reached, and what they type is a stranger's."""
    slack = [one.key for one in people if one.slack and not _SLACK_USER.fullmatch(one.slack)]
    teams = [one.key for one in people if one.teams and not _OBJECT_ID.fullmatch(one.teams)]
    mail = [one.key for one in people if one.mail and not re.fullmatch(r"[^@\s]{1,200}@[^@\s]{1,200}", one.mail)]
    if slack:
        yield f"people: the Slack id of {_named(slack)} does not look like one. It {_USER}."
    if teams:
        yield f"people: the Teams id of {_named(teams)} does not look like one. It {_OBJECT}."
    if mail:
        yield f"people: the mail address of {_named(mail)} does not look like one."


def _numbers(raw: File) -> Iterator[str]:
    """A number that somebody is told to ring, with no figure in it."""
    contacts = {"outside_contact": raw.outside_contact, "local_authority": raw.local_authority, "lado": raw.lado}
    for name, one in contacts.items():
        if one and not _has_figures(one.telephone):
            yield f"[{name}] telephone: there is no number in it, and people are told to ring it."
    if without := [one.key for one in raw.people if one.telephone and not _has_figures(one.telephone)]:
        yield f"people: the telephone of {_named(without)} has no number in it."


def _days(raw: File) -> Iterator[str]:
    zone = ZoneInfo(raw.school.zone)
    year = raw.terms[0].first.year
    moments = [datetime(year, month, 1, tzinfo=UTC) for month in (1, 7)]
    if any(moment.astimezone(zone).utcoffset() != moment.astimezone(_CLOCK).utcoffset() for moment in moments):
        yield (
            "[school] zone: it is not the time of the United Kingdom, summer time included (Europe/London), so each "
            "clock runs by another country's."
        )
    terms = sorted(raw.terms, key=lambda term: term.first)
    for before, after in pairwise(terms):
        if after.first <= before.last:
            yield f"[[terms]]: one begins on {after.first}, before another ends on {before.last}."
    if strays := [day for day in raw.inset if not any(term.first <= day <= term.last for term in terms)]:
        yield f"inset: {_named([str(day) for day in sorted(strays)])} {_is(strays)} in no term."
    if weekend := [day for day in raw.inset if day.weekday() >= _SATURDAY]:
        yield f"inset: {_named([str(day) for day in sorted(weekend)])} {_is(weekend)} at a weekend."


_SATURDAY = 5


def _is(days: Sequence[date]) -> str:
    return "is" if len(days) == 1 else "are"


def _tutors(people: Sequence[PersonRow], forms: Collection[str]) -> Iterator[str]:
    known = {form.strip().casefold() for form in forms}
    of_none = [one.key for one in people if one.tutor_of.strip() and one.tutor_of.strip().casefold() not in known]
    if known and of_none:
        yield f"people: {_named(of_none)}: tutor_of names a form that nobody in the list of pupils is in."


def _has_figures(text: str) -> bool:
    return sum(letter.isdecimal() for letter in text) >= 1


def _named(keys: Sequence[str]) -> str:
    more = len(keys) - _MOST_NAMED
    return ", ".join(keys[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
