"""Reads captions: WebVTT and SubRip, by webvtt-py; a person's, or our own to be checked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import unescape

from ..domain.timecode import parse_clock


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its times in ms, the voice its tag names, and its lines as shown, tags taken out."""

    start_ms: int
    end_ms: int
    voice: str
    lines: tuple[str, ...]


def read_captions(text: str) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT or SubRip file. Raises ValueError for a text that is neither."""
    import webvtt

    shape = "vtt" if text.lstrip("\ufeff \r\n").startswith("WEBVTT") else "srt"
    try:
        found = webvtt.from_buffer(io.StringIO(text.lstrip("\ufeff")), format=shape).captions
    except webvtt.errors.MalformedFileError as cause:
        raise ValueError("these are no captions") from cause
    return tuple(
        Cue(
            parse_clock(cue.start),
            parse_clock(cue.end),
            unescape(cue.voice or ""),
            tuple(unescape(line) for line in cue.text.split("\n")),
        )
        for cue in found
    )
