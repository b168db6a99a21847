"""Cover art as podcast directories want it: square, RGB, JPEG, 1400 to 3000 pixels, 512 KB at most.

Pictures of chapters are square or 16:9, smaller, and carry nothing of the camera's notes either.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError

if TYPE_CHECKING:
    from PIL.Image import Image

SMALLEST, LARGEST = 1400, 3000
TOO_SMALL = 300
MOST_PIXELS = 100_000_000
MOST_BYTES = 512 * 1024
GOOD_ENOUGH = 70
CHAPTER_SMALLEST, CHAPTER_SIDE, CHAPTER_BYTES = 200, 1000, 200 * 1024
CHAPTER_SHAPES, SAME_SHAPE = (1.0, 16 / 9), 1.02
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
QUALITIES = (92, 88, 84, 80, 75, 70, 60, 50, 40, 30, 20, 10)


def prepare_cover(path: Path) -> bytes:
    """Return a picture as a JPEG that every directory takes.

    What is not square is put on a square of its border's colour; transparency becomes white.
    Raises ConfigError as `check_cover` does, and for one that packs too badly.
    """
    picture = _square(check_cover(path))
    side = min(max(picture.width, SMALLEST), LARGEST)
    while True:
        scaled = picture if picture.width == side else _resized(picture, side, side)
        for quality in QUALITIES:
            data = _jpeg(scaled, quality)
            if len(data) <= MOST_BYTES:
                return data
            if quality <= GOOD_ENOUGH and side > SMALLEST:
                break
        if side == SMALLEST:
            raise ConfigError(f"{path} cannot be made smaller than 512 KB; choose a simpler picture")
        side = max(SMALLEST, side * 3 // 4)


def check_cover(path: Path) -> Image:
    """Return a cover as it is, decoded.

    Raises ConfigError for what is missing, no picture, damaged, too large to open safely, or
    under 300 pixels.
    """
    picture = _opened(path)
    if max(picture.size) < TOO_SMALL:
        width, height = picture.size
        raise ConfigError(f"{path} has only {width} x {height} pixels; a cover needs {SMALLEST} or more")
    return picture


def prepare_picture(path: Path) -> bytes:
    """Return the picture of a chapter as a JPEG, square or 16:9, at most 1000 pixels a side and 200 KB.

    One of another shape is put on paper of its border's colour. Raises ConfigError as
    `check_picture` does.
    """
    picture = _framed(check_picture(path))
    for quality in QUALITIES:
        data = _jpeg(picture, quality)
        if len(data) <= CHAPTER_BYTES:
            return data
    raise ConfigError(f"{path} cannot be made smaller than 200 KB; choose a simpler picture")


def check_picture(path: Path) -> Image:
    """Return the picture of a chapter as it is, decoded.

    Raises ConfigError for what is missing, no picture, damaged, too large to open safely, or
    under 200 pixels.
    """
    picture = _opened(path, CHAPTER_SIDE)
    if max(picture.size) < CHAPTER_SMALLEST:
        width, height = picture.size
        raise ConfigError(
            f"{path} has only {width} x {height} pixels; a chapter's picture needs {CHAPTER_SMALLEST} or more"
        )
    return picture


def _opened(path: Path, enough: int = LARGEST) -> Image:
    """Open and decode, whatever the name says the file is; returned as RGB, upright.

    A JPEG of far more than ``enough`` pixels a side is decoded at a part of its size.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise ConfigError(f"{path} has too many pixels; {enough} x {enough} is enough")
                found.draft(None, (enough, enough))
                return _rgb(_in_srgb(ImageOps.exif_transpose(found)))
    except UnidentifiedImageError as cause:
        raise ConfigError(f"{path} cannot be read as a picture; choose a JPEG or PNG") from cause
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise ConfigError(f"{path} has too many pixels; {enough} x {enough} is enough") from cause
    except OSError as cause:
        raise ConfigError(f"cannot read {path}: {cause.strerror or cause}") from cause
    except (ValueError, SyntaxError, MemoryError) as cause:
        raise ConfigError(f"{path} is a damaged picture: {cause}") from cause


def _in_srgb(picture: Image) -> Image:
    """Return a picture that names its colour space (a camera's, a print shop's) in that of screens."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        known = "sRGB" in ImageCms.getProfileDescription(source)
        screen = ImageCms.createProfile("sRGB")
        moved = None if known else ImageCms.profileToProfile(picture, source, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # ignore a broken profile
    return moved or picture


def _rgb(picture: Image) -> Image:
    """Return it in RGB, without transparency or palette."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        paper = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(paper, solid).convert("RGB")
    if picture.mode.startswith(("I", "F")):
        import numpy as np

        deep = np.asarray(picture, dtype=np.float64)
        deep = (deep - deep.min()) * (255 / max(1.0, float(deep.max() - deep.min())))
        return Image.fromarray(deep.astype(np.uint8)).convert("RGB")
    return picture.convert("RGB")


def _square(picture: Image) -> Image:
    """Return it square: put in the middle of a square of the colour its border has."""
    side = max(picture.size)
    return _on_paper(picture, (side, side))


def _framed(picture: Image) -> Image:
    """Return it square or 16:9, whichever is nearer to its shape, at most `CHAPTER_SIDE` pixels a side."""
    width, height = picture.size
    ratio = width / height
    shape = min(CHAPTER_SHAPES, key=lambda shape: max(shape / ratio, ratio / shape))
    if max(shape / ratio, ratio / shape) < SAME_SHAPE:
        shape = ratio
    wide, high = max(width, height * shape), max(height, width / shape)
    scale = min(1.0, CHAPTER_SIDE / wide, CHAPTER_SIDE / high)
    inner, outer = (
        (max(1, round(x * scale)), max(1, round(y * scale))) for x, y in (picture.size, (wide, high))
    )
    return _on_paper(_resized(picture, *inner), outer)


def _on_paper(picture: Image, size: tuple[int, int]) -> Image:
    """Return it in the middle of a paper of the colour that its border has where paper is seen."""
    from PIL import Image, ImageStat

    if picture.size == size:
        return picture
    top, left = (0, 0, picture.width, 1), (0, 0, 1, picture.height)
    edge = picture.crop(top if size[1] > picture.height else left)
    colour = tuple(round(value) for value in ImageStat.Stat(edge).mean)
    paper = Image.new("RGB", size, colour)
    paper.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return paper


def _resized(picture: Image, width: int, height: int) -> Image:
    from PIL import Image

    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _jpeg(picture: Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=False, dpi=(72, 72))
    return buffer.getvalue()
