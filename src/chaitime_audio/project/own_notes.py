"""Writes what a person decides about the notes: ``[notes]``, ``[[chapters]]`` and the titles in episode.toml.

Every change goes through the one door (`decisions.rewrite`): made to what was read, journalled, undone like a
correction. `changed` makes of the lists that somebody sees the list that is written: a person who moves the
third claim up owns the whole list from then on, and `released` gives it back to what is found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar

from ..domain.brief import ChapterWish
from ..domain.own_notes import NOTE_FIELDS, NoteField, OwnNotes
from ..domain.sound import SourceMs
from ..domain.timecode import exact_clock
from ..errors import UsageError
from .decisions import Decided, Seen, rewrite
from .episode_folder import EpisodeFolder
from .serialization import from_plain, nearest
from .toml_edit import append_table, remove_table, set_field, set_key
from .toml_table import drop_from_table, set_in_table

TABLE, CHAPTERS = "notes", "chapters"
NEAR_MS = 3_000
"""A chapter's wish is of the chapter that begins within this, as `apply_chapter_overrides` has it."""
Titles = Literal["title", "subtitle"]
Item = TypeVar("Item")


def set_notes(
    folder: EpisodeFolder, field: NoteField, value: Any, author: str, seen: Seen | None = None
) -> Decided:
    """Write one field of the notes whole: a text, or a tuple of texts, `OwnQuote`, `OwnClip` or `Link`.

    Raises as `decisions.decide` does; ConfigError for a value that the field cannot have.
    """
    plain = _plain(value)
    from_plain(OwnNotes, {_known(field): plain}, f"notes.{field}")
    count = "" if isinstance(plain, str) else f" ({len(plain)})"
    return rewrite(
        folder, lambda text: set_in_table(text, TABLE, field, plain), f"notes: {field}{count}", author, seen
    )


def release_notes(folder: EpisodeFolder, field: NoteField, author: str, seen: Seen | None = None) -> Decided:
    """Give one field of the notes back to what is found. Raises as `set_notes` does."""
    _known(field)
    return rewrite(
        folder, lambda text: drop_from_table(text, TABLE, field), f"notes: {field} as found", author, seen
    )


def put(items: Sequence[Item], at: int, item: Item) -> tuple[Item, ...]:
    """A list with one element in the place of the one at an index; behind all others at its length."""
    _check_index(at, len(items))
    return (*items[:at], item, *items[at + 1 :])


def moved(items: Sequence[Item], at: int, to: int) -> tuple[Item, ...]:
    """A list with the element of one index moved to another. Raises UsageError for one it does not have."""
    _check_index(max(at, to), len(items) - 1)
    left = [*items[:at], *items[at + 1 :]]
    return (*left[:to], items[at], *left[to:])


def without(items: Sequence[Item], at: int) -> tuple[Item, ...]:
    """A list less the element at an index. Raises UsageError for one it does not have."""
    _check_index(at, len(items) - 1)
    return (*items[:at], *items[at + 1 :])


def set_title(
    folder: EpisodeFolder, which: Titles, text: str, author: str, seen: Seen | None = None
) -> Decided:
    """Write the episode's own title or subtitle. Raises as `decisions.decide` does."""
    return rewrite(folder, lambda old: set_key(old, which, text), f"{which}: {text}", author, seen)


def set_chapter(
    folder: EpisodeFolder, at_ms: int, title: str, author: str, seen: Seen | None = None
) -> Decided:
    """Title the chapter that begins at a time; where none does, one begins there from now on."""

    def change(text: str) -> str:
        wish = _wish(text, at_ms)
        if wish is None:
            return append_table(text, CHAPTERS, {"at": exact_clock(at_ms), "title": title})
        if wish[1].drop:
            return append_table(
                remove_table(text, CHAPTERS, wish[0]), CHAPTERS, {"at": exact_clock(at_ms), "title": title}
            )
        return set_field(text, CHAPTERS, wish[0], "title", title)

    said = f"chapter at {exact_clock(at_ms)}: {title}"
    return rewrite(folder, change, said, author, seen)


def drop_chapter(folder: EpisodeFolder, at_ms: int, author: str, seen: Seen | None = None) -> Decided:
    """Leave out the chapter that begins at a time; a wish for one there goes."""

    def change(text: str) -> str:
        wish = _wish(text, at_ms)
        text = text if wish is None else remove_table(text, CHAPTERS, wish[0])
        return append_table(text, CHAPTERS, {"at": exact_clock(at_ms), "drop": True})

    return rewrite(folder, change, f"no chapter at {exact_clock(at_ms)}", author, seen)


def _wish(text: str, at_ms: int) -> tuple[int, ChapterWish] | None:
    """The wish of a person for the chapter at a time, and its place among them."""
    plain = tomllib.loads(text).get(CHAPTERS, [])
    wishes = [from_plain(ChapterWish, item, CHAPTERS) for item in plain]
    near = [(abs(item.at - at_ms), at) for at, item in enumerate(wishes) if item.at is not None]
    found = min(near, default=None)
    return (found[1], wishes[found[1]]) if found and found[0] <= NEAR_MS else None


def _known(field: str) -> str:
    if field not in NOTE_FIELDS:
        near = nearest(field, NOTE_FIELDS)
        raise UsageError(f"the notes have no {field}; they have {', '.join(NOTE_FIELDS)}{near}")
    return field


def _check_index(at: int, last: int) -> None:
    if not 0 <= at <= last:
        raise UsageError(f"there is no number {at + 1} here; the last one is {last + 1}")


def _plain(value: Any) -> Any:
    """A value as TOML has it: times are clocks, what is empty is left out."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if not is_dataclass(value):
        return value
    told = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: _clock(one) for name, one in told if one != ""}


def _clock(value: Any) -> Any:
    return exact_clock(SourceMs(value)) if isinstance(value, int) else value
