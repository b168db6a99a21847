"""Batches that are killed in the middle: what the tests about that share."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import psutil

from chaitime_audio.audio import ffmpeg

CODE = "from chaitime_audio.cli import main; main()"


def start(top: Path, temp: Path, *options: str) -> subprocess.Popen[str]:
    """Start a batch over ``episodes`` in a process group of its own, its temporaries in ``temp``."""
    temp.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", CODE, "batch", "episodes", "--jobs", "2", *options],
        cwd=top,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(temp)},
    )


def finish(batch: subprocess.Popen[str], most_s: float = 300.0) -> list[dict[str, object]]:
    """Let a batch that tells JSON run to its end and return its events."""
    out, err = batch.communicate(timeout=most_s)
    assert batch.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


def kill_tree(batch: subprocess.Popen[str]) -> None:
    """SIGKILL everything at once: parent, workers, ffmpeg; returns when all of it is gone."""
    with contextlib.suppress(psutil.Error):
        tree = [psutil.Process(batch.pid), *psutil.Process(batch.pid).children(recursive=True)]
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)
        psutil.wait_procs(tree, timeout=10)
    batch.communicate()


def fingerprint(top: Path) -> dict[str, str]:
    """A hash of every output: of texts by their bytes, of sound by what it decodes to."""
    found = {}
    for path in sorted(top.glob("episodes/*/out/**/*")):
        if path.is_file():
            data = _decoded(path) if path.suffix == ".mp3" else path.read_bytes()
            found[str(path.relative_to(top))] = sha256(data).hexdigest()
    return found


def _decoded(path: Path) -> bytes:
    return b"".join(ffmpeg.stream([*ffmpeg.input_of(path), "-f", "s16le", "-acodec", "pcm_s16le"]))


def finished_stages(top: Path) -> set[tuple[str, str]]:
    """Episode and stage of every receipt that is kept."""
    found = set()
    for record in top.glob("episodes/*/episode.json"):
        with contextlib.suppress(ValueError):
            stages = json.loads(record.read_text()).get("receipts", {})
            found |= {(record.parent.name, stage) for stage in stages}
    return found


def begun_stages(events: list[dict[str, object]]) -> set[tuple[str, str]]:
    """Episode and stage of everything that a run began."""
    moved = [item for item in events if item["event"] == "moved" and item["state"] == "started"]
    return {(Path(str(item["path"])).name, str(item["stage"])) for item in moved}


def leftovers(top: Path, temp: Path) -> list[str]:
    """Temporary files that should not be there any more; torch keeps a cache of its own among them."""
    left = [path for path in top.rglob("*") if path.name.endswith(".part") or path.name == "work"]
    others = [path for path in temp.iterdir() if not path.name.startswith("torchinductor")]
    return [str(path) for path in [*left, *others]]


def wait_for_begin(batch: subprocess.Popen[str], top: Path, most_s: float = 60.0) -> None:
    """Wait until work on an episode has begun."""
    end = time.monotonic() + most_s
    while batch.poll() is None and not list(top.glob("episodes/*/episode.json")) and time.monotonic() < end:
        time.sleep(0.02)
