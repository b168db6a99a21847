"""A show's own cover is looked at before anything slow begins, and its name is told with its setting."""

from __future__ import annotations

import io

import pytest
from mutagen.id3 import ID3
from PIL import Image

from .conftest import CONFIG, Show


def with_cover(show: Show, content: bytes | None) -> None:
    """Name a cover in the settings, and write it unless it is to be missing."""
    text = CONFIG.replace("[show]", '[show]\nartwork = "cover.png"')
    (show.folder / "config" / "chaitime.toml").write_text(text, encoding="utf-8")
    if content is not None:
        (show.folder / "config" / "cover.png").write_bytes(content)


def png(side: int) -> bytes:
    """Return a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no"),
        (b"", "cannot be read as a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as a picture"),
        (png(64), "only 64 x 64 pixels"),
        (png(1400)[:-30], "cannot read"),
    ],
    ids=["missing", "empty", "svg", "icon", "cut off"],
)
def test_a_cover_that_cannot_be_used_stops_the_run_at_once(
    content: bytes | None, reason: str, show: Show
) -> None:
    """One line that names setting and file, exit code 2, and no stage was begun."""
    with_cover(show, content)
    code, _, err = show.run("process", show.tones())
    assert code == 2
    (line,) = [line for line in err.splitlines() if "show.artwork" in line]
    assert reason in line
    assert "cover.png" in line
    assert not list((show.episode / "facts").glob("*"))


def test_a_cover_is_in_the_mp3(show: Show) -> None:
    """A PNG of the show's becomes the JPEG in the tag."""
    with_cover(show, png(1400))
    code, _, err = show.run("process", show.tones())
    assert code == 0, err
    (mp3,) = show.out.glob("*.mp3")
    (picture,) = ID3(mp3).getall("APIC")
    found = Image.open(io.BytesIO(picture.data))
    assert (found.format, found.size) == ("JPEG", (1400, 1400))
