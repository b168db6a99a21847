"""How right the product is on every recording with truth, and what each stage costs in one process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .overlapped import overlapped, shortened
from .recordings import Recording, dev_or_sample, recordings, sample
from .score import Diarized, Words, score_turns, score_words
from .stages import Made, beginning, make

PROCESSES = 2
QUICK_S = 60.0


@dataclass(frozen=True, slots=True)
class Row:
    """One recording, the number of speakers found out (``auto``) and told (``known``)."""

    name: str
    kind: str
    length_s: float
    speakers: int
    found: int
    words: Words | None
    words_known: Words | None
    auto: Diarized
    known: Diarized
    coverage: float
    cpu_s: dict[str, float]
    peak_mb: float


def measure(audio: Path, names: tuple[str, ...], *, quick: bool) -> Iterator[Row]:
    """Yield a row per recording; nothing is measured before imports and model loads are done.

    Two recordings are under way at a time, each in a process with one thread.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        chosen = list(_chosen(audio, Path(place), names, quick=quick))
        with beginning(min(PROCESSES, len(chosen))) as pool:
            yield from pool.map(_row, chosen)


def _chosen(audio: Path, room: Path, names: tuple[str, ...], *, quick: bool) -> Iterator[Recording]:
    dev = list(recordings(audio, "dev"))
    everything = [sample(), *dev, *(overlapped(item, room) for item in dev_or_sample(audio))]
    everything += recordings(audio, "real")
    for recording in everything:
        if names and not any(name in recording.name for name in names):
            continue
        yield shortened(recording, QUICK_S, room) if quick else recording


def _row(recording: Recording) -> Row:
    told = len(recording.truth.speakers)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        auto = make(recording.path, Path(place))
        known = make(recording.path, Path(place), told)
    return Row(
        name=recording.name,
        kind=recording.kind,
        length_s=auto.length_s,
        speakers=told,
        found=len(auto.episode.diarization.labels),
        words=_words(recording, auto),
        words_known=_words(recording, known),
        auto=score_turns(recording.truth, auto.episode.diarization.turns, auto.length_s),
        known=score_turns(recording.truth, known.episode.diarization.turns, known.length_s),
        coverage=auto.transcript.coverage,
        cpu_s=auto.seconds,
        peak_mb=auto.peak_mb,
    )


def _words(recording: Recording, made: Made) -> Words | None:
    return score_words(recording.truth, made.episode.spoken) if recording.truth.has_text else None
