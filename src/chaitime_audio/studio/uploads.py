"""Recordings that are dropped on the page: streamed to disk, never held in memory, looked at before use."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from ..audio.probe import probe
from ..errors import DestinationError, InputRefusedError, UsageError
from ..project.episode_folder import slug

ROOM = ".chaitime-uploads"
RESERVE_BYTES = 200_000_000
"""What stays free on the disk beside the recording itself."""
LONGEST_ENDING = 6


@dataclass(slots=True)
class Uploads:
    """Recordings that came in and belong to no episode yet, below a hidden folder of the library."""

    library: Path
    _kept: dict[str, Path] = field(default_factory=dict)

    async def take(self, name: str, size: int, body: AsyncIterator[bytes]) -> str:
        """Write a recording as it comes; returns the token it is taken by.

        Raises DestinationError without space, InputRefusedError for what is no recording, or is shorter or
        longer than was told, UsageError for a name that is none. Nothing is left of what is refused.
        """
        self._check_space(size)
        token = secrets.token_hex(8)
        room = self.library / ROOM / token
        target = room / safe_name(name)
        room.mkdir(parents=True)
        try:
            part = target.with_name(target.name + ".part")
            await self._write(part, name, size, body)
            part.replace(target)
            await asyncio.to_thread(probe, (target,), "single")
        except BaseException:
            shutil.rmtree(room, ignore_errors=True)
            raise
        self._kept[token] = target
        return token

    def _check_space(self, size: int) -> None:
        free = shutil.disk_usage(self.library).free
        if size + RESERVE_BYTES > free:
            raise DestinationError(
                f"no space for it: the recording has {size / 1e9:.1f} GB, {free / 1e9:.1f} GB are free"
            )

    @staticmethod
    async def _write(part: Path, name: str, size: int, body: AsyncIterator[bytes]) -> None:
        written = 0
        with part.open("wb") as writer:
            async for chunk in body:
                written += len(chunk)
                if written > size:
                    break
                await asyncio.to_thread(writer.write, chunk)
        if written != size:
            raise InputRefusedError(f"{name} did not arrive whole ({written} of {size} bytes)")

    def hand_over(self, tokens: list[str], source: Path) -> None:
        """Move recordings into an episode's folder for them. Raises UsageError for a token that is none."""
        unknown = [token for token in tokens if token not in self._kept]
        if unknown or not tokens or len(set(tokens)) != len(tokens):
            raise UsageError("these recordings are not here (any more); drop them again")
        source.mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for token in tokens:
            path = self._kept.pop(token)
            name = path.name
            for number in range(2, len(tokens) + 2):
                if name not in taken and not (source / name).exists():
                    break
                name = f"{path.stem}-{number}{path.suffix}"
            taken.add(name)
            path.replace(source / name)
            shutil.rmtree(path.parent, ignore_errors=True)

    def names(self, tokens: list[str]) -> list[str]:
        """What recordings are called, as far as they are here."""
        return [self._kept[token].name for token in tokens if token in self._kept]

    def clear(self) -> None:
        """Remove what belongs to no episode."""
        self._kept.clear()
        shutil.rmtree(self.library / ROOM, ignore_errors=True)
        with suppress(OSError):
            (self.library / ROOM).rmdir()


def safe_name(name: str) -> str:
    """A name for a file from one that somebody sent: no path, plain letters. Raises UsageError for none."""
    bare = PureWindowsPath(PurePosixPath(name).name).name
    stem, dot, ending = bare.rpartition(".")
    if not dot or not ending.isascii() or not ending.isalnum() or len(ending) > LONGEST_ENDING:
        raise UsageError("a recording has a name with an ending, such as talk.wav")
    return f"{slug(stem)}.{ending.lower()}"
