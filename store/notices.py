"""A notice as columns, shared by the outbox and the posts. References only: there is no place for a word."""

import hashlib

from handlers.notice import Notice, NoticeKind
from handlers.rules.school import Place, PlaceKind
from store.columns import plain
from store.damage import Newer, is_word
from store.memory import Row
from store.packing import canonical


def columns_of(notice: Notice) -> dict[str, object]:
    place = notice.place
    return {
        "kind": notice.kind,
        "platform": place.platform,
        "tenant": place.tenant,
        "place_kind": place.kind,
        "place": place.id,
        "team": place.team,
        "subject": notice.subject,
        "to": notice.to,
        "step": notice.step,
    }


KINDS = frozenset(kind.value for kind in NoticeKind)
PLACES = frozenset(kind.value for kind in PlaceKind)


def is_newer(row: Row) -> bool:
    """Whether its kind, or the kind of its place, is none that this version knows, and it is as it was written: so its
    digest says."""
    known = row["kind"] in KINDS and row["place_kind"] in PLACES
    if known or not (is_word(row["kind"]) and is_word(row["place_kind"])):
        return False
    names = ("platform", "tenant", "place_kind", "place", "team")
    card = _digest([row["kind"], *(row[name] for name in names), str(row["subject"]), row["step"]])
    return row["same"] in (card, _digest([card, str(row["to"])]))


def notice_of(row: Row) -> Notice:
    """Raises `Newer` where a newer version wrote it."""
    if is_newer(row):
        raise Newer
    place = Place(
        platform=plain(row["platform"]),
        tenant=plain(row["tenant"]),
        kind=PlaceKind(row["place_kind"]),
        id=plain(row["place"]),
        team=plain(row["team"]),
    )
    kind, step = NoticeKind(row["kind"]), plain(row["step"])
    return Notice(kind=kind, place=place, subject=row["subject"], to=row["to"], step=step)


def stream_of(place: Place) -> str:
    """Names the conversation within which order is kept."""
    return _digest(_place(place))


def same_card(notice: Notice) -> str:
    """Names what one card in one place stands for: the outbox holds it once."""
    return _digest([notice.kind, *_place(notice.place), str(notice.subject), notice.step])


def same_notice(notice: Notice) -> str:
    """As `same_card`, with the person too: how a posted message is found again."""
    return _digest([same_card(notice), str(notice.to)])


def _place(place: Place) -> list[str]:
    return [place.platform, place.tenant, place.kind, place.id, place.team]


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(canonical(parts)).hexdigest()
