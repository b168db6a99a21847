"""Profanity, masked where a show wants it: the first letter stays, the others become asterisks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...domain.speech import Utterance, Word
from ..languages.editing import Editing, Words, editing_for
from .spoken_rules import Tokens
from .tokens import Change

_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def masked(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """Mask the words a language lists as profanity, alone or as part of a word with hyphens."""
    for at, token in enumerate(tokens):
        core = hidden(token.core, data.profanity)
        if core != token.core:
            yield Change(at, at + 1, "masked", (replace(token, core=core),))


def masked_words(utterances: Iterable[Utterance], language: str) -> tuple[Utterance, ...]:
    """The utterances as captions and lyrics have them where profanity is masked."""
    listed = editing_for(language).profanity
    return tuple(
        replace(item, words=tuple(_masked_word(word, listed) for word in item.words)) for item in utterances
    )


def _masked_word(word: Word, listed: Words) -> Word:
    text = hidden(word.text, listed)
    return word if text == word.text else replace(word, text=text)


def hidden(text: str, listed: Words) -> str:
    """A text with the letters of listed words hidden but the first."""
    return _PART.sub(lambda found: _stars(found[0]) if found[0].casefold() in listed else found[0], text)


def _stars(word: str) -> str:
    return word[0] + "*" * (len(word) - 1)
