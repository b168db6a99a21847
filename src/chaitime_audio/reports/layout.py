"""The picture of an episode's sound: what is where. Everything in published time, from left to right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from math import ceil, log10

from ..domain.episode import Episode
from ..domain.quality import LoudnessCurve, QualityReport
from ..domain.sound import SourceMs
from ..domain.timecode import short_clock
from ..editorial.notes.tags import chapter_marks
from .legend import NOBODY, key, legend, role_of
from .shapes import Area, Drawing, Label, Line, Point, box, fitted, width_of

LEFT, RIGHT, WIDTH = 44.0, 990.0, 1000.0
CHAPTER_Y, CHAPTER_SIZE = 14.0, 10.5
WAVE_TOP, WAVE_BOTTOM = 24.0, 144.0
LOUD_TOP, LOUD_BOTTOM = 160.0, 310.0
AXIS_Y, LEGEND_Y, BELOW = 326.0, 352.0, 12.0
LOUDEST, QUIETEST = -6.0, -66.0
SHORTEST_TITLE = 16
"""Characters of a title that say something; where there is room for fewer stands its number alone."""
MOST_POINTS = 946
TICKS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
MOST_TICKS = 10


def layout(episode: Episode, report: QualityReport, *, with_key: bool = False) -> Drawing:
    """Return waveform by speaker, loudness before and after, noise, chapters, clipping, silences, times.

    ``with_key`` lists the chapters below, for where no list stands beside the picture.
    """
    below, legend_y = legend(episode, report, (LEFT, RIGHT), LEGEND_Y)
    listed, bottom = key(episode, (LEFT, RIGHT), legend_y) if with_key else ([], legend_y)
    shapes = [
        *_silences(episode, report),
        *_grid(episode),
        *_waveform(episode, report),
        *_noise(report),
        *_curves(episode, report),
        *_clipped(episode, report),
        *_chapters(episode),
        *_axis(episode),
        *below,
        *listed,
    ]
    return Drawing(WIDTH, bottom + BELOW, tuple(shapes))


def x_of(episode: Episode, at_ms: float) -> float:
    """Where a published time stands."""
    share = min(1.0, max(0.0, at_ms / max(1, episode.duration_ms)))
    return round(LEFT + (RIGHT - LEFT) * share, 2)


def y_of(lufs: float) -> float:
    """Where a loudness stands."""
    share = (LOUDEST - min(LOUDEST, max(QUIETEST, lufs))) / (LOUDEST - QUIETEST)
    return round(LOUD_TOP + (LOUD_BOTTOM - LOUD_TOP) * share, 2)


def _grid(episode: Episode) -> Iterator[Line | Label]:
    middle = (WAVE_TOP + WAVE_BOTTOM) / 2
    yield Line(((LEFT, middle), (RIGHT, middle)), "grid")
    yield Label(LEFT - 6, middle + 4, "MP3", anchor="end")
    for lufs in range(-60, 0, 12):
        yield Line(((LEFT, y_of(lufs)), (RIGHT, y_of(lufs))), "grid")
        yield Label(LEFT - 6, y_of(lufs) + 4, f"{lufs}", anchor="end")
    yield Label(LEFT - 6, LOUD_BOTTOM + 4, "LUFS", anchor="end")
    target = y_of(episode.master.target_lufs)
    yield Line(((LEFT, target), (RIGHT, target)), "target", dashed=True, title="target loudness")


def _noise(report: QualityReport) -> Iterator[Line]:
    y = y_of(report.noise_floor_lufs)
    yield Line(((LEFT, y), (RIGHT, y)), "noise", 1.2, dashed=True, title="noise of the recording")


def _waveform(episode: Episode, report: QualityReport) -> Iterator[Area]:
    """One area for every stretch of one speaker: the peaks of the MP3, mirrored."""
    if not report.envelope:
        return
    step_ms = report.duration_ms / len(report.envelope)
    for role, title, first, last in _runs(_voice_at(episode, step_ms, len(report.envelope))):
        yield _blob(episode, report.envelope[first:last], (first * step_ms, step_ms), role, title)


def _blob(
    episode: Episode, peaks: tuple[float, ...], place_ms: tuple[float, float], role: str, title: str
) -> Area:
    middle, half = (WAVE_TOP + WAVE_BOTTOM) / 2, (WAVE_BOTTOM - WAVE_TOP) / 2
    start_ms, step_ms = place_ms
    upper: list[Point] = []
    for index, peak in enumerate(peaks):
        y = round(middle - half * max(0.008, min(1.0, peak)), 2)
        left, right = (x_of(episode, start_ms + step_ms * at) for at in (index, index + 1))
        upper += [(left, y), (right, y)]
    lower = [(x, round(2 * middle - y, 2)) for x, y in reversed(upper)]
    return Area((*upper, *lower), role, title)


def _voice_at(episode: Episode, step_ms: float, count: int) -> list[tuple[str, str]]:
    """Role and name of who speaks in the middle of every step."""
    at, turns = episode.timeline.published, episode.diarization.exclusive
    starts = [at(turn.span.start_ms) for turn in turns]
    found = []
    for index in range(count):
        middle = (index + 0.5) * step_ms
        known = bisect_right(starts, middle) - 1
        if known >= 0 and middle < at(turns[known].span.end_ms):
            label = turns[known].label
            found.append((role_of(episode, label), episode.cast.name(label)))
        else:
            found.append((NOBODY, ""))
    return found


def _runs(steps: list[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
    first = 0
    for index in range(1, len(steps) + 1):
        if index == len(steps) or steps[index] != steps[first]:
            yield *steps[first], first, index
            first = index


def _curves(episode: Episode, report: QualityReport) -> Iterator[Line]:
    at = episode.timeline.published
    before = _points(episode, report.before, lambda ms: at(SourceMs(ms)))
    yield Line(before, "before", 1.0, title="short-term loudness of the recording")
    yield Line(_points(episode, report.after, float), "after", 1.6, title="short-term loudness of the MP3")


def _points(episode: Episode, curve: LoudnessCurve, place: Callable[[int], float]) -> tuple[Point, ...]:
    """One point a value; of a long curve one for so many values, their mean."""
    step = max(1, ceil(len(curve.lufs) / MOST_POINTS))
    points = []
    for first in range(0, len(curve.lufs), step):
        values = curve.lufs[first : first + step]
        middle_ms = round((first + (len(values) - 1) / 2) * curve.step_ms) + curve.window_ms // 2
        power = sum(10 ** (value / 10) for value in values) / len(values)
        points.append((x_of(episode, place(middle_ms)), y_of(10 * log10(power))))
    return tuple(points)


def _silences(episode: Episode, report: QualityReport) -> Iterator[Area]:
    for start, end in report.silences:
        yield box(x_of(episode, start), WAVE_TOP, x_of(episode, end), LOUD_BOTTOM, "silence", "long silence")


def _clipped(episode: Episode, report: QualityReport) -> Iterator[Area]:
    for item in report.clipped:
        if episode.timeline.keeps(item):
            at = x_of(episode, episode.timeline.published(item.start_ms))
            yield box(at, WAVE_TOP - 6, at, WAVE_TOP - 1, "clipped", "clipped in the recording")


def _chapters(episode: Episode) -> Iterator[Line | Label]:
    """A dashed line where a chapter begins, its number, and its title as far as there is room for it."""
    for number, mark in enumerate(chapter_marks(episode), 1):
        left, right = x_of(episode, mark.start_ms), x_of(episode, mark.end_ms)
        yield Line(((left, CHAPTER_Y - 8), (left, LOUD_BOTTOM)), "chapter", dashed=True, title=mark.title)
        whole, room = f"{number} {' '.join(mark.title.split())}", right - left - 8
        text = fitted(whole, room, CHAPTER_SIZE)
        if text != whole and len(text) < SHORTEST_TITLE:
            text = str(number) if width_of(str(number), CHAPTER_SIZE) <= room else ""
        if text:
            yield Label(left + 4, CHAPTER_Y, text, "text", CHAPTER_SIZE)


def _axis(episode: Episode) -> Iterator[Line | Label]:
    seconds = episode.duration_ms / 1000
    step = next((tick for tick in TICKS_S if seconds / tick <= MOST_TICKS), TICKS_S[-1])
    for at_s in range(0, int(seconds) + 1, step):
        x = x_of(episode, at_s * 1000)
        yield Line(((x, LOUD_BOTTOM), (x, LOUD_BOTTOM + 4)), "axis")
        near_the_edge = x > RIGHT - 12
        yield Label(
            RIGHT if near_the_edge else x,
            AXIS_Y,
            short_clock(1000 * at_s),
            anchor="end" if near_the_edge else "middle",
        )
