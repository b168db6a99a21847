"""Runs chaitime with a fault at its Nth write below a folder: ``faulty.py kill|full N FOLDER ARGUMENT…``.

A write is opening a file to write it, or a rename. ``kill`` ends the process there as a power cut would,
``full`` lets the write fail as on a full disk, from then on. ``count`` does nothing but count; the number is
printed last on stderr.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def absolute(path: object) -> str:
    """A path of an audit event, from the root."""
    return str(Path(os.fsdecode(path)).absolute())  # type: ignore[arg-type]


def writes(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    """Whether an audit event is a write below the folder."""
    if event == "os.rename":
        return absolute(arguments[1]).startswith(folder)
    if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
        return False
    mode, flags = arguments[1], arguments[2]
    opened = (isinstance(flags, int) and flags & WRITING) or any(sign in str(mode or "") for sign in "wax+")
    return bool(opened) and absolute(arguments[0]).startswith(folder)


def install(mode: str, number: int, folder: str) -> list[int]:
    """Put the fault in its place; returns the counter."""
    seen = [0]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if not writes(event, arguments, folder):
            return
        if str(arguments[0]).endswith((".lock", ".held")):
            return
        seen[0] += 1
        if mode == "kill" and seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
        if mode == "full" and seen[0] >= number:
            raise OSError(errno.ENOSPC, "No space left on device", str(arguments[0]))

    sys.addaudithook(watch)
    return seen


if __name__ == "__main__":
    from chaitime_audio.cli import run

    counted = install(sys.argv[1], int(sys.argv[2]), absolute(sys.argv[3]))
    code = run(sys.argv[4:])
    sys.stderr.write(f"{counted[0]}\n")
    sys.stderr.flush()
    os._exit(code)
