"""Regions for Reaper: the CSV that its Region/Marker Manager imports and exports."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain import text
from ..reports.palette import LIGHT
from .marks import NamedSpan

HEADER = "#,Name,Start,End,Length,Color\n"
VOICES = 5


def regions(spans: Sequence[NamedSpan]) -> str:
    """Return a region a line, each voice in a colour of its own; what has no length is a marker."""
    order = {label: at for at, label in enumerate(dict.fromkeys(one.label for one in spans if one.label))}
    return HEADER + "".join(_line(at, one, order.get(one.label)) for at, one in enumerate(spans, start=1))


def _line(number: int, one: NamedSpan, voice: int | None) -> str:
    colour = "" if voice is None else LIGHT[f"voice-{voice % VOICES}"].removeprefix("#").upper()
    start, name = _time(one.start_ms), text.csv(one.name)
    if one.end_ms <= one.start_ms:
        return f"M{number},{name},{start},,,{colour}\n"
    return f"R{number},{name},{start},{_time(one.end_ms)},{_time(one.end_ms - one.start_ms)},{colour}\n"


def _time(at_ms: int) -> str:
    """``M:SS.mmm`` or ``H:MM:SS.mmm``, the ruler that Reaper calls Minutes:Seconds."""
    minutes, ms = divmod(at_ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    whole = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{whole}:{ms // 1000:02}.{ms % 1000:03}"
