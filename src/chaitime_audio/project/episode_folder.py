"""Where things lie in an episode folder, and who writes them."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..errors import InputRefusedError
from . import locks, recordings
from .files import replace_file
from .finder import BRIEF_NAME


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
        return locks.run_lock(self.path)

    def file_lock(self) -> AbstractContextManager[None]:
        """Hold ``episode.toml`` and ``corrections.toml`` for moments, to read and write them anew.

        Not to be taken twice by one thread. Raises LockedError when another program keeps it.
        """
        return locks.file_lock(self.path)

    def clear_trial(self) -> None:
        """Empty ``try/`` for another trial. Refuses to touch any other folder."""
        if self.is_trial:
            shutil.rmtree(self.path, ignore_errors=True)

    def sweep(self) -> None:
        """Throw away work/ and the temporaries of a killed run; held files only, never a source."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.sweep_temporaries()

    def temporaries(self) -> tuple[Path, ...]:
        """What was being written when a run ended early; while a run is under way, what it writes."""
        patterns = (".*.part", "source/.*.part", "facts/.*.part", "out/**/.*.part", "work/**/.*.part")
        files = (path for pattern in patterns for path in self.path.glob(pattern))
        return (*files, *self.facts.glob(".tracks.*"))

    def sweep_temporaries(self) -> None:
        """Throw away what was being written when a run ended early; what it had kept in work/ stays."""
        for left in self.temporaries():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


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
