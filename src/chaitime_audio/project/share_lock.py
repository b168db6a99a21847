"""One lock that holds on local disks and on shares that know no locks."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

HELD_SUFFIX = ".held"
_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})


@contextlib.contextmanager
def lock(path: Path, wait_s: float) -> Iterator[None]:
    """Hold a lock file, ``wait_s`` at most waited for.

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
