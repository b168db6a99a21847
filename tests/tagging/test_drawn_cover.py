"""The cover that is drawn for a show without one: any words give a picture every directory takes."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from chaitime_audio.tagging.cover import LARGEST, MOST_BYTES, SMALLEST
from chaitime_audio.tagging.drawn_cover import MARGIN, SIDE, TEXT_BOTTOM, drawn_cover, wrapped

NAMES = [
    "Chai Time",
    "",
    " \n\t ",
    "word " * 400,
    "x" * 3000,
    "Чай и данные",
    "茶の時間 — 한국어",
    "🎉🎉🎉",
    "a\x00\x1b[31m\u202e\ud800b",
    "Kapitän Žižek Øre",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_gives_a_proper_cover(name: str) -> None:
    """Long, empty, foreign or hostile words: a square RGB JPEG inside the size limits."""
    data = drawn_cover(name, name)
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (SIDE, SIDE))
    assert SMALLEST <= SIDE <= LARGEST
    assert len(data) <= MOST_BYTES


@pytest.mark.parametrize("name", ["Chai Time", "word " * 400, "W" * 3000])
def test_words_stay_between_the_margins(name: str) -> None:
    """No letter is drawn outside the margins or below the text's place."""
    picture = Image.open(io.BytesIO(drawn_cover(name, name)))
    paper = Image.new("RGB", picture.size, picture.getpixel((5, 5)))
    difference = ImageChops.difference(picture, paper).convert("L").point(lambda level: 255 * (level > 60))
    left, _, right, _ = difference.getbbox() or (0, 0, 0, 0)
    assert left >= MARGIN - 8
    assert right <= SIDE - MARGIN + 8
    assert difference.crop((0, TEXT_BOTTOM + 30, SIDE, TEXT_BOTTOM + 90)).getbbox() is None


def test_the_same_words_give_the_same_bytes() -> None:
    """A cover does not change from run to run; another name gets another one."""
    assert drawn_cover("Chai Time", "a") == drawn_cover("Chai Time", "a")
    assert drawn_cover("Chai Time", "a") != drawn_cover("Tea Time", "a")


def test_a_name_that_cannot_be_drawn_leaves_bars_alone() -> None:
    """No box, no wrong spelling: of such a name only the bars are left, larger than below a name."""
    tall = [ink(drawn_cover(name)) for name in ("茶の時間", "🎉🎙️", "Chai Time")]
    assert tall[0][1] < SIDE // 2 - 200
    assert tall[0][3] > SIDE // 2 + 200
    assert tall[0][0] >= MARGIN - 8
    assert tall[1][3] < 1100 < tall[2][3]


def test_a_word_longer_than_a_line_is_broken_and_large() -> None:
    """One endless word is legible on a small cover: its letters are as tall as those of a short name."""
    _, top, right, bottom = ink(drawn_cover("Donaudampfschifffahrtsgesellschaft"), TEXT_BOTTOM)
    assert bottom - top > 400
    assert right > SIDE - 3 * MARGIN


def test_what_runs_leftwards_stands_on_the_right() -> None:
    """Arabic begins at the right margin."""
    left, _, right, _ = ink(drawn_cover("مع"), TEXT_BOTTOM)
    assert left > SIDE // 2
    assert right > SIDE - MARGIN - 30


def ink(data: bytes, bottom: int = SIDE) -> tuple[int, int, int, int]:
    """The box of all that is drawn above a height."""
    picture = Image.open(io.BytesIO(data))
    paper = Image.new("RGB", picture.size, picture.getpixel((5, 5)))
    difference = ImageChops.difference(picture, paper).convert("L").point(lambda level: 255 * (level > 60))
    return difference.crop((0, 0, SIDE, bottom)).getbbox() or (0, 0, 0, 0)


def test_lines_fit() -> None:
    """Words are laid on lines no wider than the room; a word wider than a line means a smaller size."""
    assert wrapped(["aa", "bb", "cc"], lambda text: 400.0 * len(text.split())) == ["aa bb", "cc"]
    assert wrapped(["aa"], lambda _: 5000.0) == []
