"""What is left before an episode goes out: broken rules and their mends, notes to paste, files to take."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from ..checks import Finding
from ..errors import ChaitimeError, NotMadeError, UsageError
from ..formats import NOTES, Templates, format_names, render_one
from ..pipeline.checking import findings
from ..pipeline.run import OpenEpisode, RunOptions, open_episode, registry_for
from ..project import decisions
from ..project.episode_folder import EpisodeFolder
from ..project.toml_edit import set_key

WHOLE = RunOptions(only_kept=True, unworded=True, force=True)
AUTHOR = "studio"
MOST_TITLE = 500
Mend = Literal["", "make", "title", "aside"]
ASIDE = "aside"


def publishing(folder: EpisodeFolder, config: Path | None) -> dict[str, Any]:
    """Return what the page of publishing shows; nothing is written.

    ``ready`` is False for an episode whose MP3 is not made (any more), and ``why`` says so.
    """
    try:
        with open_episode(folder, registry_for(folder, config), WHOLE) as made:
            rows = [
                {"group": group, **_row(item, made)}
                for group, items in findings(made).items()
                for item in items
            ]
            return {
                "ready": True,
                "title": made.episode.title,
                "findings": rows,
                "notes": _notes(made),
                "files": files_of(folder),
            }
    except NotMadeError as missing:
        return {"ready": False, "why": str(missing), "findings": [], "notes": [], "files": files_of(folder)}


def _row(item: Finding, made: OpenEpisode) -> dict[str, Any]:
    told = {"rule": item.rule, "level": item.level, "text": item.text, "fix": item.fix}
    return {**told, "platforms": list(item.platforms), "mend": mend_of(item, made.folder)}


def mend_of(item: Finding, folder: EpisodeFolder) -> Mend:
    """Return how a finding can be mended from the page; nothing where a person has to.

    ``make``: the files are written again; ``title``: another title is written into ``episode.toml``;
    ``aside``: the MP3 is put aside, and written again.
    """
    if item.level == "pass":
        return ""
    if item.rule in ("title-plain", "title-length"):
        return "title"
    there = (folder.out / f"{folder.slug}.mp3").is_file()
    if item.rule.startswith("tag-") and there:
        return "aside"
    asked = "run: chaitime process EPISODE"
    missing = (
        item.fix.startswith(asked) or "missing" in item.text or (not there and item.rule.startswith("tag-"))
    )
    return "make" if missing and asked in item.fix and not (there and "--again" in item.fix) else ""


def mend(folder: EpisodeFolder, what: str, value: str) -> None:
    """Mend what can be done at once; the files are then to be made again.

    Raises UsageError for what is no mend or no title, and what writing raises.
    """
    if what == "title":
        title = " ".join(value.split())
        if not any(char.isalnum() for char in title) or len(title) > MOST_TITLE:
            raise UsageError(f"a title has letters, and at most {MOST_TITLE} characters")
        said = f"title {title}"
        decisions.rewrite(folder, lambda text: set_key(text, "title", title), said, AUTHOR)
    elif what == "aside":
        _put_aside(folder, folder.out / f"{folder.slug}.mp3")
    elif what != "make":
        raise UsageError("that has to be mended by hand")


def _put_aside(folder: EpisodeFolder, path: Path) -> None:
    """Move a file that somebody changed out of the way; it is kept."""
    room = folder.path / ASIDE
    room.mkdir(exist_ok=True)
    target, number = room / path.name, 2
    while target.exists():
        target, number = room / f"{path.stem}-{number}{path.suffix}", number + 1
    path.replace(target)


def _notes(made: OpenEpisode) -> list[dict[str, str]]:
    """The post and each platform's notes, as they would be written now."""
    own = Templates(made.registry.templates)
    names = ["transcript_md", *(name for name in format_names(own) if name.startswith(NOTES))]
    found = []
    for name in names:
        try:
            texts = render_one(name, made.episode, own)
        except ChaitimeError:
            continue
        label = "the post" if name == "transcript_md" else name.removeprefix(NOTES)
        found += [{"name": label, "text": text} for text in texts.values()]
    return found


def files_of(folder: EpisodeFolder) -> list[dict[str, Any]]:
    """Every file in out/ by its name there, with its size in bytes."""
    paths = sorted(path for path in folder.out.rglob("*") if path.is_file() and not path.is_symlink())
    return [
        {"name": path.relative_to(folder.out).as_posix(), "bytes": path.stat().st_size}
        for path in paths
        if not any(part.startswith(".") for part in path.relative_to(folder.out).parts)
    ]
