"""The systems that are measured side by side: how each is started, and where its text is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chaitime_audio.audio.ffmpeg import ffmpeg_path
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.model_files import find
from chaitime_audio.project.serialization import from_json

from .children import Run
from .ctranslate2_model import model_folder

MINUTES, CLI_MINUTES = 15.0, 2.0
THREADS = 2
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class System:
    """A program to measure: its command for a recording and a fresh folder, and where its text is."""

    name: str
    command: Callable[[Path, Path], list[str]]
    text: Callable[[Run, Path], str]
    minutes: float = MINUTES
    stages: Callable[[Path], dict[str, float]] = lambda _: {}


def systems(whisperx: Path, config: Path) -> Iterator[System]:
    """Yield every system that is installed; ``whisperx`` is the environment of that one."""
    folder, python = str(model_folder()), sys.executable
    yield System("whisper CLI", _cli, _cli_text, CLI_MINUTES)
    fast = partial(_runner, [python, str(HERE / "_faster_whisper_runner.py")], [folder, str(THREADS)])
    yield System("faster-whisper batched", fast, _told)
    other = whisperx / "bin" / "python"
    if other.exists():
        command = partial(_runner, [str(other), str(HERE / "_whisperx_runner.py")], [folder, str(THREADS)])
        yield System("WhisperX ASR + VAD", command, _told)
    else:
        print(f"  no WhisperX in {whisperx}", file=sys.stderr)
    ours = [python, "-m", "bench._ours_runner"]
    yield System("ours: activity + ASR, 1 worker", partial(_runner, ours, ["1"]), _told)
    several = partial(_runner, ours, [str(THREADS)])
    yield System(f"ours: activity + ASR, {THREADS} workers", several, _told)
    slow = partial(_runner, ours, [str(THREADS), "whisper"])
    yield System(f"ours with openai-whisper, {THREADS} workers", slow, _told)
    yield System("ours: chaitime process", partial(process, config), _facts_text, stages=_receipts)


def process(config: Path, piece: Path, folder: Path) -> list[str]:
    """The command that makes an episode of a piece in ``folder``/ep."""
    program = str(Path(sys.executable).with_name("chaitime"))
    options = ["--quiet", "--link", "--config", str(config), "--out", str(folder / "ep")]
    return [program, "process", *options, str(piece)]


def _runner(program: list[str], options: list[str], piece: Path, _: Path) -> list[str]:
    return [*program, str(piece), *options]


def _cli(piece: Path, folder: Path) -> list[str]:
    options = "--word_timestamps True --fp16 False --verbose False --output_format json --device cpu".split()
    model = ["--model", str(find("whisper-base").path), "--threads", str(THREADS)]
    return [sys.executable, "-m", "whisper", *model, *options, "--output_dir", str(folder), str(piece)]


def _cli_text(_: Run, folder: Path) -> str:
    return str(json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))["text"])


def _told(done: Run, _: Path) -> str:
    line = next(line for line in reversed(done.output.splitlines()) if line.startswith("{"))
    return str(json.loads(line)["text"])


def _facts_text(_: Run, folder: Path) -> str:
    made = from_json(Transcript, (folder / "ep" / "facts" / "transcript.json").read_bytes())
    return " ".join(word.text for word in made.words)


def _receipts(folder: Path) -> dict[str, float]:
    """Wall seconds of each stage; stages overlap in time."""
    receipts = json.loads((folder / "ep" / "episode.json").read_text(encoding="utf-8"))["receipts"]
    return {name: float(receipt["made"]["seconds"]) for name, receipt in receipts.items()}


def ffmpeg_folder(room: Path) -> Path:
    """Name a folder with an ``ffmpeg`` in it, which the whisper CLI and WhisperX look for on PATH."""
    home = room / "bin"
    home.mkdir()
    (home / "ffmpeg").symlink_to(ffmpeg_path())
    return home
