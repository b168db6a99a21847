"""Locks on an episode folder: one for a whole run, and a short one for the files that people write."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from ..errors import LockedError
from .files import cannot_write, make_folder

RUN_LOCK, FILE_LOCK = ".lock", ".files.lock"
FILE_LOCK_WAIT_S = 10.0
HELD_SUFFIX = ".held"
_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})


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
            held.enter_context(_lock(folder / name, wait_s))
        except filelock.Timeout as cause:
            raise LockedError(said.format(folder)) from cause
        except OSError as cause:
            raise cannot_write(folder, cause) from cause
        yield


@contextlib.contextmanager
def _lock(path: Path, wait_s: float) -> Iterator[None]:
    """Hold a lock file, ``wait_s`` at most waited for, on local disks and on shares that know no locks.

    Where the file system refuses locks (NFS without its lock service, some FUSE and SMB mounts), a file
    beside it, ``NAME.held``, that only one can create takes its place; a run that was killed on this
    machine does not keep it. Raises filelock.Timeout when somebody else holds it, OSError when neither
    can be written.
    """
    import filelock

    with contextlib.ExitStack() as held:
        try:
            held.enter_context(filelock.FileLock(path, timeout=wait_s, fallback_to_soft=False))
        except (OSError, NotImplementedError) as cause:
            if isinstance(cause, filelock.Timeout):  # which is an OSError too
                raise
            if isinstance(cause, OSError) and cause.errno not in _NO_LOCKS_HERE:
                raise
            marker = path.with_name(path.name + HELD_SUFFIX)
            held.enter_context(filelock.SoftFileLock(marker, timeout=wait_s))
        yield
