"""The last door: what the system raises about files and memory becomes one of ours."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import ChaitimeError, DestinationError, UsageError

_BAD_NAMES = frozenset(
    {errno.ENAMETOOLONG, errno.EINVAL, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENOENT}
)
LONGEST_NAME = 200


def our_error(problem: OSError | MemoryError) -> ChaitimeError:
    """Return ours for it: UsageError for a name that cannot be one, DestinationError for all else."""
    if isinstance(problem, MemoryError):
        return DestinationError("not enough memory; close other programs or choose a smaller model")
    name = str(problem.filename or "a file")
    short = name if len(name) < LONGEST_NAME else f"…{name[-LONGEST_NAME:]}"
    kind = UsageError if problem.errno in _BAD_NAMES else DestinationError
    return kind(f"cannot use {short}: {problem.strerror or problem}")


@contextmanager
def ours() -> Iterator[None]:
    """Raise ours for what the system says about a file or folder that was named, the cause kept."""
    try:
        yield
    except (OSError, MemoryError) as problem:
        raise our_error(problem) from problem
