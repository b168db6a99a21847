"""The picture of an episode's sound: what is where. Everything in published time, from left to right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..derive.tags import chapter_marks
from ..model.episode import Episode
from ..model.quality import LoudnessCurve, QualityReport
from ..model.sound import SourceMs
from .shapes import Area, Drawing, Label, Line, Point, box

LEFT, RIGHT, WIDTH = 44.0, 990.0, 1000.0
CHAPTER_Y = 14.0
WAVE_TOP, WAVE_BOTTOM = 24.0, 144.0
LOUD_TOP, LOUD_BOTTOM = 164.0, 304.0
AXIS_Y, LEGEND_Y, HEIGHT = 320.0, 346.0, 358.0
LOUDEST, QUIETEST = 0.0, -54.0
VOICES = 5
"""Colours there are; more voices share the last one."""
NOBODY = "nobody"
TICKS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
MOST_TICKS = 10


def layout(episode: Episode, report: QualityReport) -> Drawing:
    """Return waveform by speaker, loudness before and after, chapters, clipped places, silences, times."""
    shapes = [
        *_grid(episode),
        *_silences(episode, report),
        *_waveform(episode, report),
        *_curves(episode, report),
        *_clipped(episode, report),
        *_chapters(episode),
        *_axis(episode),
        *_legend(episode),
    ]
    return Drawing(WIDTH, HEIGHT, tuple(shapes))


def role_of(episode: Episode, label: str) -> str:
    """The role of a voice's colour, by its place among the voices."""
    labels = episode.diarization.labels
    return f"voice-{min(labels.index(label), VOICES - 1)}" if label in labels else NOBODY


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
    for lufs in range(-48, 0, 12):
        yield Line(((LEFT, y_of(lufs)), (RIGHT, y_of(lufs))), "grid")
        yield Label(LEFT - 6, y_of(lufs) + 4, f"{lufs}", anchor="end")
    yield Label(LEFT - 6, LOUD_TOP + 4, "LUFS", anchor="end")
    target = y_of(episode.master.target_lufs)
    yield Line(((LEFT, target), (RIGHT, target)), "target", dashed=True, title="target loudness")


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


def _points(episode: Episode, curve: LoudnessCurve, place: object) -> tuple[Point, ...]:
    assert callable(place)
    middles = (index * curve.step_ms + curve.window_ms // 2 for index in range(len(curve.lufs)))
    return tuple(
        (x_of(episode, place(middle)), y_of(lufs)) for middle, lufs in zip(middles, curve.lufs, strict=True)
    )


def _silences(episode: Episode, report: QualityReport) -> Iterator[Area]:
    for start, end in report.silences:
        yield box(x_of(episode, start), WAVE_TOP, x_of(episode, end), LOUD_BOTTOM, "silence", "long silence")


def _clipped(episode: Episode, report: QualityReport) -> Iterator[Area]:
    for item in report.clipped:
        if episode.timeline.keeps(item):
            at = x_of(episode, episode.timeline.published(item.start_ms))
            yield box(at, WAVE_TOP - 6, at, WAVE_TOP - 1, "clipped", "clipped in the recording")


def _chapters(episode: Episode) -> Iterator[Line | Label]:
    """A dashed line where a chapter begins, and its title as far as there is room."""
    marks = chapter_marks(episode)
    for mark in marks:
        left, right = x_of(episode, mark.start_ms), x_of(episode, mark.end_ms)
        yield Line(((left, CHAPTER_Y - 8), (left, LOUD_BOTTOM)), "chapter", dashed=True, title=mark.title)
        room = int((right - left - 6) / 5.6)
        text = " ".join(mark.title.split())
        if room >= 3:
            yield Label(
                left + 4, CHAPTER_Y, text if len(text) <= room else text[: room - 1] + "…", "text", 10.5
            )


def _axis(episode: Episode) -> Iterator[Line | Label]:
    seconds = episode.duration_ms / 1000
    step = next((tick for tick in TICKS_S if seconds / tick <= MOST_TICKS), TICKS_S[-1])
    for at_s in range(0, int(seconds) + 1, step):
        x = x_of(episode, at_s * 1000)
        yield Line(((x, LOUD_BOTTOM), (x, LOUD_BOTTOM + 4)), "axis")
        yield Label(x, AXIS_Y, _clock(at_s), anchor="middle")


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _legend(episode: Episode) -> Iterator[Area | Line | Label]:
    """Who has which colour, and which line is which."""
    x = LEFT
    for role, name in _named(episode, episode.diarization.labels):
        yield box(x, LEGEND_Y - 9, x + 10, LEGEND_Y + 1, role)
        yield Label(x + 15, LEGEND_Y, name)
        x += 27 + 6.4 * len(name)
    for role, name in (("before", "loudness before"), ("after", "after"), ("target", "target")):
        yield Line(((x, LEGEND_Y - 4), (x + 18, LEGEND_Y - 4)), role, 1.6, dashed=role == "target")
        yield Label(x + 23, LEGEND_Y, name)
        x += 35 + 6.4 * len(name)


def _named(episode: Episode, labels: Iterable[str]) -> Iterator[tuple[str, str]]:
    for label in labels:
        name = " ".join(episode.cast.name(label).split())
        yield role_of(episode, label), name if len(name) <= 28 else name[:27] + "…"
