"""From a finished episode to the files in out/.

The hash of each file written is kept: one that a person has edited since is never
overwritten; the new one goes beside it as ``NAME.new``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from .derive.tags import tags_of
from .engines.tagging import write_tags
from .errors import ChaitimeError
from .facts import MASTER_FILE
from .folder import EpisodeFolder, file_sha256, replace_file, replacing
from .formats import Templates, render_all
from .formats.transcript_txt import plain
from .kit import Kit
from .ledger import Ledger
from .model.episode import Episode


@dataclass(frozen=True, slots=True)
class Published:
    """What lies in out/ now: every file, and those a person had edited, whose news is in ``.new``."""

    files: tuple[Path, ...]
    edited: tuple[Path, ...] = ()


def publish(
    episode: Episode,
    folder: EpisodeFolder,
    kit: Kit,
    ledger: Ledger,
    asked: frozenset[str] = frozenset(),
) -> Published:
    """Write every output that changed, each in one move.

    ``asked`` names formats made on request; one that was asked for before is kept up to date as
    long as its file lies there.
    Raises DestinationError when out/ cannot be written, ConfigError for a broken template.
    """
    there = {name for name in ledger.record.written if (folder.out / name).is_file()}
    mp3 = f"{episode.slug}.mp3"
    sums = {mp3: _put_mp3(episode, folder, kit, ledger)}
    episode = replace(episode, mp3_bytes=(folder.out / mp3).stat().st_size)
    texts = render_all(episode, Templates(kit.templates), asked=asked | there)
    sums |= {name: _put(folder.out, name, text.encode(), ledger) for name, text in texts.items()}
    _sweep(folder, ledger, set(sums))
    written = {name: total for name, (total, _) in sums.items()}
    ledger.update(written=written, derived={"cast": cast_record(episode)})
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


def _put(out: Path, name: str, data: bytes, ledger: Ledger) -> tuple[str, bool]:
    """Write unless it is there already; returns its sum and whether a person's edit was kept.

    ``name`` is relative to out/ and may name a folder.
    """
    path, total = out / name, sha256(data).hexdigest()
    edited = path.exists() and file_sha256(path) != ledger.record.written.get(name)
    target = path.with_name(path.name + ".new") if edited else path
    news = total != ledger.record.written.get(name)
    if (news if edited else True) and not (target.exists() and file_sha256(target) == total):
        replace_file(target, data)
    return total, edited


def _put_mp3(episode: Episode, folder: EpisodeFolder, kit: Kit, ledger: Ledger) -> tuple[str, bool]:
    """Tag a copy of the master; the master itself stays as it was made."""
    name = f"{episode.slug}.mp3"
    master = folder.facts / MASTER_FILE
    if file_sha256(master) != episode.master.sha256:
        raise ChaitimeError(f"{master} was changed since it was made; run again with --again master")
    with replacing(folder.work / name) as tagged:
        write_tags(master, tagged, tags_of(episode, plain(episode), cover_of(kit)))
        data = tagged.read_bytes()
    return _put(folder.out, name, data, ledger)


def cover_of(kit: Kit) -> bytes:
    """Return the show's cover as a JPEG: its own, checked and converted, or one that is drawn."""
    from .engines.tagging import drawn_cover, prepare_cover

    show = kit.settings.show
    path = kit.file(show.artwork, "show.artwork")
    return prepare_cover(path) if path else drawn_cover(show.name, show.tagline)


def _sweep(folder: EpisodeFolder, ledger: Ledger, current: set[str]) -> None:
    """Remove what an earlier run wrote under another name, unless a person edited it."""
    for name, total in ledger.record.written.items():
        path = folder.out / name
        if name not in current and path.is_file() and file_sha256(path) == total:
            path.unlink()
