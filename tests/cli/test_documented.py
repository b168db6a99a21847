"""Every command line that README and docs/ print can be typed: its command, its group, its options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from chaitime_audio.cli import chaitime

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
TYPED = re.compile(r"(?:^ {4}|^\$ |`|\(|\| )chaitime ([a-z][a-z-]*(?![\w:-])(?: [^`\n#;|)]*)?)", re.MULTILINE)


def typed() -> Iterator[tuple[str, list[str]]]:
    """Each command line that a page prints, with the page's name."""
    for page in PAGES:
        for found in TYPED.finditer(page.read_text(encoding="utf-8")):
            yield page.name, found[1].split()


def test_every_command_line_in_the_docs_can_be_typed() -> None:
    """A name that was documented once keeps working: commands, what is in groups, long options."""
    context, wrong, seen = click.Context(chaitime), set[str](), 0
    for page, words in typed():
        command = chaitime.get_command(context, words[0])
        rest = words[1:]
        if isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z-]+", rest[0]):
            command = command.get_command(context, rest.pop(0))
        if command is None:
            wrong.add(f"{page}: chaitime {' '.join(words)}")
            continue
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
        for word in rest:
            option = re.match(r"--[a-z][a-z-]*", word)
            if option and option[0] not in known:
                wrong.add(f"{page}: chaitime {' '.join(words)}: no {option[0]}")
        seen += 1
    assert not wrong
    assert seen > 100
