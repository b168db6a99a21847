"""The learned editor: how probable it is that an editor leaves a word out.

A logistic regression over named signs gives each word a score; boosted trees (the additive model of
Friedman, 2001) over the scores of the words around it and over counts turn that into a probability. The
weights of a language are a file of its own, ``languages/CODE/editor.json.gz``, with its licence beside it;
``python -m bench.train_editor`` makes it. A language without one is cleaned by the rules alone.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from ...languages import LANGUAGES
from ..tokens import Token
from .features import Seen, seen
from .signs import UNSEEN, looked_at, measures, signs

FILE_NAME = "editor.json.gz"
WORTH_A_LOOK, WORTH_LEARNING = -2.0, -3.5
"""Lower scores: kept without asking the trees, unless a rule takes the word; and not learned from."""
Tree = tuple[list[int], list[float], list[int], list[int], list[float]]
"""Column, threshold, child at most it, child above it (a leaf n as -1-n), and the leaves' values."""


@dataclass(frozen=True)
class LearnedEditor:
    """Weights of one language.

    ``often`` tells how often editors left a word out; ``start`` is what the trees' values are added to.
    A word goes from probability ``takes`` on; a rule of ``vetoes`` leaves nothing out below its value.
    ``trained_on`` names the texts.
    """

    linear: Mapping[str, float]
    bias: float
    often: Mapping[str, float]
    start: float
    trees: tuple[Tree, ...]
    takes: float
    vetoes: Mapping[str, float]
    trained_on: tuple[str, ...] = ()

    def probabilities(
        self, tokens: Sequence[Token], *, asked: bool, proposed: Mapping[int, str] | None = None
    ) -> list[float | None]:
        """Return for each token how probable it is that an editor leaves it out; None: not looked at.

        ``asked`` says that a question was put before the turn; ``proposed`` has, by index, the rule that
        would leave a token out. Hesitations do not belong among the tokens.
        """
        turn = seen(tokens, asked=asked)
        rules = proposed or {}
        asked_of = [looked_at(turn, at, self.often) for at in range(len(tokens))]
        scores = [self.score(turn, at) if look else UNSEEN for at, look in enumerate(asked_of)]
        out: list[float | None] = []
        for at, look in enumerate(asked_of):
            if not look:
                out.append(None)
            elif scores[at] < WORTH_A_LOOK and at not in rules:
                out.append(0.0)
            else:
                row = measures(turn, at, scores, self.often, rules.get(at, ""))
                out.append(1 / (1 + exp(-self.start - _total(self.trees, row))))
        return out

    def score(self, turn: Seen, at: int) -> float:
        """The linear score (log odds) of the word at an index."""
        linear = self.linear
        return self.bias + sum(linear.get(sign, 0.0) for sign in signs(turn, at))


def _total(trees: Sequence[Tree], row: Sequence[float]) -> float:
    """What all trees together say of a row."""
    total = 0.0
    for columns, limits, lower, upper, values in trees:
        at = 0 if columns else -1
        while at >= 0:
            at = lower[at] if row[columns[at]] <= limits[at] else upper[at]
        total += values[-1 - at]
    return total


@cache
def learned_editor(code: str) -> LearnedEditor | None:
    """Return the learned editor of a language (``en``, ``en-GB``); None where it has none."""
    folder = code.casefold().replace("_", "-").split("-")[0]
    path = LANGUAGES / folder / FILE_NAME
    return read(path) if folder.isidentifier() and path.is_file() else None


def read(path: Path) -> LearnedEditor:
    """Return the learned editor of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)
    unit = data["unit"]
    return LearnedEditor(
        linear={sign: value * unit for sign, value in data["linear"].items()},
        bias=data["bias"],
        often=data["often"],
        start=data["start"],
        trees=tuple(tuple(part for part in tree) for tree in data["trees"]),
        takes=data["takes"],
        vetoes=data["vetoes"],
        trained_on=tuple(data["trained_on"]),
    )
