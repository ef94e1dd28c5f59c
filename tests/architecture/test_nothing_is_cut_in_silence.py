"""Every place where a list could be cut is named here with its reason: a new one fails until somebody says why.

What is cut must be the least important (`rules/order`), the person is told how many there are, and the rest is a press
away (`ui/listing`). A text is split and never cut, but where a label has no room.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("handlers", "bot/slack", "bot/teams", "store")
LEFT_OUT = ("handlers/wording/", "store/migrations/", "handlers/rules/name_hits.py")
"""The guard and the search for names read words and show no list; a migration shows nobody anything."""

TOLD = "the first in the one order, how many is said, the rest by Show all"
CARDS = "the first in the one order, how many is said; each of the rest has a card of its own in the same chat"
PAGED = "a page of a window that goes on to the next"
A_TEXT = "a label or a heading of one thing, which has no more room on Slack"
A_KEY = "digits of a key or of a digest"
AN_EXAMPLE = "an example for the golden files"
NO_LIST = "no list that anybody reads"

SLICES = {
    "handlers/account/meant_form.py: found[:verdict.MOST]": "how many more is said: they count as named, unasked",
    "handlers/account/phrase.py: text[:most // 2]": "a phrase of the guard: its field is shown whole",
    "handlers/account/phrase.py: text[-(most // 2):]": "as above",
    "handlers/account/rewriting.py: [*note.split('\\n'), '', '', ''][:4]": "a note of ours has four lines",
    "handlers/counter.py: inbound.key[-12:]": A_KEY,
    "handlers/need_to_know/meant.py: asked[:8]": A_KEY,
    "handlers/oversight/patterns_counter.py: inbound.key[-12:]": A_KEY,
    "handlers/overview/closed_effects.py: lines[:MOST]": "how many more is said, and that the board has them",
    "handlers/overview/examples.py: lists[2:3]": AN_EXAMPLE,
    "handlers/reporter/counter.py: key[-12:]": A_KEY,
    "handlers/reporter/examples.py: _BEGUN[:3]": AN_EXAMPLE,
    "handlers/rules/chronology.py: self.leaf[:20]": A_KEY,
    "handlers/reporter/told_apart.py: words[:WORDS]": "the first words of a draft, to know it by: a sign says more",
    "handlers/reporter/unsent.py: before[:unsent_form.MOST]": "those that are offered; how many more is said",
    "handlers/rules/known_names.py: part[:-3]": "a surname without its ending, to be found by it",
    "handlers/rules/known_names.py: part[-3:]": "that ending",
    "handlers/rules/meant.py: self._words[at:at + _INITIALS]": "letters behind a title: no name has more of them",
    "handlers/rules/patterns.py: own[-_UNTOLD:]": "the pattern is about the last four",
    "handlers/rules/verdict.py: hexdigest()[:_STAMP]": A_KEY,
    "bot/slack/parse.py: number[:4]": A_KEY,
    "bot/teams/tokens.py: life[:7]": A_KEY,
    "store/spool.py: sealed[:KEY_BYTES]": A_KEY,
    "store/spool.py: sealed[KEY_BYTES:]": A_KEY,
    "store/spool.py: hashlib.sha256(once.encode() + b'\\x00' + words).hexdigest()[:32]": A_KEY,
    "store/sealing.py: sealed[1:1 + _NONCE_BYTES]": A_KEY,
    "store/ring.py: secrets[:KEY_BYTES]": A_KEY,
    "store/ring.py: secrets[start:start + KEY_BYTES]": A_KEY,
    "store/school_keys.py: every[start:start + KEY_BYTES]": A_KEY,
    "store/tree.py: packed[at:at + HASH_BYTES]": A_KEY,
    "store/checkpoints.py: packed[:_SIZE_BYTES]": A_KEY,
    "store/checkpoints.py: packed[_SIZE_BYTES:end]": A_KEY,
    "store/checkpoints.py: rest[at:at + HASH_BYTES]": A_KEY,
    "store/notes.py: digest()[:_ID_BYTES]": A_KEY,
    "store/notes.py: signature[:_ID_BYTES]": A_KEY,
    "store/notes.py: signature[_ID_BYTES:]": A_KEY,
    "store/inspecting/ed25519.py: signature[:32]": A_KEY,
    "store/inspecting/ed25519.py: signature[32:]": A_KEY,
    "store/inspecting/notes.py: hexdigest()[:20]": A_KEY,
    "store/inspecting/notes.py: digest()[:4]": A_KEY,
    "store/inspecting/notes.py: self.evidence[:8]": A_KEY,
    "store/inspecting/notes.py: self.evidence[at:at + 32]": A_KEY,
    "store/inspecting/notes.py: (raw := from_base64(signature))[:4]": A_KEY,
    "store/inspecting/notes.py: raw[4:]": A_KEY,
    "store/inspecting/verify.py: school[:8]": A_KEY,
    "store/notes.py: checkpoint.origin.rpartition('/')[2][:8]": A_KEY,
    "store/verdicts.py: body[-_TAIL:]": "where a body's version stands; the whole body is hashed",
    "store/sealing.py: sealed[1 + _NONCE_BYTES:]": A_KEY,
    "store/sealing.py: hmac.digest(self._marking, what, hashlib.sha256)[:16]": A_KEY,
    "handlers/account/review.py: found[:MOST_HINTS]": "at most three hints a look; the page says how many more",
    "handlers/desk/desk.py: found[:search.MOST]": "`Suggestions.total` says how many: more letters tell more",
    "handlers/desk/offered.py: found[:search.MOST]": "the last line says of how many: more letters tell more",
    "handlers/oversight/patterns_form.py: noticed[(number - 1) * PAGE:number * PAGE]": PAGED,
    "handlers/oversight/quality.py: SAMPLE": "five by chance are the whole sample, and the card says by chance",
    "handlers/oversight/quality_card.py: left[:MOST_BUTTONS]": "the sample has no more",
    "handlers/oversight/themes_card.py: rows[:MOST_ROWS]": "each of the others has a line below",
    "handlers/oversight/themes_card.py: rows[MOST_ROWS:]": "the others",
    "handlers/oversight/themes_card.py: pairs[start:start + _LINES]": "all of them, in blocks",
    "handlers/overview/board_card.py: listed.lines[:most]": TOLD,
    "handlers/overview/tutor_card.py: listed.lines[:MOST]": CARDS,
    "handlers/adults/log_form.py: pairs[at:at + LINES]": "all of them, in parts that pages are made of",
    "handlers/record/lookback_form.py: earlier[at:at + LINES]": "all of them, in parts that pages are made of",
    "handlers/record/share_counter.py: label[:75]": A_TEXT,
    "handlers/reporter/mine_card.py: begun[:MOST_BEGUN]": TOLD,
    "handlers/reporter/mine_card.py: buttons[:MOST_BUTTONS]": TOLD,
    "handlers/reporter/mine_card.py: found[:MOST]": TOLD,
    "handlers/reporter/receipt_card.py: digest[:own_words.SHOWN]": "the first digits of a digest",
    "handlers/reporter/unsent_form.py: drafts[:MOST]": "how many more is said, with where they are",
    "handlers/reporter/way_in_card.py: unsent[:MOST]": "how many more is said, with where they are",
    "handlers/rules/training.py: [*many, *few][:MOST_KINDS]": "the commonest three of a department: the card says so",
    "handlers/rules/verdict.py: found[:MOST]": "how many more is said (`meant_form`): they count as named, unasked",
    "handlers/triage/cover_card.py: left[:MOST]": TOLD,
    "handlers/triage/card.py: rest[:room]": "the concern's own card has every button; `More` always stays",
    "handlers/triage/card.py: rest[room:]": "as above: the last of them is `More`",
    "handlers/triage/form.py: children[:labels.MOST_CHILDREN]": "an account names three children at the most",
    "handlers/ui/lines.py: lines[:most]": TOLD,
    "handlers/ui/listing.py: heading[:150]": A_TEXT,
    "handlers/ui/listing.py: lines[begins:begins + PAGE]": PAGED,
    "handlers/ui/listing.py: options[:MOST_OPTIONS]": "how many is said, and where the rest is: what is settled",
    "handlers/ui/pages.py: text[start:start + PIECE]": "all of it, in pieces",
    "handlers/ui/spoken_days.py: name[:3]": "a month's name in short, to know it by when it was typed so",
    "handlers/ui/spoken_days.py: name[:4]": "as above: `sept`",
    "handlers/ui/picked.py: value.strip()[:_SHOWN]": "what was typed into a search, in a complaint about it",
    "bot/slack/blocks.py: lines[start:start + LINES]": "all of them, in blocks",
    "bot/slack/render.py: found.options[:MOST_OPTIONS]": "the heading says of how many",
    "bot/slack/parse.py: clean(said.author)[:LONGEST_NAME]": "the name of whoever wrote it",
    "bot/teams/blocks.py: [:max(0, MOST_BUTTONS - others)]": "what stands out first; a button of the card shows all",
    "bot/teams/directory.py: every[start:start + MOST]": "all of them, so many at a time",
    "bot/teams/message.py: text(body, 'content')[:LONGEST_MESSAGE]": "a message: longer than Teams lets anybody write",
    "bot/teams/message.py: content[:LONGEST_MESSAGE]": "a message that is answered, as above",
    "bot/teams/message.py: text(one, 'content')[:LONGEST_MESSAGE]": "typed words as Teams writes them, as above",
    "bot/teams/message.py: text(attached, 'content')[:LONGEST_MESSAGE]": "looked through for a picture, as above",
    "bot/teams/parse.py: [:LONGEST_NAME]": "the name of whoever wrote it",
    "bot/teams/render.py: suggested.options[:MOST_OPTIONS if ": "the last line says of how many",
}  # fmt: skip
"""By file and what is cut: why nothing is lost by it."""

LIMITS = {
    "handlers/account/bodymap.py: MOST": "marks that the form asks about; the answer says three or more",
    "handlers/account/review.py: MOST_HINTS": "see above",
    "handlers/account/review.py: MOST_WHYS": "no text is cut: of more kinds one reason is said that is true of all",
    "handlers/actions/form.py: MOST_LISTED": "above it the person is searched for: a list of so many is no help",
    "handlers/actions/window.py: MOST_TOLD": "how many came before is said",
    "handlers/need_to_know/sealing.py: MOST": "refused with words above it",
    "handlers/oversight/quality_card.py: MOST_BUTTONS": "see above",
    "handlers/oversight/themes_card.py: MOST_ROWS": "see above",
    "handlers/overview/board_card.py: MOST": TOLD,
    "handlers/overview/tutor_card.py: MOST": CARDS,
    "handlers/overview/digest_card.py: MOST": TOLD,
    "handlers/overview/closed_effects.py: MOST": "how many more is said, and that the board has them",
    "handlers/overview/huddle_card.py: MOST": TOLD,
    "handlers/record/labels.py: MOST_CHILDREN": "see above",
    "handlers/record/share_form.py: MOST": "refused with words above it",
    "handlers/reporter/mine_card.py: MOST": TOLD,
    "handlers/reporter/mine_card.py: MOST_BEGUN": TOLD,
    "handlers/reporter/mine_card.py: MOST_BUTTONS": TOLD,
    "handlers/reporter/unsent_form.py: MOST": "see above",
    "handlers/rules/patterns.py: _MOST_PLACES": "how many children make a pattern, and no limit",
    "handlers/rules/near_words.py: MOST": "with more words it is no command but a sentence: the beginning of a concern",
    "handlers/rules/roll.py: MOST": "how many children may leave before somebody is asked, and no limit",
    "handlers/rules/parse_duties.py: MOST_LINES": "a pack that has more is refused",
    "handlers/rules/training.py: MOST_KINDS": "see above",
    "handlers/rules/verdict.py: MOST": "see above",
    "handlers/search.py: MOST": "see above",
    "handlers/triage/cover_card.py: MOST": TOLD,
    "handlers/triage/card.py: MOST_BUTTONS": "see above",
    "handlers/ui/listing.py: MOST_OPTIONS": "see above",
    "bot/slack/body.py: MOST_FIELDS": NO_LIST,
    "bot/slack/calls.py: MOST_PAGES": "members of a channel: refused above it, for nobody may be overlooked",
    "bot/slack/gate.py: MOST_REMEMBERED": NO_LIST,
    "store/spool.py: MOST_FILES": "refused, and whoever sent it reads NOT SAVED",
    "store/spool.py: MOST_BYTES": "refused, and whoever sent it reads NOT SAVED",
    "bot/slack/render.py: MOST_OPTIONS": "see above",
    "bot/teams/app.py: MOST_REMEMBERED": NO_LIST,
    "bot/teams/blocks.py: MOST_BUTTONS": "see above",
    "bot/teams/connector.py: MOST_PAGES": "members of a channel: refused above it, for nobody may be overlooked",
    "bot/teams/directory.py: MOST": "see above",
    "bot/teams/limits.py: MOST_ACTIONS": "a fault, and no cut",
    "bot/teams/render.py: MOST_OPTIONS": "see above",
}
"""Constants that say how many at the most, each with what becomes of the rest."""
QUERIES = {
    "store/drafts.py: limit(1)": "whether there is one",
    "store/concern_queries.py: limit(bindparam('closed', type_=Integer))": "the newest; the card counts the others",
    "store/copies.py: limit(1)": "one text of each case",
    "store/copies.py: limit(_ROWS)": "page after page, to the end",
    "store/examining.py: limit(_PAGE)": "page by page, to the end",
    "store/checkpoints.py: limit(1)": "the newest",
    "store/school_keys.py: limit(_AT_ONCE)": "page after page, to the end",
    "store/row_verdicts.py: limit(_PAGE)": "page after page, to the end",
    "store/verdicts.py: limit(_PAGE)": "page after page, to the end",
    "store/inspecting/bundle.py: limit(_PAGE)": "page after page, to the end",
    "store/outbox.py: limit(bindparam('most', type_=Integer))": "the rest at the next tick",
    "store/posts.py: limit(most)": "the rest at the next look",
    "store/unit_of_work.py: limit(1)": "whether the database answers",
}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(_modules())


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(LEFT_OUT):
                yield name, ast.parse(path.read_text("utf-8"))


@cache
def nodes() -> tuple[tuple[str, ast.Subscript | ast.Call], ...]:
    """What may cut, of every module."""
    return tuple(
        (name, node)
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript | ast.Call)
    )


def is_a_limit(bound: ast.expr | None) -> bool:
    """Whether a bound says how many at the most: a number from three on, or what is called so."""
    for node in ast.walk(bound) if bound is not None else ():
        match node:
            case ast.Constant(value=int(number)) if number >= 3:
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper() or name in {"most", "limit", "room"}:
                return True
    return False


def cuts(node: ast.AST) -> bool:
    """A slice that could leave something of a list or of a text out, by how many there are."""
    match node:
        case ast.Subscript(value=ast.Attribute(attr="hex")):
            return False
        case ast.Subscript(slice=ast.Slice(lower=lower, upper=upper)):
            return is_a_limit(upper) or is_a_limit(lower)
    return False


@cache
def slices() -> tuple[str, ...]:
    return tuple(f"{name}: {ast.unparse(node)}" for name, node in nodes() if cuts(node))


def known(found: str) -> bool:
    name, _, text = found.partition(": ")
    reasons = [one.partition(": ")[2] for one in SLICES if one.startswith(f"{name}: ")]
    return any(reason in text for reason in reasons)


def test_every_slice_that_could_cut_has_its_reason():
    strange = [found for found in slices() if not known(found)]
    assert strange == [], "order it, say how many there are, lead to the rest, and say so in SLICES"


def test_no_reason_outlives_its_slice():
    texts: dict[str, list[str]] = {}
    for found in slices():
        texts.setdefault(found.partition(": ")[0], []).append(found.partition(": ")[2])
    gone = [
        one for one in SLICES
        if not any(one.partition(": ")[2] in text for text in texts.get(one.partition(": ")[0], ()))
    ]  # fmt: skip
    assert gone == []


def limits() -> set[str]:
    found: set[str] = set()
    for name, tree in modules():
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                if isinstance(target, ast.Name) and target.id.lstrip("_").split("_")[0] == "MOST":
                    found.add(f"{name}: {target.id}")
    return found


def test_every_limit_has_its_reason():
    assert limits() - set(LIMITS) == set(), "say in LIMITS what becomes of what is over it"
    assert set(LIMITS) - limits() == set()


def test_every_query_that_is_limited_has_its_reason():
    found = {
        f"{name}: limit({ast.unparse(node.args[0])})"
        for name, node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "limit"
    }
    assert found == set(QUERIES)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a[:MOST]", True), ("a[:20]", True), ("a[-MOST:]", True), ("a[:most]", True), ("a[b:b + PAGE]", True),
        ("a[span.start:span.end]", False), ("a[1:]", False), ("a[:-1]", False),
    ],
)
def test_a_new_cut_is_seen(text: str, cut: bool):
    assert cuts(ast.parse(text).body[0].value) is cut
