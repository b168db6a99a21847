"""Every format against its expected text, which lies in expected/ under the file's own name.

After a change that is meant, look at the difference, then copy the new text over the old one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from example_episode import OURS, example

from chaitime_audio.errors import UsageError
from chaitime_audio.formats import file_name, format_names, render_all, render_one
from chaitime_audio.formats.rendering.page_turns import plain

EXPECTED = Path(__file__).parent / "expected"
TEXTS = sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())


def test_every_format_has_an_expected_text() -> None:
    """A format is not done before somebody has written down what it should print."""
    assert {file_name(name, example()) for name in format_names()} == set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_as_expected(name: str) -> None:
    """The example episode is printed letter for letter as its expected text says."""
    assert render_all(example(), OURS, every=True)[name] == (EXPECTED / name).read_text(encoding="utf-8")


def test_what_platforms_want_is_made_on_request() -> None:
    """A plain run writes the post, the notes, captions, chapters and RTTM; nothing into a subfolder."""
    usual = set(render_all(example(), OURS))
    assert {"transcript.md", "transcript.html", "transcript.txt", "show-notes.md"} <= usual
    assert not any("/" in name for name in usual)
    assert usual < set(render_all(example(), OURS, every=True))


def test_one_format_by_name() -> None:
    """One format can be asked for by its name, with dashes too; an unknown one gets a suggestion."""
    assert list(render_one("notes-youtube", example(), OURS)) == ["notes/youtube.txt"]
    with pytest.raises(UsageError, match="did you mean “notes_youtube”"):
        render_one("notes-youtub", example(), OURS)


def test_rendering_is_pure() -> None:
    """The same episode gives the same bytes, in the same order."""
    assert list(render_all(example(), OURS).items()) == list(render_all(example(), OURS).items())


def test_plain_is_the_turns_alone() -> None:
    """The lyrics frame gets one full name a turn, and neither title nor links."""
    text = plain(example())
    assert text.startswith(
        "Maya Rao: Welcome, Tom, and thank you for coming.\n\nWhat do you do all week?\n\nDr. Tom"
    )
    assert text.count("Maya Rao: ") == 2
    assert text.endswith("Dr. Tom Ellery: At example.org/baselines.")
