"""Cover art as podcast directories want it: square, RGB, JPEG, 1400 to 3000 pixels, 512 KB at most."""

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
CHAPTER_SIDE, CHAPTER_BYTES = 1000, 200 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
QUALITIES = (92, 88, 84, 80, 75, 70, 60, 50, 40, 30, 20, 10)


def prepare_cover(path: Path) -> bytes:
    """Return a picture as a JPEG that every directory takes.

    What is not square is put on a square of its border's colour; transparency becomes white.
    Raises ConfigError for what is missing, no picture, damaged, too large to open safely, or
    under 300 pixels.
    """
    picture = _square(_opened(path))
    if picture.width < TOO_SMALL:
        raise ConfigError(f"{path} is only {picture.width} pixels wide; a cover needs {SMALLEST} or more")
    side = min(max(picture.width, SMALLEST), LARGEST)
    while True:
        scaled = picture if picture.width == side else _resized(picture, side)
        for quality in QUALITIES:
            data = _jpeg(scaled, quality)
            if len(data) <= MOST_BYTES:
                return data
            if quality <= GOOD_ENOUGH and side > SMALLEST:
                break
        if side == SMALLEST:
            raise ConfigError(f"{path} cannot be made smaller than 512 KB; choose a simpler picture")
        side = max(SMALLEST, side * 3 // 4)


def prepare_picture(path: Path) -> bytes:
    """Return the picture of a chapter as a JPEG of at most 1000 pixels a side and 200 KB, its shape kept.

    Raises ConfigError as `prepare_cover` does.
    """
    from PIL import Image

    picture = _opened(path)
    picture.thumbnail((CHAPTER_SIDE, CHAPTER_SIDE), Image.Resampling.LANCZOS)
    for quality in QUALITIES:
        data = _jpeg(picture, quality)
        if len(data) <= CHAPTER_BYTES:
            return data
    raise ConfigError(f"{path} cannot be made smaller than 200 KB; choose a simpler picture")


def _opened(path: Path) -> Image:
    """Open and decode, whatever the name says the file is; returned as RGB, upright."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise ConfigError(
                        f"{path} has too many pixels; {LARGEST} x {LARGEST} is enough for a cover"
                    )
                return _rgb(ImageOps.exif_transpose(found))
    except UnidentifiedImageError as cause:
        raise ConfigError(f"{path} is no picture that can be read; a cover is a JPEG or PNG") from cause
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise ConfigError(
            f"{path} has too many pixels; {LARGEST} x {LARGEST} is enough for a cover"
        ) from cause
    except OSError as cause:
        raise ConfigError(f"cannot read {path}: {cause.strerror or cause}") from cause
    except (ValueError, SyntaxError, MemoryError) as cause:
        raise ConfigError(f"{path} is a damaged picture: {cause}") from cause


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
    from PIL import Image, ImageStat

    if picture.width == picture.height:
        return picture
    side = max(picture.size)
    edge = (
        picture.crop((0, 0, picture.width, 1))
        if picture.width > picture.height
        else picture.crop((0, 0, 1, picture.height))
    )
    colour = tuple(round(value) for value in ImageStat.Stat(edge).mean)
    paper = Image.new("RGB", (side, side), colour)
    paper.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return paper


def _resized(picture: Image, side: int) -> Image:
    from PIL import Image

    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _jpeg(picture: Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=False, dpi=(72, 72))
    return buffer.getvalue()
