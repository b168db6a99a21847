"""Episode to findings: what platforms ask of an episode, and whether what lies in out/ does it.

How to add a family of rules: put ``NAME.py`` in this folder with two names::

    TITLE = "Chapters"

    def findings(sight: CheckContext) -> Iterator[Finding]:
        yield finding_if("chapters-first", broken="…" or "", good="…", fix="…")

A family only reads: the `Episode`, and the files in out/, which a person may have edited.
"""

from __future__ import annotations

from ..project.discovery import load_module, module_names
from ._finding import CheckContext, Finding, MeasuredSound, finding_if

__all__ = ["CheckContext", "Finding", "MeasuredSound", "check", "finding_if"]


def check(sight: CheckContext) -> dict[str, tuple[Finding, ...]]:
    """Every finding by the title of its family; those of other platforms than the asked one left out."""
    found: dict[str, tuple[Finding, ...]] = {}
    for name in module_names(__name__):
        family = load_module(__name__, name)
        kept = tuple(
            item
            for item in family.findings(sight)
            if not (sight.platform and item.platforms) or sight.platform in item.platforms
        )
        if kept:
            found[family.TITLE] = kept
    return found
