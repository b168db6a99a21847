"""Which corrections still hold: those by times are of the words they were made for, and of no others.

A correction by times says who speaks at 12:40, where a paragraph begins, what is cut. When another model
listens, or the recording is another one, other words may be said there. One that carries its words (``said``)
is then not made, and is named; and one that a program wrote yields to what a person says of the same place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ...domain.brief import Brief
from ...domain.contradictions import contradicted
from ...domain.correction import Correction
from ...domain.scripts import join_words
from ...domain.sound import SourceMs
from ...domain.speech import Word
from ...domain.text import quoted
from ...domain.timecode import parse_clock
from .overlay import Corrected
from .swap import letters
from .text import shown, unmet

FEW_WORDS = 6
"""Of a place so many words are carried, of a passage as many from its start and from its end."""
ALIKE = 0.7
"""How alike (0-1, by letters in order) words are that count as the same, heard a little otherwise."""
NEAR_MS = 1_500
GAP = "…"


def with_said(corrections: Iterable[Correction], words: Sequence[Word]) -> tuple[Correction, ...]:
    """Return corrections, those by times with the words that are said there; ``words`` in order of time."""
    return tuple(
        item if item.said or not (said := said_now(item, words)) else replace(item, said=said)
        for item in corrections
    )


def said_now(item: Correction, words: Sequence[Word]) -> str:
    """The words of the place or passage of a correction by times; empty for one of another kind."""
    place, passage = _place(item), _passage(item)
    if passage is not None:
        inside = _between(words, *passage)
        long = len(inside) > 2 * FEW_WORDS
        return f"{_text(inside[:FEW_WORDS])} {GAP} {_text(inside[-FEW_WORDS:])}" if long else _text(inside)
    if place is None or not words:
        return ""
    at = _first(words, place)
    return _text(words[at : at + FEW_WORDS])


def matching(
    brief: Brief, heard: Callable[[], Sequence[Word]], corrected: Callable[[], Sequence[Word]]
) -> Corrected[Brief]:
    """Return a brief less the corrections that do not hold, and a warning for each of them.

    ``heard`` are the words as recognised, ``corrected`` as they read; either may match. They are asked for
    only where a correction carries words.
    """
    own = tuple(item for item in brief.corrections if not item.id)
    kept, warnings = list[Correction](), list[str]()
    for item in brief.corrections:
        other = contradicted(item, own) if item.id else None
        if other is not None:
            warnings.append(unmet(item, f"episode.toml says otherwise: {shown(other)}"))
        elif item.said and not (_matches(item, heard()) or _matches(item, corrected())):
            now = said_now(item, heard())
            there = f"{quoted(now)} is said there" if now else "nothing is said there"
            warnings.append(unmet(item, f"it was made for {quoted(item.said)}, and {there} now"))
        else:
            kept.append(item)
    if len(kept) == len(brief.corrections):
        return Corrected(brief)
    return Corrected(replace(brief, corrections=tuple(kept)), tuple(warnings))


def _matches(item: Correction, words: Sequence[Word]) -> bool:
    """Whether what a correction was made for is said at its place, or close by."""
    place, wanted = _place(item), letters(item.said)
    if _passage(item) is not None or place is None:
        return _alike(wanted, letters(said_now(item, words)))
    count = len(item.said.split())
    first, last = _first(words, place - NEAR_MS), _first(words, place + NEAR_MS)
    starts = range(first, min(last + 1, len(words)))
    return any(_alike(wanted, letters(_text(words[at : at + count]))) for at in starts)


def _alike(wanted: str, now: str) -> bool:
    if wanted == now:
        return True
    return SequenceMatcher(None, wanted, now, autojunk=False).ratio() >= ALIKE


def _place(item: Correction) -> SourceMs | None:
    """The time that a correction of a place is about."""
    told = (item.border, item.give, item.split_at, item.break_at, item.join_at)
    return next((at for at in told if at is not None), None)


def _passage(item: Correction) -> tuple[int, int] | None:
    """The times that a correction of a passage is about; None for one by quotes, which carries its words."""
    if item.cut:
        return item.cut[0], item.cut[1]
    if item.give is not None and item.until is not None:
        return item.give, item.until
    ends = item.drop or item.keep
    try:
        return (parse_clock(ends[0]), parse_clock(ends[1])) if len(ends) == 2 else None
    except ValueError:
        return None


def _between(words: Sequence[Word], start_ms: int, end_ms: int) -> Sequence[Word]:
    """The words whose middle lies between two times."""
    first = bisect_left(words, start_ms, key=lambda word: word.span.middle_ms)
    return words[first : bisect_left(words, end_ms, key=lambda word: word.span.middle_ms)]


def _first(words: Sequence[Word], at_ms: int) -> int:
    """The word that begins nearest to a time."""
    at = bisect_left(words, at_ms, key=lambda word: word.span.start_ms)
    near = [one for one in (at - 1, at) if 0 <= one < len(words)]
    return min(near, key=lambda one: abs(words[one].span.start_ms - at_ms), default=0)


def _text(words: Sequence[Word]) -> str:
    return join_words(word.text for word in words)
