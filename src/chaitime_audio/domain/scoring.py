"""What a score is: our text beside one that a person corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextKind = Literal["spoken", "edited"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says in one go. ``start_ms`` is published time, None where nobody noted it.

    ``word_starts_ms`` has a time for each word of ``text`` split at blanks, or nothing.
    """

    name: str
    text: str
    start_ms: int | None = None
    word_starts_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ: ``ours`` is empty for what we left out, ``theirs`` for what we made up."""

    theirs: str
    ours: str
    before: str


@dataclass(frozen=True, slots=True)
class Score:
    """Figures in percent and milliseconds; None where the corrected text does not tell.

    ``wer``: substituted, deleted and inserted words per word of the corrected text. ``cpwer``: the
    same with the words of each speaker joined, best assignment of speakers, so that words given to
    the wrong person count. ``name_recall``: share of the names in the corrected text that ours has.
    Border errors: how far from its noted time a turn's first word begins in ours.
    """

    compared: TextKind
    words: int
    wer: float
    cpwer: float
    names: int
    name_recall: float | None
    borders: int
    border_median_ms: float | None
    border_p90_ms: float | None
    differences: tuple[Difference, ...] = ()
