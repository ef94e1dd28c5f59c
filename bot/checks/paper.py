"""What runs out: the words of the law that are in use, and the terms of the school file."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.checks.finding import Finding, day, ok
from handlers.rules import letters
from handlers.rules.calendar import WARNED_BEFORE, Calendar
from handlers.rules.letters import LETTERS
from handlers.rules.pack import Pack
from handlers.rules.school import School
from handlers.rules.source import tally


def pack_lines(pack: Pack, today: date) -> Sequence[Finding]:
    """Which words of the law are in use, until when, and how well founded; wrong once their time is over.

    A pack that is not whole keeps the program from starting at all.
    """
    waiting = sum(duty.in_force is None for duty in pack.duties)
    not_yet = f", {waiting} of them not yet in force" if waiting else ""
    offered = sum(not agency.retired for agency in pack.agencies)
    held = (
        f"Guidance pack: {pack.edition}, from {day(pack.since)}: {len(pack.kinds)} kinds of concern, "
        f"{len(pack.duties)} personal duties{not_yet}; {offered} agencies, {len(LETTERS)} letters to them."
    )
    return [ok(held), *_founded(pack), *_expiry(pack, today)]


def _founded(pack: Pack) -> Sequence[Finding]:
    found = tally((*pack.statements, *letters.statements(LETTERS)))
    if found.read is None:
        read = "none of them read"
    else:
        first, last = found.read
        read = f"read on {day(last)}" if first == last else f"read between {day(first)} and {day(last)}"
    counted = f"Guidance pack: {found.statements} statements, {read}; {found.defaults} of them are defaults of ours."
    lines = [ok(counted)]
    if found.unread:
        lines.append(ok(
            f"Guidance pack: {len(found.unread)} statements are yet to be read by somebody who knows the law. Each says"
            " what, under `to_read`, in handlers/rules/packs."
        ))  # fmt: skip
    return lines


def _expiry(pack: Pack, today: date) -> Sequence[Finding]:
    """When it expires, which is always said; wrong from the day after."""
    if today > pack.expires:
        return [Finding(text=f"Guidance pack: {pack.edition} expired on {day(pack.expires)}. {_NEWER}")]
    soon = f" {_NEWER}" if pack.expires - today <= WARNED_BEFORE else ""
    return [ok(f"Guidance pack: {pack.edition} expires on {day(pack.expires)}.{soon}")]


_NEWER = "Bring Heard up to date, with the pack that was read against this year's guidance."


def plan_of(school: School, at: datetime) -> Sequence[Finding]:
    calendar = school.calendar
    return plan_lines(calendar, at.astimezone(calendar.zone).date())


def plan_lines(calendar: Calendar, today: date) -> Sequence[Finding]:
    """Whether the terms run out: from six weeks before, and wrong once they have."""
    first = calendar.first_unplanned(today)
    if first is None or first - today > WARNED_BEFORE:
        return ()
    when = f"{first:%A} {day(first)}"
    text = f"terms: nothing is said of {when} and the days after. {_COUNTS}"
    return (Finding(text=text, wrong=first == today or not calendar.is_planned(today)),)


_COUNTS = "A day in no term and no holidays counts as a school day: concerns are chased on it. Give the next [[terms]]."
