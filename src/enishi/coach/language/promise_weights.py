"""How much a sentence sounds like a promise, by its letters, words and grammar.

A linear model, trained by `bench/train_promises.py`, decides where the grammar alone is in doubt:
each part of a sentence has a weight, and the sum is held against two limits. So the words that
decided can be named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from heapq import nlargest, nsmallest

from enishi.coach.language.promise_parts import has_japanese, sentence_parts
from enishi.i18n.texts import read_weights

SIGN_WEIGHT = 0.35
"""How large a sign of the grammar is beside the parts of a sentence, which sum up to one."""


@dataclass(frozen=True)
class _Model:
    """The weights of one language: of each part, for a promise and for its owner being the other.

    Attributes:
        bias: what is added to both sums.
        veto: below this sum what the grammar reads is no promise.
        add: above this sum a sentence is one, although the grammar reads none.
        weights: of each part of a sentence.
    """

    bias: tuple[float, float]
    veto: float
    add: float
    weights: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Leaning:
    """How far a sentence leans towards a promise.

    Attributes:
        refused: whether what the grammar reads is none.
        is_promise: whether it is one, although the grammar reads none.
        owner: `me` or `them`, as its speaker says it.
        because: the parts that decided, the weightiest first.
    """

    refused: bool
    is_promise: bool
    owner: str
    because: tuple[str, ...]


@cache
def _model(language: str) -> _Model:
    stored = read_weights("promise_weights")[language]
    weights = {part: (a, b) for part, (a, b) in stored["weights"].items()}
    return _Model(tuple(stored["bias"]), stored["veto"], stored["add"], weights)


def weigh_sentence(sentence: str, signs: Iterable[str]) -> Leaning:
    """Return how far a plain sentence leans towards a promise.

    Args:
        sentence: one sentence.
        signs: what the grammar found in it.

    >>> weigh_sentence("明日は早いので寝ます。", ()).is_promise
    False
    """
    model = _model("ja" if has_japanese(sentence) else "en")
    promised, theirs = model.bias
    shares = []
    for part, size in (sentence_parts(sentence) | dict.fromkeys(signs, SIGN_WEIGHT)).items():
        if weight := model.weights.get(part):
            share = weight[0] * size
            promised += share
            theirs += weight[1] * size
            shares.append((share, part))
    deciding = nlargest if promised > model.veto else nsmallest
    return Leaning(
        refused=promised < model.veto,
        is_promise=promised > model.add,
        owner="them" if theirs > 0 else "me",
        because=tuple(part for _, part in deciding(3, shares)),
    )
