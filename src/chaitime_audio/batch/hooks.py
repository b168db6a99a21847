"""The command that a show's owner wants run after each episode: to upload it, to mail, to make a backup.

It gets the episode's folder as its last argument and in ``CHAITIME_EPISODE``; no shell is between.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from typing import IO

from ..domain.text import printable
from ..pipeline import stopping
from ..project.episode_folder import EpisodeFolder
from ..project.settings import HookSettings

_running: dict[subprocess.Popen[bytes], str] = {}


def under_way() -> str:
    """Name of a hook that runs now; empty when none does."""
    return next(iter(tuple(_running.values())), "")


def stop_all() -> None:
    """Stop every hook under way with all it started."""
    for child in tuple(_running):
        _kill(child)


def run_hook(settings: HookSettings, folder: EpisodeFolder) -> str:
    """Run ``hooks.after`` for an episode that was made; returns what failed in one line, or nothing.

    A command that takes longer than ``hooks.timeout_s`` is stopped with all it started. Raises nothing.
    """
    if not settings.after:
        return ""
    path = folder.path.resolve()
    places = {"CHAITIME_EPISODE": str(path), "CHAITIME_OUT": str(path / "out")}
    try:
        with tempfile.TemporaryFile() as said:
            child = subprocess.Popen(
                [*settings.after, str(path)],
                cwd=path,
                env={**os.environ, **places},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            return _ended(child, said, settings)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        return f"hook {printable(str(settings.after[0]))} cannot be started: {reason}"


def _ended(child: subprocess.Popen[bytes], said: IO[bytes], settings: HookSettings) -> str:
    """Wait for a hook; nothing it started outlives the time it has."""
    name = _running[child] = printable(str(settings.after[0]))
    try:
        code = child.wait(settings.timeout_s)
    except subprocess.TimeoutExpired:
        return f"hook {name} was stopped after {settings.timeout_s:g} s (hooks.timeout_s)"
    finally:
        _running.pop(child, None)
        _kill(child)
    return f"hook {name} ended with code {code}: {_last_line(said)}" if code else ""


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:  # its number may be somebody else's by now
        return
    with contextlib.suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


stopping.spare(under_way, stop_all)


def _last_line(said: IO[bytes], most: int = 4096) -> str:
    said.seek(0, os.SEEK_END)
    said.seek(max(0, said.tell() - most))
    lines = [line for line in said.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return printable(lines[-1].strip())[:200] if lines else "it said nothing"
