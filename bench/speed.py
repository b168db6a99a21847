"""Side by side: the same weights, threads and recording, every system as a whole process.

Each system runs on a long and on a short piece. What the short piece costs beyond its share is
the *fixed cost* (imports, model loads, worker start); the rest is the cost per second of sound.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from .children import FailedError, Run, run
from .recordings import ROOT, Recording, dev_or_sample, repeated
from .score import score_text
from .systems import CLI_MINUTES, MINUTES, THREADS, System, ffmpeg_folder, process, systems

SHORT_S, QUICK_MINUTES = 30.0, 1.5
NOTHING_NEW = "ours: chaitime process, nothing new"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said."""

    audio: Path
    whisperx: Path
    runs: int
    quick: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One system: medians over runs on a piece of ``sound_s``, and the fixed cost by two lengths."""

    name: str
    sound_s: float
    runs: int
    wall_s: float
    cpu_s: float
    fixed_wall_s: float
    fixed_cpu_s: float
    wer: float | None
    text_sha256: str = ""
    stage_wall_s: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Once:
    """One run of a system."""

    run: Run
    text: str
    stages: dict[str, float]


def measure(asked: Asked, names: tuple[str, ...]) -> Iterator[Row]:
    """Yield a row per system that is installed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        room = Path(place)
        os.environ["PATH"] = f"{ffmpeg_folder(room)}{os.pathsep}{os.environ['PATH']}"
        config = room / "chaitime.toml"
        config.write_text(f"[engines]\nworkers = {THREADS}\n")
        parts = dev_or_sample(asked.audio)
        short = repeated(parts, SHORT_S, room / "short.wav")
        longs = {
            minutes: repeated(parts, minutes * 60, room / f"long-{minutes:g}.wav")
            for minutes in ((QUICK_MINUTES,) if asked.quick else (CLI_MINUTES, MINUTES))
        }
        for system in systems(asked.whisperx, config):
            if not names or any(name in system.name for name in names):
                long = longs[QUICK_MINUTES if asked.quick else system.minutes]
                try:
                    yield _row(system, (long, short), room, asked.runs)
                except FailedError as problem:
                    print(f"  {system.name} failed: {problem}", file=sys.stderr)
        if not names or any(name in NOTHING_NEW for name in names):
            yield _kept(process(config, short.path, room / "kept"), _length_s(short))


def _row(system: System, pieces: tuple[Recording, Recording], room: Path, runs: int) -> Row:
    long, short = pieces
    done = [_once(system, long, room) for _ in range(runs)]
    brief = _once(system, short, room).run
    sound_s, short_s = _length_s(long), _length_s(short)
    middle = statistics.median_low([one.run.wall_s for one in done])
    chosen = next(one for one in done if one.run.wall_s == middle)
    cpu_s = statistics.median(one.run.cpu_s for one in done)
    share = short_s / (sound_s - short_s)
    words, errors = score_text(long.truth, chosen.text)
    return Row(
        name=system.name,
        sound_s=sound_s,
        runs=runs,
        wall_s=middle,
        cpu_s=cpu_s,
        fixed_wall_s=brief.wall_s - (middle - brief.wall_s) * share,
        fixed_cpu_s=brief.cpu_s - (cpu_s - brief.cpu_s) * share,
        wer=100 * errors / words if words else None,
        text_sha256=sha256(chosen.text.encode()).hexdigest(),
        stage_wall_s=chosen.stages,
    )


def _once(system: System, piece: Recording, room: Path) -> Once:
    with tempfile.TemporaryDirectory(dir=room) as fresh:
        done = run(system.command(piece.path, Path(fresh)), cwd=ROOT)
        return Once(done, system.text(done, Path(fresh)), system.stages(Path(fresh)))


def _kept(command: list[str], sound_s: float) -> Row:
    """A second run on an episode of which everything is kept."""
    run(command, cwd=ROOT)
    again = run(command, cwd=ROOT)
    return Row(NOTHING_NEW, sound_s, 1, again.wall_s, again.cpu_s, again.wall_s, again.cpu_s, None)


def _length_s(piece: Recording) -> float:
    with wave.open(str(piece.path)) as reader:
        return float(reader.getnframes() / reader.getframerate())
