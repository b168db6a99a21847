"""Ctrl-C in the middle of real engines: libraries that know no signals, in this process and in workers."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from chaitime_audio.audio import ffmpeg

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"
MOST_S = 5.0
CODE = "from chaitime_audio.cli import main; main()"
STANDINS = {"activity": "standin", "asr": "standin", "diarization": "standin", "mastering": "standin"}
REAL = {
    "master": ("mastering", "ffmpeg", "master the MP3"),
    "transcript": ("asr", "whisper", "transcribe"),
    "diarization": ("diarization", "pyannote", "tell voices apart"),
    "activity": ("activity", "pyannote", "find speech"),
}


def show_with(folder: Path, kind: str, engine: str, workers: int, minutes: int = 10) -> Path:
    """A show with one long recording, the sample again and again, and one real engine."""
    engines = "\n".join(f'{name} = "{value}"' for name, value in {**STANDINS, kind: engine}.items())
    (folder / "config").mkdir()
    (folder / "config" / "chaitime.toml").write_text(
        f'[show]\nname = "Tea Time"\nhost = "Maya Rao"\n[engines]\n'
        f'model = "tiny.en"\nworkers = {workers}\n{engines}\n'
    )
    home = folder / "episodes" / "one"
    (home / "source").mkdir(parents=True)
    (home / "episode.toml").write_text('title = "One"\n')
    command = [
        ffmpeg.ffmpeg_path(),
        "-v",
        "error",
        "-stream_loop",
        "-1",
        "-i",
        str(SAMPLE),
        "-t",
        str(60 * minutes),
    ]
    subprocess.run([*command, str(home / "source" / "talk.wav")], check=True, stdin=subprocess.DEVNULL)
    return home


@pytest.mark.hard
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("stage", REAL)
def test_a_signal_ends_real_engines(stage: str, workers: int, sent: str, tmp_path: Path) -> None:
    """Some seconds into the stage a signal ends the run; no process is left, nothing half-written."""
    kind, engine, title = REAL[stage]
    home = show_with(tmp_path, kind, engine, workers)
    log = tmp_path / "said"
    with log.open("w") as writer:
        running = subprocess.Popen(
            [sys.executable, "-c", CODE, "process", str(home)], cwd=tmp_path, stdout=writer, stderr=writer
        )
    until = time.monotonic() + 120
    while f"{title} …" not in log.read_text():
        assert running.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)
    time.sleep(4)
    assert f"{title}: done" not in log.read_text()
    family, began = psutil.Process(running.pid).children(recursive=True), time.monotonic()
    running.send_signal(signal.Signals[sent])
    code = running.wait(timeout=300)
    spent_s = time.monotonic() - began
    assert code == {"SIGINT": 130, "SIGTERM": 143}[sent], log.read_text()
    assert spent_s < MOST_S
    assert "Traceback" not in log.read_text()
    _, alive = psutil.wait_procs(family, timeout=3)
    assert not alive
    assert [path for path in tmp_path.rglob(".*") if path.name not in (".lock", ".files.lock")] == []
