"""Times as people, captions and files write them: here they are read and written, and nowhere else."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,3})?)$")


def parse_clock(text: str) -> int:
    """Milliseconds of ``MM:SS``, ``MM:SS.mmm`` or ``HH:MM:SS,mmm``. Raises ValueError for anything else."""
    found = _CLOCK.match(text.strip())
    if not found:
        raise ValueError(f"“{text}” is not a time; write it like 02:15 or 1:02:15.5")
    hours, minutes, seconds = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    return round(whole * 1000)


def clock(at_ms: float) -> str:
    """``MM:SS``, or ``H:MM:SS`` from one hour on: a place in the talk, as platforms want it in notes."""
    hours, minutes, seconds = _parts(at_ms)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def short_clock(length_ms: float) -> str:
    """``M:SS``, or ``H:MM:SS`` from one hour on: how long something is, in tables and pictures."""
    hours, minutes, seconds = _parts(length_ms)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def exact_clock(at_ms: int) -> str:
    """``MM:SS.mmm``, or ``H:MM:SS.mmm`` from one hour on: as a person's file holds a time."""
    return f"{clock(at_ms)}.{at_ms % 1000:03}"


def stamp(at_ms: int, separator: str = ".") -> str:
    """``HH:MM:SS.mmm``, as captions have it (SubRip wants a comma)."""
    hours, minutes, seconds = _parts(at_ms)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{at_ms % 1000:03}"


def iso_duration(length_ms: float) -> str:
    """ISO 8601 duration for HTML's ``time`` element, such as ``PT1H2M3S``."""
    hours, minutes, seconds = _parts(length_ms)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + f"{seconds}S"


def spelled_length(length_ms: float) -> str:
    """``8 s``, ``3 min 05 s``, ``2 h 10 min``, with narrow blanks that do not break."""
    hours, minutes, seconds = _parts(length_ms + 500)
    if hours:
        return f"{hours}\u202fh {minutes:02}\u202fmin"
    return f"{minutes}\u202fmin {seconds:02}\u202fs" if minutes else f"{seconds}\u202fs"


def _parts(ms: float) -> tuple[int, int, int]:
    """Hours, minutes and whole seconds, what is left of a second dropped."""
    minutes, seconds = divmod(max(0, int(ms)) // 1000, 60)
    return (*divmod(minutes, 60), seconds)
