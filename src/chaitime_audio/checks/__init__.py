"""Episode to findings: what platforms ask of an episode, and whether what lies in out/ does it.

How to add a family of rules: put ``NAME.py`` in this folder with two names::

    TITLE = "Chapters"

    def findings(sight: Sight) -> Iterator[Finding]:
        yield judged("chapters-first", broken="…" or "", good="…", fix="…")

A family only reads: the `Episode`, and the files in out/, which a person may have edited.
"""

from __future__ import annotations

from ..project.discovery import part, shelf
from ._finding import PLATFORMS, Finding, Heard, Sight, judged

__all__ = ["PLATFORMS", "Finding", "Heard", "Sight", "check", "judged"]


def check(sight: Sight) -> dict[str, tuple[Finding, ...]]:
    """Every finding by the title of its family; those of other platforms than the asked one left out."""
    found: dict[str, tuple[Finding, ...]] = {}
    for name in shelf(__name__):
        family = part(__name__, name)
        kept = tuple(
            item for item in family.findings(sight) if not sight.platform or sight.platform in item.platforms
        )
        if kept:
            found[family.TITLE] = kept
    return found
