"""Runs ``chaitime`` in processes of its own in which one stage takes for ever.

A server that has imported everything and forks for each call: a start costs milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

FFMPEG = """#!/bin/sh
case "$*" in *{mark}*) touch {ready}; sleep 120;; esac
exec {real} "$@"
"""
FFMPEG_MARKS = {"decode": "aresample=16000", "master": "libmp3lame"}
"""What is in the command line of the ffmpeg that a stage starts."""


def install(stage: str, ready: Path) -> None:
    """Make one stage say that it has begun, by the file ``ready``, and never end."""
    from slow_task import Endless

    from chaitime_audio.pipeline import publish
    from chaitime_audio.project.files import replacing
    from chaitime_audio.recognition.activity import standin as activity
    from chaitime_audio.recognition.asr import standin as asr
    from chaitime_audio.recognition.diarization import standin as diarization

    def engine(*given: Any) -> None:
        given[-1].pool.map(Endless(str(ready)), [0, 1], given[-1].keep)

    def tagging(_source: Path, target: Path, _tags: Any) -> None:
        with replacing(target) as temporary:
            temporary.write_bytes(b"half of it")
            ready.touch()
            hashlib.pbkdf2_hmac("sha256", b"", b"", 1 << 30)  # in a library, where no signal is heard

    if stage in FFMPEG_MARKS:
        _slow_ffmpeg(FFMPEG_MARKS[stage], ready)
    elif stage == "tagging":
        publish.write_tags = tagging
    else:
        names = {"activity": "detect", "transcript": "transcribe", "diarization": "diarize"}
        standin = {"activity": activity, "transcript": asr, "diarization": diarization}[stage]
        setattr(standin.Engine, names[stage], engine)


def _slow_ffmpeg(mark: str, ready: Path) -> None:
    from chaitime_audio.audio import ffmpeg

    room = ready.parent / "bin"
    room.mkdir()
    real = ffmpeg.ffmpeg_path()
    (room / "ffmpeg").write_text(FFMPEG.format(mark=mark, ready=ready, real=real))
    (room / "ffmpeg").chmod(0o755)
    os.environ["PATH"] = f"{room}{os.pathsep}{os.environ['PATH']}"
    ffmpeg.ffmpeg_path.cache_clear()
    assert shutil.which("ffmpeg") == str(room / "ffmpeg")


def _carry_out(order: dict[str, Any]) -> None:
    """In a process of its own: run the command line of the order, and end as it does."""
    from chaitime_audio.cli import main

    os.chdir(order["cwd"])
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.argv = ["chaitime", *order["arguments"]]
    install(order["stage"], Path(order["ready"]))
    main()


def serve() -> None:
    """Fork for each order on stdin; answer with the process id, and with the status once it has ended."""
    import numpy as _  # noqa: F401  (imported here, so that no child has to)

    from chaitime_audio.audio import decode  # noqa: F401
    from chaitime_audio.cli import batch_runs, processing  # noqa: F401
    from chaitime_audio.cli.commands import render, report  # noqa: F401
    from chaitime_audio.tagging import mp3 as tagging  # noqa: F401

    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _carry_out(json.loads(line))
            finally:  # a SystemExit must not reach the loop of the server
                os._exit(99)
        _answer(child)
        _answer(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
