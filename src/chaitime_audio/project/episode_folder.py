"""Where things lie in an episode folder, who writes them, and how: locked, and in one move."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..errors import ChaitimeError, DestinationError, InputRefusedError, LockedError
from . import recordings, share_lock
from .file_names import within_bytes
from .finder import BRIEF_NAME

RUN_LOCK, FILE_LOCK = ".lock", ".files.lock"
FILE_LOCK_WAIT_S = 10.0
_being_written: set[Path] = set()


@dataclass(frozen=True, slots=True)
class EpisodeFolder:
    """The rooms of one episode on disk. Making one touches nothing."""

    path: Path

    @property
    def slug(self) -> str:
        """The folder's name in ``[a-z0-9-]``: outputs are called after it."""
        return slug(self.home.resolve().name)

    @property
    def home(self) -> Path:
        """Where what the human put there lies: of a trial (``try/``), the episode it is of."""
        return self.path.parent if self.is_trial else self.path

    @property
    def is_trial(self) -> bool:
        """Whether this is the ``try/`` of an episode, and not an episode of that name."""
        above = EpisodeFolder(self.path.parent)
        return self.path.name == "try" and (above.brief.is_file() or above.source.is_dir())

    @property
    def brief(self) -> Path:
        """``episode.toml``: the human's."""
        return self.path / BRIEF_NAME

    @property
    def source(self) -> Path:
        """``source/``: the recordings. Nobody writes them, ever."""
        return self.path / "source"

    @property
    def record(self) -> Path:
        """``episode.json``: the machine's receipts and small values."""
        return self.path / "episode.json"

    @property
    def facts(self) -> Path:
        """``facts/``: large facts, one file each, named in their receipts."""
        return self.path / "facts"

    @property
    def work(self) -> Path:
        """``work/``: throw-away."""
        return self.path / "work"

    @property
    def out(self) -> Path:
        """``out/``: made again from everything else."""
        return self.path / "out"

    @property
    def decoded(self) -> Path:
        """The decoded 16 kHz sound, in work/."""
        return self.work / "decoded.s16"

    def sources(self) -> tuple[Path, ...]:
        """Return the recordings in their natural order (part2 before part10), pointers followed.

        Raises InputRefusedError when there is none, and what `recordings.recordings_in` raises for a
        file that is neither a recording nor a known companion of one.
        """
        found = recordings.recordings_in(self.source)
        if not found:
            raise InputRefusedError(f"{self.path} has no recording: put one into {self.source}")
        return found

    def run_lock(self) -> AbstractContextManager[None]:
        """Hold the episode while it is made: one run an episode. Raises LockedError at once otherwise."""
        return _held(self.path, RUN_LOCK, 0, "another run is working on {}; wait for it to end")

    def file_lock(self) -> AbstractContextManager[None]:
        """Hold ``episode.toml`` and ``corrections.toml`` for moments, to read and write them anew.

        Not to be taken twice by one thread. Raises LockedError when another program keeps it.
        """
        return _held(self.path, FILE_LOCK, FILE_LOCK_WAIT_S, "another program is writing in {}; run again")

    def clear_trial(self) -> None:
        """Empty ``try/`` for another trial. Refuses to touch any other folder."""
        if self.is_trial:
            shutil.rmtree(self.path, ignore_errors=True)

    def sweep(self) -> None:
        """Throw away work/ and the temporaries of a killed run; held files only, never a source."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.sweep_temporaries()

    def sweep_temporaries(self) -> None:
        """Throw away what was being written when a run ended early; what it had kept in work/ stays."""
        for pattern in (".*.part", "source/.*.part", "facts/.*.part", "out/**/.*.part", "work/**/.*.part"):
            for left in self.path.glob(pattern):
                left.unlink(missing_ok=True)
        for left in self.facts.glob(".tracks.*"):
            shutil.rmtree(left, ignore_errors=True)


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


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Kept batches: one file per key. A torn or foreign file reads as missing."""

    path: Path

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key, or None."""
        try:
            data = (self.path / key).read_bytes()
        except OSError:
            return None
        head, body = data[:64], data[64:]
        return body if head == sha256(body).hexdigest().encode() else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, with their checksum in front."""
        replace_file(self.path / key, sha256(data).hexdigest().encode() + data)


def slug(text: str) -> str:
    """Turn any text into ``[a-z0-9-]``, 80 characters at most, never empty."""
    from slugify import slugify

    return slugify(text, max_length=80, word_boundary=True) or "episode"


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
