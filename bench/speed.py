"""Side by side: the same weights, threads and recording, every system as a whole process.

Each system runs on a long and on a short piece. What the short piece costs beyond its share is
the *fixed cost* (imports, model loads, worker start); the rest is the cost per second of sound.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chaitime_audio.codec import from_json
from chaitime_audio.engines._ffmpeg import ffmpeg_path
from chaitime_audio.model.speech import Transcript
from chaitime_audio.weights import find

from .children import FailedError, Run, run
from .ctranslate2_model import model_folder
from .recordings import ROOT, Recording, dev_or_sample, repeated
from .score import score_text

MINUTES, CLI_MINUTES, SHORT_S, QUICK_MINUTES = 15.0, 2.0, 20.0, 1.0
THREADS = 2


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
    peak_mb: float = 0.0

    @property
    def cpu_per_second(self) -> float:
        """CPU seconds per second of sound without the fixed cost."""
        return (self.cpu_s - self.fixed_cpu_s) / self.sound_s


@dataclass(frozen=True, slots=True)
class System:
    """A program to measure: its command for a recording and a fresh folder, and where its text is."""

    name: str
    command: Callable[[Path, Path], list[str]]
    text: Callable[[Run, Path], str]
    minutes: float = MINUTES


def measure(asked: Asked, names: tuple[str, ...]) -> Iterator[Row]:
    """Yield a row per system that is installed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        room = Path(place)
        os.environ["PATH"] = f"{_ffmpeg_folder(room)}{os.pathsep}{os.environ['PATH']}"
        parts = dev_or_sample(asked.audio)
        short = repeated(parts, SHORT_S, room / "short.wav")
        longs = {
            minutes: repeated(parts, minutes * 60, room / f"long-{minutes:g}.wav")
            for minutes in ((QUICK_MINUTES,) if asked.quick else (CLI_MINUTES, MINUTES))
        }
        for system in _systems(asked, room):
            if not names or any(name in system.name for name in names):
                long = longs[QUICK_MINUTES if asked.quick else system.minutes]
                try:
                    yield _row(system, (long, short), room, asked.runs)
                except FailedError as problem:
                    print(f"  {system.name} failed: {problem}", file=sys.stderr)


def _row(system: System, pieces: tuple[Recording, Recording], room: Path, runs: int) -> Row:
    long, short = pieces
    done = [_once(system, long, room) for _ in range(runs)]
    brief = [_once(system, short, room)[0] for _ in range(runs)]
    sound_s = _length_s(long)
    wall_s, cpu_s = (statistics.median(getattr(r, name) for r, _ in done) for name in ("wall_s", "cpu_s"))
    short_wall, short_cpu = (
        statistics.median(getattr(r, name) for r in brief) for name in ("wall_s", "cpu_s")
    )
    share = _length_s(short) / (sound_s - _length_s(short))
    words, errors = score_text(long.truth, done[0][1])
    return Row(
        name=system.name,
        sound_s=sound_s,
        runs=runs,
        wall_s=wall_s,
        cpu_s=cpu_s,
        fixed_wall_s=short_wall - (wall_s - short_wall) * share,
        fixed_cpu_s=short_cpu - (cpu_s - short_cpu) * share,
        wer=100 * errors / words if words else None,
    )


def _once(system: System, piece: Recording, room: Path) -> tuple[Run, str]:
    with tempfile.TemporaryDirectory(dir=room) as fresh:
        done = run(system.command(piece.path, Path(fresh)), cwd=ROOT)
        return done, system.text(done, Path(fresh))


def _length_s(piece: Recording) -> float:
    with wave.open(str(piece.path)) as reader:
        return float(reader.getnframes() / reader.getframerate())


def _systems(asked: Asked, room: Path) -> Iterator[System]:
    python, here = sys.executable, Path(__file__).parent
    checkpoint, folder = str(find("whisper-base").path), str(model_folder())
    config = room / "chaitime.toml"
    config.write_text(f"[engines]\nworkers = {THREADS}\n")
    fast = [str(here / "_faster_whisper_runner.py")]
    yield System(
        "whisper CLI",
        lambda f, d: [*_cli(python, checkpoint), str(f), "--output_dir", str(d)],
        _cli_text,
        CLI_MINUTES,
    )
    yield System("faster-whisper batched", lambda f, _: [python, *fast, str(f), folder, str(THREADS)], _told)
    other = asked.whisperx / "bin" / "python"
    if other.exists():
        runner = str(here / "_whisperx_runner.py")
        yield System(
            "WhisperX ASR + VAD", lambda f, _: [str(other), runner, str(f), folder, str(THREADS)], _told
        )
    else:
        print(f"  no WhisperX in {asked.whisperx}", file=sys.stderr)
    for workers in (1, THREADS):
        yield System(
            f"ours: activity + ASR, {workers} worker{'s' * (workers > 1)}", _ours(python, workers), _told
        )
    yield System(
        "ours: chaitime process", lambda f, d: [*_process(python, config, d / "ep"), str(f)], _facts_text
    )


def _ours(python: str, workers: int) -> Callable[[Path, Path], list[str]]:
    return lambda file, _: [python, "-m", "bench._ours_runner", str(file), str(workers)]


def _cli(python: str, checkpoint: str) -> list[str]:
    options = [
        "--word_timestamps",
        "True",
        "--fp16",
        "False",
        "--verbose",
        "False",
        "--output_format",
        "json",
    ]
    return [
        python,
        "-m",
        "whisper",
        "--model",
        checkpoint,
        "--threads",
        str(THREADS),
        "--device",
        "cpu",
        *options,
    ]


def _process(python: str, config: Path, home: Path) -> list[str]:
    program = str(Path(python).with_name("chaitime"))
    return [program, "process", "--quiet", "--link", "--config", str(config), "--out", str(home)]


def _cli_text(_: Run, folder: Path) -> str:
    return str(json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))["text"])


def _told(done: Run, _: Path) -> str:
    line = next(line for line in reversed(done.output.splitlines()) if line.startswith("{"))
    return str(json.loads(line)["text"])


def _facts_text(_: Run, folder: Path) -> str:
    made = from_json(Transcript, (folder / "ep" / "facts" / "transcript.json").read_bytes())
    return " ".join(word.text for word in made.words)


def _ffmpeg_folder(room: Path) -> Path:
    """Name a folder with an ``ffmpeg`` in it, which the whisper CLI and WhisperX look for on PATH."""
    home = room / "bin"
    home.mkdir()
    (home / "ffmpeg").symlink_to(ffmpeg_path())
    return home
