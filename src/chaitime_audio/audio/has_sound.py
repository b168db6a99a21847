"""Whether there is sound in a file whose name does not tell: what the decoder says decides."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from ..errors import ChaitimeError
from . import ffmpeg

_AUDIO = re.compile(r"^\s*Stream #\d+:\d+[^:\n]*: Audio: ", re.MULTILINE)
_TEXT_BYTES = 512


def has_sound(path: Path) -> bool:
    """Whether the decoder finds an audio stream in a file; what cannot be read has none.

    A file that is looked at again and again (`watch`) is asked once for as long as it stays the same.
    """
    try:
        seen = path.stat()
    except OSError:
        return False
    return _heard(path, seen.st_size, seen.st_mtime_ns)


@functools.lru_cache(maxsize=4096)
def _heard(path: Path, _size: int, _mtime_ns: int) -> bool:
    try:
        with path.open("rb") as reader:
            if _is_text(reader.read(_TEXT_BYTES)):
                return False
        return bool(_AUDIO.search(ffmpeg.report(path)))
    except (OSError, ChaitimeError):
        return False


def _is_text(head: bytes) -> bool:
    """Whether a file begins as texts do: no decoder need be started for it."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as cause:
        return cause.start > len(head) - 4  # a letter cut in two where the reading stopped
    return True
