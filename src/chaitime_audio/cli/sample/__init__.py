"""The sample that comes with the package: a short talk, its episode.toml, and a show's configuration."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ...errors import UsageError
from ...project.files import replace_file

EPISODE = "episodes/001-tom-ellery"
PLACES = {
    "chaitime.toml": "config/chaitime.toml",
    "episode.toml": f"{EPISODE}/episode.toml",
    "tom-ellery.opus": f"{EPISODE}/source/tom-ellery.opus",
}


def lay_out(folder: Path) -> Path:
    """Put the sample into a folder that is empty, new, or has it already; return the episode's folder.

    What is there stays as it is. Raises UsageError for a folder that is somebody else's, DestinationError.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / PLACES["episode.toml"]).is_file():
        raise UsageError(f"{folder} is not empty; name another folder: chaitime demo FOLDER")
    for name, place in PLACES.items():
        if not (folder / place).exists():
            replace_file(folder / place, (files(__name__) / name).read_bytes())
    return folder / EPISODE
