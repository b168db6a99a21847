"""How several recordings belong together, as far as their names and lengths tell: proposed, never guessed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

_NUMBERED = re.compile(
    r"^(.*?)[ _.-]*(?P<word>part|pt|teil|parte|partie|deel|cz|\b)?[ _.-]*\(?(\d{1,4})\)?$", re.IGNORECASE
)
_TRACK = re.compile(
    r"(?:^|[ _.-])(?:tr|trk|track|mic|trmic|micro|mikro|mikrofon|microphone|micrófono|in|input|ch|chn|chan"
    r"|channel|kanal|spur|piste|pista|spoor|canal|canale|host|guest|gast|speaker|sprecher|person|participant|caller|lav"
    r"|left|right|l|r|iso)[ _.-]*$",
    re.IGNORECASE,
)
SAME_LENGTH_S = 1.0


def proposed(paths: tuple[Path, ...]) -> Literal["parts", ""]:
    """Say "parts" for names that count on by one, in that order; nothing where a person must be asked.

    That is where the names say a track (Tr1, mic 2, input 3) rather than a piece, and where all are as
    long as each other to a second: pieces of one talk hardly ever are, tracks of one always.
    """
    found = [_NUMBERED.match(path.stem) for path in paths]
    if not all(found) or len({path.suffix.lower() for path in paths}) > 1:
        return ""
    stems = {match[1].casefold() for match in found if match}
    numbers = [int(match[3]) for match in found if match]
    counted = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(stems) > 1 or not counted or any(_TRACK.search(stem) for stem in stems):
        return ""
    return "" if _equally_long(paths) else "parts"


def _equally_long(paths: tuple[Path, ...]) -> bool:
    lengths = [length_s(path) for path in paths]
    known = [length for length in lengths if length]
    return len(known) == len(lengths) and max(known) - min(known) < SAME_LENGTH_S


def length_s(path: Path) -> float:
    """How long a recording is by its header; 0.0 when none tells. Good for a doubt, not for a timeline."""
    from mutagen import File, MutagenError

    try:
        known = File(path)
        return float(known.info.length) if known is not None and known.info else 0.0
    except (MutagenError, AttributeError, ValueError, OSError):
        return 0.0
