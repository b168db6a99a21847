"""Pictures of chapters: square or 16:9, small, upright, and with nothing of the camera's notes."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chaitime_audio.errors import ConfigError
from chaitime_audio.tagging.cover import check_picture, prepare_picture


def prepared(picture: Image.Image, path: Path, **options: object) -> Image.Image:
    picture.save(path, **options)
    return Image.open(io.BytesIO(prepare_picture(path)))


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((640, 640), (640, 640)),
        ((3000, 3000), (1000, 1000)),
        ((1920, 1080), (1000, 562)),
        ((320, 180), (320, 180)),
        ((4032, 3024), (1000, 1000)),
        ((600, 900), (900, 900)),
        ((1600, 1000), (1000, 562)),
        ((5000, 20), (1000, 562)),
        ((20, 5000), (1000, 1000)),
    ],
)
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_it_is_square_or_wide(size: tuple[int, int], wanted: tuple[int, int], ending: str, tmp_path) -> None:
    """The nearer of the two shapes, never larger than it was, at most 1000 pixels; a pixel may be rounded."""
    found = prepared(Image.new("RGB", size, "teal"), tmp_path / f"a.{ending}")
    assert (found.format, found.mode) == ("JPEG", "RGB")
    assert max(abs(a - b) for a, b in zip(found.size, wanted, strict=True)) <= 1


def test_nothing_is_cut_off(tmp_path: Path) -> None:
    """A tall picture stands in the middle of paper of its border's colour."""
    tall = Image.new("RGB", (500, 1000), "red")
    tall.paste("blue", (200, 400, 300, 600))
    found = prepared(tall, tmp_path / "a.png")
    assert found.getpixel((500, 500))[2] > 200
    assert all(found.getpixel(at)[0] > 240 for at in ((5, 5), (995, 500), (300, 20)))


def test_noise_is_made_small_enough(tmp_path: Path) -> None:
    """Each picture stands before the sound: 200 KB at most, whatever it shows."""
    noise = np.random.default_rng(1).integers(0, 255, (1200, 1200, 3), "u1")
    Image.fromarray(noise).save(tmp_path / "a.png")
    assert len(prepare_picture(tmp_path / "a.png")) <= 200 * 1024


def test_where_a_photo_was_taken_is_not_published(tmp_path: Path) -> None:
    """Place and camera are left out; how it was held is followed."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "SecretCam"
    notes.get_ifd(0x8825)[1] = "N"
    found = prepared(Image.new("RGB", (640, 360), "navy"), tmp_path / "a.jpg", exif=notes)
    assert not dict(found.getexif())
    assert b"SecretCam" not in prepare_picture(tmp_path / "a.jpg")
    assert found.size == (640, 640)


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", None])
def test_what_is_no_picture_is_told(content: bytes | None, tmp_path: Path) -> None:
    """One line that names the file, also for one that is not there."""
    if content is not None:
        (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(ConfigError, match=r"a\.png"):
        check_picture(tmp_path / "a.png")


def test_an_icon_is_refused(tmp_path: Path) -> None:
    """Under 200 pixels nothing can be made out."""
    Image.new("RGB", (64, 32)).save(tmp_path / "a.png")
    with pytest.raises(ConfigError, match="64 x 32 pixels"):
        check_picture(tmp_path / "a.png")


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    """A picture that did not change changes no MP3."""
    Image.new("RGBA", (700, 300), (9, 9, 200, 90)).save(tmp_path / "a.png")
    assert prepare_picture(tmp_path / "a.png") == prepare_picture(tmp_path / "a.png")
