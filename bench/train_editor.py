"""``python -m bench.train_editor DIR``: learn from human editors what to leave out; writes the weights.

DIR holds pairs as ``python -m bench editing`` reads them. Needs scikit-learn and lightgbm, which cleaning
does not. The weights are derived from the texts, and so under their licence: see ``editor.LICENSE``.
``--held-out FOLDER`` writes, besides, weights made without each talk in turn, for judging.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chaitime_audio.editorial.cleaning.learned.model import FILE_NAME, WORTH_LEARNING
from chaitime_audio.editorial.cleaning.learned.signs import UNSEEN, looked_at, measures
from chaitime_audio.editorial.languages import LANGUAGES

from .edited_turns import GONE, REPLACED, Turn, turns
from .editing import pairs

LEAST_SEEN, PRIOR_WORDS, LEAST_OFTEN = 3, 10, 5
UNIT = 0.02
SMALLEST = 3
"""Linear weights are whole multiples of UNIT; those under SMALLEST of it are left out."""
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
            look = scores[at] >= WORTH_LEARNING or (turn.proposed[at] and scores[at] > UNSEEN)
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
