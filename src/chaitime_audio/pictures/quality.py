"""The quality of an episode as lines in words and one drawing (SVG)."""

from __future__ import annotations

from html import escape

from ..derive.tags import chapter_marks
from ..model.episode import Episode
from ..model.quality import LoudnessCurve, QualityReport
from ..model.sound import SourceMs

WIDTH, TOP, HEIGHT = 1000, 24, 200
LOUDEST, QUIETEST = 0.0, -60.0
COLOURS = ("#3d7ea6", "#c8741a", "#5a8f4e", "#8d5aa8", "#a34a4a")
TOLERANCE_LU = 0.5
NOISE_LIMIT_LUFS = -50.0


def verdicts(episode: Episode, report: QualityReport) -> tuple[tuple[bool, str], ...]:
    """What passes and what does not, one sentence each."""
    made, target = episode.master.loudness, episode.master.target_lufs
    clipped_ms, silences = sum(item.duration_ms for item in report.clipped), len(report.silences)
    floor = report.noise_floor_lufs
    return (
        (
            abs(made.integrated_lufs - target) <= TOLERANCE_LU,
            f"the MP3 has {made.integrated_lufs:.1f} LUFS; the target is {target:g}",
        ),
        (made.true_peak_dbtp <= -1.0, f"its true peak is {made.true_peak_dbtp:.1f} dBTP; −1.0 is the most"),
        (not report.clipped, f"clipped places in the recording: {len(report.clipped)} ({clipped_ms} ms)"),
        (floor <= NOISE_LIMIT_LUFS, f"the recording's noise floor is {floor:.1f} LUFS; −50 is still quiet"),
        (not silences, f"silences longer than {report.long_silence_ms / 1000:g} s: {silences}"),
    )


def drawing(episode: Episode, report: QualityReport) -> str:
    """Speakers, chapters, long silences, clipped places and loudness before and after, in published time."""
    marks = [*_scale(), *_speakers(episode), *_spans(episode, report)]
    before = _curve(episode, report.before, source=True)
    after = _curve(episode, report.after, source=False)
    marks.append(f'<polyline points="{before}" fill="none" stroke="#999" stroke-width="1"/>')
    marks.append(f'<polyline points="{after}" fill="none" stroke="currentColor" stroke-width="1.5"/>')
    for mark in chapter_marks(episode):
        x, label = _x(episode, mark.start_ms), escape(mark.title)
        marks.append(
            f'<line x1="{x}" x2="{x}" y1="{TOP}" y2="{TOP + HEIGHT}" stroke="#888" stroke-dasharray="3 3">'
            f"<title>{label}</title></line>"
        )
    box = f'viewBox="0 0 {WIDTH} {TOP + HEIGHT + 24}" role="img" aria-label="Loudness over time"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(marks)}</svg>'


def _x(episode: Episode, at_ms: float) -> float:
    return round(WIDTH * min(1.0, max(0.0, at_ms / max(1, episode.duration_ms))), 1)


def _curve(episode: Episode, curve: LoudnessCurve, *, source: bool) -> str:
    points = []
    for index, lufs in enumerate(curve.lufs):
        middle = index * curve.step_ms + curve.window_ms // 2
        at_ms = episode.timeline.published(SourceMs(middle)) if source else middle
        share = (LOUDEST - min(LOUDEST, max(QUIETEST, lufs))) / (LOUDEST - QUIETEST)
        points.append(f"{_x(episode, at_ms)},{TOP + HEIGHT * share:.1f}")
    return " ".join(points)


def _scale() -> list[str]:
    """A thin line and its LUFS every 12 LU."""
    rows = []
    for lufs in range(-48, 0, 12):
        y = TOP + HEIGHT * (LOUDEST - lufs) / (LOUDEST - QUIETEST)
        rows.append(f'<path d="M0 {y:g}H{WIDTH}" stroke="#8884"/>')
        rows.append(f'<text x="2" y="{y - 3:g}" font-size="10" fill="#888">{lufs} LUFS</text>')
    return rows


def _speakers(episode: Episode) -> list[str]:
    labels = list(episode.diarization.labels)
    rows = []
    for turn in episode.diarization.exclusive:
        left = _x(episode, episode.timeline.published(turn.span.start_ms))
        right = _x(episode, episode.timeline.published(turn.span.end_ms))
        colour = COLOURS[labels.index(turn.label) % len(COLOURS)] if turn.label in labels else COLOURS[-1]
        name = escape(episode.cast.name(turn.label))
        rows.append(_box((left, right), (TOP + HEIGHT + 4, 16), colour, name))
    return rows


def _spans(episode: Episode, report: QualityReport) -> list[str]:
    at = episode.timeline.published
    clipped = [(at(item.start_ms), at(item.end_ms), "#d33", "clipped") for item in report.clipped]
    quiet = [(start, end, "#9992", "silence") for start, end in report.silences]
    return [
        _box((_x(episode, start), _x(episode, end)), (TOP, HEIGHT), colour, title)
        for start, end, colour, title in (*quiet, *clipped)
    ]


def _box(across: tuple[float, float], down: tuple[float, float], colour: str, title: str) -> str:
    left, right = across
    width = max(0.6, round(right - left, 1))
    place = f'x="{left}" width="{width}" y="{down[0]}" height="{down[1]}"'
    return f'<rect {place} fill="{colour}"><title>{title}</title></rect>'


def page(episode: Episode, report: QualityReport) -> str:
    """A whole HTML page: the lines in words, and the drawing."""
    rows = "".join(
        f"<li>{'✓ pass' if fine else '✗ FAIL'} – {escape(text)}</li>"
        for fine, text in verdicts(episode, report)
    )
    title = escape(" ".join(episode.title.split()))
    style = ":root{color-scheme:light dark}"
    style += "body{font:1rem/1.5 system-ui;max-width:64rem;margin:2rem auto;padding:0 1rem}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head><body>'
        f"<h1>{title}</h1><ul>{rows}</ul>{drawing(episode, report)}"
        "<p>Grey: short-term loudness before; dark: after. "
        "Below: who speaks. Dashed: chapters.</p></body></html>\n"
    )
