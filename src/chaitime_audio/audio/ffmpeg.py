"""The only file that starts ffmpeg.

The user's own ffmpeg is preferred, else the one that comes with imageio-ffmpeg. It gets
absolute paths with a ``file:`` prefix, never a shell, never our standard input; it may read
files and pipes only, and only formats that hold sound themselves: no playlist, no list of
other files. A child that is silent for too long is stopped, and none outlives its caller.
There is no ffprobe, so what we know of a file is what ffmpeg itself says about it.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import IO, TypeVar
from weakref import WeakSet

from ..errors import ChaitimeError, InputRefusedError, UsageError

BLOCK_BYTES = 1 << 18
SILENT_S = 120.0
SAID_BYTES = 1 << 16
QUIET = ("-hide_banner", "-nostdin", "-nostats")
FORMATS = (
    "aac ac3 aiff amr amrnb amrwb ape asf asf_o au avi caf dts dtshd eac3 flac flv g722 gsm gxf iff ircam "
    "loas matroska mov mp3 mpc mpc8 mpeg mpegts mpegvideo mxf nut ogg oma rm shn sox spdif tak truehd tta "
    "voc w64 wav webm wsvqa wtv wv xwma"
).split()
SAFE = ("-protocol_whitelist", "file,pipe,fd", "-format_whitelist", ",".join(FORMATS))
UNGUESSED = ("-guess_layout_max", "2")
"""Channels without a layout are inputs, not loudspeakers: ffmpeg would leave one of six out as "LFE"."""

Result = TypeVar("Result")
_running: set[subprocess.Popen[bytes]] = set()
_given_up: WeakSet[subprocess.Popen[bytes]] = WeakSet()


class FfmpegError(ChaitimeError):
    """ffmpeg ended with an error; ``said`` is its last line."""

    def __init__(self, said: str) -> None:
        super().__init__(f"ffmpeg failed: {said}")
        self.said = said


@functools.cache
def ffmpeg_path() -> str:
    """Return the ffmpeg to use. Raises UsageError when there is none."""
    own = shutil.which("ffmpeg")
    if own:
        return own
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as cause:
        raise UsageError("no ffmpeg: install it, or reinstall the package with imageio-ffmpeg") from cause


@functools.cache
def version() -> str:
    """Return the version that the ffmpeg in use tells of itself. Raises UsageError when there is none."""
    words = told_of_itself(ffmpeg_path(), "-version").split()
    return words[2] if len(words) > 2 else "unknown"


def told_of_itself(program: str, question: str) -> str:
    """Return what an ffmpeg answers to ``-version``, ``-filters`` and the like."""
    with _started([program, *QUIET, question]) as child, _watched(child) as alive:
        said, _ = alive.waiting(child.communicate)
    return said.decode("utf-8", "replace")


def input_of(path: Path) -> list[str]:
    """Arguments that make ffmpeg read a file, and nothing the file may point to."""
    return [*SAFE, *UNGUESSED, "-i", f"file:{path.resolve()}"]


def output_of(path: Path) -> str:
    """The argument that makes ffmpeg write a file."""
    return f"file:{path.resolve()}"


def report(path: Path) -> str:
    """Return what ffmpeg says about a file (its ``-i`` banner); empty when it cannot open it.

    Raises UsageError when there is no such file, InputRefusedError when it cannot be read or is empty.
    """
    _readable(path)
    command = [ffmpeg_path(), *QUIET, *input_of(path)]
    with _started(command) as child, _watched(child) as alive:
        _, error = alive.waiting(child.communicate)
        _go_on(child)
    said = error.decode("utf-8", "replace")
    return said if "Stream #" in said else ""


def stream(
    arguments: Sequence[str], block_bytes: int = BLOCK_BYTES, said: list[str] | None = None
) -> Iterator[bytes]:
    """Yield what ffmpeg writes to its standard output, block by block.

    Every block but the last has exactly ``block_bytes``. Lines ffmpeg said are added to
    ``said`` at the end. Raises FfmpegError at the end when ffmpeg fails or hangs; closing the
    iterator early stops ffmpeg.
    """
    level = () if "-loglevel" in arguments else ("-loglevel", "error")
    command = [ffmpeg_path(), *QUIET, *level, *arguments, "pipe:1"]
    with (
        tempfile.TemporaryFile() as error,
        _started(command, stderr=error) as child,
        _watched(child) as alive,
    ):
        assert child.stdout is not None
        while block := alive.waiting(child.stdout.read, block_bytes):
            yield block
        alive.waiting(child.wait)
        _judge(child, error, said)


@contextlib.contextmanager
def sink(
    arguments: Sequence[str], program: str = "", folder: Path | None = None
) -> Iterator[Callable[[bytes], object]]:
    """Give a function that writes to what ffmpeg reads as ``pipe:0``.

    ``program`` is another ffmpeg than the usual one, ``folder`` where it is to run. Raises FfmpegError
    on leaving when ffmpeg fails or hangs.
    """
    command = [program or ffmpeg_path(), *QUIET, "-loglevel", "error", "-y", *arguments]
    with (
        tempfile.TemporaryFile() as error,
        _started(command, subprocess.PIPE, subprocess.DEVNULL, error, folder) as child,
        _watched(child) as alive,
    ):
        assert child.stdin is not None
        pipe = child.stdin
        with contextlib.suppress(BrokenPipeError):
            yield lambda data: alive.waiting(pipe.write, data)
            alive.waiting(pipe.close)
        alive.waiting(child.wait)
        _judge(child, error, None)


def stop_all() -> None:
    """Stop every ffmpeg under way; for Ctrl-C, when other threads still wait for theirs.

    They get CancelledError: being stopped is no failure.
    """
    for child in tuple(_running):
        _given_up.add(child)
        _kill(child)


def last_line(said: str) -> str:
    """The line that says why: ffmpeg's last one, without its addresses."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1].rpartition("] ")[2] if lines else "no reason given"


class _Patience:
    """Stops a child that keeps us waiting too long."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child, self._since = child, 0.0
        self.over = threading.Event()

    def waiting(self, wait: Callable[..., Result], *arguments: object) -> Result:
        """Return ``wait(*arguments)``; the child is stopped when that takes too long."""
        self._since = time.monotonic()
        try:
            return wait(*arguments)
        finally:
            self._since = 0.0

    def watch(self) -> None:
        """Look every few seconds, until the child is done with."""
        while not self.over.wait(min(5.0, SILENT_S / 4)):
            if self._since and time.monotonic() - self._since > SILENT_S:
                _kill(self._child)


@contextlib.contextmanager
def _watched(child: subprocess.Popen[bytes]) -> Iterator[_Patience]:
    patience = _Patience(child)
    threading.Thread(target=patience.watch, daemon=True, name="ffmpeg-watch").start()
    try:
        yield patience
    finally:
        patience.over.set()


@contextlib.contextmanager
def _started(
    command: Sequence[str],
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
    folder: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a child, in a group of its own, that never outlives this block."""
    environment = {**os.environ, "AV_LOG_FORCE_NOCOLOR": "1"}
    try:
        child = subprocess.Popen(
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as cause:
        raise FfmpegError(f"{command[0]} cannot be started: {cause.strerror or cause}") from cause
    _running.add(child)
    try:
        yield child
    finally:
        _kill(child)
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()
        _running.discard(child)


def _judge(child: subprocess.Popen[bytes], error: IO[bytes], said: list[str] | None) -> None:
    """Keep what an ended child said, and raise when it failed."""
    _go_on(child)
    error.seek(0, os.SEEK_END)
    error.seek(max(0, error.tell() - SAID_BYTES))
    text = error.read().decode("utf-8", "replace")
    if said is not None:
        said.extend(text.splitlines())
    if child.returncode == -9:
        raise FfmpegError("it was stopped, by a person or after two silent minutes")
    if child.returncode:
        raise FfmpegError(last_line(text))


def _go_on(child: subprocess.Popen[bytes]) -> None:
    if child in _given_up:
        raise CancelledError("ffmpeg was stopped")


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Stop a child and whatever it started."""
    if child.poll() is not None:
        return
    with contextlib.suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)


def _readable(path: Path) -> None:
    try:
        with path.open("rb") as reader:
            empty = not reader.read(1)
    except FileNotFoundError as cause:
        raise UsageError(f"there is no {path}; check the name") from cause
    except OSError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.strerror or cause}") from cause
    if empty:
        raise InputRefusedError(f"{path} is empty; record or copy it again")
