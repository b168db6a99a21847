"""Fits a text into a platform's limit: whole blocks go, in a fixed order, nothing is cut inside a tag."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from .page import Page
from .templates import Templates

Measure = Callable[[str], int]
SENTENCE_MARKS = (".", "?", "!")
BLOCKS = ("about", "quotes", "links", "guest", "claims", "chapters")


def utf8_bytes(text: str) -> int:
    """Length in UTF-8 bytes."""
    return len(text.encode())


def fitted(templates: Templates, name: str, page: Page, most: int, measure: Measure = len) -> str:
    """Fill in a template so that the text is at most ``most`` long.

    The template gets ``page`` and ``blocks``, the names of those it may print: from all of
    `BLOCKS`, the first in that list goes first. When even the summary alone is too long, it
    loses its last sentences, then its last words. Returns an empty text when nothing fits.
    """
    for kept in (BLOCKS[dropped:] for dropped in range(len(BLOCKS) + 1)):
        text = templates.render(name, {"page": page, "blocks": kept})
        if measure(text) <= most:
            return text
    return _with_short_summary(templates, name, page, lambda text: measure(text) <= most)


def _with_short_summary(templates: Templates, name: str, page: Page, fits: Callable[[str], bool]) -> str:
    """Print nothing but as much of the summary as fits, found by halving."""

    def printed(ends: Sequence[int], count: int) -> str:
        text = " ".join(words[: ends[count - 1]])
        text = text if text.endswith(SENTENCE_MARKS) else text.rstrip(",;:") + "…"
        return templates.render(name, {"page": replace(page, summary=(text,)), "blocks": ()})

    words = " ".join(page.summary).split()
    sentences = [index for index, word in enumerate(words, 1) if word.endswith(SENTENCE_MARKS)]
    for ends in (sentences, range(1, len(words) + 1)):
        count = bisect_left(range(1, len(ends) + 1), True, key=lambda n: not fits(printed(ends, n)))
        if count:
            return printed(ends, count)
    return ""
