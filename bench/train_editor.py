"""``python -m bench.train_editor DIR``: learn from human editors what to leave out; writes the weights.

DIR holds pairs as ``python -m bench editing`` reads them. Needs scikit-learn and lightgbm, which cleaning
does not. The weights are derived from the texts, and so under their licence: see ``editor.LICENSE``.
``--held-out FOLDER`` writes, besides, weights made without each talk in turn, for judging.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from chaitime_audio.editorial.cleaning.clean import Manner, begun, by_rules, draft_of, turns_of
from chaitime_audio.editorial.cleaning.learned.features import Seen, seen
from chaitime_audio.editorial.cleaning.learned.model import FILE_NAME, WORTH_A_LOOK
from chaitime_audio.editorial.cleaning.learned.signs import UNSEEN, looked_at, measures, signs
from chaitime_audio.editorial.languages import LANGUAGES

from .editing import Pair, pairs

KEPT, GONE, REPLACED = 0, 1, 2
LEAST_SEEN, PRIOR_WORDS, LEAST_OFTEN = 3, 10, 5
UNIT = 0.02
SMALLEST = 3
"""Linear weights are whole multiples of UNIT; those under SMALLEST of it are left out."""
LARGEST_REPLACED = 40_000
TAKES = 0.6
VETOES = {
    "repeat": 0.45,
    "false start": 0.65,
    "empty phrase": 0.45,
    "listening noise": 0.4,
    "empty opening": 0.5,
}
TREES = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 15,
    "min_data_in_leaf": 60,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "lambda_l2": 10.0,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
ROUNDS = 100
Often = Mapping[str, float]


@dataclass(frozen=True)
class Turn:
    """One turn: what is seen of it, what the editor did with each word, and which rule proposes what."""

    turn: Seen
    done: tuple[int, ...]
    proposed: tuple[str, ...]

    @cached_property
    def signs(self) -> list[list[str]]:
        """The signs of each word."""
        return [sorted(set(signs(self.turn, at))) for at in range(len(self.done))]


def turns(pair: Pair) -> Iterator[Turn]:
    """Yield the turns of a talk as cleaning sees them."""
    manner = Manner("en")
    did = _done(pair)
    asked = False
    spoken = turns_of(pair.spoken, range(len(pair.spoken)), manner)
    for draft in begun([draft_of(one, manner.data) for one in spoken], manner.data, "en"):
        tokens = [one for one in draft.tokens if one.key not in manner.data.fillers | manner.data.noises]
        edits = by_rules(draft, manner.data).edits[len(draft.edits) :]
        rules = {number: edit.rule for edit in edits if not edit.after for number in edit.word_ids}
        done = []
        for token in tokens:
            found = {did[number] for number in token.ids}
            done.append(found.pop() if len(found) == 1 else REPLACED)
        done = _first_copies([token.key for token in tokens], done)
        proposed = tuple(
            rules[token.ids[0]] if all(one in rules for one in token.ids) else "" for token in tokens
        )
        yield Turn(seen(tokens, asked=asked), tuple(done), proposed)
        asked = "?" in draft.tokens[-1].trail if draft.tokens else asked


def _done(pair: Pair) -> list[int]:
    """What the editor did with each word of a talk."""
    said = [_key(word.text) for item in pair.spoken for word in item.words]
    left = [_key(word) for word in pair.edited]
    out = [KEPT] * len(said)
    for what, a, b, c, d in SequenceMatcher(None, said, left, autojunk=False).get_opcodes():
        if what == "delete":
            out[a:b] = [GONE] * (b - a)
        elif what == "replace":
            out[a:b] = _replaced(said[a:b], left[c:d])
    return out


def _key(word: str) -> str:
    plain = re.sub(r"^[^\w$€£#@&%]+|[^\w%°+#$€£]+$", "", word).casefold().replace("’", "'") or word
    same = {
        "gonna": "going",
        "wanna": "want",
        "gotta": "got",
        "cause": "because",
        "kinda": "kind",
        "okay": "ok",
    }
    return same.get(plain, plain)


def _replaced(said: Sequence[str], left: Sequence[str]) -> list[int]:
    """Which of some words stand for others, by letters alike, and which have nothing in their place."""
    rows, columns, gap = len(said), len(left), 0.7
    if rows * columns > LARGEST_REPLACED:
        return [REPLACED] * rows
    unlike = [[0.0 if a == b else 1.2 - fuzz.ratio(a, b) / 100 for b in left] for a in said]
    cost = [[gap * (i + j) for j in range(columns + 1)] for i in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            other = unlike[i - 1][j - 1] + cost[i - 1][j - 1]
            cost[i][j] = min(other, cost[i - 1][j] + gap, cost[i][j - 1] + gap)
    out, i, j = [GONE] * rows, rows, columns
    while i and j:
        if abs(cost[i][j] - cost[i - 1][j - 1] - unlike[i - 1][j - 1]) < 1e-9:
            i, j = i - 1, j - 1
            out[i] = KEPT if said[i] == left[j] else REPLACED
        elif abs(cost[i][j] - cost[i][j - 1] - gap) < 1e-9:
            j -= 1
        else:
            i -= 1
    return out


def _first_copies(keys: Sequence[str], done: Sequence[int]) -> list[int]:
    """Of what was said twice the first copy went: stretches that went are moved left as words allow."""
    out, at = list(done), 0
    while at < len(out):
        if out[at] != GONE:
            at += 1
            continue
        stop = at
        while stop + 1 < len(out) and out[stop + 1] == GONE:
            stop += 1
        start, end = at, stop
        while start and out[start - 1] == KEPT and keys[start - 1] == keys[end]:
            out[start - 1], out[end] = GONE, KEPT
            start, end = start - 1, end - 1
        at = stop + 1
    return out


def how_often(talks: Sequence[Sequence[Turn]]) -> dict[str, float]:
    """How often editors left out each word, and each of two neighbours, with a little doubt."""
    count, gone = Counter[str](), Counter[str]()
    for turn in (turn for talk in talks for turn in talk):
        keys = turn.turn.keys
        for at, did in enumerate(turn.done):
            if did == REPLACED:
                continue
            names = [keys[at], "?"]
            names += [f"{keys[at]} {keys[at + 1]}"] if at + 1 < len(keys) else []
            names += [f"{keys[at - 1]} {keys[at]}<"] if at else []
            count.update(names)
            gone.update(names if did == GONE else ())
    any_word = gone["?"] / count["?"]
    found = {
        name: round((gone[name] + PRIOR_WORDS * any_word) / (seen_ + PRIOR_WORDS), 3)
        for name, seen_ in sorted(count.items())
        if seen_ >= LEAST_OFTEN
    }
    return found | {"?": round(any_word, 3)}


@dataclass(frozen=True)
class Linear:
    """The linear part, as it is written: whole multiples of UNIT."""

    weights: dict[str, int]
    bias: float
    often: dict[str, float]

    def scores(self, turn: Turn) -> list[float]:
        """The linear score of each word of a turn."""
        return [
            self.bias + UNIT * sum(self.weights.get(sign, 0) for sign in turn.signs[at])
            if looked_at(turn.turn, at, self.often)
            else UNSEEN
            for at in range(len(turn.done))
        ]


def linear(talks: Sequence[Sequence[Turn]]) -> Linear:
    """Fit the logistic regression on some talks."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    often = how_often(talks)
    rows, did = [], []
    for turn in (turn for talk in talks for turn in talk):
        for at, what in enumerate(turn.done):
            if what != REPLACED and looked_at(turn.turn, at, often):
                rows.append(turn.signs[at])
                did.append(what)
    count = Counter(sign for row in rows for sign in row)
    names = {sign: at for at, sign in enumerate(sorted(s for s, n in count.items() if n >= LEAST_SEEN))}
    places = [[names[sign] for sign in row if sign in names] for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    matrix = csr_matrix(
        (np.ones(ends[-1]), [one for row in places for one in row], ends), (len(rows), len(names))
    )
    fitted = LogisticRegression(C=0.3, solver="liblinear", max_iter=200, random_state=0).fit(matrix, did)
    whole = {sign: round(fitted.coef_[0][at] / UNIT) for sign, at in names.items()}
    kept = {sign: int(value) for sign, value in whole.items() if abs(value) >= SMALLEST}
    return Linear(kept, round(float(fitted.intercept_[0]), 4), often)


def rows_of(talk: Sequence[Turn], scored: Linear, often: Often) -> tuple[list[list[float]], list[int]]:
    """What the trees see of the words of a talk, and what the editor did."""
    rows, did = [], []
    for turn in talk:
        scores = scored.scores(turn)
        for at, what in enumerate(turn.done):
            look = scores[at] >= WORTH_A_LOOK or (turn.proposed[at] and scores[at] > UNSEEN)
            if look and what != REPLACED:
                rows.append([float(one) for one in measures(turn.turn, at, scores, often, turn.proposed[at])])
                did.append(what)
    return rows, did


def trees(rows: list[list[float]], did: list[int]) -> tuple[float, list[Any]]:
    """Boost trees; returns what they start from and each as lists (see `Tree`)."""
    import lightgbm
    import numpy as np

    data = lightgbm.Dataset(np.array(rows), np.array(did), free_raw_data=False)
    booster = lightgbm.train({**TREES, "boost_from_average": True}, data, ROUNDS)
    return 0.0, [_flat(info["tree_structure"]) for info in booster.dump_model()["tree_info"]]


def _flat(root: dict[str, Any]) -> list[Any]:
    columns: list[int] = []
    limits: list[float] = []
    lower: list[int] = []
    upper: list[int] = []
    values: list[float] = []

    def put(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            values.append(round(node["leaf_value"], 5))
            return -len(values)
        at = len(columns)
        columns.append(node["split_feature"])
        limits.append(float(f"{node['threshold']:.6g}"))
        lower.append(0)
        upper.append(0)
        lower[at], upper[at] = put(node["left_child"]), put(node["right_child"])
        return at

    put(root)
    return [columns, limits, lower, upper, values]


class Trainer:
    """All talks, and the linear parts made so far: each from all talks but some."""

    def __init__(self, talks: dict[str, list[Turn]]) -> None:
        self.talks = talks
        self._linear: dict[frozenset[str], Linear] = {}

    def linear_without(self, *names: str) -> Linear:
        """The linear part made without some talks."""
        left_out = frozenset(names)
        if left_out not in self._linear:
            self._linear[left_out] = linear([t for name, t in self.talks.items() if name not in left_out])
            print("linear part without", ", ".join(sorted(left_out)) or "none", file=sys.stderr)
        return self._linear[left_out]

    def weights(self, *held_out: str) -> dict[str, Any]:
        """The weights from all talks but some; each talk is scored by a linear part that never saw it."""
        used = [name for name in self.talks if name not in held_out]
        rows: list[list[float]] = []
        did: list[int] = []
        for name in used:
            part = self.linear_without(name, *held_out)
            found = rows_of(self.talks[name], part, part.often)
            rows += found[0]
            did += found[1]
        whole = self.linear_without(*held_out)
        start, grown = trees(rows, did)
        return {
            "licence": "CC BY-SA 4.0, see editor.LICENSE",
            "trained_on": used,
            "takes": TAKES,
            "vetoes": VETOES,
            "unit": UNIT,
            "bias": whole.bias,
            "start": start,
            "often": whole.often,
            "trees": grown,
            "linear": whole.weights,
        }


def write(path: Path, weights: dict[str, Any]) -> None:
    """Write weights; the same weights make the same bytes."""
    text = json.dumps(weights, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main() -> None:
    """Learn from a folder of pairs."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_editor", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with verbatim/ and nonverbatim/")
    parser.add_argument("--held-out", type=Path, help="folder for weights made without each talk in turn")
    parser.add_argument("--only-held-out", action="store_true", help="leave the weights in use as they are")
    given = parser.parse_args()
    trainer = Trainer({pair.name: list(turns(pair)) for pair in pairs(given.folder)})
    for name in trainer.talks if given.held_out else ():
        write(given.held_out / f"{name}.json.gz", trainer.weights(name))
    if not given.only_held_out:
        write(LANGUAGES / "en" / FILE_NAME, trainer.weights())


if __name__ == "__main__":
    main()
