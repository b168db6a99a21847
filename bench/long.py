"""Hours of sound: the dev set over and over through the whole ``chaitime process``.

Wall and CPU time, peak memory of the process tree (sum of PSS, sampled every 100 ms), and the
drift of word times: each round of the dev set is compared, word by word, with the first one.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from chaitime_audio.domain.speech import Diarization, Transcript, Word
from chaitime_audio.project.serialization import from_json

from .children import run
from .recordings import dev_or_sample, period_s, repeated
from .score import score_text

HOURS = (1.0, 4.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One length. Drift: how far words of the last round lie from those of the first, middle and worst."""

    name: str
    sound_s: float
    wall_s: float
    cpu_s: float
    peak_mb: float
    peak_anon_mb: float
    peak_file_mb: float
    words: int
    wer: float
    voices: int
    rounds: int
    drift_median_ms: float
    drift_worst_ms: float


def measure(audio: Path, hours: Sequence[float]) -> Iterator[Row]:
    """Yield a row per length."""
    for length in hours or HOURS:
        with tempfile.TemporaryDirectory(prefix="bench-") as place:
            yield _row(audio, length, Path(place))


def _row(audio: Path, hours: float, room: Path) -> Row:
    parts = dev_or_sample(audio)
    piece = repeated(parts, hours * 3600, room / "long.wav")
    program = str(Path(sys.executable).with_name("chaitime"))
    home = room / "episode"
    done = run([program, "process", "--quiet", "--link", "--out", str(home), str(piece.path)], watch=True)
    transcript = from_json(Transcript, (home / "facts" / "transcript.json").read_bytes())
    diarization = from_json(Diarization, (home / "facts" / "diarization.json").read_bytes())
    count, errors = score_text(piece.truth, " ".join(word.text for word in transcript.words))
    moved = drift_ms(transcript.words, round(period_s(parts) * 1000), hours * 3_600_000)
    split = done.peak_parts or {}
    return Row(
        name=f"{hours:g} h",
        sound_s=hours * 3600,
        wall_s=done.wall_s,
        cpu_s=done.cpu_s,
        peak_mb=done.peak_mb,
        peak_anon_mb=split.get("anon", 0.0),
        peak_file_mb=split.get("file", 0.0),
        words=len(transcript.words),
        wer=100 * errors / count,
        voices=len(diarization.labels),
        rounds=int(hours * 3600 // period_s(parts)),
        drift_median_ms=statistics.median(moved) if moved else 0.0,
        drift_worst_ms=max((abs(one) for one in moved), default=0.0),
    )


def drift_ms(words: Sequence[Word], period_ms: int, length_ms: float) -> list[int]:
    """How much later than in the first round each word of the last whole round begins, in its own time."""
    rounds = int(length_ms // period_ms)
    if rounds < 2:
        return []
    first, last = _round(words, 0, period_ms), _round(words, rounds - 1, period_ms)
    match = SequenceMatcher(None, [text for text, _ in first], [text for text, _ in last], autojunk=False)
    return [
        last[other + step][1] - first[one + step][1]
        for one, other, size in match.get_matching_blocks()
        for step in range(size)
    ]


def _round(words: Sequence[Word], number: int, period_ms: int) -> list[tuple[str, int]]:
    """Words of one round with their starts from its beginning."""
    begin = number * period_ms
    return [
        (word.text, word.span.start_ms - begin)
        for word in words
        if begin <= word.span.start_ms < begin + period_ms
    ]
