"""Every format against its expected text, which lies in expected/ under the file's own name.

After a change that is meant, look at the difference, then copy the new text over the old one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from example_episode import example

from chaitime_audio.formats import Templates, render_all
from chaitime_audio.formats.transcript_txt import plain
from chaitime_audio.shelf import part, shelf

EXPECTED = Path(__file__).parent / "expected"


def test_every_format_has_an_expected_text() -> None:
    """A format is not done before somebody has written down what it should print."""
    names = {part("chaitime_audio.formats", name).FILE_NAME for name in shelf("chaitime_audio.formats")}
    assert {name.format(slug="001-tom-ellery") for name in names} == {p.name for p in EXPECTED.iterdir()}


@pytest.mark.parametrize("name", sorted(path.name for path in EXPECTED.iterdir()))
def test_text_is_as_expected(name: str) -> None:
    """The example episode is printed letter for letter as its expected text says."""
    assert render_all(example(), Templates())[name] == (EXPECTED / name).read_text(encoding="utf-8")


def test_rendering_is_pure() -> None:
    """The same episode gives the same bytes, in the same order."""
    assert list(render_all(example(), Templates()).items()) == list(
        render_all(example(), Templates()).items()
    )


def test_plain_is_the_turns_alone() -> None:
    """The lyrics frame gets one full name a turn, and neither title nor links."""
    text = plain(example())
    assert text.startswith(
        "Maya Rao: Welcome, Tom, and thank you for coming.\n\nWhat do you do all week?\n\nDr. Tom"
    )
    assert text.count("Maya Rao: ") == 2
    assert text.endswith("Dr. Tom Ellery: At example.org/baselines.")
