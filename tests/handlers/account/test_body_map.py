"""The body map: every region has a place, each number stands on the right side, and the words say the same."""

import re
from xml.etree import ElementTree

import pytest

from handlers.account import bodymap
from handlers.account import window as account
from handlers.account.bodymap import BACK, FRONT, WIDE, Mark, drawing
from handlers.account.bodymap_svg import HEIGHT, WIDTH, svg
from handlers.samples import ANSWERS, KEY, NAMES
from handlers.ui import choices
from handlers.ui.card import Facts, Sketch
from tests.examples import FORMS

REGIONS = [option.key for option in choices.REGIONS]
SIDES = ["left", "right", "middle", ""]
EVERY = [(region, side) for region in REGIONS for side in SIDES]
SECOND = WIDE + 3


def one(region: str, side: str, number: int = 1) -> Mark:
    return Mark(number=number, region=region, side=side)


def read(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 (our own picture, and whether it is well-formed is the question)


def stands(marks: list[Mark]) -> dict[str, tuple[int, int]]:
    """Where each number stands, by (row, column)."""
    lines = drawing(marks).lines
    return {
        sign: (row, column)
        for row, line in enumerate(lines)
        for column, sign in enumerate(line)
        if sign.isdigit()
    }


@pytest.mark.parametrize(("region", "side"), EVERY)
def test_every_region_has_a_place_in_the_figure_that_it_is_of(region: str, side: str):
    found = stands([one(region, side)])
    assert set(found) == {"1"}
    (_, column) = found["1"]
    assert (column >= SECOND) == region.startswith("back")


@pytest.mark.parametrize("region", REGIONS)
def test_sides_are_the_childs_own_and_so_mirrored_in_front(region: str):
    (_, left), (_, right) = stands([one(region, "left")])["1"], stands([one(region, "right")])["1"]
    assert (left > right) == region.startswith("front")
    middle = (SECOND if region.startswith("back") else 0) + WIDE // 2
    assert middle - min(left, right) == max(left, right) - middle > 0


@pytest.mark.parametrize(("region", "side"), EVERY)
def test_three_marks_at_one_place_are_all_seen(region: str, side: str):
    assert set(stands([one(region, side, number) for number in (1, 2, 3)])) == {"1", "2", "3"}


@pytest.mark.parametrize(("region", "side"), EVERY)
def test_it_is_small_enough_for_a_telephone_and_plain_enough_for_any_face(region: str, side: str):
    lines = drawing([one(region, side, number) for number in (1, 2, 3)]).lines
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 40
    assert all(line.isascii() and line.isprintable() for line in lines)


def test_both_figures_are_one_size_and_of_one_outline():
    assert {len(line) for line in (*FRONT, *BACK)} == {WIDE}
    assert len(FRONT) == len(BACK)
    assert all(line.translate(str.maketrans("/\\()", "\\/)(")) == line[::-1] for line in BACK if "." not in line)


def test_no_two_regions_stand_at_one_cell():
    cells = [(mark.face, bodymap.cell(mark)) for region in REGIONS for mark in (one(region, "left"),)]
    assert len(set(cells)) == len(cells)


def test_a_number_whose_side_is_not_known_stands_beside_the_body_with_a_question_mark():
    drawn = drawing([one("front_hand", ""), one("back_calf", "middle", 2)])
    picture = "\n".join(drawn.lines)
    assert "1?" in picture
    assert "2?" in picture
    assert "its side is not known" in drawn.alt


def test_whoever_cannot_see_the_picture_hears_the_same():
    alt = drawing([one("front_forearm", "left"), one("back_head", "", 2)]).alt
    assert "1, Front: forearm, left" in alt
    assert "2, Back: back of the head, side not given" in alt


def test_the_account_shows_the_drawing_where_the_marks_stand_and_the_list_under_it():
    parts = FORMS["account_marked"].parts
    (at,) = [number for number, part in enumerate(parts) if isinstance(part, Sketch)]
    first, second, third = parts[at + 1 : at + 4]
    assert isinstance(first, Facts)
    assert dict(first.pairs) == {
        "Mark 1": "Front: forearm, left",
        "Mark 1, size, shape, colour": "A red line, about 3 cm",
        "Mark 1, skin broken": "No",
        "Mark 1, explanation given": '"The strap of my bag"',
        "Mark 1, explained by": "Mia",
    }
    assert isinstance(second, Facts)
    assert isinstance(third, Facts)
    assert dict(second.pairs)["Mark 2, skin broken"] == "Not known"
    assert dict(third.pairs)["Mark 3"] == "Front: cheek, right"


def test_marks_are_drawn_once_and_none_where_none_was_seen():
    none = {**ANSWERS, "marks": "0"}
    shown = list(account.told(none, NAMES))
    assert not [part for part in shown if isinstance(part, Sketch)]
    assert "Mark 1" not in str(shown)
    again = [part for part in account.window(KEY, "T", (), ANSWERS, NAMES, number=1).parts if isinstance(part, Sketch)]
    assert len(again) == 1


def test_a_mark_of_which_only_its_look_is_said_is_listed_and_not_drawn():
    parts = bodymap.parts({"mark_look_1": "a scratch"})
    assert not [part for part in parts if isinstance(part, Sketch)]
    assert ("Mark 1", "where it was has not been said") in parts[-1].pairs


def test_an_account_kept_before_a_region_went_is_still_read():
    parts = bodymap.parts({"mark_1": "front_wing", "mark_side_1": "left", "mark_why_1": "fell"})
    assert ("Mark 1, explanation given", "fell") in parts[-1].pairs
    assert len(read(svg(bodymap.marks({"mark_1": "front_wing"}))))


@pytest.mark.parametrize(("region", "side"), EVERY)
def test_the_picture_for_exports_has_every_number_once_inside_its_frame(region: str, side: str):
    picture = read(svg([one(region, side, number) for number in (1, 2, 3)]))
    circles = [e for e in picture.iter() if e.tag.endswith("circle")]
    places = {(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in circles}
    assert len(places) == 3
    assert all(9 < x < WIDTH - 9 and 9 < y < HEIGHT - 9 for x, y in places)
    assert all((x > WIDTH / 2) == region.startswith("back") for x, _ in places)


def test_the_picture_for_exports_fetches_nothing_and_holds_nothing_that_was_typed():
    typed = Mark(number=1, region="front_hand", side="left", look="<script>CANARY</script>", why="CANARY", by="CANARY")
    picture = svg([typed])
    assert "CANARY" not in picture
    assert not re.search(r"href|url\(|<script|<style|<image|@import|<foreignObject", picture)
    assert re.findall(r"https?://[^\"]*", picture) == ["http://www.w3.org/2000/svg"]
    assert "Front: palm or fingers, left" in read(picture).attrib["aria-label"]


def test_the_picture_for_exports_is_drawn_with_no_mark_at_all():
    assert read(svg([])).tag.endswith("svg")
