"""The episodes of a show, read from their folders as they were made; no engine ever starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from ..domain.episode import Episode
from ..errors import ChaitimeError, NotMadeError, UsageError
from ..formats.rendering.rss import published_at
from ..pipeline import freshness
from ..pipeline.publish import alternates_in
from ..pipeline.registry import Registry
from ..pipeline.run import RunOptions, open_episode, registry_for
from ..project import finder
from ..project.episode_file import read_brief
from ..project.episode_folder import EpisodeFolder
from ..project.files import file_sha256
from ..project.manifest import read_record
from .episode_cache import key_of, recalled, remember

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """One published episode of a show and the folder it lies in.

    ``edited`` are the texts in out/ that a person changed since they were written; ``current`` is True
    when all others are just what would be written again.
    """

    episode: Episode
    folder: EpisodeFolder
    edited: frozenset[str] = frozenset()
    current: bool = False

    @property
    def mp3(self) -> Path:
        """The tagged MP3 in out/."""
        return self.folder.out / f"{self.episode.slug}.mp3"

    @property
    def guid(self) -> str:
        """What feeds know it by."""
        return self.episode.brief.guid or self.episode.slug


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A folder that is not published, and why; ``guid`` is empty when its brief cannot be read.

    ``broken`` is False for one that nobody has made yet, which is no fault.
    """

    name: str
    why: str
    guid: str = ""
    broken: bool = True

    def __str__(self) -> str:
        return f"{self.name} is left out: {self.why}"


@dataclass(frozen=True, slots=True)
class Members:
    """A show's episodes, newest first, and the folders that were left out."""

    found: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]


def members(
    folder: Path, config: Path | None = None, watch: Callable[[int, int], None] = lambda *_: None
) -> Members:
    """Read every episode folder below ``folder``, at any depth; what is not made or broken is left out.

    Of episodes that share a guid or a name the newest is taken. ``watch`` is told how many of how
    many are read. Raises UsageError when ``folder`` is not there or has no episode folder in it.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    homes = sorted(path for path in finder.below(folder) if path.is_dir())
    if not homes:
        raise UsageError(f"{folder} has no episode folders; make one with: chaitime process RECORDING")
    found: list[Member] = []
    left_out: list[LeftOut] = []
    for count, home in enumerate(homes, 1):
        watch(count, len(homes))
        try:
            found.append(_member(EpisodeFolder(home), config))
        except ChaitimeError as problem:
            left_out.append(_left_out(EpisodeFolder(home), problem))
    found = _out_by_now(found, left_out)
    newest_first = sorted(found, key=_age, reverse=True)  # those of one age stay in order of name
    return _without_doubles(newest_first, left_out)


def _member(folder: EpisodeFolder, config: Path | None) -> Member:
    registry = registry_for(folder, config)
    current = freshness.is_fresh(folder, registry)
    member = Member(_episode(folder, registry), folder, _edited(folder), current)
    if not member.mp3.is_file():
        again = f"there is no {member.mp3}; run: chaitime process {quote(str(folder.path))}"
        raise NotMadeError("master", again)
    size = member.mp3.stat().st_size
    others = alternates_in(folder, member.episode, read_record(folder).written)
    return replace(member, episode=replace(member.episode, mp3_bytes=size, alternates=others))


def _episode(folder: EpisodeFolder, registry: Registry) -> Episode:
    """The episode, from its facts or as it was read the last time."""
    key = key_of(folder, registry)
    known = recalled(folder, key)
    if known is None:
        with open_episode(folder, registry, RunOptions(only_kept=True)) as kept:
            known = kept.episode
        remember(folder, key, known)
    return known


def _edited(folder: EpisodeFolder) -> frozenset[str]:
    """Texts in out/ whose sum is not the one they were written with."""
    written = read_record(folder).written.items()
    sounds = (".mp3", ".m4a", ".flac", ".wav", ".jpg")
    there = ((name, total) for name, total in written if not name.endswith(sounds))
    return frozenset(
        name for name, total in there if (path := folder.out / name).is_file() and file_sha256(path) != total
    )


def _left_out(folder: EpisodeFolder, problem: ChaitimeError) -> LeftOut:
    """One that was never made is no fault: it has an episode.toml that can be read, and no more."""
    try:
        guid = read_brief(folder).guid
    except ChaitimeError:
        guid = ""
    return LeftOut(folder.path.name, str(problem), guid, broken=not isinstance(problem, NotMadeError))


def _age(member: Member) -> tuple[datetime, int]:
    return published_at(member.episode) or LONG_AGO, member.episode.brief.number


def _out_by_now(found: list[Member], left_out: list[LeftOut]) -> list[Member]:
    """Those whose time has come; the others are named, and stay out until then."""
    now, kept = datetime.now(UTC), list[Member]()
    for member in found:
        when = published_at(member.episode)
        if when is None or when <= now:
            kept.append(member)
        else:
            why = f"it is published later, on {when:%Y-%m-%d at %H:%M} UTC; run chaitime feed again then"
            left_out.append(LeftOut(member.folder.path.name, why, member.guid, broken=False))
    return kept


def _without_doubles(newest_first: list[Member], left_out: list[LeftOut]) -> Members:
    kept: dict[str, Member] = {}
    taken: set[str] = set()
    for member in newest_first:
        name = member.folder.path.name
        if member.guid in kept:
            other = kept[member.guid].folder.path.name
            fix = "take the line with guid out of the copy's episode.toml and run chaitime process"
            left_out.append(LeftOut(name, f"its guid is that of {other}; {fix}", member.guid))
        elif member.episode.slug in taken:
            why = f"another episode is called {member.episode.slug} too; rename its folder"
            left_out.append(LeftOut(name, why, member.guid))
        else:
            kept[member.guid] = member
            taken.add(member.episode.slug)
    return Members(tuple(kept.values()), tuple(left_out))
