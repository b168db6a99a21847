"""From a finished episode to the files in out/.

The hash of each file written is kept: one that a person has edited since is never
overwritten; the new one goes beside it as ``NAME.new``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..domain.episode import Episode
from ..domain.sound import ExtraFile
from ..domain.tags import Tags
from ..editorial.notes.tags import chapter_marks, tags_of
from ..errors import ChaitimeError, ConfigError
from ..formats import Templates, render_all, render_one
from ..formats.rendering.page_turns import plain
from ..formats.rendering.pictures import picture_name
from ..project.artifacts import ArtifactStore
from ..project.episode_folder import EpisodeFolder
from ..project.files import file_sha256, replace_file, replacing
from ..tagging.mp3 import check_cover, write_tags
from ..tagging.other_formats import REVISION, write_extra_tags
from .chapter_art import prepared_pictures
from .registry import Registry
from .stages import MASTER_FILE


@dataclass(frozen=True, slots=True)
class Published:
    """What lies in out/ now: every file, and those a person had edited, whose news is in ``.new``."""

    files: tuple[Path, ...]
    edited: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Extra:
    """A file besides the MP3: its name in out/, what it is made from, and its chapters for ffmpeg."""

    name: str
    file: ExtraFile
    tags: Tags
    chapters: str

    @property
    def key(self) -> str:
        """Hash of all that makes it what it is, so that it is written once and not on every run."""
        return sha256(f"{REVISION} {self.file.sha256} {self.tags!r} {self.chapters}".encode()).hexdigest()


def publish(
    episode: Episode,
    folder: EpisodeFolder,
    registry: Registry,
    artifacts: ArtifactStore,
    asked: frozenset[str] = frozenset(),
) -> Published:
    """Write every output that changed, each in one move.

    ``asked`` names formats made on request; one that was asked for before is kept up to date as
    long as its file lies there.
    Raises DestinationError when out/ cannot be written, ConfigError for a broken template.
    """
    there = {name for name in artifacts.record.written if (folder.out / name).is_file()}
    mp3 = f"{episode.slug}.mp3"
    pictures = prepared_pictures(folder, chapter_marks(episode))
    tags = tags_of(episode, plain(episode), cover_of(registry), pictures)
    sums = {mp3: _put_mp3(episode, tags, folder, artifacts)}
    if episode.show.media_url:
        files = ((picture_name(name), data) for name, data in pictures)
        sums |= {name: _put(folder.out, name, data, artifacts) for name, data in files}
    extras = _extras(episode, tags, Templates(registry.templates))
    sums |= {extra.name: _put_extra(extra, folder, artifacts) for extra in extras}
    episode = replace(episode, mp3_bytes=(folder.out / mp3).stat().st_size)
    texts = render_all(episode, Templates(registry.templates), asked=asked | there)
    sums |= {name: _put(folder.out, name, text.encode(), artifacts) for name, text in texts.items()}
    _sweep(folder, artifacts, set(sums))
    written = {name: total for name, (total, _) in sums.items()}
    keys = {"extras": {extra.name: extra.key for extra in extras}} if extras else {}
    artifacts.update(written=written, derived={"cast": cast_record(episode), **keys})
    edited = tuple(folder.out / name for name, (_, kept) in sums.items() if kept)
    return Published(tuple(folder.out / name for name in sorted(sums)), edited)


def cast_record(episode: Episode) -> list[dict[str, object]]:
    """Who the voices are and why, as kept in ``episode.json``."""
    return [
        {
            "label": voice.label,
            "name": voice.person.name,
            "role": voice.person.role,
            "named": voice.named,
            "evidence": list(voice.evidence),
            "talk_ms": voice.talk_ms,
        }
        for voice in episode.cast.voices
    ]


def _put(out: Path, name: str, data: bytes, artifacts: ArtifactStore) -> tuple[str, bool]:
    """Write unless it is there already; returns its sum and whether a person's edit was kept.

    ``name`` is relative to out/ and may name a folder.
    """
    path, total = out / name, sha256(data).hexdigest()
    ours = {artifacts.record.written.get(name), total}  # a run that was killed wrote it and took no note
    edited = path.exists() and file_sha256(path) not in ours
    target = path.with_name(path.name + ".new") if edited else path
    news = total != artifacts.record.written.get(name)
    if (news if edited else True) and not (target.exists() and file_sha256(target) == total):
        replace_file(target, data)
    return total, edited


def _put_mp3(
    episode: Episode, tags: Tags, folder: EpisodeFolder, artifacts: ArtifactStore
) -> tuple[str, bool]:
    """Tag a copy of the master; the master itself stays as it was made."""
    name = f"{episode.slug}.mp3"
    master = _untouched(folder.facts / MASTER_FILE, episode.master.sha256)
    with replacing(folder.work / name) as tagged:
        write_tags(master, tagged, tags)
        data = tagged.read_bytes()
    return _put(folder.out, name, data, artifacts)


def _extras(episode: Episode, tags: Tags, templates: Templates) -> tuple[_Extra, ...]:
    """The files that the master was made into besides the MP3."""
    files = episode.master.extras
    chapters = "".join(render_one("ffmetadata", episode, templates).values()) if files else ""
    return tuple(_Extra(f"{episode.slug}.{file.name}", file, tags, chapters) for file in files)


def _put_extra(extra: _Extra, folder: EpisodeFolder, artifacts: ArtifactStore) -> tuple[str, bool]:
    """Tag a copy unless it is there already; as `_put`, for files too large to be held."""
    path, total = folder.out / extra.name, artifacts.record.written.get(extra.name, "")
    known = artifacts.record.derived.get("extras", {})
    edited = path.exists() and file_sha256(path) != total
    if path.exists() and total and known.get(extra.name) == extra.key:
        return total, edited
    master = (folder.facts / MASTER_FILE).with_suffix(f".{extra.file.name}")
    target = path.with_name(path.name + ".new") if edited else path
    write_extra_tags(_untouched(master, extra.file.sha256), target, extra.tags, extra.chapters)
    made = file_sha256(target)
    if edited and file_sha256(path) == made:  # written by a run that was killed and took no note
        target.unlink()
        edited = False
    return made, edited


def _untouched(master: Path, total: str) -> Path:
    """A file in facts/, as it was made. Raises ChaitimeError when it was changed."""
    if file_sha256(master) != total:
        raise ChaitimeError(f"{master} was changed since it was made; run again with --again master")
    return master


def cover_of(registry: Registry) -> bytes:
    """Return the show's cover as a JPEG: its own, checked and converted, or one that is drawn."""
    from ..tagging.mp3 import drawn_cover, prepare_cover

    show = registry.settings.show
    path = registry.file(show.artwork, "show.artwork")
    return prepare_cover(path) if path else drawn_cover(show.name, show.tagline)


def look_at_cover(registry: Registry) -> None:
    """Open the show's own cover, if it has one: before anything slow begins.

    Raises ConfigError naming the setting, for one that `cover_of` could not use.
    """
    path = registry.file(registry.settings.show.artwork, "show.artwork")
    try:
        if path:
            check_cover(path)
    except ConfigError as problem:
        raise ConfigError(f"show.artwork: {problem}") from problem


def _sweep(folder: EpisodeFolder, artifacts: ArtifactStore, current: set[str]) -> None:
    """Remove what an earlier run wrote under another name, unless a person edited it."""
    for name, total in artifacts.record.written.items():
        path = folder.out / name
        if name not in current and path.is_file() and file_sha256(path) == total:
            path.unlink()
