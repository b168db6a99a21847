"""Diarization against truth: error rates, number of voices, CPU seconds per second of sound.

    python -m bench.diarization [--slots] [NAME ...]

For every recording of the audio folder with an RTTM beside it: missed speech, false alarm and
confusion in percent of the speech (pyannote.metrics, collar 0, overlap included), the number of
voices found, and CPU time in one thread without imports and model loads. ``--slots`` runs
pyannote's own slot scheme on the same networks beside it. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from chaitime_audio.domain.speech import Diarization
from chaitime_audio.recognition.activity.pyannote import Engine as Detector
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.pyannote import Engine
from chaitime_audio.workers.in_process import InProcess

AUDIO = Path(__file__).resolve().parents[2] / "shared" / "audio"
WAYS = {"default": "ours", "slots": "slot scheme"}


@dataclass(frozen=True, slots=True)
class Row:
    """One recording diarized one way. Shares are percent of the truth's speech."""

    name: str
    way: str
    known: bool
    voices: int
    found: int
    missed: float
    false_alarm: float
    confusion: float
    cpu_share: float

    @property
    def error_rate(self) -> float:
        """The diarization error rate in percent."""
        return self.missed + self.false_alarm + self.confusion


def measure(audio: Path, names: list[str], ways: list[str]) -> Iterator[Row]:
    """Yield rows for recordings in ``audio`` (all with an RTTM when no names are given)."""
    pool = InProcess()
    with tempfile.TemporaryDirectory() as room:
        silence = _sound(b"\0\0" * 160_000, Path(room) / "silence")
        for way in ways:
            _timed(way, silence, 1, pool)
        for truth in sorted(audio.glob("*/*.rttm")):
            recording = truth.with_suffix(".flac")
            if not recording.is_file() or (names and truth.stem not in names):
                continue
            sound = _sound(_decoded(recording), Path(room) / truth.stem)
            reference = _read_rttm(truth)
            for way in ways:
                for known in (False, True):
                    yield _row(way, truth.stem, sound, reference, pool, known=known)


def table(rows: list[Row]) -> str:
    """Write rows as a Markdown table."""
    lines = [
        "| recording | way | count | found | missed % | false alarm % | confusion % | DER % | CPU s/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        told = "known" if row.known else "auto"
        shares = (row.missed, row.false_alarm, row.confusion, row.error_rate)
        numbers = " | ".join(f"{share:.2f}" for share in shares)
        lines.append(
            f"| {row.name} | {WAYS[row.way]} | {told} | {row.found} of {row.voices} | {numbers} "
            f"| {row.cpu_share:.3f} |"
        )
    return "\n".join(lines)


def _row(way: str, name: str, sound: Sound, reference: Any, pool: InProcess, *, known: bool) -> Row:
    voices = len(reference.labels())
    found, seconds = _timed(way, sound, voices if known else 0, pool)
    shares = _shares(reference, found, sound)
    return Row(name, way, known, voices, len(found.labels), *shares, seconds * 1000 / sound.duration_ms)


def _timed(way: str, sound: Sound, speakers: int, pool: InProcess) -> tuple[Diarization, float]:
    """Diarize, segmentation included; also the CPU seconds it took."""
    context = EngineContext(pool, _Kept(), lambda _share: None)
    before = time.process_time()
    activity = Detector(device="cpu").detect(sound, context) if way == "default" else None
    engine = Engine(model=way, device="cpu")
    found = engine.diarize(sound, activity, speakers, context)  # type: ignore[arg-type]
    return found, time.process_time() - before


class _Kept:
    """Batches kept in memory, as an episode's folder keeps them."""

    def __init__(self) -> None:
        self._batches: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._batches.get(key)

    def put(self, key: str, data: bytes) -> None:
        self._batches[key] = data


def _shares(reference: Any, found: Diarization, sound: Sound) -> tuple[float, float, float]:
    from pyannote.core import Annotation, Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    heard = Annotation()
    for index, turn in enumerate(found.turns):
        heard[Segment(turn.span.start_ms / 1000, turn.span.end_ms / 1000), index] = turn.label
    whole = Timeline([Segment(0, sound.sample_count / 16_000)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        detail = DiarizationErrorRate(collar=0.0)(reference, heard, uem=whole, detailed=True)
    parts = (detail["missed detection"], detail["false alarm"], detail["confusion"])
    missed, false_alarm, confusion = (100 * part / detail["total"] for part in parts)
    return missed, false_alarm, confusion


def _read_rttm(path: Path) -> Any:
    from pyannote.core import Annotation, Segment

    truth = Annotation()
    for index, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        fields = line.split()
        start = float(fields[3])
        truth[Segment(start, start + float(fields[4])), index] = fields[7]
    return truth


def _decoded(path: Path) -> bytes:
    """16 kHz mono 16-bit PCM by way of the product's own decoder."""
    from chaitime_audio.audio.decode import decode
    from chaitime_audio.audio.probe import probe

    with tempfile.TemporaryDirectory() as room:
        target = Path(room) / "decoded"
        decode(probe((path,), "single"), (path,), target, lambda _share: None)
        return target.read_bytes()


def _sound(data: bytes, path: Path) -> Sound:
    path.write_bytes(data)
    return Sound(path, len(data) // 2, sha256(data).hexdigest())


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="recordings by name; all when none is given")
    parser.add_argument(
        "--slots", action="store_true", help="also pyannote's slot scheme on the same networks"
    )
    parser.add_argument("--audio", type=Path, default=AUDIO, help="folder with recordings and their RTTMs")
    given = parser.parse_args()
    rows = []
    for row in measure(given.audio, given.names, ["default", "slots"] if given.slots else ["default"]):
        rows.append(row)
        print(f"{row.name}: {row.way} {row.error_rate:.2f} %", file=sys.stderr)
    print(table(rows) if rows else f"no recordings in {given.audio}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
