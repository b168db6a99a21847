"""Glossary: names and terms of the show are written as the show writes them.

What was recognised is compared with every term and with the names of the people: as listed under
"heard", as spelt apart from case, blanks and accents, and, for names of several syllables, by
spelling and sound. A false replacement is worse than a miss, so words of the language (by how
often they are used), small letters where a name has a capital, and whatever may be two terms are
left alone: likeness is one sign, that a name is meant needs another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ...domain.correction import Replacement, Term
from ...domain.episode import Exchange
from ...domain.people import Link
from ...domain.speech import Transcript, Word
from ..languages.editing import EVERYDAY_ZIPF, LISTED_ZIPF, common_words, editing_for
from .phonetics import ends_alike, initial, long_alike, part_alike, ratio, word_alike
from .swap import Swap, letters, parts, swapped

HEARD, SPELLING, LOOKS, SOUNDS = "heard as", "spelling", "looks like", "sounds like"
MOST_WORDS, SHORTEST_PART = 6, 5
CLEARLY = 5.0
_ENDS = re.compile(r"[.!?…。！？।؟:][\"'”’»)\]]*$")


@dataclass(frozen=True)
class _Name:
    """A spelling to look for, and the letters it is heard as."""

    spelling: str
    heard: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(letters(word) for word in self.spelling.split())

    @cached_property
    def joined(self) -> str:
        return letters(self.spelling)

    @cached_property
    def merely_capital(self) -> bool:
        """Whether its capitals are only those that any name has."""
        return self.spelling == self.spelling.title()


class _Window(NamedTuple):
    """Neighbouring words that may be one term: their letters, one by one and ``joined``, and their text.

    ``opens``: it begins a sentence, so that its capital says nothing.
    """

    start: int
    keys: tuple[str, ...]
    joined: str
    text: str
    opens: bool = False

    @property
    def has_capitals(self) -> bool:
        """Whether each of its words begins with a capital."""
        return all(word[:1].isupper() for word in self.text.split())

    @property
    def stop(self) -> int:
        """The index behind its last word."""
        return self.start + len(self.keys)


@dataclass(frozen=True, slots=True)
class _Guess:
    """A window taken for a name: ``rank`` of the rule (smaller is surer) and how alike they are."""

    window: _Window
    name: _Name
    rule: str
    rank: int
    alike: float


def glossed(
    transcript: Transcript, terms: Sequence[Term], people: Sequence[str], held: frozenset[int] = frozenset()
) -> tuple[Transcript, tuple[Replacement, ...]]:
    """Return the transcript with terms as the show writes them, and every replacement made.

    ``people`` are full names that count as terms too, whole and by each part; words with an id in
    ``held`` stay as they are.
    """
    names = _names(terms, people, transcript.language)
    if not names:
        return transcript, ()
    words = transcript.words
    look = _Look(names, transcript.language)
    right, guesses = list[_Window](), list[_Guess]()
    for window in _windows(words, held):
        if look.is_right(window):
            right.append(window)
        else:
            guesses.extend(look.guesses(window))
    swaps = [
        Swap(one.window.start, one.window.stop, one.name.spelling, f"glossary: {one.rule}")
        for one in _chosen(guesses, right)
    ]
    changed, made, _ = swapped(transcript, swaps)
    return changed, made


def spellings(terms: Iterable[Term]) -> tuple[str, ...]:
    """Return how the terms are written, for the recogniser and for cleaning."""
    return tuple(term.spelling for term in terms)


class _Look:
    """Compares windows with names under the rules of one language."""

    def __init__(self, names: tuple[_Name, ...], language: str) -> None:
        data = editing_for(language)
        self._language = language
        self._common, self._phonetic = data.common_words, data.sounds_english
        self._beginning: dict[str, list[_Name]] = {}
        for name in names:
            self._beginning.setdefault(initial(name.joined), []).append(name)
        self._right = {name.spelling for name in names}
        self._heard = {key: name for name in names for key in name.heard}
        self._spelt = {name.joined: name for name in reversed(names)}

    def is_right(self, window: _Window) -> bool:
        """Whether it is written as the show writes a term."""
        return window.text in self._right

    def guesses(self, window: _Window) -> list[_Guess]:
        """Names that this may be meant for."""
        joined = window.joined
        if joined in self._heard:
            return [_Guess(window, self._heard[joined], HEARD, 0, 100.0)]
        if self._common.issuperset(window.keys):
            return []
        if joined in self._spelt:
            name = self._spelt[joined]
            small = self._small(window, name, len(window.keys) == len(name.words) > 1)
            return [] if small else [_Guess(window, name, SPELLING, 1, 100.0)]
        return self._alike(window) if self._common else []

    def _alike(self, window: _Window) -> list[_Guess]:
        found, length = list[_Guess](), len(window.joined)
        for name in self._beginning.get(initial(window.joined), ()):
            wanted = len(name.joined)
            if abs(wanted - length) > 1 + wanted // 3:
                continue
            rule = "" if self._small(window, name) else self._rule(window, name)
            if rule and not self._is_a_word(window):
                found.append(_Guess(window, name, rule, 2, ratio(window.joined, name.joined)))
        return found

    def _rule(self, window: _Window, name: _Name) -> str:
        """The rule by which a window is a misheard name; empty for none."""
        heard, wanted = window.keys, name.words
        pairs = list(zip(heard, wanted, strict=False))
        if len(heard) == len(wanted) > 1 and any(one == other for one, other in pairs):
            fits = all(part_alike(one, other, phonetic=self._phonetic) for one, other in pairs)
            return (SOUNDS if self._phonetic else LOOKS) if fits and window.has_capitals else ""
        if any(at in self._common and at not in wanted for at in (heard[0], heard[-1])):
            return ""
        if len(wanted) == 1 or len(heard) == 1:
            return word_alike(window.joined, name.joined, phonetic=self._phonetic)
        if not ends_alike(heard, wanted):
            return ""
        return SOUNDS if long_alike(window.joined, name.joined, phonetic=self._phonetic) else ""

    def _is_a_word(self, window: _Window) -> bool:
        """Whether what was heard is a word of the language: likeness alone makes no name of it.

        Where a sentence begins, capitals are no sign of a name, and any word that is listed counts.
        """
        if len(window.keys) > 1:
            return False
        least = LISTED_ZIPF if window.opens else EVERYDAY_ZIPF
        return window.text.casefold() in common_words(self._language, least)

    def _small(self, window: _Window, name: _Name, alike: bool = False) -> bool:
        """Whether it is in small letters where the name has but capitals ("rust", Rust; "may a", Maya).

        ``alike``: word by word the same, which small letters do not speak against.
        """
        return not alike and name.merely_capital and window.text.islower()


def _names(terms: Sequence[Term], people: Sequence[str], language: str) -> tuple[_Name, ...]:
    """All spellings to look for, each once: terms, people, and the parts of people's names."""
    common = editing_for(language).common_words
    found = {term.spelling: _Name(term.spelling, frozenset(map(letters, term.heard))) for term in terms}
    persons = [*(term.spelling for term in terms if term.kind == "person"), *people]
    for person in persons:
        found.setdefault(person, _Name(person))
        for part in person.split() if " " in person else ():
            bare = parts(part)[1]
            if len(letters(bare)) >= SHORTEST_PART and letters(bare) not in common:
                found.setdefault(bare, _Name(bare))
    return tuple(found.values())


def _windows(words: Sequence[Word], held: frozenset[int]) -> Iterator[_Window]:
    """Runs of up to six words with no punctuation and no held word inside."""
    taken = [parts(word.text) for word in words]
    heard = ["" if word.id in held else letters(part[1]) for word, part in zip(words, taken, strict=True)]
    for start in range(len(words)):
        keys: tuple[str, ...] = ()
        whole = text = ""
        opens = not start or bool(_ENDS.search(words[start - 1].text))
        for at in range(start, min(start + MOST_WORDS, len(words))):
            before, bare, behind = taken[at]
            if not heard[at] or (keys and before):
                break
            keys, whole = (*keys, heard[at]), whole + heard[at]
            text = f"{text} {bare}" if text else bare
            yield _Window(start, keys, whole, text, opens)
            if behind:
                break


def _chosen(guesses: Iterable[_Guess], right: Sequence[_Window]) -> list[_Guess]:
    """The surest guesses that do not overlap; nothing where two names are about as likely.

    What is written right already stays: a guess over it must hold it ("Tom Ellerie" with Tom).
    """
    by_place: dict[tuple[int, int], list[_Guess]] = {}
    for one in guesses:
        by_place.setdefault((one.window.start, one.window.stop), []).append(one)
    clear = chain.from_iterable(_clear(options) for options in by_place.values())
    order = sorted(clear, key=lambda one: (one.rank, -len(one.window.keys), -one.alike, one.window.start))
    stays = {at: window.text for window in right for at in range(window.start, window.stop)}
    taken, kept = set[int](), list[_Guess]()
    for one in order:
        places = set(range(one.window.start, one.window.stop))
        holds = all(stays.get(at, "") in one.name.spelling for at in places)
        if holds and not places & taken:
            taken |= places
            kept.append(one)
    return kept


def _clear(options: list[_Guess]) -> list[_Guess]:
    best = sorted(options, key=lambda one: (one.rank, -one.alike))
    unsure = len(best) > 1 and best[0].rank == best[1].rank and best[0].alike - best[1].alike < CLEARLY
    return [] if unsure else best[:1]


def mentioned(exchanges: Iterable[Exchange], terms: Iterable[Term]) -> tuple[Link, ...]:
    """Return a link for each term of the glossary that has one and stands in the post, by first mention."""
    text = "\n".join(remark.text for item in exchanges for remark in item.remarks)
    found = [(_first(term.spelling, text), term) for term in terms if term.link]
    ordered = sorted((place for place in found if place[0] >= 0), key=lambda place: place[0])
    return tuple(Link(term.spelling, term.link) for _, term in ordered)


def _first(spelling: str, text: str) -> int:
    """Where a spelling first stands as a whole word, with its own capitals; -1 for nowhere."""
    wanted = r"\s+".join(re.escape(part) for part in spelling.replace("'", "’").split())
    match = re.search(rf"(?<!\w){wanted}(?!\w)", text.replace("'", "’"))
    return match.start() if match else -1
