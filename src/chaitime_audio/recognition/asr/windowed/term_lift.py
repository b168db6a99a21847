"""Lifts what Whisper thinks of a show's terms while it decodes, instead of telling them beforehand.

The terms, as tokens, are a trie (shallow fusion along a prefix tree, as in Zhao et al. 2019, Interspeech).
Once a term has begun in the text, each token that goes on with it gets some nats more, a beginning gets
half of that; but only where the sound makes it nearly as likely as the best token, and no more for one
term than a cap. A prompt, by contrast, changes everything that is decoded after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

REACH = 4.0
"""How far below the likeliest token (in nats) one may lie and still be lifted."""
MOST = 6.0
"""What the tokens of one term can get together, in nats."""
SHORTEST_PART = 4
"""A word of a name is a term of its own from so many letters on: people are called by one name."""

Trie = dict[int, Any]
"""Token to the tokens that may follow it."""


def trie_of(terms: Iterable[str], tokenizer: Any) -> Trie:
    """Return the terms, and the long words with a capital in them, as a trie of tokens."""
    parts = [part for term in terms for part in term.split()]
    own = [part for part in parts if len(part) >= SHORTEST_PART and part[:1].isupper()]
    root: Trie = {}
    for term in dict.fromkeys((*terms, *own)):
        at = root
        for token in tokenizer.encode(f" {term}"):
            at = at.setdefault(token, {})
    return root


def lifts(trie: Trie, said: Sequence[int], lift: float) -> dict[int, float]:
    """Return by how many nats which token is to be lifted after what has been said (tokens)."""
    found = dict.fromkeys(trie, min(lift / 2, MOST))
    for begin in range(max(0, len(said) - _depth(trie)), len(said)):
        at: Trie | None = trie
        for token in said[begin:]:
            at = at.get(token) if at else None
        given = lift / 2 + lift * (len(said) - begin - 1)
        for token in at or ():
            found[token] = max(found.get(token, 0.0), min(lift, MOST - given))
    return {token: by for token, by in found.items() if by > 0}


def _depth(trie: Trie) -> int:
    return 1 + max((_depth(after) for after in trie.values()), default=0) if trie else 0


class TermLift:
    """A filter of logits, as `whisper.decoding.LogitFilter` describes one."""

    def __init__(self, trie: Trie, lift: float, sample_begin: int) -> None:
        self._trie, self._lift, self._begin = trie, lift, sample_begin

    def apply(self, logits: torch.Tensor, tokens: torch.Tensor) -> None:
        """Lift tokens in place: logits (batch, vocabulary), tokens (batch, so far)."""
        for row, said in zip(logits, tokens[:, self._begin :].tolist(), strict=True):
            least = float(row.max()) - REACH
            for token, by in lifts(self._trie, said, self._lift).items():
                if float(row[token]) >= least:
                    row[token] += by
