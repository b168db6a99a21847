"""Draws what the terminal shows for ``chaitime --help``, each group's help, and ``chaitime`` alone.

``python scripts/help_pictures.py`` writes docs/pictures/help/NAME.svg; no font is embedded or fetched.
"""

from __future__ import annotations

import io
import re
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import click
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from chaitime_audio.cli import chaitime
from chaitime_audio.cli.command_list import HOME
from chaitime_audio.project.discovery import module_names

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "help"
COLUMNS = 80


def said(*arguments: str) -> str:
    """What a command line prints, on stdout and stderr."""
    heard = io.StringIO()
    with redirect_stdout(heard), redirect_stderr(heard):
        chaitime.main(
            args=list(arguments), prog_name="chaitime", standalone_mode=False, terminal_width=COLUMNS
        )
    return heard.getvalue()


def picture(command: str, text: str) -> str:
    """An SVG of a terminal in which a command was typed and this was printed."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(("$ ", "dim"), (command, "bold")))
    for line in text.rstrip().splitlines():
        heading = line.endswith(":") and not line.startswith(" ")
        console.print(Text(line, style="bold" if heading else ""), soft_wrap=True)
    drawn = console.export_svg(title="chaitime", theme=DEFAULT_TERMINAL_THEME, unique_id="help")
    drawn = re.sub(r"<!--.*?-->\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return re.sub(r"[ \t]+$", "", drawn.replace("Fira Code, ", ""), flags=re.MULTILINE) + "\n"


def main() -> None:
    """Write every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    commands = {name: chaitime.get_command(click.Context(chaitime), name) for name in module_names(HOME)}
    groups = [name for name, command in commands.items() if isinstance(command, click.Group)]
    shown = {"chaitime": ("--help",), **{name: (name, "--help") for name in groups}}
    for name, arguments in shown.items():
        drawn = picture(" ".join(("chaitime", *arguments)), said(*arguments))
        (PICTURES / f"{name}.svg").write_text(drawn, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        said("init", "--name", "Chai Time", "--host", "Maya Rao")
        for name in ("maya.wav", "tom.wav"):
            Path(name).write_bytes(b"RIFF")
        (PICTURES / "alone.svg").write_text(picture("chaitime", said()), encoding="utf-8")
    print(f"{len(shown) + 1} pictures in {PICTURES}")


if __name__ == "__main__":
    main()
