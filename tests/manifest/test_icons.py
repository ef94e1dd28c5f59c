"""The icons as pictures: sizes, transparency, colour, and that something is drawn in the middle."""

import pytest

from manifest import checks, icons

TEAL, WHITE, NOTHING = (0x0F, 0x4C, 0x5C, 255), (255, 255, 255, 255), 0


def pixel(png: bytes, x: int, y: int) -> tuple[int, ...]:
    (width, _), pixels = checks.read_png(png)
    return tuple(pixels[y * width + x])


def test_the_colour_icon_is_a_teal_bubble_on_nothing_with_white_lines_in_it():
    assert checks.icon_faults(icons.colour(), name="color.png", size=192) == []
    assert [pixel(icons.colour(), x, y)[3] for x, y in ((0, 0), (191, 0), (0, 191), (191, 191))] == [NOTHING] * 4
    assert pixel(icons.colour(), 30, 80) == TEAL
    assert WHITE in {pixel(icons.colour(), x, 60) for x in range(192)}


def test_the_outline_is_white_lines_on_nothing():
    assert checks.icon_faults(icons.outline(), name="outline.png", size=32, white=True) == []
    _, pixels = checks.read_png(icons.outline())
    drawn = sum(pixel[3] > 127 for pixel in pixels)
    assert 100 < drawn < 500


def test_a_picture_is_drawn_the_same_each_time():
    icons.outline.cache_clear()
    before = icons.outline()
    icons.outline.cache_clear()
    assert icons.outline() == before


def solid(size: int, colour: tuple[int, int, int], alpha: int) -> bytes:
    depth = 100.0 if alpha else -100.0
    return icons._png(size, (((lambda at: -depth), colour),))


@pytest.mark.parametrize(
    ("png", "word"),
    [
        (solid(32, (255, 255, 255), 255), "not transparent"),
        (solid(32, (255, 255, 255), 0), "nothing is drawn"),
        (solid(32, (200, 0, 0), 255), "a colour beside white"),
        (solid(16, (255, 255, 255), 255), "16 by 16"),
        (icons.outline()[:60] + b"\0\0\0" + icons.outline()[63:], "damaged"),
    ],
    ids=["opaque", "empty", "red", "small", "damaged"],
)
def test_a_faulty_icon_is_caught(png, word):
    assert any(word in fault for fault in checks.icon_faults(png, name="outline.png", size=32, white=True))
