"""Who may do what: one table, relation by doing. Pure. The state's own rules are in `rules.concern`."""

from enum import StrEnum

from handlers.rules.action import Action
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.rules.routing import receives


class Doing(StrEnum):
    READ = "read"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    DECIDE = "decide"
    CLOSE = "close"
    SEE_RECEIPT = "see_receipt"
    ADD = "add"
    READ_ACTION = "read_action"
    FINISH_ACTION = "finish_action"


class Relation(StrEnum):
    NAMED = "named"
    """Outweighs every other relation and every role."""
    RECIPIENT = "recipient"
    REPORTER = "reporter"
    ACTION_OWNER = "action_owner"


TABLE: dict[Relation, frozenset[Doing]] = {
    Relation.NAMED: frozenset(),
    Relation.RECIPIENT: frozenset(Doing) - {Doing.SEE_RECEIPT, Doing.ADD},
    Relation.REPORTER: frozenset({Doing.SEE_RECEIPT, Doing.ADD}),
    Relation.ACTION_OWNER: frozenset({Doing.READ_ACTION, Doing.FINISH_ACTION}),
}


def relations(person: Person, concern: Concern, action: Action | None = None) -> frozenset[Relation]:
    """Every relation that person has to the concern now."""
    if person.id in concern.named:
        return frozenset({Relation.NAMED})
    held = {
        Relation.RECIPIENT: receives(concern, person),
        Relation.REPORTER: concern.reporter == person.id,
        Relation.ACTION_OWNER: action is not None and action.owner == person.id,
    }
    return frozenset(relation for relation, holds in held.items() if holds)


def may(person: Person, doing: Doing, concern: Concern, action: Action | None = None) -> bool:
    return any(doing in TABLE[relation] for relation in relations(person, concern, action))
