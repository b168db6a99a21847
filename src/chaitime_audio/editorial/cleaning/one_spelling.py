"""One spelling: within a talk a term is written in one way (R17).

A recogniser writes a term that it does not know now "Fast AI", now "fast AI" or "fast.ai". Two signs
make two spellings one term: they are alike in letters, and one of them is a term by its capitals, figures
or dots, which ordinary words are not ("may be" and "maybe", "bill" and "Bill" stay as they are).
Of the spellings the most trusted one wins: what a person wrote, here or in the glossary, then what was
heard most often and most surely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from ..languages.editing import EVERYDAY_ZIPF, common_words
from ..languages.reading import reading_for
from .spoken_rules import Tokens
from .tokens import Change, TurnDraft, merged

RULE = "one spelling"
LONGEST_TERM, SHORTEST_KEY = 3, 4
"""Words of the longest term that is compared, and letters of the shortest."""
_KNOWN_WORDS = 50_000
_OWN = re.compile(r"['’]s$")
_NO_TERM = re.compile(r"[/@#%]|^(?:\w[-.])+\w\b")
"""An address, a tag, a share, a word that is spelt out."""
_FIGURES = re.compile(r"\d+")
_BY_HAND = 1_000.0


@dataclass(frozen=True, slots=True)
class Spellings:
    """The spelling of each term by its letters, and the letters that a term's first word may have.

    ``sure`` are terms that a person spelt.
    """

    language: str = ""
    wanted: Mapping[str, str] = field(default_factory=dict)
    begins: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring tokens, compared as one term: ``opens`` says that its first capital says nothing."""

    at: int
    stop: int
    key: str
    text: str
    opens: bool


def spellings_of(
    drafts: Iterable[TurnDraft],
    language: str,
    chances: Mapping[int, float],
    vocabulary: Sequence[str] = (),
    written: AbstractSet[int] = frozenset(),
) -> Spellings:
    """Return the one spelling of each term that a talk has in several.

    ``chances`` are how likely each word is by its id; ``vocabulary`` and the words ``written`` by a person
    outrank them.
    """
    drafts = tuple(drafts)
    light = reading_for(language).light
    terms = {run.key for draft in drafts for run in _runs(draft.tokens, light) if _marked(run, draft)}
    begins = _prefixes(terms)
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    openings: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for draft in drafts:
        for run in _runs(draft.tokens, light, begins):
            if run.key not in terms:
                continue
            ids = [number for token in draft.tokens[run.at : run.stop] for number in token.ids]
            weight = sum(chances.get(number, 1.0) for number in ids) / len(ids)
            weight += _BY_HAND * (not written.isdisjoint(ids))
            (openings if run.opens else weights)[run.key][run.text] += weight
    for term in vocabulary:
        if _letters(term) in weights:
            weights[_letters(term)][term] += _BY_HAND
    wanted = {key: _chosen(weights.get(key, {}), openings.get(key, {})) for key in {*weights, *openings}}
    several = {
        key: best
        for key, best in wanted.items()
        if any(_may_become(text, best, language) for text in (*weights.get(key, ()), *openings.get(key, ())))
    }
    heaviest = {key: max((*weights[key].values(), *openings[key].values()), default=0.0) for key in several}
    sure = frozenset(key for key, weight in heaviest.items() if weight >= _BY_HAND)
    return Spellings(language, several, _prefixes(several), sure)


def one_spelling(
    tokens: Tokens, spellings: Spellings, held: AbstractSet[int] = frozenset()
) -> Iterator[Change]:
    """R17: each term as the talk has it; words with an id in ``held`` stay as they are."""
    if not spellings.wanted:
        return
    done = 0
    runs = _runs(tokens, reading_for(spellings.language).light, spellings.begins)
    for run in sorted(runs, key=lambda one: (one.at, one.key not in spellings.sure, one.stop)):
        best = spellings.wanted.get(run.key)
        if best is None or run.at < done:
            continue
        if run.text == best:
            done = run.stop
            continue
        words = tuple(tokens[run.at : run.stop])
        if any(not held.isdisjoint(token.ids) for token in words):
            continue
        if _may_become(run.text, best, spellings.language, opens=run.opens):
            done, own = run.stop, _OWN.search(words[-1].core)
            yield Change(run.at, run.stop, RULE, (merged(words, best + (own[0] if own else "")),))


def spelt_alike(
    drafts: Sequence[TurnDraft], spellings: Spellings, held: AbstractSet[int] = frozenset()
) -> list[TurnDraft]:
    """The drafts with each term in its one spelling."""
    return [draft.apply(one_spelling(draft.tokens, spellings, held)) for draft in drafts]


@lru_cache(maxsize=_KNOWN_WORDS)
def _letters(text: str) -> str:
    """Letters, figures and apostrophes in small letters: two spellings of one term have the same."""
    bare = text.casefold().replace("’", "'")
    return "".join(char for char in bare if char.isalnum() or char in "'+#%$€")


@lru_cache(maxsize=_KNOWN_WORDS)
def _first_letters(word: str) -> str:
    """The letters of a word without a genitive "'s"."""
    return _letters(_OWN.sub("", word))


def _prefixes(keys: Iterable[str]) -> frozenset[str]:
    """The letters that the first word of a term may have."""
    return frozenset(key[:stop] for key in set(keys) for stop in range(1, len(key) + 1))


def _runs(tokens: Tokens, light: AbstractSet[str], begins: AbstractSet[str] | None = None) -> Iterator[_Run]:
    """Runs of up to three words with nothing between them, the shortest first; no ``light`` word at the ends.

    Only those whose first word ``begins`` holds, if given.
    """
    for at, token in enumerate(tokens):
        if token.key in light or not (
            _near_capital(tokens, at) if begins is None else _first_letters(token.core) in begins
        ):
            continue
        for stop in range(at + 1, min(at + LONGEST_TERM, len(tokens)) + 1):
            last = tokens[stop - 1]
            if _NO_TERM.search(last.core) or last.trail.startswith(("-", "—")):
                break
            if stop > at + 1 and (last.lead or tokens[stop - 2].trail or _OWN.search(tokens[stop - 2].core)):
                break
            words = (*(one.core for one in tokens[at : stop - 1]), _OWN.sub("", last.core))
            key = _letters("".join(words))
            if len(key) >= SHORTEST_KEY and not key[0].isdigit() and words[-1].casefold() not in light:
                yield _Run(at, stop, key, " ".join(words), _opens(tokens, at))


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether a capital says nothing here: something begins."""
    before = tokens[at - 1] if at else None
    return (
        before is None or before.ends_sentence or bool(tokens[at].lead) or before.trail.endswith((":", "—"))
    )


def _near_capital(tokens: Tokens, at: int) -> bool:
    """Whether one of the words that a term here may have is no plain word in small letters."""
    return any(not token.core.islower() or "." in token.core for token in tokens[at : at + LONGEST_TERM])


def _marked(run: _Run, draft: TurnDraft) -> bool:
    """Whether a run may be a term: its first or last word has a capital that means something, or a mark."""
    first, last = draft.tokens[run.at].core, draft.tokens[run.stop - 1].core
    return _designed(first) or _designed(last) or not (last if run.opens else first).islower()


def _designed(word: str) -> bool:
    """Whether a word is written as terms are: AI, PyTorch, GPT-4, fast.ai."""
    if word.islower() and word.isalpha():
        return False
    inner = word[1:]
    mixed = any(char.isdigit() for char in word) and any(char.isalpha() for char in word)
    return (
        any(char.isupper() for char in inner) or mixed or ("." in inner[:-1] and any(map(str.isalpha, word)))
    )


def _chosen(inside: Mapping[str, float], opening: Mapping[str, float]) -> str:
    """The most trusted spelling; at the start of a sentence any may have a capital."""
    sums = dict(inside)
    for text, weight in opening.items():
        same = [one for one in sums if one[1:] == text[1:] and one[0].casefold() == text[0].casefold()]
        heaviest = max(same, key=sums.__getitem__, default=text)
        sums[heaviest] = sums.get(heaviest, 0.0) + weight
    return max(sums, key=lambda one: (sums[one] >= _BY_HAND, not _plain(one), sums[one]))


def _plain(text: str) -> bool:
    """Whether a spelling has nothing that terms have."""
    return text.islower() and not _designed(text)


def _may_become(text: str, best: str, language: str, *, opens: bool = False) -> bool:
    """Whether a spelling is the same term as the best one: alike in letters, and a term by another sign."""
    if text == best or (opens and text[1:] == best[1:]) or _FIGURES.findall(text) != _FIGURES.findall(best):
        return False
    heard, wanted = text.split(), best.split()
    if [word.casefold() for word in heard] == [word.casefold() for word in wanted]:
        return _same_words(heard, wanted, language)
    if _plain(text) and all(_ordinary(word, language) for word in heard):
        return False
    if any(map(_designed, (*heard, *wanted))):
        return True
    nouns = reading_for(language).capital_nouns
    return not nouns and not _plain(text) and not _ordinary("".join(heard), language)


def _same_words(heard: Sequence[str], wanted: Sequence[str], language: str) -> bool:
    """Whether words that differ by their capitals alone are one term.

    An ordinary word may have a capital or not; beside a word that only terms have ("AI") it is part of one.
    """
    differing = [(one, other) for one, other in zip(heard, wanted, strict=True) if one != other]
    beside = any(_designed(one) for one, other in zip(heard, wanted, strict=True) if one == other)
    return all(
        beside or (_camel(other) and not one.islower()) or not _ordinary(one, language)
        for one, other in differing
    )


def _camel(word: str) -> bool:
    """Whether capitals stand inside a word beside small letters: GitHub."""
    return any(char.isupper() for char in word[1:]) and any(char.islower() for char in word)


def _ordinary(word: str, language: str) -> bool:
    """Whether a word is listed as one of the language, or nothing is known of its words; figures are."""
    known = common_words(language, EVERYDAY_ZIPF)
    return not known or not any(char.isalpha() for char in word) or word.casefold() in known
