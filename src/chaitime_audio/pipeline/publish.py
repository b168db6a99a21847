"""From a finished episode to the files in out/.

The hash of each file written is kept: one that a person has edited since is never
overwritten; the new one goes beside it as ``NAME.new``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..domain.episode import Episode
from ..domain.feed_tags import Alternate
from ..domain.sound import ExtraFile
from ..domain.tags import Tags
from ..editorial.notes.tags import chapter_marks, tags_of
from ..errors import ChaitimeError
from ..formats import Templates, render_all, render_one
from ..formats.rendering.page_turns import plain
from ..formats.rendering.pictures import picture_name
from ..project.artifacts import ArtifactStore
from ..project.episode_folder import EpisodeFolder
from ..project.files import file_sha256, replace_file
from ..tagging.mp3 import tag_sum, write_tags
from ..tagging.other_formats import REVISION, write_extra_tags
from .artwork import cover_of, prepared_pictures
from .registry import Registry
from .stage_table import MASTER_FILE


@dataclass(frozen=True, slots=True)
class Published:
    """What lies in out/ now: every file, and those a person had edited, whose news is in ``.new``."""

    files: tuple[Path, ...]
    edited: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sound:
    """A file of sound in out/: its name, and a tagged copy of which file in facts/ it is.

    ``key`` hashes all that makes it what it is, so that it is written once and not on every run;
    ``write`` writes it to a path and returns its sum.
    """

    name: str
    master: Path
    master_sum: str
    key: str
    write: Callable[[Path], str]


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
    pictures = prepared_pictures(folder, chapter_marks(episode), artifacts.files)
    tags = tags_of(episode, plain(episode), cover_of(registry, artifacts.files), pictures)
    mp3 = _mp3(episode, tags, folder)
    sums = {mp3.name: _put_sound(mp3, folder, artifacts)}
    if episode.show.media_url:
        files = ((picture_name(name), data) for name, data in pictures)
        sums |= {name: _put(folder.out, name, data, artifacts) for name, data in files}
    extras = _extras(episode, tags, folder, Templates(registry.templates))
    sums |= {extra.name: _put_sound(extra, folder, artifacts) for extra in extras}
    others = alternates_in(folder, episode, {name: total for name, (total, _) in sums.items()})
    episode = replace(episode, mp3_bytes=(folder.out / mp3.name).stat().st_size, alternates=others)
    texts = render_all(
        episode,
        Templates(registry.templates),
        asked=asked | there | set(registry.settings.engines.prefer),
    )
    sums |= {name: _put(folder.out, name, text.encode(), artifacts) for name, text in texts.items()}
    _sweep(folder, artifacts, set(sums))
    written = {name: total for name, (total, _) in sums.items()}
    keys = {"extras": {extra.name: extra.key for extra in extras}} if extras else {}
    derived = {"cast": cast_record(episode), "mp3": {mp3.name: mp3.key}, **keys}
    artifacts.update(written=written, derived=derived)
    edited = tuple(folder.out / name for name, (_, kept) in sums.items() if kept)
    return Published(tuple(folder.out / name for name in sorted(sums)), edited)


def alternates_in(folder: EpisodeFolder, episode: Episode, sums: Mapping[str, str]) -> tuple[Alternate, ...]:
    """The kinds of file in out/ besides the MP3; ``sums`` are those they were written with, by name."""
    named = ((extra.name, f"{episode.slug}.{extra.name}") for extra in episode.master.extras)
    return tuple(
        Alternate(kind, (folder.out / name).stat().st_size, sums[name])
        for kind, name in named
        if name in sums and (folder.out / name).is_file()
    )


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
    path, total, sum_of = out / name, sha256(data).hexdigest(), artifacts.files.sum_of
    ours = {artifacts.record.written.get(name), total}  # a run that was killed wrote it and took no note
    edited = path.exists() and sum_of(path) not in ours
    target = path.with_name(path.name + ".new") if edited else path
    news = total != artifacts.record.written.get(name)
    if (news if edited else True) and not (target.exists() and sum_of(target) == total):
        replace_file(target, data)
        artifacts.files.note_sum(target, total)
    return total, edited


def _mp3(episode: Episode, tags: Tags, folder: EpisodeFolder) -> _Sound:
    """The MP3: a tagged copy of the master; the master itself stays as it was made."""
    master, total = folder.facts / MASTER_FILE, episode.master.sha256
    key = sha256(f"{total} {tag_sum(tags)}".encode()).hexdigest()
    write = lambda target: write_tags(master, target, tags)  # noqa: E731
    return _Sound(f"{episode.slug}.mp3", master, total, key, write)


def _extras(episode: Episode, tags: Tags, folder: EpisodeFolder, templates: Templates) -> tuple[_Sound, ...]:
    """The files that the master was made into besides the MP3."""
    files = episode.master.extras
    chapters = "".join(render_one("ffmetadata", episode, templates).values()) if files else ""

    def sound(file: ExtraFile) -> _Sound:
        master = (folder.facts / MASTER_FILE).with_suffix(f".{file.name}")
        key = sha256(f"{REVISION} {file.sha256} {tags!r} {chapters}".encode()).hexdigest()

        def write(target: Path) -> str:
            write_extra_tags(master, target, tags, chapters)
            return file_sha256(target)

        return _Sound(f"{episode.slug}.{file.name}", master, file.sha256, key, write)

    return tuple(sound(file) for file in files)


def _put_sound(sound: _Sound, folder: EpisodeFolder, artifacts: ArtifactStore) -> tuple[str, bool]:
    """Write a file of sound unless it is there already; as `_put`, for what is too large to be held.

    A file that looks as it did is not read. Raises ChaitimeError when the master was changed.
    """
    path, files = folder.out / sound.name, artifacts.files
    total = artifacts.record.written.get(sound.name, "")
    edited = path.exists() and files.sum_of(path) != total
    before = artifacts.record.derived
    if (
        path.exists()
        and total
        and sound.key in (before.get(it, {}).get(sound.name) for it in ("mp3", "extras"))
    ):
        return total, edited
    if files.sum_of(sound.master) != sound.master_sum:
        raise ChaitimeError(f"{sound.master} was changed since it was made; run again with --again master")
    target = path.with_name(path.name + ".new") if edited else path
    made = sound.write(target)
    files.note_sum(target, made)
    if edited and files.sum_of(path) == made:  # written by a run that was killed and took no note
        target.unlink()
        edited = False
    return made, edited


def _sweep(folder: EpisodeFolder, artifacts: ArtifactStore, current: set[str]) -> None:
    """Remove what an earlier run wrote under another name, unless a person edited it."""
    for name, total in artifacts.record.written.items():
        path = folder.out / name
        if name not in current and path.is_file() and artifacts.files.sum_of(path) == total:
            path.unlink()
