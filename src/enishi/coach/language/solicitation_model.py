"""How far a short text sounds like solicitation, by its words: a linear model.

Its weights are in `data/language/solicitation.json`, written by
`bench/train_solicitation.py` from the labelled texts and the examples of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enishi.i18n.texts import read_weights

WEIGHTS = "solicitation"
"""The name of the file of weights in `data/language`."""
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
_ENGLISH = re.compile(r"[a-z']+|\d+|[£$€%?!]")
_JAPANESE_GRAMS = (1, 2, 3, 4)
_ENGLISH_GRAM = 4


@dataclass(frozen=True)
class Judgement:
    """How a text sounds.

    Attributes:
        score: how far it sounds like solicitation; 0 is as likely as not.
        sign: the sign that it sounds like most.
    """

    score: float
    sign: str


@dataclass(frozen=True)
class SignWeights:
    """The weights of the model.

    Attributes:
        signs: the names of the columns after the first, which is solicitation of any kind.
        bias: one number a column.
        rows: the row of each feature.
        values: features × columns.
    """

    signs: tuple[str, ...]
    bias: NDArray[np.float32]
    rows: dict[str, int]
    values: NDArray[np.float32]


def judge_text(text: str) -> Judgement:
    """Return how a text sounds; it is plain and in small letters, and at most a few sentences.

    >>> judge_text("this coin can only go up, you can't lose your money.").sign
    'sure_profit'
    """
    weights = _read_weights()
    scores = score_features(read_features(text), weights)
    return Judgement(float(scores[0]), weights.signs[int(scores[1:].argmax())])


def score_features(features: Iterable[str], weights: SignWeights) -> NDArray[np.float32]:
    """Return the score of each column: the sum of the weights over the root of their number."""
    rows = [weights.rows[each] for each in features if each in weights.rows]
    if not rows:
        return weights.bias
    total: NDArray[np.float32] = weights.values[rows].sum(axis=0) / len(rows) ** 0.5 + weights.bias
    return total


def read_features(text: str) -> list[str]:
    """Return the features of a text, each once, in the order of the alphabet.

    Of Japanese, its runs of one to four characters; of English, its words, pairs of words, and runs
    of four letters.

    >>> read_features("no fee")
    ['#<fee', '#<no>', '#fee>', '_fee', '_no', 'no fee']
    """
    if _JAPANESE.search(text):
        return sorted(
            {text[at : at + n] for n in _JAPANESE_GRAMS for at in range(len(text) - n + 1)}
        )
    words = _ENGLISH.findall(text)
    bounded = [f"<{word}>" for word in words]
    grams = {
        f"#{word[at : at + _ENGLISH_GRAM]}"
        for word in bounded
        for at in range(len(word) - _ENGLISH_GRAM + 1)
    }
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    return sorted(grams | pairs | {f"_{word}" for word in words})


@cache
def _read_weights() -> SignWeights:
    stored = read_weights(WEIGHTS)
    return SignWeights(
        signs=tuple(stored["signs"]),
        bias=np.array(stored["bias"], dtype=np.float32) / np.float32(10),
        rows={feature: row for row, feature in enumerate(stored["features"])},
        values=np.array(list(stored["features"].values()), dtype=np.float32) / np.float32(10),
    )
