"""Captions: times that run forward inside the episode, lines short enough, voices named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

from ..domain.scripts import columns
from ..project.caption_file import Cue, read_captions
from ._finding import CheckContext, Finding, finding_if

TITLE = "Captions"
WIDTHS = {"srt": 32, "vtt": 65}
MOST_LINES = 2
AGAIN = "remove it from out/ and run: chaitime process EPISODE"


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge the SRT and the VTT."""
    if not sight.episode.spoken:
        yield Finding("captions", "pass", "nobody speaks, so there are none")
        return
    for kind, width in WIDTHS.items():
        raw = sight.text("{slug}." + kind)
        cues = _cues(raw or "", kind)
        if not cues:
            yield Finding(f"{kind}-file", "fail", f"the {kind.upper()} is missing or has no cue", AGAIN)
            continue
        yield from _times(kind, cues, sight.episode.duration_ms)
        yield from _lines(kind, cues, width)
        if kind == "vtt":
            yield from _vtt(raw or "", cues)


def _cues(raw: str, kind: str) -> tuple[Cue, ...]:
    """The cues, also of a VTT whose first line is gone (a finding of its own); none of what is none."""
    headless = kind == "vtt" and not raw.lstrip("\ufeff").startswith("WEBVTT")
    with suppress(ValueError):
        return read_captions(f"WEBVTT\n{raw}" if headless else raw)
    return ()


def _times(kind: str, cues: Sequence[Cue], end_ms: int) -> Iterator[Finding]:
    empty = next(
        (f"cue at {c.start_ms / 1000:g} s ends before it starts" for c in cues if c.end_ms <= c.start_ms), ""
    )
    yield finding_if(f"{kind}-length", empty, "each cue lasts", AGAIN)
    over = next(
        (f"cues overlap at {b.start_ms / 1000:g} s" for a, b in pairwise(cues) if b.start_ms < a.end_ms),
        "",
    )
    yield finding_if(f"{kind}-overlap", over, "no cues overlap", AGAIN)
    last_ms = max(cue.end_ms for cue in cues)
    late = f"a cue ends at {last_ms / 1000:g} s" if last_ms > end_ms + 1 else ""
    yield finding_if(f"{kind}-inside", late and f"{late}, after the episode", "inside the episode", AGAIN)


def _lines(kind: str, cues: Sequence[Cue], width: int) -> Iterator[Finding]:
    shown = [line for cue in cues for line in cue.lines]
    long = next((line for line in shown if columns(line) > width and " " in line.strip()), "")
    said = f"a line of {len(long)} characters: “{long[:30]}…”" if long else ""
    yield finding_if(f"{kind}-width", said, f"lines of at most {width} characters", AGAIN)
    tall = next(
        (f"{len(c.lines)} lines at {c.start_ms / 1000:g} s" for c in cues if len(c.lines) > MOST_LINES), ""
    )
    yield finding_if(f"{kind}-lines", tall, f"at most {MOST_LINES} lines", AGAIN)


def _vtt(raw: str, cues: Sequence[Cue]) -> Iterator[Finding]:
    head = "" if raw.lstrip("\ufeff").startswith("WEBVTT") else "the VTT does not open with WEBVTT"
    yield finding_if("vtt-header", head, "opens with WEBVTT", AGAIN)
    mute = next((c for c in cues if not c.voice), None)
    said = f"cue at {mute.start_ms / 1000:g} s names no voice" if mute else ""
    yield finding_if("vtt-voices", said, "each cue names its voice", AGAIN, platforms=("apple", "feed"))
