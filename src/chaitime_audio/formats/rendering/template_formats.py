"""Formats that are only a template: its first comment says what file it makes, and when.

::

    {#
    # Who was there, one a line.
    file = "{slug}.people.txt"
    made = "on request"
    #}
    {% for person in page.guests %}
    {{ person.name }}
    {% endfor %}

The comment holds TOML. ``file`` is the name in out/ (``{slug}`` is the episode's folder name);
``made`` is ``"always"`` (the default) or ``"on request"``; ``needs`` names what of `page` must not be
empty, or no file is written; ``clock`` is ``"published"`` (the MP3's times, the default) or
``"source"`` (the recording's); ``most_bytes`` or ``most_characters`` limit its length: the template
then gets ``blocks``, the names of the parts that fit. Of a platform, ``lists_chapters = true`` says
that it makes chapters of times in its notes, ``reads_feed = true`` that it reads the show's feed
(`domain.platform`). ``name`` is the format's name, by default the
template's file name with ``_`` for its dots and dashes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from ...domain.episode import Episode
from ...domain.platform import Platform
from ...domain.sound import Timeline
from ...errors import ConfigError
from ...project.serialization import nearest
from .length_limits import fitted, utf8_bytes
from .page import Page, page
from .templates import OURS, SUFFIX, Templates

_FIRST_COMMENT = re.compile(r"\A\s*\{#-?(.*?)-?#\}", re.DOTALL)
_TELLS_A_FILE = re.compile(r"^\s*file\s*=", re.MULTILINE)
_KINDS = {str: "a text", int: "a number", bool: "true or false"}
_CHOICES = {"made": ("always", "on request"), "clock": ("published", "source")}


@dataclass(frozen=True, slots=True)
class TemplateFormat:
    """What a template's first comment says."""

    name: str
    template: str
    file: str
    made: str = "always"
    needs: str = ""
    clock: str = "published"
    most_bytes: int = 0
    most_characters: int = 0
    lists_chapters: bool = False
    reads_feed: bool = False

    @property
    def on_request(self) -> bool:
        """Whether it is made only when asked for."""
        return self.made == "on request"

    def platform(self, name: str) -> Platform | None:
        """What the platform takes whose notes these are; None where no limit is told."""
        most = self.most_bytes or self.most_characters
        told = Platform(
            name,
            self.file,
            most,
            "bytes" if self.most_bytes else "characters",
            is_plain=not self.file.endswith(".html"),
            lists_chapters=self.lists_chapters,
            reads_feed=self.reads_feed,
        )
        return told if most else None

    def render(self, episode: Episode, templates: Templates) -> str:
        """Fill in the template; nothing where the episode lacks what it needs."""
        timed = replace(episode, timeline=Timeline()) if self.clock == "source" else episode
        values = page(timed)
        if self.needs and not getattr(values, self.needs):
            return ""
        if self.most_bytes:
            return fitted(templates, self.template, values, self.most_bytes, utf8_bytes)
        if self.most_characters:
            return fitted(templates, self.template, values, self.most_characters)
        text = templates.render(self.template, {"page": values})
        return text if text.strip() else ""


def template_formats(folder: Path | None) -> dict[str, TemplateFormat]:
    """Formats by name: ours, and those of a show's own folder, which win over ours of the same template.

    Raises ConfigError, with the file, for a comment that does not say what it should.
    """
    found = dict(_ours())
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder else ():
        told = _told(path)
        if told is None:
            continue
        same = next((name for name, one in found.items() if one.template == told.template), told.name)
        if found.get(told.name, told).template != told.template:
            raise ConfigError(
                f"template {path}: there is a format “{told.name}” already; give it another name"
            )
        found.pop(same, None)
        found[told.name] = told
    return found


@cache
def _ours() -> Mapping[str, TemplateFormat]:
    told = (_told(path) for path in sorted(OURS.glob(f"*{SUFFIX}")))
    return {one.name: one for one in told if one is not None}


def _told(path: Path) -> TemplateFormat | None:
    """What a template says of itself; None for one that is no format: a part of others, or prose."""
    try:
        comment = _FIRST_COMMENT.match(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # whoever renders it says so
    if comment is None or not _TELLS_A_FILE.search(comment[1]):
        return None
    template = path.name.removesuffix(SUFFIX)
    try:
        told = {"name": re.sub(r"\W", "_", template), **tomllib.loads(comment[1])}
        return _checked(TemplateFormat(template=template, **_known(told)))
    except ValueError as cause:
        raise ConfigError(f"template {path}: its first comment: {cause}") from cause


def _known(told: dict[str, Any]) -> dict[str, Any]:
    """Keys and kinds of values. Raises ValueError."""
    kinds = {
        item.name: type(item.default) if item.default != MISSING else str for item in fields(TemplateFormat)
    }
    for key, value in told.items():
        if key not in kinds or key == "template":
            raise ValueError(f"“{key}” is unknown{nearest(key, kinds.keys() - {'template'})}")
        if type(value) is not kinds[key] or (value == "" and key != "needs"):
            raise ValueError(f"{key} must be {_KINDS[kinds[key]]}")
    return told


def _checked(told: TemplateFormat) -> TemplateFormat:
    for key, allowed in _CHOICES.items():
        if getattr(told, key) not in allowed:
            raise ValueError(f"{key} must be {' or '.join(f'“{word}”' for word in allowed)}")
    if told.needs and told.needs not in {item.name for item in fields(Page)}:
        raise ValueError(f"needs: a page has no “{told.needs}”{nearest(told.needs, _page_names())}")
    parts = PurePosixPath(told.file).parts
    bad = not parts or told.file.startswith("/") or "\\" in told.file or told.file.endswith((".mp3", ".new"))
    if bad or any(part.startswith(".") or not part.isprintable() for part in parts) or len(parts) > 2:
        raise ValueError(f"file: “{told.file}” is no name for a file in out/")
    if re.search(r"[{}]", told.file.replace("{slug}", "")):
        raise ValueError("file: only {slug} is filled in")
    return told


def _page_names() -> tuple[str, ...]:
    return tuple(item.name for item in fields(Page))
