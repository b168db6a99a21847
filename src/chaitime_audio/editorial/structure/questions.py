"""Questions: which sentence of a remark asks something, also when no question mark says so."""

from __future__ import annotations

import re
from functools import cache

from ...domain import scripts
from ...domain.scripts import sentences
from ..languages.reading import Reading, keys, reading_for

LEAD_IN_WORDS = 4
FEWEST_ASKING_WORDS = 3
"""Fewer may be half of anything."""


def asks(text: str, language: str) -> bool:
    """Whether a remark asks anything: a greeting, a farewell and “How are you?” do not."""
    return bool(asking_sentences(text, language))


def asking_sentences(text: str, language: str) -> list[str]:
    """The sentences of a remark that ask, in order."""
    data = reading_for(language)
    return [sentence for sentence in sentences(text) if _asks(sentence, data)]


def opens_question(sentence: str, language: str) -> bool:
    """Whether a sentence has the order of words of a question ("how do you test it")."""
    data = reading_for(language)
    said = keys(sentence)
    return bool(said) and inverted(_bare(said, data), data)


def asks_by_order(said: list[str], language: str) -> bool:
    """Whether words (small letters) can be nothing but a question by their order.

    Orders, wishes and conditions have a verb first, too ("do it", "had I known"), and relative clauses a
    question word: these do not count.
    """
    data = reading_for(language)
    bare = _bare(said, data)
    if len(bare) < FEWEST_ASKING_WORDS:
        return False
    if bare[0].endswith(data.asking_ends) and bare[0] not in data.ordering:
        return True
    if bare[0] in data.asking_words - data.relatives:
        return bare[1] in data.verbs and bare[2] in data.subjects
    if data.inverting:
        return False
    if bare[0] in data.ordering:
        return bare[1] in data.addressed & data.subjects
    return bare[0] in data.verbs and bare[1] in data.subjects


def _asks(sentence: str, data: Reading) -> bool:
    said = keys(sentence)
    if not said or _is_pleasantry(said, data):
        return False
    if scripts.asks(sentence):
        return True
    return _prompts(said, data) or inverted(_bare(said, data), data)


def _is_pleasantry(said: list[str], data: Reading) -> bool:
    pattern = _any_of(data.pleasantries, r"(?: \w+){0,2}$")
    return pattern is not None and pattern.search(" ".join(said)) is not None


def _prompts(said: list[str], data: Reading) -> bool:
    pattern = _any_of(data.prompts, r"\b")
    return pattern is not None and pattern.search(" ".join(said)) is not None


@cache
def _any_of(phrases: tuple[str, ...], behind: str) -> re.Pattern[str] | None:
    """One pattern for all of some phrases; None for none."""
    if not phrases:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))}){behind}")


def _bare(said: list[str], data: Reading) -> list[str]:
    """A sentence without the small words before its question ("so", "and")."""
    start = 0
    while start < min(len(said) - 1, LEAD_IN_WORDS) and said[start] in data.lead_ins:
        start += 1
    return said[start:]


def inverted(said: list[str], data: Reading) -> bool:
    """Whether a verb stands before its subject: "do you …", "what does …", "how good is …"."""
    if len(said) < 2:
        return False
    if said[0].endswith(data.asking_ends) and said[0] not in data.ordering:
        return True
    if said[0] in data.verbs and said[1] in (data.inverting or data.subjects):
        return True
    if said[0] not in data.asking_words:
        return False
    for at in range(1, min(4, len(said))):
        if said[at] in data.verbs:
            return at + 1 < len(said)
        if said[at] in data.subjects:
            return False
    return False
