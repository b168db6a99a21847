"""Sounds a recogniser writes in brackets: "[Laughter]", "(laughs)", "[Music]" (R12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..languages.editing import Editing
from .spoken_rules import Tokens
from .tokens import Change, Token, merged

LONGEST_SOUND_WORDS = 5
_PAIRS = {"[": "]", "(": ")", "*": "*", "♪": "♪"}


def sounds(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R12: laughter, applause and what cannot be understood stay in one spelling; music goes."""
    at = 0
    while at < len(tokens):
        stop = _closing(tokens, at) if tokens[at].lead else 0
        if stop:
            run = tuple(tokens[at:stop])
            said = " ".join(word.core for word in run)
            kept = (name for pattern, name in data.sounds if re.search(pattern, said, re.IGNORECASE))
            name = next(kept, "")
            if name:
                yield Change(at, stop, "sound", (_sound(run, name),))
            elif "(" not in run[0].lead:
                yield Change(at, stop, "sound")
        at = max(stop, at + 1)


def _closing(tokens: Tokens, at: int) -> int:
    """The index behind a bracketed sound that opens at a token; 0 when none does."""
    shut = next((_PAIRS[char] for char in tokens[at].lead if char in _PAIRS), "")
    if not shut:
        return 0
    for stop in range(at + 1, min(at + 1 + LONGEST_SOUND_WORDS, len(tokens) + 1)):
        if shut in tokens[stop - 1].trail:
            return stop
    return 0


def _sound(run: tuple[Token, ...], name: str) -> Token:
    opened, shut = ("[", "]") if name == "unintelligible" else ("(", ")")
    trail = re.sub(r"[\])*♪]", "", run[-1].trail)
    return replace(merged(run, name), lead=opened, trail=shut + trail)
