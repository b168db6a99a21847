"""The ID3 tag of an MP3 as it stands in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def tag_of(path: Path) -> Any:
    """Return mutagen's tag, nothing translated; None when there is none that can be read."""
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    try:
        return ID3(path, translate=False)
    except (MutagenError, OSError):
        return None
