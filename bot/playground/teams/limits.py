"""What Teams takes as an Adaptive Card, as pure rules: `card_faults` names every breach it finds.

Faults name the place and the rule and never quote what a card says. Nothing here knows who sent the card.
"""

import json
from collections.abc import Iterator

from bot.playground.teams import inputs, vocabulary
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text

VERSION = "1.5"
LARGEST_CARD = 25 * 1024
"""Bytes of one card as UTF-8 JSON: the budget under Teams' 28 KB (PLATFORMS.md, Teams, Cards)."""
MOST_ACTIONS = 6
"""Primary actions in one row (Teams, "Designing Adaptive Cards": more move into an overflow menu or vanish)."""
MOST_REFRESHED = 60
"""People in `refresh.userIds` (Teams, "User Specific Views")."""

_DANGEROUS = {"{{": "a template is expanded there", "](": "Markdown makes a link of it"}


def card_faults(card: Json) -> list[str]:
    """Everything that Teams would refuse, drop or draw otherwise than written; empty for a good card."""
    return [*_whole(card), *_tree(card, "card"), *_names_twice(card)]


def dialog_faults(card: Json) -> list[str]:
    """The faults of a card in a dialog, where only Action.Submit comes back to the bot."""
    bad = ("Action.Execute",)
    lost = [
        f"a dialog does not send {found['type']}" for found in actions_of(card) if found.get("type") in bad
    ]
    nested = [
        "a button in a dialog cannot open another dialog"
        for found in actions_of(card)
        if as_object(as_object(found.get("data")).get("msteams")).get("type") == "task/fetch"
    ]
    return [*card_faults(card), *lost, *nested]


def actions_of(card: Json) -> list[Json]:
    """Every action of a card, those of action sets and of shown cards too."""
    found: list[Json] = []
    for holder in (card, *elements_of(card)):
        for action in as_objects(holder.get("actions")):
            found += [action, *actions_of(as_object(action.get("card")))]
    return found


def elements_of(holder: Json) -> Iterator[Json]:
    """Every element under a card or a container, in reading order."""
    kept = "body" if "body" in holder else vocabulary.CHILDREN.get(as_text(holder.get("type")), ("", ""))[0]
    for child in as_objects(holder.get(kept)):
        yield child
        yield from elements_of(child)


def _whole(card: Json) -> Iterator[str]:
    if card.get("type") != "AdaptiveCard":
        yield "card: its type is not AdaptiveCard"
    if card.get("version") != VERSION:
        yield f"card: its version is not {VERSION}"
    if len(json.dumps(card, ensure_ascii=False).encode("utf-8", "surrogatepass")) > LARGEST_CARD:
        yield f"card: it is larger than {LARGEST_CARD} bytes"
    if not as_list(card.get("body")) and not as_list(card.get("actions")):
        yield "card: there is nothing in it"
    refresh = as_object(card.get("refresh"))
    if len(as_list(refresh.get("userIds"))) > MOST_REFRESHED:
        yield f"card: refresh.userIds has more than {MOST_REFRESHED} people"
    if refresh and as_object(refresh.get("action")).get("type") != "Action.Execute":
        yield "card: refresh.action is not Action.Execute"
    yield from _action(as_object(refresh.get("action")), "refresh.action") if refresh.get("action") else ()


def _tree(card: Json, at: str) -> Iterator[str]:
    yield from _unknown(card, vocabulary.CARD, at)
    yield from _children(card, "body", "", at)
    yield from _actions(card, at)


def _children(holder: Json, kept: str, wanted: str, at: str) -> Iterator[str]:
    if not isinstance(holder.get(kept, []), list):
        yield f"{at}.{kept}: it is not a list"
    for number, child in enumerate(as_list(holder.get(kept))):
        here = f"{at}.{kept}[{number}]"
        if isinstance(child, str) and wanted == "TextRun":
            continue
        yield from _element(as_object(child), wanted, here)


def _element(element: Json, wanted: str, at: str) -> Iterator[str]:
    kind = as_text(element.get("type")) or wanted
    known = (vocabulary.PARTS if wanted in vocabulary.PARTS else vocabulary.ELEMENTS).get(kind)
    if known is None or (wanted and kind != wanted):
        yield f"{at}: an element of an unknown type, or in the wrong place"
        return
    yield from _unknown(element, known, at)
    yield from _closed(element, kind, at)
    yield from _texts(element, kind, at)
    yield from inputs.faults(element, at) if kind.startswith("Input.") else ()
    yield from _children(element, *vocabulary.CHILDREN[kind], at) if kind in vocabulary.CHILDREN else ()
    yield from _actions(element, at) if kind == "ActionSet" else ()


def _actions(holder: Json, at: str) -> Iterator[str]:
    actions = as_list(holder.get("actions"))
    primary = [found for found in actions if as_text(as_object(found).get("mode")).lower() != "secondary"]
    if len(primary) > MOST_ACTIONS:
        yield f"{at}.actions: more than {MOST_ACTIONS} primary actions"
    for number, action in enumerate(actions):
        yield from _action(as_object(action), f"{at}.actions[{number}]")


def _action(action: Json, at: str) -> Iterator[str]:
    kind = as_text(action.get("type"))
    known = vocabulary.ACTIONS.get(kind)
    if known is None:
        yield f"{at}: an action of a type that Teams does not have"
        return
    yield from _unknown(action, known, at)
    yield from _closed(action, kind, at)
    if not as_text(action.get("title")) and not at.startswith("refresh"):
        yield f"{at}: no title"
    if kind == "Action.Execute" and not as_text(action.get("verb")):
        yield f"{at}: Action.Execute without a verb"
    if "data" in action and not isinstance(action["data"], dict):
        yield f"{at}: data is not an object, so no input could be added to it"
    for name in as_object(action.get("data")).keys() & vocabulary.HELD:
        yield f"{at}: data has a member {name!r}, which the renderer holds for itself: the button would do nothing"
    if kind == "Action.OpenUrl" and not as_text(action.get("url")).startswith("https://"):
        yield f"{at}: an address that is not https"
    if kind == "Action.ShowCard":
        yield from _tree(as_object(action.get("card")), f"{at}.card")


def _unknown(thing: Json, known: vocabulary.Names, at: str) -> Iterator[str]:
    for name in thing.keys() - known:
        yield f"{at}: an unknown property {name[:40]!r}"


def _closed(thing: Json, kind: str, at: str) -> Iterator[str]:
    lists = {**vocabulary.CLOSED[""], **vocabulary.CLOSED.get(kind, {})}
    for name, allowed in lists.items():
        if allowed and name in thing and as_text(thing[name]).lower() not in allowed:
            yield f"{at}: {name} has a value that does not exist"
    for name in thing.keys() & vocabulary.FLAGS:
        if not isinstance(thing[name], bool):
            yield f"{at}: {name} is neither true nor false"


def _texts(element: Json, kind: str, at: str) -> Iterator[str]:
    if kind in ("TextBlock", "TextRun") and not isinstance(element.get("text"), str):
        yield f"{at}: no text"
    if kind == "Image" and not as_text(element.get("url")).startswith(("https://", "data:image/")):
        yield f"{at}: an image that Teams would not fetch"
    texts = [as_text(element.get("text"))] if kind == "TextBlock" else []
    for fact in as_objects(element.get("facts")):
        if not isinstance(fact.get("title"), str) or not isinstance(fact.get("value"), str):
            yield f"{at}: a fact whose title or value is not text"
        texts += [as_text(fact.get("title")), as_text(fact.get("value"))]
    for sign, why in _DANGEROUS.items():
        if any(sign in text for text in texts):
            yield f"{at}: the text has {sign!r}: {why}; user text belongs into a RichTextBlock"


def _names_twice(card: Json) -> Iterator[str]:
    shown = [as_object(action.get("card")) for action in actions_of(card)]
    ids = [
        as_text(found.get("id")) for whole in (card, *shown) for found in elements_of(whole) if "id" in found
    ]
    for name in {name for name in ids if ids.count(name) > 1}:
        yield f"card: two elements have the id {name[:40]!r}"
