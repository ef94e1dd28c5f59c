"""Saying that one will be away: when, who covers, and what they need to know."""

from collections.abc import Sequence

from handlers.rules.people import Person
from handlers.ui import who
from handlers.ui.card import Quote, Words
from handlers.ui.form import DateField, Field, Form, Part, TextField
from handlers.ui.spoken_days import Looks

AWAY = "away"
NOTE = "away_note"
NOBODY = "Nobody else can take over what you have. Escalate any concern that cannot wait."


def form(key: str, now: str = "", others: Sequence[Person] = ()) -> Form:
    """`now`: what they said before, which this takes the place of."""
    parts: tuple[Part, ...] = (
        *((Words(text=now),) if now else ()),
        Words(text="What you have stays yours until your cover takes it over.", subtle=True),
        DateField(name="from", label="First day away", looks=Looks.AHEAD, required=True),
        DateField(
            name="until", label="Last day away", looks=Looks.AHEAD, required=True,
            hint="If you are back sooner, type /concern back."
        ),
        *_cover(others),
        TextField(
            name="note", label="What they need to know", long=True,
            hint="Only they can read it. It is never shown in chat.",
        ),
    )  # fmt: skip
    return Form(id=AWAY, key=key, title="I will be away", submit="Tell them", leave="Cancel", parts=parts)


def nobody(key: str) -> Form:
    return Form(id=AWAY, key=key, title="I will be away", parts=(Words(text=NOBODY),))


def note(key: str, who: str, pieces: Sequence[Quote]) -> Form:
    """What whoever is away wrote for their cover."""
    return Form(id=NOTE, key=key, title="Their note", parts=(Words(text=f"From {who}", subtle=True), *pieces))


def _cover(others: Sequence[Person]) -> tuple[Field, ...]:
    return (who.one_of("cover", "Who covers for you", others),) if others else ()
