"""The notes of an episode as cards: chapters, title, summary, claims, quotes and clips, to edit and reorder.

What is changed is written into ``episode.toml`` as a person's own (`project.own_notes`) and can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from ..domain.own_notes import NoteField, OwnClip, OwnQuote
from ..domain.sound import SourceMs
from ..errors import UsageError
from ..pipeline.run import RunOptions, open_episode, registry_for
from ..project.decisions import Decided
from ..project.episode_folder import EpisodeFolder
from ..project.own_notes import drop_chapter, release_notes, set_chapter, set_notes, set_title

KEPT = RunOptions(only_kept=True, unworded=True, unmastered=True, force=True)
AUTHOR = "studio"
Change = Callable[[EpisodeFolder, Any], Decided]
MOST_ITEMS, MOST_TEXT = 200, 5_000


def cards(folder: EpisodeFolder, config: Path | None) -> dict[str, Any]:
    """Return the notes as they now are; ``own`` names the fields that are a person's."""
    with open_episode(folder, registry_for(folder, config), KEPT) as made:
        episode = made.episode
    notes = episode.notes
    return {
        "title": episode.title,
        "own": list(episode.brief.notes.told),
        "summary": notes.summary,
        "titles": list(notes.titles),
        "claims": list(notes.claims),
        "quotes": [_placed(one.text, one.span.start_ms, one.span.end_ms) for one in notes.quotes],
        "clips": [_placed(one.title, one.span.start_ms, one.span.end_ms) for one in notes.soundbites],
        "chapters": [_placed(one.title, one.start_ms, one.start_ms) for one in episode.chapters],
    }


def _placed(text: str, start_ms: int, end_ms: int) -> dict[str, Any]:
    return {"text": text, "start_ms": int(start_ms), "end_ms": int(end_ms)}


def change(folder: EpisodeFolder, field: str, value: Any) -> str:
    """Write one card; returns what was done in words.

    ``field`` is ``title`` or ``summary`` with a text, one of the lists with the whole list, ``chapter`` with
    its time and title (without one it is left out), or ``found`` with a field that is to be as it is found.
    Raises UsageError for what is none of these, else as `decisions.decide` does.
    """
    made = _CHANGES.get(field)
    if made is None:
        raise UsageError(f"there is no card {field[:40]}; there are {', '.join(_CHANGES)}")
    return made(folder, value).entry.said


def _texts(field: NoteField) -> Change:
    return lambda folder, value: set_notes(
        folder, field, tuple(_text(one, needed=True) for one in _list(value)), AUTHOR
    )


def _spans(field: NoteField, kind: type[OwnQuote] | type[OwnClip]) -> Change:
    return lambda folder, value: set_notes(
        folder, field, tuple(kind(*_span(one), _text(one["text"])) for one in _list(value)), AUTHOR
    )


def _chapter(folder: EpisodeFolder, value: Any) -> Decided:
    at_ms, _ = _span(value, together=True)
    title = _text(value["text"])
    return set_chapter(folder, at_ms, title, AUTHOR) if title else drop_chapter(folder, at_ms, AUTHOR)


_CHANGES: dict[str, Change] = {
    "title": lambda folder, value: set_title(folder, "title", _text(value, needed=True), AUTHOR),
    "summary": lambda folder, value: set_notes(folder, "summary", _text(value), AUTHOR),
    "titles": _texts("titles"),
    "claims": _texts("claims"),
    "quotes": _spans("quotes", OwnQuote),
    "clips": _spans("clips", OwnClip),
    "chapter": _chapter,
    "found": lambda folder, value: release_notes(folder, cast(NoteField, _text(value)), AUTHOR),
}


def _text(value: Any, *, needed: bool = False) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise UsageError(f"a card has a text of at most {MOST_TEXT} characters")
    text = " ".join(value.split())
    if needed and not any(char.isalnum() for char in text):
        raise UsageError("a card says something")
    return text


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise UsageError(f"cards are a list of at most {MOST_ITEMS}")
    return value


def _span(value: Any, *, together: bool = False) -> tuple[SourceMs, SourceMs]:
    """The times of a card; ``together``: one is enough."""
    try:
        start_ms, end_ms = value["start_ms"], value["end_ms"]
        value["text"]
    except (TypeError, KeyError) as cause:
        raise UsageError("this card has text, start_ms and end_ms") from cause
    whole = type(start_ms) is int and type(end_ms) is int
    if not whole or start_ms < 0 or (end_ms <= start_ms and not together):
        raise UsageError("start_ms and end_ms are whole milliseconds of the recording, the earlier first")
    return SourceMs(start_ms), SourceMs(end_ms)
