"""Episode to text: one file a format, found by its file name.

How to add one: put ``NAME.py`` in this folder with two names, and nothing else anywhere::

    FILE_NAME = "{slug}.hosts.txt"

    def render(episode: Episode, templates: Templates) -> str:
        return ", ".join(episode.cast.hosts)

``FILE_NAME`` is the file's name in out/; ``{slug}`` stands for the episode's folder name.
``render`` returns the whole file, or nothing when the episode has nothing for it (no chapters,
no speech): then no file is written. It is pure: no files but templates, no clock. A format with
``ON_REQUEST = True`` is made only when asked for: what is pasted into one platform's form would
otherwise fill out/ with files most shows never open.

What a format builds on:

- ``_clock``: source time becomes published time there and nowhere else; ``runs`` is the spoken
  text. Chapters come from ``derive.tags.chapter_marks``, as in the MP3.
- ``_cards``: caption cards out of words.
- ``_page``: the edited text as plain values for templates.
- ``_prose``: paragraphs and lists, first mentions linked.
- ``_escape``: one escape for each kind of file; text of the episode is hostile.
- ``_templates``: Jinja templates in ``templates/``; a show's own in ``config/templates/`` win.

Captions and the JSON transcript print the spoken text; post, notes and plain text the edited one.
RTTM stays in source time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from ..domain.episode import Episode
from ..project.discovery import load_module, module_names
from .rendering.templates import Templates

__all__ = ["Templates", "chosen", "file_name", "render_all", "render_one"]


def render_all(
    episode: Episode,
    templates: Templates,
    *,
    every: bool = False,
    asked: Container[str] = (),
) -> dict[str, str]:
    """Each format's text by file name, in order of the formats' names.

    Those on request only if ``every``, or if their name or their file's name is in ``asked``.
    Raises ConfigError for a template of the show that cannot be used.
    """
    texts: dict[str, str] = {}
    for name in module_names(__name__):
        wanted = every or name in asked or file_name(name, episode) in asked
        if wanted or not getattr(load_module(__name__, name), "ON_REQUEST", False):
            texts |= render_one(name, episode, templates)
    return texts


def chosen(names: Iterable[str] = ()) -> tuple[str, ...]:
    """The formats of these names, written with _ or -; those on request when none is given.

    Raises UsageError, with the nearest name, for one that does not exist.
    """
    wanted = [name.replace("-", "_") for name in names]
    for name in wanted:
        load_module(__name__, name)
    return tuple(wanted) or tuple(
        name for name in module_names(__name__) if getattr(load_module(__name__, name), "ON_REQUEST", False)
    )


def file_name(name: str, episode: Episode) -> str:
    """The name in out/ of a format's file."""
    named: str = load_module(__name__, name).FILE_NAME.format(slug=episode.slug)
    return named


def render_one(name: str, episode: Episode, templates: Templates) -> dict[str, str]:
    """One format's text by its file name; empty when the episode has nothing for it.

    Raises UsageError for a format that does not exist, ConfigError as `render_all` does.
    """
    text = load_module(__name__, name).render(episode, templates)
    return {file_name(name, episode): text} if text else {}
