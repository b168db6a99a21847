"""Locks on an episode folder: one for a whole run, and a short one for the files that people write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from ..errors import LockedError
from . import share_lock
from .files import cannot_write, make_folder

RUN_LOCK, FILE_LOCK = ".lock", ".files.lock"
FILE_LOCK_WAIT_S = 10.0


def run_lock(folder: Path) -> AbstractContextManager[None]:
    """Hold an episode while it is made: one run an episode. Raises LockedError at once otherwise."""
    return _held(folder, RUN_LOCK, 0, "another run is working on {}; wait for it to end")


def file_lock(folder: Path) -> AbstractContextManager[None]:
    """Hold ``episode.toml`` and ``corrections.toml`` for moments, to read and write them anew.

    Not to be taken twice by one thread. Raises LockedError when another program keeps it.
    """
    return _held(folder, FILE_LOCK, FILE_LOCK_WAIT_S, "another program is writing in {}; run again")


@contextlib.contextmanager
def _held(folder: Path, name: str, wait_s: float, said: str) -> Iterator[None]:
    import filelock

    make_folder(folder)
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(share_lock.lock(folder / name, wait_s))
        except filelock.Timeout as cause:
            raise LockedError(said.format(folder)) from cause
        except OSError as cause:
            raise cannot_write(folder, cause) from cause
        yield
