"""Reading, copying and replacing files: old or new, never half, with the rights the umask leaves."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ..errors import ChaitimeError, DestinationError, InputRefusedError
from .file_names import within_bytes

_being_written: set[Path] = set()


def make_folder(path: Path) -> None:
    """Create a folder and those above it. Raises DestinationError when that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise cannot_write(path, cause) from cause


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that it is old or new, never half: temporary, fsync, rename.

    Raises DestinationError when it cannot be written; the old file then stands.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder; on success it takes the place of ``path`` in one move.

    It has the rights that the umask leaves. Raises DestinationError when it cannot be written; the
    temporary is removed on any failure.
    """
    make_folder(path.parent)
    temporary = path.with_name(f".{within_bytes(path.name, 40)}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # less the umask
    except OSError as cause:
        raise cannot_write(path, cause) from cause
    _being_written.add(temporary)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as cause:
        raise cannot_write(path, cause) from cause
    finally:
        temporary.unlink(missing_ok=True)
        _being_written.discard(temporary)


def drop_temporaries() -> None:
    """Remove every temporary of this process; for the moment before it ends in the middle of its work."""
    for temporary in tuple(_being_written):
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync_folder(path: Path) -> None:
    """Make a rename last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):  # many shares refuse this; the file itself is safe
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def copy_in(source: Path, target: Path) -> None:
    """Copy a recording into an episode in one move, with its time. The original is only read.

    Raises InputRefusedError when it cannot be read or grows meanwhile, DestinationError when the
    copy cannot be written.
    """
    with replacing(target) as temporary, temporary.open("wb") as writer:
        copied = sum(writer.write(block) for block in blocks(source))
        writer.flush()
        seen = source.stat()
        if seen.st_size != copied:
            raise InputRefusedError(f"{source} is still being written; run again when it is complete")
        with contextlib.suppress(OSError):  # some file systems keep no such time
            os.utime(temporary, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def same_file(ours: Path, theirs: Path) -> bool:
    """Whether two recordings are one, byte for byte. A copy that `copy_in` made is known by looks.

    Its looks: name, size, time to the nanosecond, and the first, middle and last 64 KB; anything
    else is read whole.
    """
    one, two = ours.stat(), theirs.stat()
    if one.st_size != two.st_size:
        return False
    if (one.st_dev, one.st_ino) == (two.st_dev, two.st_ino):
        return True
    alike = ours.name == theirs.name and one.st_mtime_ns == two.st_mtime_ns
    if alike and _samples(ours, one.st_size) == _samples(theirs, two.st_size):
        return True
    return filecmp.cmp(ours, theirs, shallow=False)


def _samples(path: Path, size: int, width: int = 1 << 16) -> list[bytes]:
    with path.open("rb") as reader:
        found = []
        for start in (0, size // 2, max(0, size - width)):
            reader.seek(start)
            found.append(reader.read(width))
        return found


def blocks(path: Path) -> Iterator[bytes]:
    """Yield a recording's bytes, a megabyte at a time. Raises InputRefusedError when reading fails."""
    try:
        with path.open("rb") as reader:
            while block := reader.read(1 << 20):
                yield block
    except OSError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.strerror or cause}") from cause


def file_sha256(path: Path) -> str:
    """sha256 (hex) of a file's bytes. Raises InputRefusedError when it cannot be read."""
    total = sha256()
    for block in blocks(path):
        total.update(block)
    return total.hexdigest()


def cannot_write(path: Path, cause: OSError) -> ChaitimeError:
    """One sentence for a failed write."""
    if cause.errno == errno.ENOSPC:
        return DestinationError(f"no space left for {path}: free some and run again; nothing is lost")
    return DestinationError(
        f"cannot write {path}: {cause.strerror or cause}; choose another folder with --out"
    )
