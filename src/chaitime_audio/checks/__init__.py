"""Episode to findings: what platforms ask of an episode, and whether what lies in out/ does it.

How to add a family of rules: put ``NAME.py`` in this folder with two names::

    TITLE = "Chapters"

    def findings(sight: CheckContext) -> Iterator[Finding]:
        yield finding_if("chapters-first", broken="…" or "", good="…", fix="…")

A family only reads: the `Episode`, and the files in out/, which a person may have edited.
"""

from __future__ import annotations

from collections.abc import Collection

from ..errors import ConfigError
from ..project import plugins
from ..project.discovery import load_module, module_names, plugin_of
from ._finding import CheckContext, Finding, MeasuredSound, finding_if

__all__ = ["CheckContext", "Finding", "MeasuredSound", "check", "finding_if"]


def check(sight: CheckContext, prefer: Collection[str] = ()) -> dict[str, tuple[Finding, ...]]:
    """Every finding by the title of its family; those of other platforms than the asked one left out.

    Of plug-ins whose full name is in ``prefer``, ours of the same name is left out. One that fails is a
    finding.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    preferred = plugins.preferred(plugins.CHECKS, prefer)
    for name in module_names(__name__, plugins.CHECKS):
        title, items = _family(preferred.get(name, name), sight)
        kept = tuple(
            item
            for item in items
            if not (sight.platform and item.platforms) or sight.platform in item.platforms
        )
        if kept:
            found[title] = (*found.get(title, ()), *kept)
    return found


def _family(name: str, sight: CheckContext) -> tuple[str, tuple[Finding, ...]]:
    """The title of a family and what it finds."""
    family = load_module(__name__, name, plugins.CHECKS)
    try:
        with plugins.blamed(plugin_of(__name__, name, plugins.CHECKS)):
            return family.TITLE, tuple(family.findings(sight))
    except ConfigError as problem:
        return family.TITLE, (Finding("plug-in", "fail", str(problem), "chaitime plugins lists it"),)
