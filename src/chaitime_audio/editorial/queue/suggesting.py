"""What may be right instead: what the show's glossary has, and what else is said in the talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...domain.brief import Brief, Show
from ...domain.scripts import join_words
from ...domain.sound import Span
from ..corrections.phonetics import initial, ratio
from ..corrections.swap import letters, parts
from ..languages.reading import keys
from .doubt import Doubted
from .item import Place

NEAR, MOST = 60.0, 3


@dataclass(frozen=True, slots=True)
class Spellings:
    """How the show writes its names and terms."""

    texts: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Their words, in small letters."""
        return frozenset(key for text in self.texts for key in keys(text))

    def near(self, text: str) -> tuple[str, ...]:
        """Those that are like a text, the most alike first."""
        wanted = letters(text)
        rated = [
            (ratio(wanted, letters(one)), one)
            for one in self.texts
            if initial(letters(one)) == initial(wanted)
        ]
        return tuple(
            one for alike, one in sorted(rated, reverse=True)[:MOST] if alike >= NEAR and one != text
        )


def spellings_of(show: Show, brief: Brief) -> Spellings:
    """Return what a person has written down about an episode and its show."""
    terms = (term.spelling for term in show.glossary)
    people = (person.name for person in brief.people)
    host = (show.host,) if show.host else ()
    return Spellings(tuple(dict.fromkeys((*terms, *show.vocabulary, *people, *host))))


def bare(text: str) -> str:
    """A word without the punctuation round it."""
    return parts(text)[1] or text


def place_of(run: Sequence[Doubted]) -> Place:
    """Where some words stand that follow each other."""
    first, last = run[0].word, run[-1].word
    ids = tuple(sorted(item.word.id for item in run))
    return Place(Span(first.span.start_ms, last.span.end_ms), ids, text_of(run))


def text_of(run: Iterable[Doubted]) -> str:
    """What words read, without the punctuation round them."""
    texts = [item.word.text for item in run]
    before, behind = parts(texts[0])[0], parts(texts[-1])[2]
    return join_words(texts).removeprefix(before).removesuffix(behind)
