"""What the reporter keeps: that it is safe, who has it, and what has happened to it since. No child, no words."""

from handlers.reporter import duty_card, who_has_it
from handlers.reporter.draft_card import complete_button
from handlers.rules import own_words
from handlers.rules.calendar import Calendar
from handlers.rules.concern import About, Concern, ReporterAs, Status, Urgency
from handlers.rules.held import Held
from handlers.rules.home_time import Why
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Role
from handlers.rules.routing import LADO_IS_SHOWN
from handlers.situation import Situation
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Part, Press, Words

RECEIVED = "Received"
NOBODY_YET = "Nobody in school yet: see below"
OUTSIDE = "Whom you may ring"
"""The press that opens it."""
MOVED = "moved_"
"""Begins the step of a receipt that comes anew because its time has moved; the number of the entry by which follows."""
OTHER_HOURS = "School has other hours than usual, so this is a new time."
MAY_RING = f"You may ring somebody outside school about this yourself. Press “{OUTSIDE}” to read whom."


def receipt_card(
    concern: Concern, now: Situation, *, proof: str = "", danger: str = "", window: bool = False, moved: bool = False
) -> Card:
    """The receipt as things stand now. `proof` is the first digits of its entry in the trail.

    `danger` says who was told of danger and who has opened it, while nobody owns it.
    `moved`: school has other hours by now, and so it tells of another time than it did.
    `window`: it stands in a window and nowhere else, so it may say whom to ring outside school. In chat that would tell
    what kind of concern it is.
    """
    pairs = [
        ("Reference", concern.reference),
        *steps(concern, now.calendar),
        ("Who has it", _who_has_it(now)),
        ("State", status(concern, now.held)),
    ]
    if concern.owner is None and now.accept_by and now.accept_by > now.at and now.reached and not now.cut_off:
        pairs.append(("Somebody should take it on by", say.moment(now.accept_by, now.calendar)))
    add = Button(press=Press.ADD, label="Add to it", subject=concern.id, version=concern.version)
    unhappy = Button(press=Press.NOT_SATISFIED, label="I am not satisfied", subject=concern.id, version=concern.version)
    calm = now.reached and not now.cut_off and concern.urgency is not Urgency.NOW
    urgent = (Words(text=danger, alert=True),) if danger else ()
    other = (Words(text=OTHER_HOURS, alert=True),) if moved else ()
    words: tuple[Part, ...] = (
        *urgent, *other, *_woken(concern, now), Words(text=advice(concern, now), subtle=calm, alert=not calm),
    )  # fmt: skip
    if (concern.urgency is Urgency.NOW or now.cut_off) and concern.owner is None and (ring_now := numbers(now)):
        words = (*words, Facts(ring_now))
    ring = outside(concern, now)
    words = (*words, *(ring if window or not ring else (Words(text=MAY_RING),)), *_duty(now))
    own = (duty_card.button(concern),) if now.duty.called else ()
    told = _to_read(concern, told=now.told and concern.reporter_as is ReporterAs.STAFF, ring=bool(ring) and not window)
    whole = (complete_button(concern.id),) if now.incomplete else ()
    return Card(
        summary=f"Your concern {concern.reference}: {status(concern, now.held).lower()}",
        parts=(
            Heading("Your concern has been received"),
            Facts(tuple(pairs)),
            *words,
            *_proof(proof, now),
            Buttons((*whole, *own, *told, add, unhappy)),
        ),
    )


def _who_has_it(now: Situation) -> str:
    """Whoever it stands before: not the leads where all of them are named, for nobody may be sent to ask them of it."""
    if not now.reached or now.cut_off:
        return NOBODY_YET
    return who_has_it.named(now.held)


WOKEN = {
    Why.BELL: "Home time has come, so your concern counts as “now”: they are being told again.",
    Why.CLOSED: "School is closed, so “today” goes to them as “now”: they are being told at once.",
    Why.ANSWER: "By your answers it goes to them as “now”: they are being told at once.",
}
"""Why it counts as "now" though something else was chosen; never which answer."""


def _woken(concern: Concern, now: Situation) -> tuple[Part, ...]:
    """While nobody has it: they chose another word, and read what became of it."""
    waits = concern.owner is None and concern.status is not Status.CLOSED
    return (Words(text=WOKEN[Why(now.woken)], alert=True),) if now.woken and waits else ()


def goes_to(whole: Held, part: Held | None, *, about: About) -> tuple[tuple[str, str], ...]:
    """Before it is sent: which part goes where. Nothing where the whole goes to the leads, as most do."""
    if about is About.CHILD and whole.by == (Role.LEAD,):
        return ()
    went = (("It goes to" if part is None else "The whole account goes to", _goes(whole)),)
    return went if part is None else (*went, ("The child's part, without the adult, goes to", _goes(part)))


def _goes(held: Held) -> str:
    return who_has_it.inside(held) if held.by else "nobody in school: your receipt says whom to ring"


def steps(concern: Concern, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """What has happened to it, in order, each with its time; for a relative or the subject only that it came."""
    if concern.reporter_as is not ReporterAs.STAFF:
        return (("Received", say.moment(concern.submitted_at, calendar)),)
    moments = {
        Status.SUBMITTED: ("Received", concern.submitted_at),
        Status.SEEN: ("Read", concern.seen_at),
        Status.ACCEPTED: ("Taken on", concern.accepted_at),
        Status.TRIAGED: ("A decision was recorded", concern.triaged_at),
        Status.CLOSED: ("Closed", concern.closed_at),
    }
    reached = list(moments)[: list(moments).index(concern.status) + 1]
    passed = (moments[status] for status in reached)
    return tuple((words, say.moment(at, calendar)) for words, at in passed if at is not None)


def _proof(proof: str, now: Situation) -> tuple[Facts, ...]:
    """What shows later that nothing was changed: its entry in the trail, and the digests of what a child said."""
    digests = ", ".join(digest[: own_words.SHOWN] for digest in now.own_words)
    shown = [*([proof] if proof else []), *([f"the child's words {digests}"] if digests else [])]
    return (Facts((("Proof", " · ".join(shown)),)),) if shown else ()


def _to_read(concern: Concern, *, told: bool, ring: bool) -> tuple[Button, ...]:
    """The one press for what is read in a window: what the lead wrote for them, and whom they may ring."""
    label = "A message for you" if told else OUTSIDE
    answer = Button(press=Press.TOLD, label=label, subject=concern.id, version=concern.version)
    return (answer,) if told or ring else ()


def outside(concern: Concern, now: Situation) -> tuple[Words | Facts, ...]:
    """Whom the reporter may ring outside school, where nobody in its leadership can be asked to. For a window."""
    shown: list[Words | Facts] = []
    if concern.route in LADO_IS_SHOWN and concern.reporter_as is not ReporterAs.SUBJECT:
        shown += [Words(text=ENGLAND.words["lado_for_reporter"]), Facts((now.officer,))]
    if concern.about is About.PRACTICE:
        shown.append(Words(text=ENGLAND.words["whistleblowing"]))
    return tuple(shown)


def _duty(now: Situation) -> tuple[Part, ...]:
    """That there may be a duty of their own: which one is in the window. Whatever a lead does, it stays."""
    if not now.duty.called:
        return ()
    if now.duty.logged_at is None:
        return (
            Words(text=f"{duty_card.MAY_HAVE} Press “{duty_card.READ}” to read what it is and by when.", alert=True),
        )
    what = duty_card.NOT_YOURS if now.duty.not_theirs else "You logged your own call"
    return (Facts(((what, say.moment(now.duty.logged_at, now.calendar)),)),)


def status(concern: Concern, held: Held) -> str:
    """The reporter's status words: received, read, owned and by whose post, decision recorded, closed."""
    if concern.reporter_as is not ReporterAs.STAFF:
        return RECEIVED
    return {
        Status.SUBMITTED: RECEIVED,
        Status.SEEN: "Read",
        Status.ACCEPTED: who_has_it.taken_on(held.owner),
        Status.TRIAGED: "A decision has been recorded",
        Status.CLOSED: "Closed",
    }[concern.status]


def advice(concern: Concern, now: Situation) -> str:
    """Whom to ring; out of hours when it will be read, while the receipt does not say that it has been."""
    ring = who_has_it.in_danger(now.held)
    if not now.reached:
        return f"Nobody in school can receive this. Ring {now.outside} yourself, now."
    if now.cut_off:
        do = who_has_it.in_person(now.held, otherwise=f"ring {now.outside} yourself, now")
        return f"It is saved, but nobody in school can be reached by chat at present. {do}."
    if concern.urgency is Urgency.NOW or now.calendar.is_open(now.at) or status(concern, now.held) != RECEIVED:
        return ring
    opening = say.moment(now.calendar.next_opening(now.at), now.calendar)
    return f"School is closed. It will be read from {opening}. {ring}"


def numbers(now: Situation) -> tuple[tuple[str, str], ...]:
    """Whom to ring now: those who have it, and whoever is there when school is closed or none of them is here."""
    needed = not now.calendar.is_open(now.at) or not now.numbers.here
    return now.numbers.with_outside(now.outside_number) if needed else now.numbers.listed()
