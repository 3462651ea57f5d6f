"""Train the weights that tell a sure match from a question: `data/language/matches.json`.

python bench/train_matches.py

Takes the labelled pairs that may be read (`tests/language/texts/open/matches.yaml`), fits a linear
model over the features of `match_features`, and sets its threshold so that of the pairs it calls
sure, when each is judged by a model that did not see it, `PRECISION` are right.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from enishi.coach.language.text_words import words_of  # noqa: E402
from enishi.coach.language.word_pairs import match_features, shared_pairs  # noqa: E402
from labelled_texts import read_labelled  # noqa: E402

PRECISION = 0.988
"""The share of right ones among the sure matches."""
RIDGE = 2.0
"""How strongly weights are drawn to 0: there are few pairs."""
FOLDS = 10
ORDERS = 10
"""How often the pairs are dealt into folds: one order alone moves the threshold by a half."""
FILE = ROOT / "data" / "language" / "matches.json"
Floats = NDArray[np.float64]


def main() -> None:
    table, labels, names = read_features(read_labelled("open", "matches"))
    weights = choose_weights(table, labels)
    found = dict(zip(["bias", *names], weights.round(3).tolist(), strict=True))
    FILE.write_text(json.dumps({"both": found}, indent=1) + "\n", encoding="utf-8")


def read_features(pairs: list[dict[str, Any]]) -> tuple[Floats, Floats, list[str]]:
    """Return the features of the pairs that share anything, their labels, and the names."""
    rows, labels, names = [], [], []
    for pair in pairs:
        one, other = words_of(pair["one"]), words_of(pair["other"])
        shared = shared_pairs(one, other)
        if shared:
            features = match_features(one, other, shared)
            names = list(features)
            rows.append(list(features.values()))
            labels.append(float(pair["belong"]))
    return np.array(rows), np.array(labels), names


def choose_weights(table: Floats, labels: Floats) -> Floats:
    """Return the bias and weights; the bias holds the threshold."""
    unseen = np.zeros(len(labels))
    for seed in range(ORDERS):
        order = np.random.default_rng(seed).permutation(len(labels))
        for fold in range(FOLDS):
            left_out = order[fold::FOLDS]
            kept = np.setdiff1d(order, left_out)
            weights = fit(table[kept], labels[kept])
            unseen[left_out] += (weights[0] + table[left_out] @ weights[1:]) / ORDERS
    weights = fit(table, labels)
    weights[0] -= find_threshold(unseen, labels)
    return weights


def fit(table: Floats, labels: Floats) -> Floats:
    """Return the bias and weights of a logistic regression, by Newton's method."""
    full = np.hstack([np.ones((len(table), 1)), table])
    ridge = np.diag([0.01, *[RIDGE] * table.shape[1]])
    weights = np.zeros(full.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-full @ weights))
        slope = full.T @ (labels - likely) - ridge @ weights
        curve = (full * (likely * (1 - likely))[:, None]).T @ full + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def find_threshold(scores: Floats, labels: Floats) -> float:
    """Return the least score at which the pairs above it are right often enough."""
    order = np.argsort(-scores)
    right = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= PRECISION)
    return float(scores[order][enough[-1]] - 1e-6) if len(enough) else float(scores.max())


if __name__ == "__main__":
    main()
