"""The cards of disposing of a record: a reference, names of staff and a time."""

from datetime import datetime

from handlers.rules.concern import Concern
from handlers.rules.people import PersonId
from handlers.rules.two_people import lapses
from handlers.situation import Situation
from handlers.triage.another_card import proposed_card, settled_card
from handlers.ui import say
from handlers.ui.card import Button, Card, Heading, Press, Words


def question_card(concern: Concern, now: Situation, *, by: PersonId | None, since: datetime | None) -> Card:
    """For whoever may agree; `since`: when it was proposed, None once that is settled."""
    if since is None:
        return settled_card(f"Disposal of concern {concern.reference}")
    words = f"Nothing of it can be read after that. An answer is taken until {say.moment(lapses(since), now.calendar)}."
    ask = Button(
        press=Press.AGREE_DISPOSE, label="Read and answer", subject=concern.id, version=concern.version
    )
    return proposed_card(
        concern, now, what=f"Disposal of concern {concern.reference}", by=by, since=since, words=words, ask=ask
    )


def done_card(reference: str, *, by: str, when: str) -> Card:
    """For who proposed it. There is no button: there is nothing to open any more."""
    heading = f"The record of concern {reference} is destroyed"
    words = f"{by} agreed, {when}. Nobody can read it again. That it was destroyed stays in the trail."
    return Card(summary=heading, parts=(Heading(heading), Words(text=words)))
