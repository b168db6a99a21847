"""The only file that starts ffmpeg.

The user's own ffmpeg is preferred, else the one that comes with imageio-ffmpeg. It gets
absolute paths with a ``file:`` prefix, never a shell, never its standard input, and may
read files and pipes only. It has no ffprobe, so what we know of a file is what ffmpeg
itself reports about it.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from ..errors import ChaitimeError, InputRefusedError, UsageError

BLOCK_BYTES = 1 << 18
QUIET = ("-hide_banner", "-nostdin", "-loglevel", "error")
SAFE = ("-protocol_whitelist", "file,pipe,fd")


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


def input_of(path: Path) -> list[str]:
    """Arguments that make ffmpeg read a file, and nothing the file may point to."""
    return [*SAFE, "-i", f"file:{path.resolve()}"]


def output_of(path: Path) -> str:
    """The argument that makes ffmpeg write a file."""
    return f"file:{path.resolve()}"


def report(path: Path) -> str:
    """Return what ffmpeg says about a file (its ``-i`` banner); empty when it cannot open it.

    Raises InputRefusedError when the file cannot be read at all.
    """
    _readable(path)
    arguments = [ffmpeg_path(), "-hide_banner", "-nostdin", *input_of(path)]
    done = subprocess.run(arguments, capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
    said = done.stderr.decode("utf-8", "replace")
    return said if "Stream #" in said else ""


def run(arguments: Sequence[str], *, data: bytes | None = None) -> str:
    """Run ffmpeg to its end and return what it said on stderr.

    Raises FfmpegError with its last line when it fails.
    """
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-y", *arguments]
    with _started(command, stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL) as child:
        _, error = child.communicate(data)
    said = error.decode("utf-8", "replace")
    if child.returncode:
        raise FfmpegError(last_line(said))
    return said


def stream(arguments: Sequence[str], block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Yield what ffmpeg writes to its standard output, block by block.

    Every block but the last has exactly ``block_bytes``. Raises FfmpegError at the end when
    ffmpeg fails; closing the iterator early stops ffmpeg.
    """
    command = [ffmpeg_path(), *QUIET, *arguments, "pipe:1"]
    with tempfile.TemporaryFile() as error, _started(command, stderr=error) as child:
        assert child.stdout is not None
        while block := child.stdout.read(block_bytes):
            yield block
        if child.wait():
            error.seek(0)
            raise FfmpegError(last_line(error.read().decode("utf-8", "replace")))


@contextlib.contextmanager
def sink(arguments: Sequence[str]) -> Iterator[IO[bytes]]:
    """Give a pipe that ffmpeg reads as its input ``pipe:0``.

    Raises FfmpegError on leaving when ffmpeg fails.
    """
    command = [ffmpeg_path(), "-hide_banner", "-loglevel", "error", "-y", *arguments]
    with tempfile.TemporaryFile() as error, _started(command, stdin=subprocess.PIPE, stderr=error) as child:
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            yield child.stdin
            child.stdin.close()
        if child.wait():
            error.seek(0)
            raise FfmpegError(last_line(error.read().decode("utf-8", "replace")))


def last_line(said: str) -> str:
    """The last line that says something, without ffmpeg's addresses."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


@contextlib.contextmanager
def _started(
    command: Sequence[str],
    stdin: int = subprocess.DEVNULL,
    stderr: int | IO[bytes] = subprocess.PIPE,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a child that never outlives this block."""
    child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=_environment())
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, "AV_LOG_FORCE_NOCOLOR": "1"}


def _readable(path: Path) -> None:
    try:
        with path.open("rb") as reader:
            empty = not reader.read(1)
    except OSError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.strerror or cause}") from cause
    if empty:
        raise InputRefusedError(f"{path} is empty; record or copy it again")
