"""Words a person put right: found again by what was recognised, whatever model did it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ...domain.correction import Correction
from ...domain.sound import SourceMs
from ...domain.speech import Word
from ...domain.timecode import clock
from .swap import letters, said

NEAR_MS, SEARCHED_MS = 5_000, 120_000
FEWEST_QUOTED, ANCHOR_WORDS = 8, 3
MOST_LONGER, LEAST_SHORTER = 2, 0.7
WordRange = tuple[int, int]


def places(words: Sequence[Word], text: str, fillers: frozenset[str]) -> Iterator[WordRange]:
    """Yield start and stop (excluded) of every stretch of words that reads ``text``, first to last.

    Case, accents, punctuation and blanks inside do not matter, nor does "um" between two words; a
    genitive "'s" behind the last word may be there or not. Stretches do not overlap.
    """
    wanted, behind = letters(text), 0
    beginnings = frozenset(wanted[:length] for length in range(1, len(wanted) + 1))
    for at, word in enumerate(words if wanted else ()):
        may_begin = letters(word.text) in beginnings or said(word) == wanted  # nearly none does
        stop = _stop(words, at, wanted, fillers) if may_begin and at >= behind else 0
        if stop:
            yield at, stop
            behind = stop


def _stop(words: Sequence[Word], at: int, wanted: str, fillers: frozenset[str]) -> int:
    """The index behind a stretch that begins at a word and reads as wanted; 0 when none does."""
    read = ""
    for index in range(at, len(words)):
        whole = letters(words[index].text)
        if wanted in (read + whole, read + said(words[index])):
            return index + 1 if whole else 0
        if whole and wanted.startswith(read + whole):
            read += whole
        elif not read or (whole and whole not in fillers):
            return 0
    return 0


def quoted(words: Sequence[Word], quote: str, fillers: frozenset[str]) -> WordRange | None:
    """The first stretch that reads as a quote, or, for a long quote, begins and ends as it does.

    So a quote of the post is found although cleaning left out words in its middle.
    """
    exact = next(places(words, quote, fillers), None)
    parts = quote.split()
    if exact is not None or len(parts) < FEWEST_QUOTED:
        return exact
    for start, middle in places(words, " ".join(parts[:ANCHOR_WORDS]), fillers):
        reach = words[middle : start + len(parts) * MOST_LONGER]
        for _, stop in places(reach, " ".join(parts[-ANCHOR_WORDS:]), fillers):
            if middle + stop - start >= len(parts) * LEAST_SHORTER:
                return start, middle + stop
    return None


def chosen_places(words: Sequence[Word], correction: Correction, fillers: frozenset[str]) -> list[WordRange]:
    """Where a correction of words applies: everywhere, or at the one place nearest to its time."""
    if correction.at is None:
        return list(places(words, correction.find, fillers))
    at = correction.at
    first = bisect_left(words, at - SEARCHED_MS, key=lambda word: word.span.start_ms)
    last = bisect_left(words, at + SEARCHED_MS, key=lambda word: word.span.start_ms)
    found = places(words[first:last], correction.find, fillers)
    near = ((first + start, first + stop) for start, stop in found)
    return sorted(
        (place for place in near if _distance(words, place, at) <= NEAR_MS),
        key=lambda place: _distance(words, place, at),
    )[:1]


def _distance(words: Sequence[Word], place: WordRange, at: SourceMs) -> int:
    return max(words[place[0]].span.start_ms - at, at - words[place[1] - 1].span.end_ms, 0)


def shown(correction: Correction) -> str:
    """A correction as a sentence names it."""
    item, kind = correction, correction.kind
    simple = {
        "spelling": f"spelling “{item.spelling}”",
        "border": f"border at {_at(item.border)} to {_at(item.to)}",
        "merge": f"merge of the voices at {' and '.join(map(clock, item.merge))}",
        "give": f"{'turn' if item.until is None else 'words'} at {_at(item.give)} to {item.speaker}",
        "break": f"paragraph break at {_at(item.break_at)}",
        "join": f"join at {_at(item.join_at)}",
        "drop": f"drop of {_ends(item.drop)}",
        "keep": f"keep of {_ends(item.keep)}",
        "cut": f"cut from {' to '.join(map(clock, item.cut))}",
    }
    if kind == "replace":
        return _replace(item)
    return _split(item) if kind == "split" else simple[kind]


def _replace(item: Correction) -> str:
    where = f" at {clock(item.at)}" if item.at is not None else ""
    return f"“{item.find}” to “{item.replace}”{where}"


def _split(item: Correction) -> str:
    return f"split at {_at(item.split_at)}" + (f" to {item.speaker}" if item.speaker else "")


def _at(time: SourceMs | None) -> str:
    return clock(time or 0)


def _ends(passage: Sequence[str]) -> str:
    return " to ".join(f"“{item}”" for item in passage)


def unmet(correction: Correction, why: str) -> str:
    """The warning for a correction that did nothing, naming it and whose it is."""
    by = f" (by {correction.author})" if correction.author else ""
    return f"correction {shown(correction)}{by} was not made: {why}"
