"""Replacing recognised words so that times and ids of all words survive.

A replacement of n words by m keeps the ids of the first of them; where there are more new
words than old ones the last word holds the rest of the text ("Sanyam Bhutani"), and where there
are fewer the last one lasts until the old ones ended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from ...domain.correction import Replacement
from ...domain.scripts import CLAUSE_ENDS, SENTENCE_ENDS, join_words
from ...domain.sound import Span
from ...domain.speech import Segment, Transcript, Utterance, Word

_PARTS = regex.compile(r"^([^\w]*)(.*?)((?:['’]s)?[^\w%°+#]*)$", regex.DOTALL)
_OWN_END = re.compile(f"[{re.escape(SENTENCE_ENDS + CLAUSE_ENDS)}]$")
_KNOWN_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Swap:
    """Words ``start`` to ``stop`` (excluded) are to read ``text``, for the reason ``rule``."""

    start: int
    stop: int
    text: str
    rule: str


@lru_cache(maxsize=_KNOWN_WORDS)
def letters(text: str) -> str:
    """Letters, digits and what is spoken like them (C++, C#, %), small, without accents: for comparing."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("%", "percent"))
    return "".join(char for char in bare if char.isalnum() or char in "+#")


@lru_cache(maxsize=_KNOWN_WORDS)
def parts(text: str) -> tuple[str, str, str]:
    """Take a word apart: punctuation before, what is said, "'s" and punctuation behind."""
    found = _PARTS.match(text)
    assert found is not None
    return found[1], found[2], found[3]


def said(word: Word) -> str:
    """The letters of a word without a genitive "'s"."""
    return letters(parts(word.text)[1])


def rewritten(heard: Transcript, utterances: Iterable[Utterance]) -> frozenset[int]:
    """Return the ids of words that do not read as recognised: a person or the glossary wrote them."""
    texts = {word.id: word.text for word in heard.words}
    words = (word for item in utterances for word in item.words)
    return frozenset(word.id for word in words if texts.get(word.id) != word.text)


def swapped(
    transcript: Transcript, swaps: Iterable[Swap]
) -> tuple[Transcript, tuple[Replacement, ...], frozenset[int]]:
    """Return the transcript with swaps made, what was replaced, and the ids of the words touched.

    Swaps must not overlap. Punctuation round the words stays, unless the new text ends with its own.
    """
    words, made = transcript.words, list[Replacement]()
    touched: set[int] = set()
    fresh: dict[int, Word] = {}
    for swap in sorted(swaps, key=lambda item: item.start, reverse=True):
        old = words[swap.start : swap.stop]
        new = _new_words(old, swap.text)
        ids = tuple(word.id for word in old)
        touched |= set(ids)
        fresh |= {word.id: word for word in new}
        before, after = join_words(w.text for w in old), join_words(w.text for w in new)
        made.append(Replacement(swap.rule, before, after, ids, old[0].span.start_ms))
    if not made:
        return transcript, (), frozenset()
    return _with_words(transcript, fresh, touched), tuple(reversed(made)), frozenset(touched)


def _new_words(old: Sequence[Word], text: str) -> list[Word]:
    """The words that stand for others; none when the text is empty."""
    lead, behind = parts(old[0].text)[0], parts(old[-1].text)[2]
    if not text.split():
        return []
    behind = "" if _OWN_END.search(text) else behind
    if re.search(r"['’]s$", text):
        behind = re.sub(r"^['’]s", "", behind)
    new = f"{lead}{text}{behind}".split()
    head, tail = _common(old, new)
    inner_old, inner_new = list(old[head : len(old) - tail]), new[head : len(new) - tail]
    if not inner_old and inner_new:
        return _inserted(old, new)
    return [*old[:head], *_laid(inner_old, inner_new), *(old[len(old) - tail :] if tail else ())]


def _common(old: Sequence[Word], new: Sequence[str]) -> tuple[int, int]:
    """How many words at both ends stay the very same."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n].text != new[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if old[-1 - n].text != new[-1 - n]), rest)
    return head, tail


def _inserted(old: Sequence[Word], new: Sequence[str]) -> list[Word]:
    """Nothing went, something came: the last old word takes it in."""
    return _laid(list(old), list(new))


def _laid(old: Sequence[Word], new: Sequence[str]) -> list[Word]:
    """New texts on the ids and times of old words."""
    if not new:
        return []
    count = min(len(old), len(new))
    texts = [*new[: count - 1], join_words(new[count - 1 :])]
    laid = [replace(word, text=text) for word, text in zip(old, texts, strict=False)]
    end_ms = max(word.span.end_ms for word in old[count - 1 :])
    laid[-1] = replace(laid[-1], span=Span(laid[-1].span.start_ms, end_ms))
    return laid


def _with_words(transcript: Transcript, fresh: Mapping[int, Word], touched: AbstractSet[int]) -> Transcript:
    """Put words where those touched stood, by their ids; an emptied segment goes."""
    kept: list[Segment] = []
    for segment in transcript.segments:
        if touched.isdisjoint([word.id for word in segment.words]):
            kept.append(segment)
            continue
        inside = (fresh.get(word.id) if word.id in touched else word for word in segment.words)
        words = tuple(word for word in inside if word is not None)
        if words:
            kept.append(replace(segment, words=words))
    return replace(transcript, segments=tuple(kept))
