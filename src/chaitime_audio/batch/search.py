"""Finds episode folders and bare recordings below a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ..audio.has_sound import has_sound
from ..audio.probe import probe
from ..errors import ChaitimeError, InputRefusedError, UsageError
from ..project import finder
from ..project.episode_file import Overrides, amend
from ..project.episode_folder import EpisodeFolder, slug
from ..project.importing import Request, home_of, settle


@dataclass(frozen=True, slots=True)
class Found:
    """An episode folder, or with ``recording`` the one that a bare recording will get.

    ``problem`` tells why nobody can look into a folder or at a file; there may be episodes in it.
    """

    folder: EpisodeFolder
    recording: Path | None = None
    problem: str = ""

    @property
    def path(self) -> Path:
        """What tells it from all others: the bare recording, else the episode's folder."""
        return self.recording or self.folder.path

    def home(self, told: Overrides) -> EpisodeFolder:
        """Return the folder it has or is to have; a namesake that was made meanwhile is not taken.

        Raises what `probe` and `intake.home_of` raise; what is no recording leaves no folder.
        """
        if self.problem:
            raise InputRefusedError(self.problem)
        if self.recording is None:
            return self.folder
        request = Request((self.recording,))
        probe(request.paths, "single")
        return home_of(request, told)

    def settle(self, folder: EpisodeFolder, *, link: bool, told: Overrides) -> None:
        """Bring the recording into its folder, and what was told into ``episode.toml``; the caller holds it.

        Raises what `intake.settle` raises.
        """
        if self.recording is not None:
            settle(Request((self.recording,), link=link), folder, told)
        if folder.brief.exists() or folder.source.is_dir():
            amend(folder, told)


Passed = Callable[[Path, str], object]
"""Told of a file that may be a recording and is not taken, and why."""


def find(top: Path, passed: Passed = lambda *_: None) -> tuple[Found, ...]:
    """Return every episode below ``top`` in order of path, each once: what `finder.below` sees there.

    A folder that cannot be opened is among them with its problem. Raises UsageError when ``top`` is no
    folder.
    """
    found: dict[Path, Found] = {}
    closed: list[OSError] = []
    paths = below(top, closed.append, passed)
    for path in sorted(paths, key=lambda path: path.is_symlink()):  # a link to one of them is no other
        try:
            item = found_at(path)
        except (ChaitimeError, OSError) as cause:  # whatever is wrong with one, the others are found
            item = Found(EpisodeFolder(path), problem=str(cause))
        found.setdefault((item.recording or item.folder.path).resolve(), item)
    for problem in closed:
        path = Path(problem.filename or top)
        told = f"cannot look into {path}: {problem.strerror or problem}"
        found.setdefault(path.absolute(), Found(EpisodeFolder(path), problem=told))
    return tuple(found[key] for key in sorted(found))


def below(
    top: Path, closed: Callable[[OSError], object] = lambda _: None, passed: Passed = lambda *_: None
) -> tuple[Path, ...]:
    """Return the episode folders below ``top``, then the bare recordings; see `finder.below`.

    A file whose ending tells nothing is one when the decoder finds sound in it.
    """
    return finder.below(top, closed, passed, has_sound)


def found_at(path: Path) -> Found:
    """Return the episode at an episode folder, or that of a bare recording, made or not."""
    if path.is_dir():
        return Found(EpisodeFolder(path))
    home = home_of(Request((path,)), Overrides())
    return Found(home) if home.brief.is_file() else Found(home, path)


def newest_first(items: Iterable[Found]) -> tuple[Found, ...]:
    """Return them by the time at which their recordings were last written, the latest first."""

    def written(found: Found) -> float:
        try:
            paths = (found.recording,) if found.recording else found.folder.sources()
            return max(path.stat().st_mtime for path in paths)
        except (OSError, ChaitimeError):
            return 0.0

    return tuple(sorted(items, key=written, reverse=True))


def only(items: Iterable[Found], wanted: tuple[str, ...]) -> tuple[Found, ...]:
    """Return those whose folder or recording has one of these in its name, or fits it as a pattern.

    Raises UsageError when none does: a name that was mistyped must not look like nothing to do.
    """
    found = tuple(found for found in items if any(_fits(found, text) for text in wanted))
    if not found:
        raise UsageError(f"no episode and no recording here has “{'” or “'.join(wanted)}” in its name")
    return found


def _fits(found: Found, text: str) -> bool:
    wanted = text.casefold()
    if any(wanted in name or fnmatch(name, wanted) for name in _names(found)):
        return True
    plain = not set("*?[") & set(text) and any(mark.isalnum() for mark in text)
    return plain and slug(text) in found.folder.path.name


def _names(found: Found) -> Iterator[str]:
    """What an episode may be called, lower case: its folder, its recordings."""
    yield found.folder.path.name.casefold()
    if found.recording:
        yield found.recording.name.casefold()
    else:
        with suppress(OSError):
            yield from (path.name.casefold() for path in found.folder.source.iterdir())
