"""Passages that a person names: by two times, by two quotes, or by one quote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from ...domain.speech import Word
from ...domain.timecode import parse_clock
from .text import quoted


class Search:
    """Finds times and quotes among the words of a talk."""

    def __init__(self, heard: Sequence[Word], fillers: frozenset[str]) -> None:
        self._heard, self._fillers = heard, fillers
        self._reached = list(accumulate((word.span.middle_ms for word in heard), max))

    def passage(self, ends: Sequence[str]) -> Sequence[Word]:
        """The words from the first of two times or quotes to the last, or of the one quote; may be empty."""
        first = self.place(ends[0], 0)
        if first is None:
            return ()
        if len(ends) == 1:
            return self._heard[first[0] : first[1]]
        last = self.place(ends[1], first[0])
        return self._heard[first[0] : last[1]] if last is not None else ()

    def place(self, end: str, start: int) -> tuple[int, int] | None:
        """Where a time or a quote lies among the words: the words it spans; at a time, none."""
        try:
            at = parse_clock(end)
        except ValueError:
            found = quoted(self._heard[start:], end, self._fillers)
            return (found[0] + start, found[1] + start) if found else None
        here = bisect_left(self._reached, at)
        return here, here
