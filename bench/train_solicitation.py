"""Train the linear model of solicitation, and write its weights.

python bench/train_solicitation.py [--folds 5]

It learns from the open labelled texts, those for training, and the examples of the rules in
`data/language/solicitation.yaml`. With `--folds`, nothing is written: each fold of the labelled
texts is read by a model that learnt from the others, and the figures of the detector are printed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from enishi.coach.language import solicitation_model
from enishi.coach.language.phrase_rules import plain_text, read_phrase_rules
from enishi.coach.language.solicitation_model import WEIGHTS, SignWeights, read_features
from enishi.coach.relations.solicitation import SIGNS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from labelled_texts import measure, read_labelled  # noqa: E402

ROUNDS = 30
LEAST_TEXTS = 2
"""In how many texts a feature must be."""
STEP, BIAS_STEP, SHRINK = 0.3, 0.1, 0.001
Text = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=0)
    folds = parser.parse_args().folds
    texts = [each for part in ("open", "training") for each in read_labelled(part, "solicitation")]
    if folds:
        random.Random(1).shuffle(texts)
        for fold in range(folds):
            weights = train(
                texts_of_rules() + [t for n, t in enumerate(texts) if n % folds != fold]
            )
            with patch.object(solicitation_model, "_read_weights", lambda weights=weights: weights):
                figures, _ = measure("solicitation", texts[fold::folds])
            print(", ".join(f"{name} {value:.1%}" for name, value in figures.items()))
        return
    weights = train(texts_of_rules() + texts)
    stored = {
        "signs": weights.signs,
        "bias": tenths(weights.bias),
        "features": {feature: tenths(weights.values[row]) for feature, row in weights.rows.items()},
    }
    written = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    (ROOT / "data" / "language" / f"{WEIGHTS}.json").write_text(
        written.replace("],", "],\n") + "\n", encoding="utf-8"
    )


def texts_of_rules() -> list[Text]:
    """Return the examples and counterexamples of the rules as labelled texts."""
    rules = read_phrase_rules("solicitation")
    return [
        {"text": text, "signs": signs}
        for rule in rules
        for signs, texts in (([rule.section], rule.examples), ([], rule.counterexamples))
        if rule.section in SIGNS
        for text in texts
    ] + [
        {"text": text, "signs": []}
        for rule in rules
        if rule.section == "innocent"
        for text in rule.examples
    ]


def train(texts: list[Text]) -> SignWeights:
    """Return the weights of a logistic regression for each column, learnt with AdaGrad."""
    signs = tuple(SIGNS)
    features = [read_features(plain_text(text["text"]).lower()) for text in texts]
    counts = Counter(feature for each in features for feature in each)
    kept = sorted(feature for feature, count in counts.items() if count >= LEAST_TEXTS)
    rows = {feature: row for row, feature in enumerate(kept)}
    inputs = [np.array([rows[f] for f in each if f in rows], dtype=int) for each in features]
    goals = np.array([[bool(t["signs"]), *(s in t["signs"] for s in signs)] for t in texts], float)
    values, squares = (np.zeros((len(rows), len(signs) + 1)) for _ in range(2))
    bias, bias_squares = (np.zeros(len(signs) + 1) for _ in range(2))
    for turn in range(ROUNDS):
        order = list(range(len(texts)))
        random.Random(turn).shuffle(order)
        for n in order:
            active = inputs[n]
            scale = 1 / max(len(active), 1) ** 0.5
            error = 1 / (1 + np.exp(-(values[active].sum(axis=0) * scale + bias))) - goals[n]
            slope = error * scale + SHRINK * values[active]
            squares[active] += slope**2
            values[active] -= STEP * slope / np.sqrt(squares[active] + 1e-6)
            bias_squares += error**2
            bias -= BIAS_STEP * error / np.sqrt(bias_squares + 1e-6)
    return SignWeights(signs, bias.astype(np.float32), rows, values.astype(np.float32))


def tenths(numbers: Any) -> list[int]:
    """Return numbers as whole tenths, which is how they are stored."""
    return [round(float(number) * 10) for number in numbers]


if __name__ == "__main__":
    main()
