"""Episode to text: one file a format, a template or a module, found by its file name.

How to add one: put a template into ``templates/`` (or a show's ``config/templates/``) whose first
comment says which file it makes: see ``rendering/template_formats.py``. What a template cannot do
is a module ``NAME.py`` in this folder with two names, and nothing else anywhere::

    FILE_NAME = "{slug}.hosts.txt"

    def render(episode: Episode, templates: Templates) -> str:
        return ", ".join(episode.cast.hosts)

``FILE_NAME`` is the file's name in out/; ``{slug}`` stands for the episode's folder name.
``render`` returns the whole file, or nothing when the episode has nothing for it (no chapters,
no speech): then no file is written. It is pure: no files but templates, no clock. A format with
``ON_REQUEST = True`` is made only when asked for: what is pasted into one platform's form would
otherwise fill out/ with files most shows never open.

A platform whose form takes notes is a template, too: ``notes-NAME.html.j2``, whose first comment says
the platform's limits. ``chaitime notes --for NAME`` and ``chaitime check`` know it then.

What a format builds on, in ``rendering/``:

- ``clock``: source time becomes published time there and nowhere else; ``runs`` is the spoken
  text. Chapters come from ``editorial.notes.tags.chapter_marks``, as in the MP3.
- ``cards``: caption cards out of words.
- ``page``: the edited text as plain values for templates.
- ``prose``: paragraphs and lists, first mentions linked.
- ``templates``: Jinja templates; a show's own in ``config/templates/`` win.
- ``xml_elements``: elements with the usual prefixes, for every format that is XML.

``domain.text`` has one escape for each kind of file: text of the episode is hostile. Captions and the
JSON transcript print the spoken text; post, notes and plain text the edited one. RTTM stays in source time.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from types import ModuleType

from ..domain.episode import Episode
from ..domain.platform import Platform
from ..errors import ConfigError, UsageError
from ..project import plugins
from ..project.discovery import load_module, module_names, plugin_of
from .rendering.template_formats import TemplateFormat, template_formats
from .rendering.templates import Templates

__all__ = [
    "NOTES",
    "Templates",
    "chosen",
    "file_name",
    "format_names",
    "platforms",
    "render_all",
    "render_one",
]

NOTES = "notes_"
"""How names of formats begin that are pasted into a platform's form."""
_OURS = Templates()


def format_names(templates: Templates = _OURS) -> tuple[str, ...]:
    """Names of all formats, sorted. Raises ConfigError for a template of the show that cannot be used."""
    modules, of_templates = module_names(__name__, plugins.FORMATS), template_formats(templates.folder)
    for name in of_templates.keys() & set(modules):
        template = f"{of_templates[name].template}.j2"
        raise ConfigError(f"template {template}: “{name}” is a format already; give it another name")
    return tuple(sorted({*modules, *of_templates}))


def render_all(
    episode: Episode,
    templates: Templates,
    *,
    every: bool = False,
    asked: Collection[str] = (),
) -> dict[str, str]:
    """Each format's text by file name, in order of the formats' names.

    Those on request only if ``every``, or if their name or their file's name is in ``asked``. A plug-in
    that is asked for as ``PACKAGE:NAME`` takes the place of ours of that name. Raises ConfigError for a
    template of the show, or a plug-in, that cannot be used.
    """
    texts: dict[str, str] = {}
    files: dict[str, str] = {}
    preferred = plugins.preferred(plugins.FORMATS, asked)
    for name in (preferred.get(name, name) for name in format_names(templates)):
        file = file_name(name, episode, templates)
        if files.setdefault(file, name) != name:
            raise ConfigError(f"the formats “{files[file]}” and “{name}” both make {file}; rename one")
        if every or name in asked or file in asked or not _on_request(name, templates):
            texts |= render_one(name, episode, templates)
    return texts


def chosen(names: Iterable[str] = (), templates: Templates = _OURS) -> tuple[str, ...]:
    """The formats of these names, written with _ or -; those on request when none is given.

    Raises UsageError, with the nearest name, for one that does not exist.
    """
    wanted = [_plain(name) for name in names]
    for name in wanted:
        _found(name, templates)
    every = format_names(templates)
    return tuple(wanted) or tuple(name for name in every if _on_request(name, templates))


def platforms(templates: Templates = _OURS) -> tuple[Platform, ...]:
    """Every platform whose limits a template tells, in order of their names."""
    told = sorted(template_formats(templates.folder).items())
    found = (one.platform(name.removeprefix(NOTES)) for name, one in told if name.startswith(NOTES))
    return tuple(one for one in found if one)


def file_name(name: str, episode: Episode, templates: Templates = _OURS) -> str:
    """The name in out/ of a format's file."""
    found = _found(name, templates)
    named: str = found.file if isinstance(found, TemplateFormat) else found.FILE_NAME
    return named.format(slug=episode.slug)


def render_one(name: str, episode: Episode, templates: Templates) -> dict[str, str]:
    """One format's text by its file name; empty when the episode has nothing for it.

    Raises UsageError for a format that does not exist, ConfigError as `render_all` does.
    """
    found, plugin = _found(name, templates), plugin_of(__name__, name, plugins.FORMATS)
    with plugins.blamed(plugin):
        text = found.render(episode, templates)
        if not isinstance(text, str):
            raise TypeError(f"render returned {type(text).__name__}, no text")
    return {file_name(name, episode, templates): text} if text else {}


def _on_request(name: str, templates: Templates) -> bool:
    found = _found(name, templates)
    return found.on_request if isinstance(found, TemplateFormat) else getattr(found, "ON_REQUEST", False)


def _found(name: str, templates: Templates) -> ModuleType | TemplateFormat:
    """A format by its name, dashes or underscores. Raises UsageError with a suggestion."""
    wanted, of_templates = _plain(name), template_formats(templates.folder)
    if wanted in of_templates:
        return of_templates[wanted]
    known = format_names(templates)
    if wanted in known or plugins.named(plugins.FORMATS, wanted):
        return load_module(__name__, wanted, plugins.FORMATS)
    close = difflib.get_close_matches(wanted, known, n=1)
    hint = f"did you mean “{close[0]}”? " if close else ""
    raise UsageError(f"there is no “{wanted}”; {hint}(there is: {', '.join(known)})")


def _plain(name: str) -> str:
    """A name with underscores; of one that names its package, that stays as it is."""
    package, colon, bare = name.rpartition(":")
    return f"{package}{colon}{bare.replace('-', '_')}"
