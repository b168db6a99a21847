"""Guards lines that a language model wrote: what cannot be found in the talk is not printed.

A line is refused for a name, a number, a quotation or an address that the talk does not have, and
when too few of its words are from the talk. What a line *says* with the talk's own words is not
checked; a person reads the notes before they go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...domain.wording import Draft
from ..languages.editing import Editing, editing_for
from ..languages.reading import Reading, keys, reading_for
from .term_weights import stem, terms

GROUNDED, SENTENCE_WORDS, MARK = 0.5, 4, "|"
FEWEST_ROOT = 3
_ADDRESS = re.compile(
    r"https?:|www\.|@\w|\]\(|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w])", re.IGNORECASE
)
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]*)[”“»\"]")
_REFUSAL = re.compile(
    r"^(?:I’m sorry|I am sorry|Sorry|I cannot|I can’t|As an AI|As a language model)\b", re.I
)
_STRANGE = re.compile(r"[<>{}\[\]`\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_EDGE = " ,;:.!?…—–-“”„‘’\"'()«»"


@dataclass(frozen=True, slots=True)
class Guard:
    """What was said, ready to compare with."""

    data: Reading
    editing: Editing
    text: str
    said: frozenset[str]
    stems: frozenset[str]
    row: str
    sentences: str

    def refuses(self, line: str) -> str:
        """Return why a line must not be printed; empty when it may."""
        line = _plain(line)
        if _REFUSAL.search(line) or _STRANGE.search(line):
            return "it is no note"
        if _ADDRESS.search(line):
            return "it has an address"
        if self._misquotes(line):
            return "it quotes what was not said"
        number = next(self._numbers(line), "")
        if number:
            return f"“{number}” is not in the talk"
        name = next(self._names(line), "")
        if name:
            return f"“{name}” is not in the talk"
        weighty = terms(line, self.data)
        known = sum(term in self.stems for term in weighty)
        return "it says other things than the talk" if known < GROUNDED * len(weighty) else ""

    def nearest(self, line: str, lines: Sequence[str]) -> int:
        """Return which of some lines has most words with weight in common with one; the first of equals."""
        mine = set(terms(_plain(line), self.data))
        shared = [len(mine & set(terms(_plain(other), self.data))) for other in lines]
        return shared.index(max(shared))

    def _misquotes(self, line: str) -> bool:
        quoted = _QUOTED.findall(line)
        loose = re.sub(r"[“”„«»\"]", "", _QUOTED.sub("", line)) != _QUOTED.sub("", line)
        return loose or any(not self._said_so(part) for part in quoted if _row(part).strip())

    def _said_so(self, part: str) -> bool:
        """Whether a quotation was said: a longer one from the start of a sentence, no "don’t" cut off."""
        if len(part.split()) < SENTENCE_WORDS:
            return _row(part) in self.row
        return f" |{_row(part, MARK).removesuffix('| ')}" in self.sentences

    def _numbers(self, line: str) -> Iterator[str]:
        """Numbers, in digits or words, that were not said."""
        for word in line.split():
            bare = word.strip(_EDGE)
            low = bare.casefold().replace("’", "'")
            for part in {low, *low.split("-")}:
                digits = any(char.isdigit() for char in part)
                number = _value(part, self.editing)
                if not digits and part not in self.editing.amounts and (number is None or number == 1):
                    continue
                spellings = {part, part.strip("$€£%°"), str(number) if number is not None else part}
                if not spellings & self.said:
                    yield bare
                    break

    def _names(self, line: str) -> Iterator[str]:
        """Words with a capital, alone or in a row, that nobody and nothing in the talk is called."""
        run: list[str] = []
        opens = True
        for word in [*line.split(), ""]:
            bare = word.strip(_EDGE)
            low = _stripped(bare)
            capital = any(char.isupper() for char in bare)
            everyday = low in self.data.light or low in self.editing.common_words
            if capital and low not in self.said and not (opens and (everyday or self._form(low))):
                yield bare
                return
            if capital and not everyday:
                run.append(low)
            if not capital or everyday or word.endswith((",", ".", ":", ";", "!", "?", "—")):
                if len(run) > 1 and not self._row_said(run):
                    yield " ".join(run)
                    return
                run = []
            opens = word.endswith((".", "?", "!", ":", "“", "—")) or not bare

    def _form(self, low: str) -> bool:
        """Whether a word that opens a sentence is a form of one that was said ("Choosing")."""
        if stem(low) in self.stems:
            return True
        root = low.removesuffix(self.data.gerund)
        return root != low and len(root) >= FEWEST_ROOT and bool({root, root + "e"} & self.said)

    def _row_said(self, run: Sequence[str]) -> bool:
        """Whether words stand in the talk in this order; the first may be there for the sentence's sake."""
        whole, behind = f" {' '.join(run)} ", f" {' '.join(run[1:])} "
        return whole in self.row or (len(run) > 2 and behind in self.row)


def guard_of(draft: Draft) -> Guard:
    """Make a guard from a draft's text and the names that belong to it."""
    text = _plain(" ".join((draft.text, *draft.guests, *draft.hosts, draft.show)))
    data, editing = reading_for(draft.language), editing_for(draft.language)
    words = [_stripped(word) for word in text.split()]
    parts = {part.strip("$€£%°") for word in words for part in (word, *word.split("-"))}
    numbers = (_value(part, editing) for part in parts)
    said = frozenset(words) | parts | {str(number) for number in numbers if number is not None}
    stems = frozenset(stem(key) for key in keys(text))
    return Guard(data, editing, text, said, stems, _row(text), f" |{_row(text, MARK)}")


def _value(key: str, editing: Editing) -> int | None:
    """The value of a number word or of digits, where the language can tell."""
    return editing.small_value(key) if editing.small_value else None


def _plain(text: str) -> str:
    return " ".join(text.replace("'", "’").split())


def _stripped(word: str) -> str:
    low = word.strip(_EDGE).casefold().replace("’", "'")
    return low.removesuffix("'s")


def _row(text: str, mark: str = "") -> str:
    """Words alone, a blank on either side of each, with a mark behind sentences: to find a row of them in."""
    out: list[str] = []
    for word in text.split():
        if word.strip(_EDGE):
            out.append(_stripped(word))
            if mark and word.rstrip('”“»"’)').endswith((".", "?", "!", ":", "…")):
                out.append(mark)
    return f" {' '.join(out)} "
