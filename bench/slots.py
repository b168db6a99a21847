"""Our diarization beside pyannote's slot scheme on the same networks: errors, and CPU time in one thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .diarization import measure as diarized


@dataclass(frozen=True, slots=True)
class Row:
    """One recording, number of voices told: error rate in percent and CPU seconds per second of sound."""

    name: str
    ours_der: float
    slots_der: float
    ours_confusion: float
    slots_confusion: float
    ours_cpu: float
    slots_cpu: float


def measure(audio: Path, names: tuple[str, ...]) -> Iterator[Row]:
    """Yield a row per recording with an RTTM beside it."""
    known = [row for row in diarized(audio, list(names), ["default", "slots"]) if row.known]
    for name, pair in groupby(sorted(known, key=lambda row: (row.name, row.way)), lambda row: row.name):
        ours, slots = pair
        errors = (ours.error_rate, slots.error_rate, ours.confusion, slots.confusion)
        yield Row(name, *errors, ours.cpu_share, slots.cpu_share)
