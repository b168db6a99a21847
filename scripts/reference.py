"""Lays out build/docs: the pages of docs/, and a reference written from the code.

``python scripts/reference.py``, then ``mkdocs build``; ``make docs`` does both.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import click

from chaitime_audio import errors
from chaitime_audio.cli import chaitime
from chaitime_audio.formats import format_names
from chaitime_audio.formats.rendering.template_formats import template_formats
from chaitime_audio.project.discovery import load_module, module_names
from chaitime_audio.project.settings import Settings

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "docs"
_OUTSIDE = re.compile(r"\]\(\.\./(CONTRIBUTING|CHANGELOG|README)\.md")
_SOURCE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+(?:src|examples|tests|config|scripts|bench)[^)]*\)")


def commands(group: click.Group, path: str = "chaitime", depth: int = 2) -> Iterator[str]:
    """A heading, the help and the options of every command, groups before their members."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        full = f"{path} {name}"
        own = click.Context(command, info_name=full)
        text = click.unstyle(command.get_help(own))
        yield f"{'#' * min(depth, 4)} {full}\n\n```text\n{text}\n```\n"
        if isinstance(command, click.Group):
            yield from commands(command, full, depth + 1)


def settings() -> Iterator[str]:
    """A table for every section of chaitime.toml."""
    for section, kind in get_type_hints(Settings).items():
        yield f"## [{section}]\n\n| setting | default | what it says |\n|---|---|---|"
        for item in dataclasses.fields(kind):
            about = str(item.metadata["about"]).replace("|", "\\|")
            yield f"| `{item.name}` | `{_default(item)}` | {about} |"
        yield ""


def _default(item: dataclasses.Field[Any]) -> str:
    if item.default is not dataclasses.MISSING:
        return repr(item.default).replace("|", "\\|")
    return repr(item.default_factory()) if item.default_factory is not dataclasses.MISSING else ""


def formats() -> Iterator[str]:
    """A row for every format: its name, its file in out/, and what it is."""
    yield "| format | file | what it is |\n|---|---|---|"
    modules, templates = module_names("chaitime_audio.formats"), template_formats(None)
    for name in format_names():
        if name in templates:
            file, about = templates[name].file, f"template `{templates[name].template}`"
        elif name in modules:
            module = load_module("chaitime_audio.formats", name)
            file, about = module.FILE_NAME, (module.__doc__ or "").strip().splitlines()[0]
        yield f"| {name} | `{file}` | {about} |"


def codes() -> Iterator[str]:
    """A row for every kind of error, by exit code."""
    yield "| code | error | means |\n|---|---|---|\n| 0 | – | done |"
    known = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.ChaitimeError)
    ]
    for kind in sorted(known, key=lambda kind: (kind.exit_code, kind.__name__)):
        first = (kind.__doc__ or "").strip().splitlines()[0]
        yield f"| {kind.exit_code} | `{kind.__name__}` | {first} |"
    yield "| 7 | – | A rule is broken (`check`) or an episode is damaged (`fsck`). |"
    yield "| 130, 143 | – | Stopped by Ctrl-C, by SIGTERM; nothing is lost. |"


def lay_out() -> None:
    """Write build/docs anew."""
    shutil.rmtree(BUILD, ignore_errors=True)
    shutil.copytree(ROOT / "docs", BUILD)
    for page in ("CONTRIBUTING", "CHANGELOG", "README"):
        target = BUILD / ("index.md" if page == "README" else f"{page}.md")
        text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
        target.write_text(
            text.replace("](docs/", "](").replace("](README.md", "](index.md"), encoding="utf-8"
        )
    for path in BUILD.rglob("*.md"):
        text = _OUTSIDE.sub(
            lambda found: f"]({found[1]}.md".replace("README", "index"), path.read_text(encoding="utf-8")
        )
        path.write_text(_SOURCE.sub(r"\1", text), encoding="utf-8")
    pages = {
        "commands": ("Commands", commands(chaitime)),
        "settings": ("Settings", settings()),
        "files": ("Files", formats()),
        "exit-codes": ("Exit codes", codes()),
    }
    (BUILD / "reference").mkdir()
    for name, (title, lines) in pages.items():
        (BUILD / "reference" / f"{name}.md").write_text(
            f"# {title}\n\n" + "\n".join(lines) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    lay_out()
