"""Words of two texts laid beside each other.

The alignment is rapidfuzz's Levenshtein distance over words (Hirschberg's algorithm where texts are long, so
that memory stays linear). What was left out or put in is then moved, where the same words allow it, to the
border of a paragraph, which is where people leave out and put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from ...domain.scripts import unspaced
from ..corrections.swap import letters

Tag = Literal["equal", "replace", "delete", "insert"]
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "\u00a0": " "})
_LETTERS = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Block:
    """Ours from ``a`` to ``a_stop`` (excluded) stands beside theirs from ``b`` to ``b_stop``."""

    tag: Tag
    a: int
    a_stop: int
    b: int
    b_stop: int


def tokens(text: str) -> list[str]:
    """The words of a text with their punctuation; in scripts without blanks each letter by itself."""
    out: list[str] = []
    for piece in text.split():
        if piece.isascii() or not any(map(unspaced, piece)):
            out.append(piece)
        else:
            out += _LETTERS.findall(piece)
    return out


@lru_cache(maxsize=100_000)
def key(token: str) -> str:
    """What of a token is compared to find its place: its letters; of a mark, itself."""
    return letters(token) or token


@lru_cache(maxsize=100_000)
def written(token: str) -> str:
    """What of a token is compared to see whether it was edited: all but the shape of quotes and dashes."""
    return token.translate(_ALIKE).replace("...", "…")


def aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[Block]:
    """Blocks of tokens, in order, compared by `key`; replaced ones stand one beside one."""
    from rapidfuzz.distance import Levenshtein

    found = Levenshtein.opcodes([key(one) for one in ours], [key(one) for one in theirs])
    return [Block(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in found]  # type: ignore[arg-type]


def at_borders(
    blocks: Sequence[Block],
    ours: Sequence[str],
    theirs: Sequence[str],
    ours_begin: Callable[[int], int],
    theirs_begin: Callable[[int], int],
) -> list[Block]:
    """Blocks with what was left out or put in moved to a border, where the words allow it.

    ``ours_begin`` and ``theirs_begin`` say how much of a border is before a token (0: none).
    """
    out = list(blocks)
    for at in range(1, len(out) - 1):
        before, here, behind = out[at - 1 : at + 2]
        if before.tag != "equal" or behind.tag != "equal" or here.tag not in ("delete", "insert"):
            continue
        gone = here.tag == "delete"
        texts, start, stop = (ours, here.a, here.a_stop) if gone else (theirs, here.b, here.b_stop)
        begins = ours_begin if gone else theirs_begin
        most_left = min(before.a_stop - before.a, 60) - 1
        most_right = min(behind.a_stop - behind.a, 60) - 1
        shifts = [0, *_left(texts, start, stop, most_left), *_right(texts, start, stop, most_right)]
        best = max(shifts, key=lambda by: (begins(start + by), -abs(by)))
        if best:
            out[at - 1 : at + 2] = _moved(before, here, behind, best)
    return [block for block in out if block.a < block.a_stop or block.b < block.b_stop]


def _left(texts: Sequence[str], start: int, stop: int, most: int) -> Iterator[int]:
    by = 0
    while by < most and key(texts[start - by - 1]) == key(texts[stop - by - 1]):
        by += 1
        yield -by


def _right(texts: Sequence[str], start: int, stop: int, most: int) -> Iterator[int]:
    by = 0
    while by < most and key(texts[start + by]) == key(texts[stop + by]):
        by += 1
        yield by


def _moved(before: Block, here: Block, behind: Block, by: int) -> list[Block]:
    return [
        Block("equal", before.a, before.a_stop + by, before.b, before.b_stop + by),
        Block(here.tag, here.a + by, here.a_stop + by, here.b + by, here.b_stop + by),
        Block("equal", behind.a + by, behind.a_stop, behind.b + by, behind.b_stop),
    ]


def likeness(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share (0-1) of their words that are among ours, as often: a quick look before the long one."""
    from collections import Counter

    if not theirs:
        return 0.0
    shared = Counter(map(key, ours)) & Counter(map(key, theirs))
    return shared.total() / len(theirs)
