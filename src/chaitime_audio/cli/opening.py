"""For commands about an episode that was made before: finds it, brings it up to date, holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import UsageError
from ..pipeline.run import OpenEpisode, RunOptions, open_episode, registry_for
from ..pipeline.stage_table import MASTER_FILE
from ..project import importing
from ..project.episode_folder import EpisodeFolder
from .console import News


def folder_at(path: Path) -> EpisodeFolder:
    """Return the episode folder that a path names (the folder, or a recording in its source/).

    Raises UsageError when there is none, InputRefusedError for a folder that is no episode.
    """
    folder = importing.existing_episode(importing.Request((path,)))
    if folder is None:
        raise UsageError(f"{path} is a recording, not an episode folder; run: chaitime process {path}")
    return folder


@contextmanager
def opened(path: Path, config: Path | None = None, level: int = 0) -> Iterator[OpenEpisode]:
    """Hold the episode at ``path``, locked and up to date; stages that are stale are made with progress.

    One that was published without speech once (``--force``) is taken as it is. Raises what
    `folder_at`, `kit_for` and `produce` raise.
    """
    folder = folder_at(path)
    order = RunOptions(force=(folder.facts / MASTER_FILE).is_file())
    with News(level) as news, folder.run_lock():
        registry = registry_for(folder, config)
        news.tell_ignored(registry.ignored)
        for last in (False, False, True):  # somebody may edit episode.toml meanwhile
            with open_episode(folder, registry, order, watch=news) as found:
                if last or not found.edited_since:
                    yield found
                    return
