"""What a rule says, and what it may look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..domain.episode import Episode
from ..domain.platform import Platform
from ..domain.sound import Loudness

Level = Literal["fail", "warn", "pass"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and how it stands: ``text`` says what was found, ``fix`` what to do (empty when it passes).

    ``platforms`` names those that have the rule; empty for all.
    """

    rule: str
    level: Level
    text: str
    fix: str = ""
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredSound:
    """What was measured on the sound of the MP3 in out/."""

    loudness: Loudness
    duration_ms: int


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check looks at.

    ``heard`` is None when the MP3 is absent or cannot be decoded; ``platform`` is empty for all
    of ``platforms``, which are those that are known.
    """

    episode: Episode
    out: Path
    heard: MeasuredSound | None = None
    platform: str = ""
    platforms: tuple[Platform, ...] = ()

    @property
    def mp3(self) -> Path:
        """The published MP3."""
        return self.out / f"{self.episode.slug}.mp3"

    def tag(self) -> Any:
        """Mutagen's ID3 tag of the MP3, nothing translated; None when there is none that can be read."""
        from mutagen import MutagenError
        from mutagen.id3 import ID3

        try:
            return ID3(self.mp3, translate=False)
        except (MutagenError, OSError):
            return None

    def text(self, name: str) -> str | None:
        """A file of out/ as text (``{slug}`` filled in); None when it is absent."""
        path = self.out / name.format(slug=self.episode.slug)
        try:
            return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else None
        except OSError:
            return None


def finding_if(
    rule: str,
    broken: str,
    good: str,
    fix: str,
    **more: str | tuple[str, ...],
) -> Finding:
    """A finding that passes with ``good`` unless ``broken`` says what is wrong.

    ``level`` ("fail" unless given) and ``platforms`` may be named.
    """
    platforms = more.get("platforms", ())
    assert isinstance(platforms, tuple)
    if not broken:
        return Finding(rule, "pass", good, "", platforms)
    level: Level = "warn" if more.get("level") == "warn" else "fail"
    return Finding(rule, level, broken, fix, platforms)
