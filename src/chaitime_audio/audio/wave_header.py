"""What a WAV says of its own length: ffmpeg goes by the size of the file, and never sees that it was cut."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

UNKNOWN_BYTES = 0x7FFF_0000
"""From here on a size is what a program writes that does not know it yet."""
MOST_CHUNKS = 64


def declared_s(path: Path) -> float:
    """Seconds that a RIFF or RF64 header declares and the file is too short for; 0 where nothing is missing.

    Two sizes have to agree, that of the whole and that of the sound; a recorder that was switched off leaves
    them at zero or at their largest. Formats: RIFF (1991), EBU Tech 3306. Never raises for what a file holds.
    """
    try:
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
                return 0.0
            return _declared(file, struct.unpack("<I", head[4:8])[0], path.stat().st_size)
    except (OSError, ValueError, struct.error):
        return 0.0


def _declared(file: BinaryIO, whole: int, there: int) -> float:
    """Walk the chunks up to the sound. Raises struct.error where the file ends before."""
    bytes_per_s, sizes = 0, (whole, 0)
    for _ in range(MOST_CHUNKS):
        name, size = struct.unpack("<4sI", file.read(8))
        if name == b"data":
            known = sizes if sizes[1] else (whole, size)
            unknown = not sizes[1] and max(known) >= UNKNOWN_BYTES
            return 0.0 if unknown else _cut(known, file.tell(), there) / max(1, bytes_per_s)
        body = file.read(min(size, 4096))
        if name == b"fmt ":
            (bytes_per_s,) = struct.unpack_from("<I", body, 8)
        if name == b"ds64":
            sizes = struct.unpack_from("<QQ", body)
        file.seek(size - len(body) + size % 2, 1)
    return 0.0


def _cut(sizes: tuple[int, int], begins: int, there: int) -> int:
    """The declared bytes of sound, when both sizes reach behind the end of the file; else 0."""
    whole, sound = sizes
    return sound if min(whole + 8, begins + sound) > there and whole + 8 >= begins + sound else 0
