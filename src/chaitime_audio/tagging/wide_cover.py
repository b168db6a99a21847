"""The show's picture in 16:9, for apps with wide screens and for video platforms."""

from __future__ import annotations

import io
from pathlib import Path

from ..errors import ConfigError
from .cover import QUALITIES, check_cover

WIDTH, HEIGHT = 1920, 1080
LEAST_WIDTH = 1280
SAME_SHAPE = 0.02
MOST_BYTES = 512 * 1024


def prepare_wide(path: Path) -> bytes:
    """Return a 16:9 picture as a JPEG of at most 1920 x 1080 pixels and 512 KB.

    Raises ConfigError for one of another shape, under 1280 pixels wide, or that is no picture.
    """
    from PIL import Image

    picture = check_cover(path)
    width, height = picture.size
    if abs(width / height / (WIDTH / HEIGHT) - 1) > SAME_SHAPE:
        raise ConfigError(f"{path} has {width} x {height} pixels, which is not 16:9; 1920 x 1080 is")
    if width < LEAST_WIDTH:
        raise ConfigError(f"{path} has only {width} x {height} pixels; 1280 x 720 is the least")
    size = (WIDTH, HEIGHT) if width > WIDTH else (width, height)
    scaled = picture.resize(size, Image.Resampling.LANCZOS) if size != picture.size else picture
    for quality in QUALITIES:
        packed = io.BytesIO()
        scaled.save(packed, "JPEG", quality=quality, optimize=True, dpi=(72, 72))
        if packed.tell() <= MOST_BYTES:
            return packed.getvalue()
    raise ConfigError(f"{path} cannot be made smaller than 512 KB; choose a simpler picture")
