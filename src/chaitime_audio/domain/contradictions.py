"""Two decisions about one place that cannot both be made: the person's own stands, a program's yields."""

from __future__ import annotations

from collections.abc import Iterable

from .correction import Correction
from .sound import SourceMs
from .timecode import parse_clock

PLACE_MS, BORDER_MS, JOIN_MS = 1_500, 3_000, 300
"""So near to each other two times mean one place, one change of speaker, one paragraph."""


def contradicted(item: Correction, own: Iterable[Correction]) -> Correction | None:
    """Return the first of a person's corrections that says otherwise about the place of a program's."""
    return next((other for other in own if _otherwise(item, other)), None)


def _otherwise(item: Correction, other: Correction) -> bool:
    if item.border is not None:
        return _border(item, other)
    if item.speaker:
        return _given(item, other)
    if item.join_at is not None:
        begun = (other.break_at, other.split_at)
        return any(at is not None and abs(at - item.join_at) <= JOIN_MS for at in begun)
    begins = item.break_at if item.break_at is not None else item.split_at
    if begins is None or other.join_at is None:
        return False
    return abs(other.join_at - begins) <= JOIN_MS


def _border(item: Correction, other: Correction) -> bool:
    """Whether a border is one that a person put elsewhere."""
    if other.border is None or other.to is None or item.to == other.to:
        return False
    near = (other.border, other.to)
    return any(abs(at - (item.border or 0)) <= BORDER_MS for at in near)


def _given(item: Correction, other: Correction) -> bool:
    """Whether the same turn is somebody else's by name; of a time it is not known here whom it means."""
    if not other.speaker or _is_time(item.speaker) or _is_time(other.speaker):
        return False
    there, here = _place(other), _place(item)
    if there is None or here is None or abs(there - here) > PLACE_MS:
        return False
    return " ".join(item.speaker.casefold().split()) != " ".join(other.speaker.casefold().split())


def _place(item: Correction) -> SourceMs | None:
    return item.give if item.give is not None else item.split_at


def _is_time(speaker: str) -> bool:
    try:
        parse_clock(speaker)
    except ValueError:
        return False
    return True
