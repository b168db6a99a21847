"""Edits on a terminal: struck and underlined with colours, or with marks where there are none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..domain.editing import EditMark, MarkedTurn
from ..domain.episode import Episode
from ..domain.timecode import short_clock
from ..formats.edits_html import rule_counts

if TYPE_CHECKING:
    from rich.text import Text

KEPT_WORDS = 6


def show(episode: Episode) -> None:
    """Print every turn with edits on stdout, then how often each rule was at work."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    for item in episode.replacements:
        console.print(_replaced(item.before, item.after, f"{short_clock(item.at_ms)}  ", item.rule))
    for turn in episode.edits:
        if turn.edited:
            console.print(
                Text(f"{short_clock(turn.start_ms)}  {episode.cast.name(turn.label)}", style="bold")
            )
            console.print(_line(turn))
    counts = rule_counts(episode)
    told = ", ".join(f"{rule} {count}" for rule, count in counts) or "nothing was changed"
    console.print(Text(told, style="dim"), soft_wrap=True)


def _line(turn: MarkedTurn) -> Text:
    """A turn with its edits; what was kept is shortened to the words next to an edit."""
    from rich.text import Text

    line = Text("       ")
    for at, mark in enumerate(turn.marks):
        if mark.rules:
            line.append_text(_edit(mark))
        else:
            line.append(_shortened(mark.printed, first=at == 0, last=at == len(turn.marks) - 1) + " ")
    return line


def _edit(mark: EditMark) -> Text:
    return _replaced(mark.spoken, mark.printed, "", ", ".join(mark.rules))


def _replaced(before: str, after: str, lead: str, rule: str) -> Text:
    """``[-before-] {+after+} (rule)``, the signs as word diffs have them, so that no colour is needed."""
    from rich.text import Text

    text = Text(lead)
    text.append(f"[-{before}-]", style="red strike")
    if after:
        text.append(f" {{+{after}+}}", style="green")
    text.append(f" ({rule}) ", style="dim")
    return text


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= 2 * KEPT_WORDS:
        return text
    head = [] if first else words[:KEPT_WORDS]
    tail = [] if last else words[-KEPT_WORDS:]
    return " ".join([*head, "…", *tail])
