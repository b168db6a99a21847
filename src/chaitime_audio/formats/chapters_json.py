"""Podcasting 2.0 chapters, version 1.2.0."""

from __future__ import annotations

import json

from ..domain import text
from ..domain.episode import Episode
from ..domain.tags import Mark
from ..editorial.notes.tags import chapter_marks
from .rendering.pictures import picture_address
from .rendering.templates import Templates

FILE_NAME = "{slug}.chapters.json"


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - JSON has no template
    """Write the chapters in published seconds; no file for an episode without chapters."""
    found = chapter_marks(episode)
    if not found:
        return ""
    described = {
        "version": "1.2.0",
        "title": text.line(episode.title),
        "podcastName": text.line(episode.show.name),
        "author": text.line(", ".join(episode.cast.hosts)),
        "fileName": f"{episode.slug}.mp3",
    }
    document: dict[str, object] = {key: value for key, value in described.items() if value}
    document["chapters"] = [_chapter(episode, mark) for mark in found]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _chapter(episode: Episode, mark: Mark) -> dict[str, object]:
    chapter: dict[str, object] = {
        "startTime": mark.start_ms / 1000,
        "endTime": mark.end_ms / 1000,
        "title": text.line(mark.title),
    }
    if url := text.url(mark.url):
        chapter["url"] = url
    if picture := picture_address(episode, mark):
        chapter["img"] = picture
    return chapter
