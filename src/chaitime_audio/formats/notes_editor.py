"""For the editor, not for listeners: titles to choose from, clips to cut, names without a link."""

from __future__ import annotations

from ..domain.episode import Episode
from ..domain.text import line
from .rendering.clock import published
from .rendering.page import page
from .rendering.templates import Templates

FILE_NAME = "notes/editor.md"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-editor.md.j2``; empty when there is nothing to choose."""
    notes, name = episode.notes, episode.cast.name
    clips = [
        {
            "title": line(item.title),
            "name": line(name(item.label)),
            "start_ms": published(episode, item.span.start_ms),
            "seconds": round(item.span.duration_ms / 1000),
            "source_ms": item.span.start_ms,
        }
        for item in notes.soundbites
        if not any(cut.overlap_ms(item.span) for cut in episode.timeline.cuts)
    ]
    told = {"titles": tuple(map(line, notes.titles)), "mentions": tuple(map(line, notes.mentions))}
    warnings = tuple(map(line, episode.warnings))
    own = ", ".join(notes.own)
    if not (clips or warnings or own or any(told.values())):
        return ""
    values = {"page": page(episode), "clips": clips, "warnings": warnings, "own": own, **told}
    return templates.render("notes-editor.md", values)
