"""Train the weights of vague wishes: `data/language/wishes.json`.

python bench/train_wishes.py [--check]

The texts are those that were there while the rules were written (`texts/open`, `texts/written`);
`texts/unread` is never read. With `--check`, nothing is written: each tenth of the texts is judged
by weights that were trained on the other nine tenths.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from enishi.coach.goal.vague_wish import SURE, wish_features  # noqa: E402
from labelled_texts import Text, read_labelled  # noqa: E402

PARTS = ("open", "written")
PENALTY = 1.0
"""The weight of the squared length of the weights (ridge), except that of the bias."""
ROUNDS = 20
"""Steps of Newton's method; it stands still long before."""

Weights = dict[str, dict[str, float]]


def train(texts: Sequence[Text]) -> Weights:
    """Return the weights of a logistic regression, for each language by itself."""
    read = [(*wish_features(text["text"]), text["vague"]) for text in texts]
    weights = {}
    for language in ("ja", "en"):
        rows = [(features, vague) for its, features, vague in read if its == language]
        names = ["bias", *sorted({name for features, _ in rows for name in features})]
        table = np.array(
            [[{"bias": 1.0, **row}.get(name, 0.0) for name in names] for row, _ in rows]
        )
        found = _fit(table, np.array([vague for _, vague in rows], float))
        weights[language] = {
            name: round(float(weight), 3) for name, weight in zip(names, found, strict=True)
        }
    return weights


def _fit(table: np.ndarray, vague: np.ndarray) -> np.ndarray:
    """Return the weights of the columns by Newton's method; the first column is the bias."""
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 0.01
    weights = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (odds - vague) + penalty * weights
        curve = (table.T * (odds * (1 - odds))) @ table + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def score(weights: Weights, text: str) -> float:
    """Return the log-odds that a text is vague by these weights."""
    language, features = wish_features(text)
    its = weights[language]
    return its["bias"] + sum(its.get(name, 0.0) * value for name, value in features.items())


def check(texts: Sequence[Text], tenths: int = 10) -> None:
    """Print recall and false alarms of texts that the weights were not trained on."""
    mixed = list(texts)
    random.Random(1).shuffle(mixed)
    scores = []
    for tenth in range(tenths):
        others = [text for at, text in enumerate(mixed) if at % tenths != tenth]
        weights = train(others)
        scores += [(score(weights, text["text"]), text) for text in mixed[tenth::tenths]]
    for part in PARTS:
        of_part = {text["text"] for text in read_labelled(part, "wishes")}
        mine = [(each, text["vague"]) for each, text in scores if text["text"] in of_part]
        for sure in (SURE - 0.5, SURE, SURE + 0.5):
            recall = np.mean([each >= sure for each, vague in mine if vague])
            false = np.mean([each >= sure for each, vague in mine if not vague])
            says = f"recall {recall:.1%}, false alarms {false:.1%}"
            print(f"{part:8} {len(mine):4} texts  vague from {sure}: {says}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    texts = [text for part in PARTS for text in read_labelled(part, "wishes")]
    if parser.parse_args().check:
        return check(texts)
    file = ROOT / "data" / "language" / "wishes.json"
    said = json.dumps(train(texts), ensure_ascii=False, indent=1)
    file.write_text(said + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
