"""Fits a text into a platform's limit: whole blocks go, in a fixed order, nothing is cut inside a tag."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

import regex

from ...domain.scripts import CLAUSE_ENDS, ends_sentence, join_words
from .page import Page
from .templates import Templates

Measure = Callable[[str], int]
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}][^\s\p{L}\p{N}]*|[^\s\p{Han}\p{Hiragana}\p{Katakana}]+"
)
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
        text = whole[: ends[count - 1]].strip()
        text = text if ends_sentence(text) else text.rstrip(CLAUSE_ENDS) + "…"
        return templates.render(name, {"page": replace(page, summary=(text,)), "blocks": ()})

    whole = " ".join(join_words(page.summary).split())
    words = [match.end() for match in _WORD.finditer(whole)]
    sentences = [end for end in words if ends_sentence(whole[:end])]
    for ends in (sentences, words):
        count = bisect_left(range(1, len(ends) + 1), True, key=lambda n: not fits(printed(ends, n)))
        if count:
            return printed(ends, count)
    return ""
