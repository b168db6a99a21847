"""Templates: a show's own folder first, then ours; sandboxed, and escaped for where the text goes.

The sink is read off the template's name: ``transcript.html.j2`` is HTML, ``transcript.md.j2``
Markdown. Everything a template prints is escaped for its sink; ``| safe`` is the way round it,
for text that was escaped already. Filters: ``link`` (a `Link`, or an address and a title,
in the sink's own way; only the title when it is no web or mail address), ``prose`` (the text of a
block, mentions linked where the sink has links), ``url``, ``clock`` (ms to MM:SS), ``stamp``
(HH:MM:SS.mmm), ``spelled`` (ms to 3 min 05 s), ``quoted`` (in quotation marks), ``yaml``.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...domain import text as _escape
from ...domain.people import Link
from ...domain.scripts import blank_between, has_direction, right_to_left, runs_leftwards
from ...domain.timecode import clock, spelled_length, stamp
from ...editorial.languages.wording import speaks, worded
from ...errors import ChaitimeError, ConfigError
from .prose import PageSpan
from .wordings import joined_names

if TYPE_CHECKING:
    from jinja2 import BaseLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

OURS = Path(__file__).parents[1] / "templates"
SUFFIX = ".j2"
_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True)
class Templates:
    """Where templates are looked for; ``folder`` is the show's own, None for ours alone.

    ``ours`` are the built-in ones: those of the formats, or a folder of pages that share the look of theirs.
    """

    folder: Path | None = None
    ours: Path = OURS

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Fill in the template ``NAME.j2``; the text ends with one line break.

        A template of the show may extend ours under ``chaitime/NAME.j2``. Raises ConfigError
        with file and line for a template of the show that cannot be used.
        """
        from jinja2 import TemplateError

        try:
            text = self._environment(name).get_template(name + SUFFIX).render(values)
        except (TemplateError, OSError, *_FAULTS) as cause:
            raise self._error(name, cause) from cause
        return text.strip() + "\n"

    def _environment(self, name: str) -> ImmutableSandboxedEnvironment:
        kind = name.rsplit(".", 1)[-1]
        return self._environments.setdefault(kind, self._make(_SINKS.get(kind, _PLAIN)))

    @cached_property
    def _environments(self) -> dict[str, ImmutableSandboxedEnvironment]:
        return {}

    def _make(self, sink: _Sink) -> ImmutableSandboxedEnvironment:
        from jinja2 import StrictUndefined, pass_context
        from jinja2.sandbox import ImmutableSandboxedEnvironment
        from markupsafe import Markup

        def printed(value: Any) -> Any:
            ready = isinstance(value, Markup) or not isinstance(value, str)
            return value if ready else _escape.line(value) if sink.autoescape else sink.escape(value)

        def linked(link: Link | str, title: str = "") -> Markup:
            found = Link(title, link) if isinstance(link, str) else link
            return Markup(sink.link(found))  # noqa: S704 - each sink escapes both halves

        def value(given: Any) -> Markup:
            return given if isinstance(given, Markup) else Markup(sink.escape(str(given)))  # noqa: S704

        @pass_context
        def translated(context: Any, text: str, **values: Any) -> Markup:
            said = worded(text, _language(context))
            return Markup(said.format_map({key: value(given) for key, given in values.items()}))  # noqa: S704

        @pass_context
        def listed(context: Any, names: Iterable[str]) -> Markup:
            return Markup(joined_names(tuple(map(value, names)), _language(context)))  # noqa: S704

        environment = ImmutableSandboxedEnvironment(
            loader=self._loader(),
            undefined=StrictUndefined,
            autoescape=sink.autoescape,
            finalize=printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters |= {
            "link": linked,
            "prose": lambda spans: Markup("".join(_span(part, sink) for part in spans)),  # noqa: S704
            "url": _escape.url,
            "clock": clock,
            "listed": listed,
            "turned": pass_context(_turned),
            "quoted": _escape.quoted,
            "stamp": stamp,
            "spelled": lambda ms: Markup(spelled_length(ms)),  # noqa: S704 - figures and narrow blanks
            "yaml": lambda text: Markup(_escape.yaml(text)),  # noqa: S704 - a quoted string
        }
        environment.globals |= {"_": translated, "speaks": speaks, "gap": blank_between}
        return environment

    def _loader(self) -> BaseLoader:
        from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

        ours = FileSystemLoader((self.ours, OURS))
        own = [FileSystemLoader(self.folder, encoding="utf-8-sig")] if self.folder else []
        return ChoiceLoader([*own, ours, PrefixLoader({"chaitime": ours})])

    def _error(self, name: str, cause: Exception) -> ChaitimeError:
        """One line with file and line number; a fault in a template of ours is a fault of ours."""
        file, line = _place(cause)
        path = Path(file) if file else (self.folder or self.ours) / (name + SUFFIX)
        reason = " ".join(str(getattr(cause, "message", None) or cause).split())
        where = f"{path}, line {line}" if line else str(path)
        if path.is_relative_to(self.ours) or path.is_relative_to(OURS):
            return ChaitimeError(f"template {where}: {reason}")
        return ConfigError(f"template {where}: {reason}; mend it, or remove it to use the built-in one")


def _language(context: Any) -> str:
    """The language of what a template prints: its page's, else its show's, else its own."""
    for name in ("page", "show"):
        found = context.get(name)
        language = found.get("language") if isinstance(found, Mapping) else getattr(found, "language", "")
        if language:
            return str(language)
    return str(context.get("language") or "en")


def _turned(context: Any, text: Any) -> Markup:
    """``dir="auto"`` for a text that holds letters which run against its page; nothing for any other."""
    from markupsafe import Markup

    said = text if isinstance(text, str) else "".join(part.text for part in text)
    against = right_to_left(_language(context)) != runs_leftwards(said)
    return Markup(' dir="auto"' if against and has_direction(said) else "")  # noqa: S704 - ours


def _place(cause: Exception) -> tuple[str, int]:
    """File and line of a template error: told by the parser, or the last template in the traceback."""
    if getattr(cause, "lineno", None) and getattr(cause, "filename", None):
        return str(cause.filename), int(cause.lineno)  # type: ignore[attr-defined]
    frames = [frame for frame in traceback.extract_tb(cause.__traceback__) if frame.filename.endswith(SUFFIX)]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)


@dataclass(frozen=True, slots=True)
class _Sink:
    """How text and links are written in one kind of file."""

    escape: Callable[[str], str]
    link: Callable[[Link], str]
    autoescape: bool = False


def _span(span: PageSpan, sink: _Sink) -> str:
    """A stretch of text in a sink's own way; the blanks at its ends, which escaping takes off, stay."""
    before, behind = span.text[:1].isspace() * " ", span.text[1:][-1:].isspace() * " "
    linked = span.url and sink is not _PLAIN
    inner = sink.link(Link(span.text.strip(), span.url)) if linked else sink.escape(span.text)
    return f"{before}{inner}{behind}"


def _link_html(link: Link) -> str:
    address, title = _escape.url(link.url), _escape.xml(link.title or link.url)
    return f'<a href="{_escape.xml(address)}">{title}</a>' if address else title


def _link_markdown(link: Link) -> str:
    address, title = _escape.url(link.url), _escape.markdown(link.title or link.url)
    target = address.replace("(", "%28").replace(")", "%29")
    return f"[{title}]({target})" if address else title


def _link_plain(link: Link) -> str:
    address, title = _escape.url(link.url), _escape.line(link.title)
    return f"{title}: {address}" if address and title else address or title


_MARKUP = _Sink(_escape.xml, _link_html, autoescape=True)
_PLAIN = _Sink(_escape.line, _link_plain)
_QUOTED = _Sink(_escape.yaml, _link_plain)
_SINKS = {
    **dict.fromkeys(("html", "htm", "xhtml", "xml", "svg", "rss", "opml"), _MARKUP),
    **dict.fromkeys(("md", "markdown"), _Sink(_escape.markdown, _link_markdown)),
    **dict.fromkeys(("json", "yaml", "yml"), _QUOTED),
    "csv": _Sink(_escape.csv, _link_plain),
    "srt": _Sink(_escape.srt, _link_plain),
    "vtt": _Sink(_escape.vtt, _link_plain),
}
