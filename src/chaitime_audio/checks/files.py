"""Files in out/: all there, named so that every host takes them, none waiting to be merged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._finding import CheckContext, Finding, finding_if

TITLE = "Files"
NEEDED = ("show-notes.md", "transcript.md", "transcript.html", "{slug}.transcript.json")


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge what lies in out/."""
    paths = [
        path.relative_to(sight.out).as_posix() for path in sorted(sight.out.rglob("*")) if path.is_file()
    ]
    waiting = next((name for name in paths if name.endswith(".new")), "")
    yield finding_if(
        "files-new",
        f"{waiting} waits beside a file you edited" if waiting else "",
        "no .new file waits",
        "take over what you want of it, then remove it",
    )
    named = next((name for name in paths if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)), "")
    said = f"“{named}” has other than letters, digits, . _ -" if named else ""
    yield finding_if("files-ascii", said, "file names in plain ASCII", "rename or remove it")
    wanted = [name.format(slug=sight.episode.slug) for name in NEEDED] if sight.episode.spoken else []
    missing = [name for name in wanted if not (sight.text(name) or "").strip()]
    said = f"{', '.join(missing)} missing or empty" if missing else ""
    yield finding_if(
        "files-transcript", said, "transcript and notes are there", "run: chaitime process EPISODE"
    )
