"""Train the weights that decide whether a sentence speaks of a day to come.

python bench/train_dates.py [--folds 5]

Reads the labelled texts `tests/language/texts/{open,training,written}/dates.yaml` and the innocent
examples beside the phrases that name no day, and writes `data/language/date_weights.json`. With
`--folds` it only prints what the limits, and each of them moved, give on the texts of the last
round, when their blocks of ten are left out of the training.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from enishi.coach.language.date_contexts import SURELY_NONE  # noqa: E402
from enishi.coach.language.date_phrases import (  # noqa: E402
    DayMention,
    choose_mention,
    doubt_about,
    find_day_mentions,
)
from enishi.coach.language.date_weights import day_parts  # noqa: E402
from enishi.coach.language.date_words import DateLine, read_line_of_dates  # noqa: E402
from enishi.coach.language.phrase_rules import read_phrase_rules  # noqa: E402
from enishi.coach.language.text_parts import has_japanese  # noqa: E402
from labelled_texts import read_labelled  # noqa: E402
from training.kernel_fit import Vector, fit_kernel  # noqa: E402

WEIGHTS = ROOT / "data" / "language" / "date_weights.json"
LIMITS = {
    "ja": {"": -1.5, "beside": -0.25, "past": 1.75, "habit": 2.2},
    "en": {"": -3.0, "beside": 0.4, "past": 1.75, "habit": 2.0},
}
"""By what the rules doubt, if anything: below this sum there is no day."""
LAST_ROUND = 6
PARTS = ("open", "training", "written")
RIDGE, STEPS = 0.1, 6
KEPT = 6000
"""Parts a language whose weights are kept."""
BLOCK = 10
"""Texts in a row that stay together."""
OTHER_DAY = 0.5
"""How much a reading counts that is not the day of its text, beside one that is."""


@dataclass
class Candidate:
    """A reading of a labelled text: what the model sees, and whether it is the day of the text."""

    text: int
    line: DateLine
    mention: DayMention
    is_masked: bool
    doubt: str
    parts: dict[str, float]
    label: float
    importance: float
    score: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=0)
    chosen = parser.parse_args()
    stored = {}
    for language, limits in LIMITS.items():
        labelled = [each for part in PARTS for each in read_labelled(part, "dates")]
        texts = [each for each in labelled + innocent_examples() if each["lang"] == language]
        candidates = read_candidates(texts)
        if chosen.folds:
            print_left_out(language, texts, candidates, chosen.folds, limits)
            continue
        names, weights, bias = train(candidates)
        order = sorted(range(len(names)), key=lambda i: -abs(weights[i]))[:KEPT]
        kept = {names[i]: round(float(weights[i]), 2) for i in order}
        stored[language] = {
            "bias": round(bias, 3),
            "limits": limits,
            "weights": {name: kept[name] for name in sorted(kept)},
        }
    if stored:
        text = json.dumps(stored, ensure_ascii=False, indent=0, separators=(",", ":"))
        WEIGHTS.write_text(text + "\n", encoding="utf-8")


def innocent_examples() -> list[dict[str, Any]]:
    """Return the examples of the phrases that name no day."""
    return [
        {"text": text, "lang": "ja" if has_japanese(text) else "en", "today": date(2026, 11, 20)}
        for rule in read_phrase_rules("no_dates")
        for text in rule.examples
    ]


def read_candidates(texts: list[dict[str, Any]]) -> list[Candidate]:
    """Return what the readers read in the texts, also where the rules know that it is no day."""
    found = []
    for number, text in enumerate(texts):
        line, today = read_line_of_dates(text["text"]), text["today"]
        expected = (text["first"], text["last"]) if "last" in text else None
        unmasked = {each.at: each for each in find_day_mentions(line, today)}
        mentions = list(find_day_mentions(line, today, within_phrases=True))
        days = [(each.reading.first, each.reading.last) for each in mentions]
        for mention, day in zip(mentions, days, strict=True):
            is_right = day == expected
            importance = 1.0 if is_right or not expected else OTHER_DAY * (expected in days)
            parts = day_parts(
                line, mention.at, mention.reading, today, is_deadline=mention.is_deadline
            )
            parts = dict(sorted(parts.items()))  # each run adds them up in the same order
            found.append(
                Candidate(
                    number,
                    line,
                    mention,
                    mention.at not in unmasked,
                    doubt_about(line, mention, today),
                    parts,
                    float(is_right),
                    importance,
                )
            )
    return found


def kernel_of(some: list[Candidate], others: list[Candidate]) -> np.ndarray[Any, Any]:
    """Return how alike the parts of each two candidates are, plus one for the bias."""
    holders: dict[str, list[tuple[int, float]]] = {}
    for column, other in enumerate(others):
        for part, size in other.parts.items():
            holders.setdefault(part, []).append((column, size))
    columns = {
        part: (np.array([at for at, _ in each]), np.array([size for _, size in each], np.float32))
        for part, each in holders.items()
    }
    kernel = np.ones((len(some), len(others)), np.float32)
    for row, one in zip(kernel, some, strict=True):
        for part, size in one.parts.items():
            if part in columns:
                at, sizes = columns[part]
                row[at] += size * sizes
    return kernel


def dual_of(candidates: list[Candidate]) -> Vector:
    labels = np.array([each.label for each in candidates])
    importance = np.array([each.importance for each in candidates])
    kernel = kernel_of(candidates, candidates)
    return fit_kernel(kernel, labels, importance, ridge=RIDGE, steps=STEPS)


def train(candidates: list[Candidate]) -> tuple[list[str], Vector, float]:
    """Return the parts, the weight of each, and what is added to a sum."""
    counted = [each for each in candidates if each.importance]
    dual = dual_of(counted)
    counts = Counter(part for each in counted for part in each.parts)
    index = {part: i for i, part in enumerate(part for part, n in counts.items() if n > 1)}
    weights = np.zeros(len(index))
    for share, each in zip(dual, counted, strict=True):
        for part, size in each.parts.items():
            if part in index:
                weights[index[part]] += share * size
    return list(index), weights, float(dual.sum())


def print_left_out(
    language: str,
    texts: list[dict[str, Any]],
    candidates: list[Candidate],
    folds: int,
    limits: dict[str, float],
) -> None:
    """Print right and invented on texts left out of the training, with each limit moved."""
    for fold in range(folds):
        within = [each for each in candidates if each.text // BLOCK % folds != fold]
        within = [each for each in within if each.importance]
        left = [each for each in candidates if each.text // BLOCK % folds == fold]
        for each, score in zip(left, kernel_of(left, within) @ dual_of(within), strict=True):
            each.score = float(score)
    print(language, figures_of(texts, candidates, limits))
    for doubt in limits:
        for step in (-9, -1, -0.5, 0.5, 1, 9):
            moved = limits | {doubt: limits[doubt] + step}
            print(language, doubt or "sure", moved[doubt], figures_of(texts, candidates, moved))


def figures_of(
    texts: list[dict[str, Any]], candidates: list[Candidate], limits: dict[str, float]
) -> str:
    heard: dict[int, list[Candidate]] = {}
    for each in candidates:
        if each.is_masked or each.doubt == SURELY_NONE:
            continue
        if each.score >= limits[each.doubt]:
            heard.setdefault(each.text, []).append(each)
    named = right = none = invented = 0
    for number, text in enumerate(texts):
        if text.get("round") != LAST_ROUND:
            continue
        days = None
        if own := heard.get(number):
            reading = choose_mention(own[0].line, [each.mention for each in own]).reading
            days = reading.first, reading.last
        if "last" in text:
            named += 1
            right += days == (text["first"], text["last"])
        else:
            none += 1
            invented += days is not None
    return f"right {right / named:.1%} of {named}, invented {invented / none:.1%} of {none}"


if __name__ == "__main__":
    main()
