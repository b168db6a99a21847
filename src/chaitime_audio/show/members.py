"""The episodes of a show, read from their folders as they were made; no engine ever starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..errors import ChaitimeError, UsageError
from ..folder import BRIEF_NAME, EpisodeFolder
from ..formats._rss import published_at
from ..kit import Kit
from ..making import Order, kit_for, made
from ..model.episode import Episode

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """One published episode of a show and the folder it lies in."""

    episode: Episode
    folder: EpisodeFolder

    @property
    def mp3(self) -> Path:
        """The tagged MP3 in out/."""
        return self.folder.out / f"{self.episode.slug}.mp3"

    @property
    def guid(self) -> str:
        """What feeds know it by."""
        return self.episode.brief.guid or self.episode.slug


@dataclass(frozen=True, slots=True)
class Members:
    """A show's episodes, newest first, and a sentence for each folder that was left out."""

    found: tuple[Member, ...]
    left_out: tuple[str, ...]


def members(folder: Path, config: Path | None = None) -> Members:
    """Read every episode folder right under ``folder``; what is not made or broken is left out.

    Of episodes that share a guid or a name the newest is taken. Raises UsageError when
    ``folder`` is not there or has no episode folder in it.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    homes = sorted(path.parent for path in folder.glob(f"*/{BRIEF_NAME}"))
    if not homes:
        raise UsageError(f"{folder} has no episode folders; make one with: chaitime process RECORDING")
    found: list[Member] = []
    left_out: list[str] = []
    for home in homes:
        try:
            found.append(_member(EpisodeFolder(home), config))
        except ChaitimeError as problem:
            left_out.append(f"{home.name} is left out: {problem}")
    newest_first = sorted(found, key=_age, reverse=True)
    return _without_doubles(newest_first, left_out)


def _member(folder: EpisodeFolder, config: Path | None) -> Member:
    kit: Kit = kit_for(folder, config)
    with made(folder, kit, Order(only_kept=True)) as kept:
        member = Member(kept.episode, folder)
    if not member.mp3.is_file():
        raise UsageError(f"there is no {member.mp3}; run: chaitime process {folder.path}")
    return replace(member, episode=replace(member.episode, mp3_bytes=member.mp3.stat().st_size))


def _age(member: Member) -> tuple[datetime, int, str]:
    episode = member.episode
    return published_at(episode) or LONG_AGO, episode.brief.number, episode.slug


def _without_doubles(newest_first: list[Member], left_out: list[str]) -> Members:
    kept: dict[str, Member] = {}
    taken: set[str] = set()
    for member in newest_first:
        name = member.folder.path.name
        if member.guid in kept:
            other = kept[member.guid].folder.path.name
            left_out.append(f"{name} is left out: its guid is that of {other}")
        elif member.episode.slug in taken:
            left_out.append(f"{name} is left out: another episode is called {member.episode.slug}")
        else:
            kept[member.guid] = member
            taken.add(member.episode.slug)
    return Members(tuple(kept.values()), tuple(left_out))
