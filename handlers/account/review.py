"""The last look before a concern is sent: what was typed, in order, with at most three hints of the wording guard.

Marks in one sentence are one hint, and where there are more than three hints it is said how many more.

One round, and hints alone: nothing is ever rewritten for the writer, and none of it keeps a concern back. The text
as it was first written is kept beside what becomes of it. A concern that is urgent goes without.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.account import form as concern
from handlers.account import left_open, meant_form, rewriting, tally
from handlers.account import phrase as phrases
from handlers.account import window as account
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.verdict import Meant
from handlers.ui import pages
from handlers.ui.card import Facts, Heading, Quote, Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField
from handlers.wording import guard

PAGE = concern.LAST + 1
MOST_HINTS = 3
MOST_WHYS = 2
"""Reasons that one sentence is told: who is told three feels told off, and reads none."""
ROOM = 9_000
"""Bytes of what was typed that are shown again: with the hints it fits a card of 25 KB."""

_A_QUESTION = 900
"""The same for a question about somebody who may be meant."""

MOVE, REWRITE, EXACT = "move", "rewrite", "exact"
_OPTIONS = {
    MOVE: Option(key=MOVE, label="Move to my view"),
    REWRITE: Option(key=REWRITE, label="Rewrite"),
    EXACT: Option(key=EXACT, label="This is exactly what I saw or heard"),
}
_FIELDS: Mapping[str, tuple[guard.Field, tuple[str, ...]]] = {
    "facts": (guard.Field.FACTS, (MOVE, REWRITE, EXACT)),
    "own_words": (guard.Field.OWN_WORDS, (REWRITE, EXACT)),
    "questions": (guard.Field.QUESTIONS, (EXACT,)),
}
"""The fields that the guard reads, and what may become of a phrase there: a child's words are never moved, and what was
asked is kept as it was asked."""
_WORD_FOR_WORD = Option(key=EXACT, label="Yes, word for word")
_A_CHILDS = {**_OPTIONS, EXACT: Option(key=EXACT, label="These were the exact words")}
AS_ABOVE = "As with the one above."
"""What is said of a second phrase of a kind: who reads the same advice twice reads neither."""
_VIEW_MOST = min(part.most for part in concern.every_field() if isinstance(part, TextField) and part.name == "view")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What is pointed out in one sentence."""

    field: str
    findings: tuple[guard.Finding, ...]
    text: str
    """The whole text that it stands in."""

    @property
    def marked(self) -> tuple[phrases.Span, ...]:
        """The phrases, those with nothing but a space between them as one: "“clearly has anger issues”"."""
        spans: list[phrases.Span] = []
        for finding in self.findings:
            touches = spans and not self.text[spans[-1].end : finding.start].strip()
            start = spans.pop().start if touches else finding.start
            spans.append(phrases.Span(start, finding.end))
        return tuple(spans)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text[span.start : span.end] for span in self.marked)

    @property
    def span(self) -> phrases.Span:
        """From the first phrase to the last."""
        return phrases.Span(self.marked[0].start, self.marked[-1].end)

    @property
    def moves(self) -> phrases.Span:
        """What goes with the phrase when it is moved."""
        return phrases.moves(self.text, self.span)

    @property
    def shown(self) -> str:
        """Its sentence, each phrase marked in it."""
        return phrases.shown(self.text, *self.marked)

    @property
    def advice(self) -> str:
        """Why, once for each kind that is found there, and one example; of many kinds what is true of all."""
        why = tuple(dict.fromkeys(finding.why for finding in self.findings))
        if len(why) <= MOST_WHYS:
            return f"{' '.join(why)} For instance: {self.findings[0].example}"
        said = guard.advice_on(*(finding.kind for finding in self.findings), typed=self.shown)
        return f"{said['why']} For instance: {said['example']}"


def hints(answers: Answers, *, year: str) -> tuple[Hint, ...]:
    """What is pointed out, in order; nothing once the round is over. `more` says how many are not."""
    found = _found(answers, year=year)
    return tuple(found[:MOST_HINTS])


def more(answers: Answers, *, year: str) -> str:
    """How many more there are than the page shows, in words; empty where there are none."""
    left = len(_found(answers, year=year)) - MOST_HINTS
    if left <= 0:
        return ""
    what = "is 1 more sentence" if left == 1 else f"are {left} more sentences"
    return f"There {what} like these that we do not show."


def _found(answers: Answers, *, year: str) -> list[Hint]:
    if answers.get(concern.HINTED):
        return []
    found: list[Hint] = []
    for field, (which, _) in _FIELDS.items():
        text = str(answers.get(field) or "")
        found += _by_sentence(field, text, guard.check(which, text, year=year).findings)
    return found


def _by_sentence(field: str, text: str, findings: Sequence[guard.Finding]) -> list[Hint]:
    """Marks in one sentence are one hint: somebody who is told twice about one sentence reads neither."""
    found: list[Hint] = []
    ends = -1
    for finding in findings:
        if finding.start < ends:
            found[-1] = replace(found[-1], findings=(*found[-1].findings, finding))
        else:
            found.append(Hint(field=field, findings=(finding,), text=text))
        ends = phrases.sentence(text, phrases.Span(finding.start, finding.end)).end
    return found


def first_written(answers: Answers) -> Answers:
    """The answers with each text kept as it is before anything is said about it; what was kept before stays."""
    kept = {concern.FIRST[field]: answers[field] for field in concern.FIRST if answers.get(field)}
    return {**answers, **{name: text for name, text in kept.items() if name not in answers}}


def page(
    key: str, answers: Answers, names: Mapping[str, str], *, year: str, found: Sequence[Meant] = (),
    goes: tuple[tuple[str, str], ...] = (),
) -> Form:
    """The page, with what the draft holds. `found`: who may be meant in it, to be asked about before the hints.

    `goes`: which part goes where, where it is not the whole to the leads.
    """
    pointed_out = hints(answers, year=year)
    advised = _said_once(pointed_out)
    notes = (
        part for number, hint in enumerate(pointed_out, 1) for part in _hint(number, hint, advised[number - 1], answers)
    )
    others = more(answers, year=year)
    hinted = (Heading("Worth a second look"), *notes, *((Words(text=others, subtle=True),) if others else ()))
    left = "" if answers.get(concern.HINTED) else left_open.line(answers)
    asked = meant_form.asked(found)
    form = _form(
        key,
        (
            Words(text="Check what you wrote, then send it.", subtle=True),
            *((Facts(goes),) if goes else ()),
            *((Heading("Who is meant?"), *asked) if asked else ()),
            *(hinted if pointed_out else ()),
            *((Words(text=left, subtle=True),) if left else ()),
            Heading("What you wrote"),
            *_again(answers, names, room=ROOM - len(asked) * _A_QUESTION),
        ),
    )
    return replace(form, values=meant_form.values(found))


def kept(key: str, number: int = PAGE) -> Form:
    """The page when nothing can be looked up: what was typed is in its draft, and sending is tried again."""
    words = Words(text="What you wrote was kept as you turned the pages. Press Send to try again.")
    return replace(_form(key, (words,)), page=number)


def settle(answers: Answers, chosen: Answers, *, year: str) -> tuple[Answers, int]:
    """The answers after the round, and the page to rewrite on, 0 for none. Nothing but what was chosen is done."""
    done = [(hint, _choice(hint, answers, chosen, n)) for n, hint in enumerate(hints(answers, year=year), 1)]
    moved = [hint for hint, choice in done if choice == MOVE]
    rewritten = [hint for hint, choice in done if choice == REWRITE]
    beside = {
        concern.CONFIRMED: tuple(f"“{phrase}”" for hint, choice in done if choice == EXACT for phrase in hint.words),
        rewriting.NAME: tuple(_to_rewrite(hint) for hint in rewritten),
        tally.CHOSEN: tuple(choice for _, choice in done if choice),
    }
    kept = {name: value for name, value in beside.items() if value}
    settled = {**answers, **_moved(answers, moved), concern.HINTED: "yes", **kept}
    return settled, min((concern.page_of(hint.field, settled) for hint in rewritten), default=0)


def _choice(hint: Hint, answers: Answers, chosen: Answers, number: int) -> str:
    """What was chosen, where that was offered."""
    choice = chosen.get(_name(number), "")
    return choice if isinstance(choice, str) and choice in _offered(hint, answers) else ""


def _offered(hint: Hint, answers: Answers) -> tuple[str, ...]:
    """A move is offered only where the view has room for it: nothing is ever cut or kept back for its length."""
    offered = _FIELDS[hint.field][1]
    room = _VIEW_MOST - len(str(answers.get("view") or "")) - len(phrases.told(hint.text, hint.moves)) - 1
    return offered if room >= 0 else tuple(choice for choice in offered if choice != MOVE)


def _moved(answers: Answers, hints: list[Hint]) -> Answers:
    """Each phrase with what goes with it out of the facts and, as it stands, into the view; the rest stays."""
    facts, view = str(answers.get("facts") or ""), str(answers.get("view") or "")
    left, pieces = phrases.taken_out(facts, [hint.moves for hint in hints])
    moved = "\n".join((*((view,) if view else ()), *pieces))
    return {"facts": left, "view": moved} if pieces and len(moved) <= _VIEW_MOST else {}


def _to_rewrite(hint: Hint) -> str:
    around = phrases.sentence(hint.text, hint.span)
    sentence = hint.text[around.start : around.end]
    return rewriting.kept(hint.field, sentence=sentence, shown=hint.shown, advice=hint.advice)


def _said_once(found: Sequence[Hint]) -> list[str]:
    """What is said of each: of one that has the advice of the one before it, no more than that."""
    before = ("", *(hint.advice for hint in found))
    return [AS_ABOVE if hint.advice == said else hint.advice for hint, said in zip(found, before, strict=False)]


def _hint(number: int, hint: Hint, advice: str, answers: Answers) -> tuple[Part, ...]:
    offered = _offered(hint, answers)
    moved = phrases.clipped(phrases.told(hint.text, hint.moves))
    moves = f"Moves: “{moved}”" if MOVE in offered else ""
    asked = hint.field == "questions"
    label = f"{number}. {'Was it asked in these words?' if asked else 'What do you want to do with these words?'}"
    known = _A_CHILDS if hint.field == "own_words" else _OPTIONS
    options = (_WORD_FOR_WORD,) if asked else tuple(known[key] for key in offered)
    return (
        Quote(hint.shown),
        Words(text=advice, subtle=True),
        ChoiceField(name=_name(number), label=label, options=options, hint=moves),
    )


def _name(number: int) -> str:
    return f"hint_{number}"


def _again(answers: Answers, names: Mapping[str, str], *, room: int) -> list[Part]:
    """What was typed; not the texts as they were first written, which are the same or were changed knowingly."""
    shown: list[Part] = []
    beside = {*concern.FIRST.values(), verdict.ANSWER}
    typed = {name: value for name, value in answers.items() if name not in beside}
    for part in account.told(typed, names):
        room -= pages.weight(part)
        if room < 0:
            return [*shown, Words(text="The rest is kept as you typed it; go back to read it.", subtle=True)]
        shown.append(part)
    return shown


def _form(key: str, parts: tuple[Part, ...]) -> Form:
    return Form(id=concern.ID, key=key, page=PAGE, title="Check and send", parts=parts, submit="Send", back=True)
