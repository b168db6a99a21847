"""``--minutes``: the first minutes of an episode as one of their own, in ``try/``."""

from __future__ import annotations

from pathlib import Path

from ..audio.probe import probe_clip
from ..audio.reading import excerpt
from ..project import episode_file, importing
from ..project.episode_folder import EpisodeFolder
from ..project.file_names import extended
from ..project.files import replace_file
from ..project.serialization import digest

MADE_FROM = ".made-from"
SHORTEST_MS = 1000


def try_folder(folder: EpisodeFolder, minutes: float) -> EpisodeFolder:
    """Make ``try/`` ready: of tracks the first minutes of each, of parts the first minutes of them joined.

    What was tried before with the same recordings stays. The caller holds the episode's run lock.
    Raises what `excerpt` and `importing.arrangement_in` raise.
    """
    trial = EpisodeFolder(folder.path / "try")
    sources = folder.sources()
    arrangement = importing.arrangement_in(folder, episode_file.read_brief(folder))
    note = trial.source / MADE_FROM
    made_from = digest([minutes, arrangement, [_seen(path) for path in sources]])
    if not note.is_file() or note.read_text() != made_from:
        trial.clear_trial()
        length_ms = round(minutes * 60_000)
        _take(sources, trial.source, length_ms, joined=arrangement == "parts", name=f"-{minutes:g}min.flac")
        replace_file(note, made_from.encode())
    episode_file.copy(folder, trial)
    if len(sources) > 1:
        episode_file.amend(trial, episode_file.Overrides(arrangement=arrangement))
    return trial


def _take(sources: tuple[Path, ...], room: Path, length_ms: int, *, joined: bool, name: str) -> None:
    """Write the first minutes of each source; of joined ones so many as make them up together."""
    left_ms = length_ms
    for at, source in enumerate(sources, 1):
        before = f"{at:02d}-" if len(sources) > 1 else ""
        target = room / extended(source.stem.lstrip(".~"), before=before, behind=name)
        excerpt(source, target, left_ms)
        if joined:
            left_ms -= probe_clip(target).duration_ms
            if left_ms < SHORTEST_MS:
                return


def _seen(path: Path) -> tuple[str, int, int]:
    seen = path.stat()
    return (str(path), seen.st_size, seen.st_mtime_ns)
