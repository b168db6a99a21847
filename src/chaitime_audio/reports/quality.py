"""The quality of an episode: lines in words that pass or fail, and all figures for other programs."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ..domain.episode import Episode
from ..domain.quality import QualityReport
from ..editorial.notes.tags import chapter_marks

TOLERANCE_LU = 0.5
LEAST_DISTANCE_LU = 25.0
"""So far below the talk the noise of a room is hardly noticed."""
SHORTEST_FOR_NOISE_MS = 15_000
"""In less, nobody may have paused."""
MOST_APART_LU = 1.5
NOTHING_LUFS = -69.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was judged: what was found, and what to do when it is not fine."""

    fine: bool
    text: str
    advice: str = ""


def verdicts(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> tuple[Verdict, ...]:
    """What passes and what does not, a sentence each; ``true_peak_dbtp`` is the show's limit."""
    return (*_of_the_mp3(episode, report, true_peak_dbtp), *_of_the_recording(report))


def _of_the_mp3(episode: Episode, report: QualityReport, most_dbtp: float) -> tuple[Verdict, ...]:
    made, target = episode.master.loudness, episode.master.target_lufs
    after = [voice.after_lufs for voice in report.voices]
    apart = max(after) - min(after) if len(after) > 1 else 0.0
    before = [voice.before_lufs for voice in report.voices]
    told = f" (in the recording: {max(before) - min(before):.1f} LU)" if len(before) > 1 else ""
    silences = len(report.silences)
    silent = made.integrated_lufs <= NOTHING_LUFS
    return (
        Verdict(
            abs(made.integrated_lufs - target) <= TOLERANCE_LU,
            "the MP3 is silent"
            if silent
            else f"the MP3 has {signed(made.integrated_lufs)} LUFS; the target is {signed(target)}",
            "listen to the recording" if silent else "make it again: --again master",
        ),
        Verdict(
            made.true_peak_dbtp <= most_dbtp,
            f"its true peak is {signed(made.true_peak_dbtp)} dBTP; at most {signed(most_dbtp)} is allowed",
            "make it again: --again master",
        ),
        Verdict(
            apart <= MOST_APART_LU,
            f"the voices are {apart:.1f} LU apart{told}",
            "check that each line has the right speaker: chaitime speakers",
        ),
        Verdict(
            not silences,
            f"silences longer than {report.long_silence_ms / 1000:g} s: {silences}",
            "listen to hear if they are meant; audio.longest_silence_s shortens them",
        ),
    )


def _of_the_recording(report: QualityReport) -> tuple[Verdict, ...]:
    clipped_ms = sum(item.duration_ms for item in report.clipped)
    return (
        Verdict(
            not report.clipped,
            f"clipped places in the recording: {len(report.clipped)} ({clipped_ms} ms)",
            "clipping cannot be undone; next time leave 12 dB of headroom",
        ),
        _of_noise(report),
    )


def _of_noise(report: QualityReport) -> Verdict:
    distance = report.noise_distance_lu
    if report.duration_ms < SHORTEST_FOR_NOISE_MS or report.source.integrated_lufs <= NOTHING_LUFS:
        return Verdict(True, "too little talk to tell noise from it")
    return Verdict(
        distance >= LEAST_DISTANCE_LU,
        f"noise lies {distance:.0f} LU below the talk; {LEAST_DISTANCE_LU:.0f} and more is quiet",
        'audio.denoise = "light" turns it down',
    )


def figures(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> dict[str, object]:
    """All that was measured, the lines in words, chapters, and what the MP3 came to, for other programs."""
    return {
        **{field.name: getattr(report, field.name) for field in fields(report)},
        "noise_distance_lu": report.noise_distance_lu,
        "mp3": episode.master.loudness,
        "chapters": chapter_marks(episode),
        "verdicts": verdicts(episode, report, true_peak_dbtp),
    }


def signed(value: float) -> str:
    """A number with one digit, its minus as print has it."""
    return f"{value:.1f}".replace("-", "−")
