"""What the code can say in an answer stands in the list of what chat may hold, or among what a window alone says."""

import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import handlers
from handlers import counter, errors
from handlers.account import quick
from handlers.closing import disposing, merging
from handlers.conversation import FormSubmitted
from handlers.desk import answers, commands, counters, kept, settled, unanswered
from handlers.reporter import way_in_card
from handlers.reporter.draft_card import Begun
from handlers.rules.concern import CannotMove
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Role
from handlers.rules.school import PlaceKind
from handlers.ui import may_stand, mishaps, plain
from handlers.ui.card import Card, Press, Words
from handlers.ui.may_stand import ANSWER, FILE, Own, faults
from handlers.ui.numbers import NO_NUMBER, Numbers
from handlers.ui.posts import post
from handlers.ui.shapes import SHAPES
from tests.examples import CARDS, SAID_TO_ONE
from tests.handlers.school import LEE, SCHOOL, account
from tests.sentences import MOVES, Said, Scope, in_module, said_by, value

LIST: dict[str, dict[str, Any]] = tomllib.loads(Path(may_stand.__file__).with_suffix(".toml").read_text("utf-8"))
THERE = [
    line for place in (*PlaceKind, ANSWER) for name in ("headings", "summaries", "words")
    for line in LIST.get(place, {}).get(name, [])
]  # fmt: skip
WINDOW: list[str] = LIST["window"]["words"]
NOT_SHOWN = (errors.NotYourCommand, errors.Settled)
"""Refusals that are always raised with a text of their own."""
TWO, WORD = "{name}, {number}", "/concern {word}"
"""Slots that hold more than what moves in the code."""
NUMBERS = ((SCHOOL.outside.name, SCHOOL.outside.telephone),)
BEGUN = tuple(Begun(key=UUID(int=number), when="14:05 today") for number in range(5))
OWN = Own(
    staff=frozenset({"Lee Abara"}), telephone=frozenset({SCHOOL.outside.telephone}),
    outside_name=frozenset({SCHOOL.outside.name}),
)  # fmt: skip


SETTLED = {
    Press.ACCEPT: "This concern is closed.",
    Press.SECOND_READ: "This decision does not wait for a second reader.",
    Press.SIGN_OFF: "Nobody has proposed to close this concern.",
    Press.AGREE_MERGE: merging._MATTER.none,
    Press.AGREE_DISPOSE: disposing._MATTER.none,
}
"""What is settled before somebody presses it, in the words of the refusal."""


def _first() -> Iterator[str]:
    """With who was first, and what they did."""
    for press, refusal in SETTLED.items():
        yield refusal
        for did in {**settled._ANSWERED.get(press, {}), **settled._ENDED}.values():
            yield from (f"{refusal} {who} {did}, Tue 24 Nov, 10:15." for who in ("Lee Abara", "You"))


def _sayings(call: Any, scope: Scope) -> Sequence[Any]:
    """The arguments of a call that somebody reads as an answer."""
    called = value(call.func, scope)
    if called is plain.say:
        return [*call.args[:1], *[one.value for one in call.keywords if one.arg == "heading"]]
    refuses = inspect.isclass(called) and issubclass(called, (errors.Refused, CannotMove))
    if called is counter.told or (refuses and called is not errors.InvalidForm):
        return call.args[:1]
    return []


def _refusals(of: type[errors.Refused] = errors.Refused) -> Iterator[type[errors.Refused]]:
    yield of
    for one in of.__subclasses__():
        yield from _refusals(one)


def _every() -> Iterator[Said]:
    for found in pkgutil.walk_packages(handlers.__path__, "handlers."):
        module = importlib.import_module(found.name)
        if not found.name.endswith(".examples"):
            yield from in_module(module, says=_sayings)
    for name, filed in counters.FORMS.items():
        for text in said_by(filed.take):
            if text != MOVES or _says_only(filed.take):
                yield Said(f"what the form {name} is answered with", text)
    for refusal in _refusals():
        if refusal not in NOT_SHOWN:
            yield Said(f"errors.{refusal.__name__}", inspect.getdoc(refusal) or "")


def _says_only(take: Any) -> bool:
    """It is answered with a sentence and with nothing else."""
    return inspect.signature(take).return_annotation in (str, "str")


SAID = sorted({(one.text, one.where) for one in _every()})
TEXTS = sorted({text for text, _ in SAID if text.strip(f"{MOVES} .,")})


def _rows(text: str, among: Sequence[str]) -> list[str]:
    """The rows that the sentence may come to, where what moves in it may be whatever a slot holds."""
    pattern = re.compile(".+?".join(re.escape(piece) for piece in text.split(MOVES)), re.DOTALL)
    return [row for row in among if pattern.fullmatch(row.replace("{outside}", TWO).replace("{word}", WORD))]


@pytest.mark.parametrize("text", TEXTS)
def test_every_sentence_that_answers_somebody_has_its_row(text: str):
    where = ", ".join(place for said, place in SAID if said == text)
    there, window = _rows(text, THERE), _rows(text, WINDOW)
    assert there or window, (
        f"{text!r} ({where}) is said in an answer and has no row: if a chat may keep it for years, write it under "
        f"[answer] in {FILE}; if it tells what a concern is about, under [window], and say it in a window alone."
    )
    assert not (there and window), f"{text!r} stands in {FILE} as what a chat may hold and as what it may not."


def test_the_walk_reads_as_much_as_there_is():
    """It would be no test if the walk had lost its way."""
    assert len(TEXTS) > 200
    assert "You have accepted concern {}. It is yours now." in TEXTS
    assert "Concern {} is sealed. {} people can see it now." in TEXTS


WHOLE = {
    "handlers/desk/answers.py": "complaints inside a message, held in test_complaints_in_a_message",
    "handlers/closing/proposing.py": "`Matter.none`, with who was first",
    "handlers/desk/settled.py": "a refusal, with who was first",
    "handlers/counter.py": "what the forms are answered with",
    "handlers/desk/desk.py": "that the school is not known here: a refusal too",
    "handlers/desk/refusals.py": "refusals",
    "handlers/desk/unanswered.py": "the cards of their own below",
}
"""Where nothing but what moves is left of a sentence, and where its words are held instead."""


def test_no_sentence_is_out_of_the_walks_sight():
    lost = {where for text, where in SAID if text and text not in TEXTS}
    unknown = {one for one in lost if one.rpartition(":")[0] not in WHOLE}
    assert unknown == set(), "write it so that tests/sentences.py can follow it, or say in WHOLE where it is held"


CARDS_OF_THEIR_OWN: dict[str, Card] = {
    "not done": plain.say(unanswered.NOT_DONE.format(reference="0a1b2c3d"), alert=True),
    "maybe done": plain.say(unanswered.MAYBE_DONE.format(reference="0a1b2c3d"), alert=True),
    "not now": plain.say(unanswered.NOT_NOW, alert=True),
    "kept": kept.saved(FormSubmitted(who=account(LEE), form="concern", key="k", page=4, values={}), NUMBERS),
    "kept, short": kept.saved(FormSubmitted(who=account(LEE), form=quick.ID, key="k", page=1, values={}), NUMBERS),
    "no window": plain.say(mishaps.NO_WINDOW),
    "no window here": plain.say(mishaps.NO_WINDOW_HERE),
    "not shown": plain.say(mishaps.NOT_SHOWN),
    "not ours": plain.say(mishaps.NOT_OURS),
    "too fast": plain.say(mishaps.too_fast(""), heading=mishaps.TOO_FAST),
    "typed": way_in_card.way_in(UUID(int=1), BEGUN, typed=way_in_card.STANDS_HERE),
    "a file": plain.say(ENGLAND.words["no_files"]),
    "done, and not shown": plain.say(answers.DONE),
    "not done, and not shown": plain.say(answers.NOT_DONE),
    **{f"first: {said}": plain.say(said) for said in _first()},
}
"""What is said where no store can be asked whose names they are, or before the desk."""


@pytest.mark.parametrize("name", CARDS_OF_THEIR_OWN)
def test_what_is_said_where_nothing_can_be_looked_up_may_stand_there(name: str):
    assert [fault.sentence(ANSWER) for fault in faults(CARDS_OF_THEIR_OWN[name], ANSWER, OWN)] == []


def test_what_the_leads_place_is_told_of_an_outage_may_stand_in_a_channel():
    """It is posted past the courier's check, for there is no store."""
    assert faults(kept.away(), PlaceKind.CHANNEL, Own(staff=frozenset())) == ()


def test_every_command_may_be_named_with_what_it_does_and_for_whom_it_is():
    for word, command in commands.WORDS.items():
        assert re.fullmatch(SHAPES["word"], f"/concern {word}"), f"{word}: add it to `word` in handlers/ui/shapes.py"
        assert not command.whom or re.fullmatch(SHAPES["whom"], command.whom), f"{command.whom}: add it to `whom`"
    for person in (replace(LEE, roles=frozenset({role})) for role in Role):
        card = plain.help_card(SCHOOL, Numbers(here=((LEE.name, NO_NUMBER),)), commands.lines(person))
        assert [fault.sentence(ANSWER) for fault in faults(card, ANSWER, OWN)] == []


def test_a_command_is_named_without_what_was_typed_behind_it():
    row = "{command} is for whoever receives concerns. Type /concern help to see what you can type."
    named, typed = (plain.say(row.format(command=one)) for one in ("/concern mine", "/concern mine shaft"))
    assert faults(named, ANSWER, OWN) == ()
    assert faults(typed, ANSWER, OWN) != ()


@pytest.mark.parametrize("roles", [{one} for one in Role if one is not Role.PUPIL] + [{Role.LEAD, Role.HEAD, Role.DPO}])
def test_every_post_may_stand_on_the_rota(roles: set[Role]):
    assert re.fullmatch(SHAPES["posts"], post(replace(LEE, roles=frozenset(roles))))


def test_every_row_is_said_by_something():
    drawn = [*CARDS_OF_THEIR_OWN.values(), *(CARDS[name] for name in SAID_TO_ONE)]
    texts = [part.text for card in drawn for part in card.parts if isinstance(part, Words)]
    own = Own(staff=frozenset({"Lee Abara", "Dana Okello"}))
    rows = [(row, may_stand._sentences([row])) for row in LIST[ANSWER]["words"]]
    unsaid = [
        row for row, sentences in rows
        if not any(_rows(text, [row]) for text in TEXTS) and not any(sentences.takes(text, own) for text in texts)
    ]  # fmt: skip
    assert unsaid == [], f"nothing says this any more: take it out of {FILE}"
    assert [row for row in WINDOW if not any(_rows(text, [row]) for text in TEXTS)] == []
