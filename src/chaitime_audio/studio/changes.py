"""What people changed in an episode, newest first: what, where, by whom, when."""

from __future__ import annotations

from typing import Any

from ..domain.correction import Correction
from ..domain.text import printable
from ..domain.timecode import parse_clock
from ..editorial.corrections.text import shown
from ..project.episode_file import read_brief
from ..project.episode_folder import EpisodeFolder
from ..project.journal import Entry, read_journal


def changes(folder: EpisodeFolder) -> list[dict[str, Any]]:
    """Return the corrections that stand, as plain JSON values.

    ``id`` is empty for one that was written by hand, and is changed by hand; ``from_ms`` and ``to_ms`` are
    None for one that is made everywhere. Raises ConfigError for files that cannot be read.
    """
    journal = read_journal(folder.path)
    when = {number: entry.at for entry in journal.entries for number in entry.ids}
    found = [_plain(item, when.get(item.id, "")) for item in reversed(read_brief(folder).corrections)]
    others = (journal.entry(number) for number in reversed(journal.done))
    return [*found, *(_told(entry) for entry in others if not entry.ids)]


def _plain(item: Correction, when: str) -> dict[str, Any]:
    times = _times(item)
    return {
        "id": item.id,
        "said": printable(shown(item), " "),
        "author": printable(item.author, " "),
        "when": when,
        "from_ms": min(times, default=None),
        "to_ms": max(times, default=None),
    }


def _told(entry: Entry) -> dict[str, Any]:
    """What a program was told to write into ``episode.toml``: who a voice is."""
    said, by = printable(entry.said, " "), printable(entry.author, " ")
    return {"id": "", "said": said, "author": by, "when": entry.at, "from_ms": None, "to_ms": None}


def _times(item: Correction) -> list[int]:
    """When what a correction changes is said, in milliseconds of the recording."""
    one = (item.at, item.border, item.to, item.give, item.split_at, item.break_at, item.join_at)
    passages = (_clock(text) for text in (*item.drop, *item.keep))
    return [int(time) for time in (*one, *item.cut, *passages) if time is not None]


def _clock(text: str) -> int | None:
    try:
        return parse_clock(text)
    except ValueError:
        return None  # a quote
