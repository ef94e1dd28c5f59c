"""Who may do what: one table, relation by doing. Pure. The state's own rules are in `rules.concern`."""

from enum import StrEnum

from handlers.rules.action import Action
from handlers.rules.concern import Concern, ReporterAs
from handlers.rules.people import Person
from handlers.rules.routing import oversees, receives


class Doing(StrEnum):
    """What somebody may want to do with a concern, or with an action of it."""

    READ = "read"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    DECIDE = "decide"
    SAFE_UNTIL = "safe_until"
    """Say why the child is safe until school opens again."""
    CLOSE = "close"
    SECOND_READ = "second_read"
    SIGN_OFF = "sign_off"
    REOPEN = "reopen"
    MERGE = "merge"
    DISPOSE = "dispose"
    """Propose that a record is destroyed, or agree to it."""
    MISFILE = "misfile"
    CORRECT = "correct"
    NAME = "name"
    """Say that a member of staff is named in it or too close."""
    SEAL = "seal"
    REFER = "refer"
    RUN_CASE = "run_case"
    """Record the steps of a case about an adult."""
    SHARE = "share"
    LOOK_BACK = "look_back"
    EXPORT = "export"
    REVIEW = "review"
    """Check its quality as a record."""
    BREAK_GLASS = "break_glass"
    SEE_RECEIPT = "see_receipt"
    ADD = "add"
    READ_ACTION = "read_action"
    FINISH_ACTION = "finish_action"
    """Everything its owner does with an action: acknowledge, begin, wait, ask for more time, done."""
    RUN_ACTION = "run_action"
    """What the concern's side does with it: verify, send back, extend, reassign, cancel."""


class Relation(StrEnum):
    NAMED = "named"
    """Outweighs every other relation and every role."""
    RECIPIENT = "recipient"
    OVERSEER = "overseer"
    """By their post they may read a concern about an adult."""
    BREAK_GLASS = "glass"
    """Break-glass is open for them: two people agreed, for a time."""
    REPORTER = "reporter"
    APART = "apart"
    """The reporter who is a relative or the subject: their own submission, and nothing by role."""
    ACTION_OWNER = "action_owner"


_OWN = frozenset({Doing.SEE_RECEIPT, Doing.ADD})
TABLE: dict[Relation, frozenset[Doing]] = {
    Relation.NAMED: frozenset(),
    Relation.RECIPIENT: frozenset(Doing) - _OWN - {Doing.BREAK_GLASS},
    Relation.OVERSEER: frozenset({Doing.READ, Doing.READ_ACTION}),
    Relation.BREAK_GLASS: frozenset({Doing.READ, Doing.READ_ACTION}),
    Relation.REPORTER: _OWN,
    Relation.APART: _OWN,
    Relation.ACTION_OWNER: frozenset({Doing.READ_ACTION, Doing.FINISH_ACTION}),
}


def relations(
    person: Person, concern: Concern, action: Action | None = None, *, glass: bool = False
) -> frozenset[Relation]:
    """Every relation that person has to the concern now. `glass`: the emergency door is open for them."""
    if person.id in concern.named:
        return frozenset({Relation.NAMED})
    reporter = concern.reporter == person.id
    if reporter and concern.reporter_as is not ReporterAs.STAFF:
        return frozenset({Relation.APART})
    held = {
        Relation.RECIPIENT: receives(concern, person),
        Relation.OVERSEER: oversees(concern, person),
        Relation.BREAK_GLASS: glass,
        Relation.REPORTER: reporter,
        Relation.ACTION_OWNER: action is not None and action.owner == person.id,
    }
    return frozenset(relation for relation, holds in held.items() if holds)


def may(
    person: Person, doing: Doing, concern: Concern, action: Action | None = None, *, glass: bool = False
) -> bool:
    return any(doing in TABLE[relation] for relation in relations(person, concern, action, glass=glass))
