"""Paragraphs that an edited text begins elsewhere than ours."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.correction import Correction
from ...domain.imported import Change
from ...domain.scripts import join_words
from .hunks import Comparison
from .wording import Speech

PARAGRAPH = 1
SHOWN_WORDS = 6


class Paragraphs:
    """Makes corrections of paragraphs of one comparison."""

    def __init__(self, compared: Comparison, speech: Speech, author: str) -> None:
        self._compared, self._speech, self._author = compared, speech, author

    def begun(self) -> Iterator[int]:
        """Ours that begin a paragraph in their text only."""
        for b in range(len(self._compared.theirs)):
            a = self._compared.back.get(b)
            if (
                a is not None
                and self._compared.theirs_begin(b) == PARAGRAPH
                and not self._compared.ours_begin(a)
            ):
                yield a

    def joined(self) -> Iterator[int]:
        """Ours that begin a paragraph in our text only, within a turn."""
        for a in range(len(self._compared.ours)):
            b = self._compared.pair.get(a)
            if (
                b is not None
                and self._compared.ours_begin(a) == PARAGRAPH
                and not self._compared.theirs_begin(b)
            ):
                yield a

    def begin(self, at: int) -> Change:
        """What makes a paragraph begin. Raises NotPlacedError where no word is known."""
        start_ms = self._speech.words[
            self._speech.range_of(self._compared.ours[at].word_ids)[0]
        ].span.start_ms
        made = Correction(break_at=start_ms, author=self._author)
        return Change("paragraphs", start_ms, "", f"¶ {self.shown(at)}", (made,))

    def join(self, at: int) -> Change:
        """What joins a paragraph to the one before. Raises NotPlacedError where no word is known."""
        first = self._speech.range_of(self._compared.ours[at].word_ids)[0]
        start_ms = self._speech.words[first].span.start_ms
        made = Correction(join_at=start_ms, author=self._author)
        return Change("paragraphs", start_ms, f"¶ {self.shown(at)}", "", (made,))

    def shown(self, at: int) -> str:
        """How a paragraph begins, for a person to find it."""
        return join_words(item.text for item in self._compared.ours[at : at + SHOWN_WORDS]) + " …"
