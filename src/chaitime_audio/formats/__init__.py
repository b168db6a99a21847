"""Episode to text: one file a format, found by its file name.

How to add one: put ``NAME.py`` in this folder with two names, and nothing else anywhere::

    FILE_NAME = "{slug}.hosts.txt"

    def render(episode: Episode, templates: Templates) -> str:
        return ", ".join(episode.cast.hosts)

``FILE_NAME`` is the file's name in out/; ``{slug}`` stands for the episode's folder name.
``render`` returns the whole file, or nothing when the episode has nothing for it (no chapters,
no speech): then no file is written. It is pure: no files but templates, no clock.

What a format builds on:

- ``_clock``: source time becomes published time there and nowhere else; ``runs`` is the spoken
  text. Chapters come from ``derive.tags.chapter_marks``, as in the MP3.
- ``_cards``: caption cards out of words.
- ``_page``: the edited text as plain values for templates.
- ``_escape``: one escape for each kind of file; text of the episode is hostile.
- ``_templates``: Jinja templates in ``templates/``; a show's own in ``config/templates/`` win.

Captions and the JSON transcript print the spoken text; post, notes and plain text the edited one.
RTTM stays in source time.
"""

from __future__ import annotations

from ..model.episode import Episode
from ..shelf import part, shelf
from ._templates import Templates

__all__ = ["Templates", "render_all"]


def render_all(episode: Episode, templates: Templates) -> dict[str, str]:
    """Every format's text by file name, in order of the formats' names.

    Raises ConfigError for a template of the show that cannot be used.
    """
    texts: dict[str, str] = {}
    for name in shelf(__name__):
        module = part(__name__, name)
        text = module.render(episode, templates)
        if text:
            texts[module.FILE_NAME.format(slug=episode.slug)] = text
    return texts
