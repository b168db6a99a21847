"""What the glossary, as it is now, would change in an episode that was published before."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.imported import Change, EditedText
from ..editorial.imports.plan import plan
from ..formats import Templates, file_name, render_one
from ..project.edited_prose import same_name
from ..project.edited_text import parsed
from .run import OpenEpisode

_FORMAT = "transcript_json"
_BY_GLOSSARY = "glossary: "
_NEAR_MS = 1_000


@dataclass(frozen=True, slots=True)
class GlossaryDiff:
    """Words as published (``before``) and as the glossary has them now (``after``), in order of time.

    ``others`` counts what else differs from what was published: settings, corrections or versions since.
    """

    changes: tuple[Change, ...] = ()
    others: int = 0


def glossary_diff(made: OpenEpisode) -> GlossaryDiff | None:
    """Return what would change in the published transcript; None where none was published."""
    episode, templates = made.episode, Templates(made.registry.templates)
    path = made.folder.out / file_name(_FORMAT, episode, templates)
    names = frozenset(same_name(voice.person.name) for voice in episode.cast.voices)
    now = next(iter(render_one(_FORMAT, episode, templates).values()), "")
    try:
        ours = parsed(now, ".json", names) if now else None
        published = parsed(path.read_text(encoding="utf-8"), ".json", names)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(ours, EditedText) or not isinstance(published, EditedText):
        return None
    found = plan(episode, ours, published, "")
    times = [item.at_ms for item in episode.replacements if item.rule.startswith(_BY_GLOSSARY)]
    mine = [one for one in found.changes if any(abs(one.at_ms - at) <= _NEAR_MS for at in times)]
    turned = (Change(one.kind, one.at_ms, one.after, one.before, ()) for one in mine if one.before)
    return GlossaryDiff(tuple(turned), len(found.changes) - len(mine) + len(found.unplaced))
