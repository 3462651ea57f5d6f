"""Train the weights that decide whether a passage holds a promise, and whose it is.

python bench/train_promises.py [--folds 5]

Reads the labelled texts `tests/language/texts/{open,training}/promises.yaml` and the examples
beside the word classes, writes `data/language/promise_weights.json`. With `--folds` it only prints
what each limit gives on texts left out of the training.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from enishi.coach.language.phrase_rules import read_phrase_rules  # noqa: E402
from enishi.coach.language.promise_weights import PromiseModel, join_parts  # noqa: E402
from enishi.coach.language.spoken_promises import (  # noqa: E402
    ReadSentence,
    choose_promises,
    read_passages,
)
from enishi.coach.language.text_parts import has_japanese  # noqa: E402
from labelled_texts import read_labelled  # noqa: E402
from training.kernel_fit import Vector, fit_kernel  # noqa: E402

WEIGHTS = ROOT / "data" / "language" / "promise_weights.json"
LANGUAGES = ("ja", "en")
LIMIT, READ_LIMIT = 1.5, 0.5
"""Above this sum a passage holds a promise, and where the grammar reads one."""
PARTS = ("open", "training")
FIRST_ROUND = 0.3
"""How much a text of the first round counts: the grammar was written with it in view."""
RIDGE, STEPS = 0.03, 5
KEPT = 15000
"""Parts a language whose weights are kept."""
FEW = 40
"""Texts that a part has at most to be a rare one."""
CHUNK = 60
"""Texts in a row that stay together: of one hand, a promise and its innocent look-alikes."""

Text = dict[str, Any]
Columns = dict[str, tuple[Vector, Vector]]
"""Of each part: the numbers of the rows that have it, and its sizes there."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=0)
    chosen = parser.parse_args()
    texts = [text | {"part": part} for part in PARTS for text in read_labelled(part, "promises")]
    texts += class_examples()
    stored = {}
    for language in LANGUAGES:
        some = [
            text | {"sentences": sum(read_passages(text["text"]), ())}
            for text in texts
            if text["lang"] == language
        ]
        if chosen.folds:
            print_held_out(language, some, chosen.folds)
            continue
        model = train(some)
        stored[language] = {
            "bias": [round(each, 3) for each in model.bias],
            "limit": LIMIT,
            "read_limit": READ_LIMIT,
            "weights": {
                part: [round(weight, 2) for weight in model.weights[part]]
                for part in sorted(model.weights)
            },
        }
    if stored:
        text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
        WEIGHTS.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")


def class_examples() -> list[dict[str, Any]]:
    """Return the texts beside the word classes, promises and look-alikes.

    Whose promise it is stands nowhere, so both are named and no owner is learnt from them.
    """
    found = []
    for rule in read_phrase_rules("promises"):
        made, none = rule.examples, rule.counterexamples
        if rule.section.startswith("not_"):
            made, none = none, made
        found += [(text, ["me", "them"]) for text in made] + [(text, []) for text in none]
    return [
        {
            "text": text,
            "lang": "ja" if has_japanese(text) else "en",
            "promises": promises,
            "part": "rules",
        }
        for text, promises in found
    ]


def seen_parts(text: Text) -> list[dict[str, float]]:
    """Return the parts of each sentence of a text, as far as the training looks at them.

    What the grammar reads in a text of the first round is left out, since it was written for it.
    """
    is_first = text["part"] == "open" and "round" not in text
    return [
        {part: size for part, size in read.parts.items() if not (is_first and "by:" in part)}
        for read in text["sentences"]
    ]


def columns_of(rows: Sequence[Mapping[str, float]]) -> Columns:
    """Return the parts that more than one row has."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for part, size in row.items():
            found[part].append((number, size))
    return {
        part: (np.array([i for i, _ in each]), np.array([size for _, size in each], np.float32))
        for part, each in sorted(found.items())
        if len(each) > 1
    }


def kernel_of(columns: Columns, count: int) -> Vector:
    """Return how alike each two rows are, plus one for the bias: rare parts one by one."""
    common = [each for each in columns.values() if len(each[0]) > FEW]
    dense = np.zeros((count, len(common)), np.float32)
    for place, (those, sizes) in enumerate(common):
        dense[those, place] = sizes
    kernel = dense @ dense.T + np.float32(1)
    for those, sizes in columns.values():
        if len(those) <= FEW:
            kernel[np.ix_(those, those)] += np.outer(sizes, sizes)
    return kernel


def regress(
    rows: Sequence[Mapping[str, float]], labels: list[bool], importance: list[float]
) -> tuple[float, dict[str, float], dict[str, float]]:
    """Return the bias, the weight of each part, and how much each part tells over all rows."""
    columns = columns_of(rows)
    kernel = kernel_of(columns, len(rows))
    dual = fit_kernel(
        kernel, np.array(labels, float), np.array(importance), ridge=RIDGE, steps=STEPS
    )
    weights = {part: float(sizes @ dual[those]) for part, (those, sizes) in columns.items()}
    telling = {
        part: weights[part] ** 2 * float(sizes @ sizes) for part, (_, sizes) in columns.items()
    }
    return float(dual.sum()), weights, telling


def train(texts: list[Text]) -> PromiseModel:
    """Return the weights: of whole texts for a promise, of the likeliest sentence for its owner."""
    rows = [seen_parts(text) for text in texts]
    importance = [
        FIRST_ROUND if text["part"] == "open" and "round" not in text else 1.0 for text in texts
    ]
    labels = [bool(text["promises"]) for text in texts]
    bias, promise, telling = regress([join_parts(row) for row in rows], labels, importance)
    model = PromiseModel((bias, 0.0), {part: (each, 0.0) for part, each in promise.items()})
    sure = [i for i, text in enumerate(texts) if len(set(text["promises"])) == 1 and rows[i]]
    sums = [[model.sum_up(parts)[0] for parts in rows[i]] for i in sure]
    likeliest = [each.index(max(each)) for each in sums]
    theirs = [
        (texts[i]["promises"][0] == "them") != texts[i]["sentences"][place].said.is_theirs
        for i, place in zip(sure, likeliest, strict=True)
    ]
    owner_bias, owner, owner_telling = regress(
        [rows[i][place] for i, place in zip(sure, likeliest, strict=True)],
        theirs,
        [importance[i] for i in sure],
    )
    total = sum(telling.values()), sum(owner_telling.values())
    kept = sorted(
        promise,
        key=lambda part: -telling[part] / total[0] - owner_telling.get(part, 0.0) / total[1],
    )[:KEPT]
    weights = {part: (promise[part], owner.get(part, 0.0)) for part in kept}
    return PromiseModel((bias, owner_bias), weights)


def print_held_out(language: str, texts: list[Text], folds: int) -> None:
    """Print recall, false alarms and owners on texts left out, for several limits."""
    limits = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5)
    heard: dict[float, dict[int, list[str]]] = {limit: {} for limit in limits}
    for fold in range(folds):
        left = [i for i in range(len(texts)) if i // CHUNK % folds == fold]
        within = set(range(len(texts))) - set(left)
        model = train([texts[i] for i in sorted(within)])
        for limit in limits:
            held = replace(model, limit=limit, read_limit=limit - LIMIT + READ_LIMIT)
            for i in left:
                passage: tuple[ReadSentence, ...] = texts[i]["sentences"]
                heard[limit][i] = [each.by for each in choose_promises(passage, held)]
    for limit in limits:
        print(language, limit, held_out_figures(texts, heard[limit]), flush=True)


def held_out_figures(texts: list[Text], heard: dict[int, list[str]]) -> str:
    figures = {}
    for part in PARTS:
        chosen = [number for number, text in enumerate(texts) if text["part"] == part]
        made = sum(len(texts[i]["promises"]) for i in chosen)
        found = sum(min(len(heard[i]), len(texts[i]["promises"])) for i in chosen)
        pairs = [p for i in chosen for p in zip(heard[i], texts[i]["promises"], strict=False)]
        owned = sum(a == b for a, b in pairs)
        innocent = [i for i in chosen if not texts[i]["promises"]]
        false = sum(bool(heard[i]) for i in innocent)
        if made and innocent:
            figures[part] = (
                f"recall {found / made:.3f} false {false / len(innocent):.3f}"
                f" owner {owned / max(found, 1):.3f}"
            )
    return str(figures)


if __name__ == "__main__":
    main()
