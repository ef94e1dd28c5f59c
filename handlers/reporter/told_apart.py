"""How a writer tells their own drafts apart, in their own window: a child's initials, and the first words.

On a card that chat keeps there is only the time (`draft_card`): no word of a draft and no child.
"""

from handlers.account import names, voices
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Answers
from handlers.ui import say

WORDS = 3
LONGEST = 30
"""Characters of the words: with the initials and the time they fit the label of a choice."""
_WRITTEN = ("facts", *voices.WORDS, "opinion")
"""Where somebody writes first, in the order of what tells most."""


async def said(uow: UnitOfWork, answers: Answers) -> str:
    """`M.T., “Came in without …”`; empty where nothing tells it apart."""
    labels = await names.names_of(uow, answers)
    children = [labels[id] for id in (str(answers.get(field) or "") for field in voices.CHILDREN) if id in labels]
    return ", ".join(part for part in (*map(initials, children[:1]), first_words(answers)) if part)


def initials(label: str) -> str:
    """`M.T.` of `Maya Thompson · 4K · Year 4`; of a name of one word its first letter."""
    words = label.partition("·")[0].replace("-", " ").split()
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(f"{word[0].upper()}." for word in ends)


def first_words(answers: Answers) -> str:
    """In quotation marks, with a sign where there are more."""
    words = next((words for name in _WRITTEN if (words := str(answers.get(name) or "").split())), list[str]())
    short = say.fit(" ".join(words[:WORDS]), LONGEST)
    return f"“{short}{' …' if len(words) > WORDS else ''}”" if words else ""
