"""What stands below the picture: who has which colour, which line is which, and the chapters by number."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from ..domain.episode import Episode
from ..domain.quality import QualityReport
from ..domain.timecode import short_clock
from ..editorial.notes.tags import chapter_marks
from .shapes import Area, Label, Line, box, fitted, width_of

VOICES = 5
"""Colours there are; more voices share the last one."""
NOBODY = "nobody"
ROW, GAP, SWATCH, STROKE = 18.0, 18.0, 10.0, 18.0
LONGEST_NAME = 180.0
COLUMNS, MOST_LISTED, KEY_GAP = 3, 60, 8.0

Shape = Area | Line | Label


def role_of(episode: Episode, label: str) -> str:
    """The role of a voice's colour, by its place among the voices."""
    labels = episode.diarization.labels
    return f"voice-{min(labels.index(label), VOICES - 1)}" if label in labels else NOBODY


def legend(
    episode: Episode, report: QualityReport, room: tuple[float, float], top: float
) -> tuple[list[Shape], float]:
    """Return one entry per colour and line, in as many rows as they need, and the last row's baseline."""
    left, right = room
    shapes: list[Shape] = []
    x, y = left, top
    for kind, role, name in _entries(episode, report):
        text = fitted(name, LONGEST_NAME)
        sign = SWATCH if kind == "area" else STROKE
        wide = sign + 5 + width_of(text)
        if x > left and x + wide > right:
            x, y = left, y + ROW
        if kind == "area":
            shapes.append(box(x, y - 9, x + sign, y + 1, role))
        else:
            shapes.append(Line(((x, y - 4), (x + sign, y - 4)), role, 1.6, dashed=kind == "dashes"))
        shapes.append(Label(x + sign + 5, y, text))
        x += wide + GAP
    return shapes, y


def _entries(episode: Episode, report: QualityReport) -> Iterator[tuple[str, str, str]]:
    """Kind, role and name of what needs a word."""
    for label in episode.diarization.labels:
        yield "area", role_of(episode, label), " ".join(episode.cast.name(label).split())
    yield "area", NOBODY, NOBODY
    if report.silences:
        yield "area", "silence", "long silence"
    if report.clipped:
        yield "area", "clipped", "clipped"
    yield "line", "before", "loudness before"
    yield "line", "after", "after"
    yield "dashes", "target", "target"
    yield "dashes", "noise", "noise"


def key(episode: Episode, room: tuple[float, float], top: float) -> tuple[list[Shape], float]:
    """Return the chapters in columns under a height: number, time, title; and the last row's baseline."""
    marks = chapter_marks(episode)
    left, wide = room[0], (room[1] - room[0]) / COLUMNS
    shown = marks[:MOST_LISTED]
    rows = ceil((len(shown) + (len(marks) > len(shown))) / COLUMNS)
    shapes: list[Shape] = []
    for index in range(min(len(marks), MOST_LISTED + 1)):
        x, y = left + index // rows * wide, top + KEY_GAP + ROW * (index % rows + 1)
        if index == MOST_LISTED:
            shapes.append(Label(x, y, f"and {len(marks) - len(shown)} more"))
            continue
        title = " ".join(marks[index].title.split())
        shapes.append(Label(x + 14, y, str(index + 1), anchor="end"))
        shapes.append(Label(x + 62, y, short_clock(marks[index].start_ms), anchor="end"))
        shapes.append(Label(x + 72, y, fitted(title, wide - 72 - GAP)))
    return shapes, top + (KEY_GAP + ROW * rows if rows else 0)
