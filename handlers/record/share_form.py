"""Sharing chosen paragraphs with a named colleague until a date, with the reason. What is asked, and what they read."""

from collections.abc import Sequence

from handlers.rules.pack import ENGLAND
from handlers.ui.card import Facts, Words
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Form, Option, Part, PickField, Source, TextField
from handlers.ui.spoken_days import Looks

SHARE, REVOKE, SHARED = "share", "unshare", "shared"
MOST = 10
LABELS = {"fields": "Shared"}


def share(key: str, reference: str, paragraphs: Sequence[Option] = ()) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    chosen = ChoicesField(
        name="fields", label="What do they need to know?", options=tuple(paragraphs), most=MOST, required=True,
        hint="They can read these paragraphs and nothing else.",
    )  # fmt: skip
    parts: tuple[Part, ...] = (
        PickField(name="to", label="Who with?", source=Source.STAFF, required=True, hint="Type two letters."),
        *((chosen,) if paragraphs else ()),
        DateField(
            name="until", label="Until", looks=Looks.AHEAD, required=True,
            hint="It ends by itself at the end of that day.",
        ),
        TextField(
            name="reason", label="Why do they need it?", required=True, long=True, most=1000,
            hint=ENGLAND.words["share"],
        ),
    )  # fmt: skip
    return Form(id=SHARE, key=key, title="Share", parts=(*about, *parts), submit="Share", leave="Cancel")


def revoke(key: str, reference: str, given: Sequence[Option] = ()) -> Form:
    """Every share that has not ended; one is chosen to end now."""
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    if not given:
        nothing = Words(text="Nothing of this concern is shared with anybody now.")
        return Form(id=REVOKE, key=key, title="Shared with", parts=(*about, nothing))
    choose = ChoiceField(name="share", label="Which one should end?", options=tuple(given), required=True)
    reason = TextField(name="reason", label="Why?", required=True, most=500)
    return Form(
        id=REVOKE, key=key, title="Shared with", parts=(*about, choose, reason), submit="End it", leave="Cancel"
    )


def shared(key: str, reference: str, until: str, parts: Sequence[Part]) -> Form:
    """What one colleague reads: the chosen paragraphs, word for word."""
    told = Words(text="This is for you alone. Do not copy it or pass it on; ask whoever shared it.", subtle=True)
    return Form(id=SHARED, key=key, title=f"Concern {reference}", parts=(Facts((("Until", until),)), told, *parts))
