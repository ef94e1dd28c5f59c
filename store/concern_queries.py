"""What is asked of concerns, each statement built once. What was disposed of is found by nothing."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    Table,
    Uuid,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from handlers.rules.concern import About, Second, Status
from handlers.rules.reference import of_any_year
from store.case_tables import concern_children
from store.sqlite import AT_LENGTH
from store.tables import concern_named, concerns
from store.work import SCHOOL
from store.wrote import LINKED

OPEN = (Status.SUBMITTED, Status.SEEN, Status.ACCEPTED, Status.TRIAGED)
"""Named one by one: an index serves a list, and not "anything but"."""


def _linked(table: Table, other: str) -> ScalarSelect[str]:
    """Read as ids in one text, a space between."""
    mine = (table.c.school == concerns.c.school, table.c.concern == concerns.c.id)
    return select(func.aggregate_strings(cast(table.c[other], String), " ")).where(*mine).scalar_subquery()


def _query(*wanted: ColumnElement[bool]) -> Select[Any]:
    """What was disposed of is found by nothing: so nobody tries to open what is gone."""
    links = (_linked(table, other).label(name) for name, table, other in LINKED)
    mine = (concerns.c.school == SCHOOL, concerns.c.disposed_at.is_(None))
    return select(concerns, *links).where(*mine, *wanted)


_PERSON = bindparam("person", type_=Uuid())
_IS_OPEN = concerns.c.status.in_(OPEN)
BY_ID = _query(concerns.c.id == bindparam("id"))
AMONG = _query(concerns.c.id.in_(bindparam("ids", expanding=True)))
BY_REFERENCE = _query(concerns.c.reference.in_(bindparam("references", expanding=True)))
_NUMBER = bindparam("number", type_=String())
TAKEN = select(concerns.c.reference).where(
    concerns.c.school == SCHOOL,
    # The years are written into it: to give each of a hundred references by itself costs more than to look for them.
    concerns.c.reference.in_([literal_column(f"'{year}'", String()).concat(_NUMBER) for year in of_any_year("")]),
)
IDS = select(concerns.c.id).where(
    concerns.c.school == SCHOOL, concerns.c.reference.in_(bindparam("references", expanding=True))
)
UNACCEPTED = _query(concerns.c.status.in_((Status.SUBMITTED, Status.SEEN)), concerns.c.owner.is_(None))
ALL_OPEN = _query(_IS_OPEN)
WAITING = _query(
    _IS_OPEN,
    or_(
        concerns.c.owner.is_(None),
        concerns.c.owner == _PERSON,
        concerns.c.offered_to == _PERSON,
        concerns.c.second == Second.WANTED,
        concerns.c.close_proposed_by.is_not(None),
    ),
)
REPORTED = _query(concerns.c.reporter == _PERSON)
_OF_THIS = (concern_named.c.school == concerns.c.school, concern_named.c.concern == concerns.c.id)
_NEWEST = concerns.alias("newest")
_NEWEST_CLOSED = (
    select(_NEWEST.c.id)
    .where(_NEWEST.c.school == SCHOOL, _NEWEST.c.reporter == _PERSON, _NEWEST.c.status == Status.CLOSED)
    .order_by(_NEWEST.c.submitted_at.desc())
    .limit(bindparam("closed", type_=Integer))
)
LATELY = _query(
    concerns.c.reporter == _PERSON,
    or_(_IS_OPEN, concerns.c.id.in_(_NEWEST_CLOSED), concerns.c.id.in_(bindparam("ids", expanding=True))),
)
MANY = (
    select(func.count().label("many"))
    .where(concerns.c.school == SCHOOL, concerns.c.reporter == _PERSON)
    .where(concerns.c.disposed_at.is_(None), concerns.c.drill.is_(False))
    .where(~exists().where(*_OF_THIS, concern_named.c.person == _PERSON))
)
OF_PUPIL = _query(
    concerns.c.id.in_(
        select(concern_children.c.concern).where(
            concern_children.c.school == SCHOOL, concern_children.c.pupil == bindparam("pupil")
        )
    )
)
NAMING = _query(
    concerns.c.id.in_(
        select(concern_named.c.concern).where(concern_named.c.school == SCHOOL, concern_named.c.person == _PERSON)
    )
)
ABOUT_ADULTS = _query(concerns.c.about.in_((About.ADULT, About.BOTH)))
SINCE = _query(
    concerns.c.submitted_at >= bindparam("since"), concerns.c.submitted_at < bindparam("until")
).execution_options(**{AT_LENGTH: True})
