"""Covers: any sane picture becomes one that every directory takes; anything else is told in a line."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chaitime_audio.errors import ConfigError
from chaitime_audio.tagging.cover import prepare_cover


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("picture", "name", "side"),
    [
        (Image.new("RGB", (1400, 1400), "navy"), "a.png", 1400),
        (Image.new("RGB", (600, 600), "navy"), "a.jpg", 1400),
        (Image.new("RGB", (3500, 3500), "navy"), "a.jpg", 3000),
        (Image.new("CMYK", (1500, 1500), (9, 8, 7, 6)), "a.jpg", 1500),
        (Image.new("LA", (1400, 1400), (9, 100)), "a.png", 1400),
        (Image.new("P", (1400, 1400)), "a.gif", 1400),
        (Image.new("1", (1400, 1400)), "a.png", 1400),
        (Image.fromarray(np.arange(1400 * 1400, dtype="u2").reshape(1400, 1400)), "a.png", 1400),
        (Image.new("RGB", (2000, 1000), "red"), "a.webp", 2000),
    ],
)
def test_it_is_square_rgb_jpeg_in_size(picture: Image.Image, name: str, side: int, tmp_path: Path) -> None:
    """Square, RGB, baseline JPEG, 1400 to 3000 pixels, at most 512 KB, whatever it was."""
    picture.save(tmp_path / name)
    data = prepare_cover(tmp_path / name)
    found = opened(data)
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (side, side))
    assert not found.info.get("progressive")
    assert len(data) <= 512 * 1024


def test_noise_is_made_small_enough(tmp_path: Path) -> None:
    """A picture that compresses badly still ends under 512 KB."""
    noise = np.random.default_rng(0).integers(0, 255, (1800, 1800, 3), "u1")
    Image.fromarray(noise).save(tmp_path / "a.png")
    data = prepare_cover(tmp_path / "a.png")
    assert len(data) <= 512 * 1024
    assert 1400 <= opened(data).width <= 1800


def test_nothing_is_cut_off_a_wide_picture(tmp_path: Path) -> None:
    """A picture that is not square stands in the middle of its border's colour."""
    wide = Image.new("RGB", (2000, 1000), "red")
    wide.paste("blue", (900, 400, 1100, 600))
    wide.save(tmp_path / "a.png")
    found = opened(prepare_cover(tmp_path / "a.png"))
    assert found.getpixel((5, 5))[0] > 240
    assert found.getpixel((1000, 1000))[2] > 240
    assert found.getpixel((5, 1000))[0] > 240


def test_transparency_becomes_white(tmp_path: Path) -> None:
    """What shows nothing shows paper."""
    Image.new("RGBA", (1400, 1400), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert min(opened(prepare_cover(tmp_path / "a.png")).getpixel((700, 700))) > 250


def test_a_turned_photo_stands_upright(tmp_path: Path) -> None:
    """The camera's note on how it was held is followed."""
    photo = Image.new("RGB", (1400, 1400), "white")
    photo.paste("black", (0, 0, 1400, 200))
    turned = Image.Exif()
    turned[0x0112] = 3
    photo.save(tmp_path / "a.jpg", exif=turned)
    found = opened(prepare_cover(tmp_path / "a.jpg"))
    assert max(found.getpixel((700, 1350))) < 20
    assert min(found.getpixel((700, 50))) > 235


def swapped_profile() -> bytes:
    """Return a colour space in which red and blue have changed places."""
    from PIL import ImageCms

    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
    return data.replace("sRGB".encode("utf-16-be"), "tupd".encode("utf-16-be"))


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_colours_are_those_that_were_meant(ending: str, tmp_path: Path) -> None:
    """A picture in another colour space is brought into that of screens; a broken profile is none."""
    for profile, strongest in ((swapped_profile(), 2), (b"no profile", 0)):
        red = Image.new("RGB", (1400, 1400), (255, 0, 0))
        red.save(tmp_path / f"a.{ending}", icc_profile=profile)
        pixel = opened(prepare_cover(tmp_path / f"a.{ending}")).getpixel((700, 700))
        assert pixel.index(max(pixel)) == strongest


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot be read as a picture"),
        (b"just text", "cannot be read as a picture"),
        (b"<svg xmlns='x'/>", "cannot be read as a picture"),
        (None, "cannot read"),
    ],
)
def test_what_is_no_picture_is_told(content: bytes | None, reason: str, tmp_path: Path) -> None:
    """Text, an SVG, an empty or missing file: one line that names it."""
    path = tmp_path / "cover.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=reason) as caught:
        prepare_cover(path)
    assert "cover.png" in str(caught.value)


def test_a_damaged_picture_is_told(tmp_path: Path) -> None:
    """A picture that ends in the middle is refused in a line."""
    path = tmp_path / "a.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (400, 400, 3), "u1")).save(path)
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(ConfigError, match=r"a\.png"):
        prepare_cover(path)


def test_a_tiny_picture_is_refused(tmp_path: Path) -> None:
    """An icon is no cover."""
    Image.new("RGB", (64, 64)).save(tmp_path / "a.png")
    with pytest.raises(ConfigError, match="64 x 64 pixels"):
        prepare_cover(tmp_path / "a.png")


def test_a_decompression_bomb_is_not_opened(tmp_path: Path) -> None:
    """A small file of far too many pixels is refused before it is decoded."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    body = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    body += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    with pytest.raises(ConfigError, match="too many pixels"):
        prepare_cover(tmp_path / "a.png")
