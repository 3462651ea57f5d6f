"""Train the weights that decide whether a sentence sounds like a promise, and whose it is.

python bench/train_promises.py [--folds 3]

Reads the labelled texts `tests/language/texts/{open,training}/promises.yaml` and the innocent
examples beside the word classes, writes
`data/language/promise_weights.json`. With `--folds` it only prints what each pair of limits gives
on texts left out of the training.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from enishi.coach.language.phrase_rules import plain_text, read_phrase_rules  # noqa: E402
from enishi.coach.language.promise_parts import has_japanese, sentence_parts  # noqa: E402
from enishi.coach.language.promise_weights import SIGN_WEIGHT  # noqa: E402
from enishi.coach.language.spoken_promises import read_promise_signs, said_sentences  # noqa: E402
from labelled_texts import read_labelled  # noqa: E402

WEIGHTS = ROOT / "data" / "language" / "promise_weights.json"
LIMITS = {"ja": (1.0, 1.0), "en": (1.0, 1.0)}
"""Below the first sum what the grammar reads is refused; above the second a promise is added."""
PARTS = ("open", "training")
FIRST_ROUND = 0.3
"""How much a text of the first round counts: the grammar was written with it in view."""
RIDGE = 0.02
KEPT = 12000
"""Parts a language whose weights are kept."""
FEW = 40
"""Sentences that a part has at most to be a rare one."""
CHUNK = 6
"""Texts in a row that stay together: a promise and its innocent look-alikes."""

Vector = np.ndarray[Any, Any]


@dataclass
class Sentence:
    """A sentence of a labelled text, with what the model sees of it."""

    text: int
    parts: dict[str, float]
    signs: set[str]
    owners: list[str]
    is_theirs: bool
    importance: float
    score: float = 0.0
    leaning: float = 0.0


@dataclass
class Weights:
    index: dict[str, int]
    promise: Vector
    theirs: Vector
    bias: tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=0)
    chosen = parser.parse_args()
    texts = [text | {"part": part} for part in PARTS for text in read_labelled(part, "promises")]
    texts += innocent_examples()
    stored = {}
    for language, limits in LIMITS.items():
        some = [text for text in texts if text["lang"] == language]
        sentences = read_sentences(some)
        if chosen.folds:
            print_held_out(language, some, sentences, chosen.folds)
            continue
        weights = train(some, sentences)
        order = np.argsort(-np.maximum(abs(weights.promise), abs(weights.theirs)))
        names = list(weights.index)
        stored[language] = {
            "bias": [round(each, 3) for each in weights.bias],
            "veto": limits[0],
            "add": limits[1],
            "weights": {
                names[i]: [round(float(weights.promise[i]), 2), round(float(weights.theirs[i]), 2)]
                for i in sorted(order[:KEPT], key=lambda i: names[i])
            },
        }
    if stored:
        text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
        WEIGHTS.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")


def innocent_examples() -> list[dict[str, Any]]:
    """Return the texts of the word classes that hold no promise."""
    found = [
        text
        for rule in read_phrase_rules("promises")
        for text in (rule.examples if rule.section.startswith("not_") else rule.counterexamples)
    ]
    return [
        {
            "text": text,
            "lang": "ja" if has_japanese(text) else "en",
            "promises": [],
            "part": "rules",
        }
        for text in found
    ]


def read_sentences(texts: list[dict[str, Any]]) -> list[Sentence]:
    """Return the sentences of the texts as the model sees them."""
    sentences = []
    for number, text in enumerate(texts):
        is_first = text["part"] == "open" and "round" not in text
        for said in said_sentences(text["text"]):
            heard, signs = read_promise_signs(said)
            owners = [owner for _, owner in heard]
            known = {sign for sign in signs if not is_first or not sign.startswith("by:")}
            parts = sentence_parts(plain_text(said.words))
            importance = FIRST_ROUND if is_first else 1.0
            sentences.append(Sentence(number, parts, known, owners, said.is_theirs, importance))
    return sentences


def vectors(sentences: list[Sentence], index: dict[str, int]) -> np.ndarray[Any, Any]:
    rows = np.zeros((len(sentences), len(index)), np.float32)
    for row, sentence in zip(rows, sentences, strict=True):
        for part, size in sentence.parts.items():
            if part in index:
                row[index[part]] = size
        row[[index[sign] for sign in sentence.signs if sign in index]] = SIGN_WEIGHT
    return rows


def kernel_of(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return how alike each two sentences are, plus one for the bias: parts of few one by one."""
    counts = np.count_nonzero(rows, axis=0)
    common = rows[:, counts > FEW]
    kernel = common @ common.T + np.float32(1)
    rare = np.ascontiguousarray(rows[:, counts <= FEW].T)
    for sizes in rare:
        (those,) = np.nonzero(sizes)
        kernel[np.ix_(those, those)] += np.outer(sizes[those], sizes[those])
    return kernel


def fit(kernel: np.ndarray[Any, Any], labels: Vector, importance: Vector) -> Vector:
    """Return how much each sentence counts in a ridge logistic regression, by Newton's method."""
    dual = np.zeros(len(labels), np.float32)
    for _ in range(5):
        sums = kernel @ dual
        chance = 1 / (1 + np.exp(-sums))
        certainty = np.maximum(chance * (1 - chance), 1e-3) * importance
        target = sums + (labels - chance) * importance / certainty
        ridge = np.diag(RIDGE / certainty)
        dual = np.linalg.solve(kernel + ridge.astype(np.float32), target.astype(np.float32))
    return dual


def train(texts: list[dict[str, Any]], sentences: list[Sentence]) -> Weights:
    """Return the weights; which sentence of a text promises is guessed, then guessed again."""
    counts = Counter(part for each in sentences for part in {*each.parts, *each.signs})
    index = {part: i for i, part in enumerate(part for part, n in counts.items() if n > 1)}
    rows = vectors(sentences, index)
    kernel = kernel_of(rows)
    scores = np.array([float(bool(each.owners)) for each in sentences])
    importance = np.array([each.importance for each in sentences])
    by_text: dict[int, list[int]] = {}
    for i, each in enumerate(sentences):
        by_text.setdefault(each.text, []).append(i)
    for _ in range(2):
        labels = np.zeros(len(sentences))
        for number, own in by_text.items():
            expected = texts[number]["promises"]
            wanted = min(len(expected), len(own))
            if any(len(sentences[i].owners) > 1 for i in own):
                wanted = min(wanted, 1)
            labels[sorted(own, key=lambda i: -scores[i])[:wanted]] = 1
        promise = fit(kernel, labels, importance)
        scores = kernel @ promise
    sure = [
        i
        for i, each in enumerate(sentences)
        if labels[i] and len(set(texts[each.text]["promises"])) == 1
    ]
    theirs = np.array(
        [
            float((texts[sentences[i].text]["promises"][0] == "them") != sentences[i].is_theirs)
            for i in sure
        ]
    )
    owner = fit(kernel[np.ix_(sure, sure)], theirs, importance[sure])
    bias = (float(promise.sum()), float(owner.sum()))
    return Weights(index, rows.T @ promise, rows[sure].T @ owner, bias)


def print_held_out(
    language: str, texts: list[dict[str, Any]], sentences: list[Sentence], folds: int
) -> None:
    """Print recall, false alarms and owners on texts left out, for several limits."""
    for fold in range(folds):
        within = [each for each in sentences if each.text // CHUNK % folds != fold]
        left = [each for each in sentences if each.text // CHUNK % folds == fold]
        weights = train(texts, within)
        rows = vectors(left, weights.index)
        for each, score, leaning in zip(
            left,
            rows @ weights.promise + weights.bias[0],
            rows @ weights.theirs + weights.bias[1],
            strict=True,
        ):
            each.score, each.leaning = float(score), float(leaning)
    for veto in (-9, 0, 0.5, 1, 1.5):
        for add in (0.5, 1, 1.5, 2, 9):
            print(language, veto, add, held_out_figures(texts, sentences, veto, add), flush=True)


def held_out_figures(
    texts: list[dict[str, Any]], sentences: list[Sentence], veto: float, add: float
) -> str:
    heard: dict[int, list[str]] = {}
    for each in sentences:
        owners = each.owners or (["them" if each.leaning > 0 else "me"] if each.score > add else [])
        if each.score >= veto:
            flipped = ["them" for owner in owners if owner == "me"]
            heard.setdefault(each.text, []).extend(flipped if each.is_theirs else owners)
    figures = {}
    for part in PARTS:
        chosen = [number for number, text in enumerate(texts) if text["part"] == part]
        made = sum(len(texts[i]["promises"]) for i in chosen)
        found = sum(min(len(heard.get(i, [])), len(texts[i]["promises"])) for i in chosen)
        pairs = [
            p for i in chosen for p in zip(heard.get(i, []), texts[i]["promises"], strict=False)
        ]
        owned = sum(a == b for a, b in pairs)
        innocent = [i for i in chosen if not texts[i]["promises"]]
        false = sum(bool(heard.get(i)) for i in innocent)
        if made and innocent:
            figures[part] = (
                f"recall {found / made:.3f} false {false / len(innocent):.3f}"
                f" owner {owned / max(found, 1):.3f}"
            )
    return str(figures)


if __name__ == "__main__":
    main()
