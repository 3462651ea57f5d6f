"""How much a passage sounds like a promise, by its letters, words and grammar.

A linear model, trained by `bench/train_promises.py`, decides: each part of a passage, among them
the readings of the grammar, has a weight, and the sum is held against a limit. So the words that
decided can be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from itertools import combinations

from enishi.coach.language.promise_parts import sentence_parts
from enishi.i18n.texts import read_weights

SIGN_WEIGHT = 0.35
"""How large a sign of the grammar is beside the parts of a sentence, which sum up to one."""
PAIR_WEIGHT = 0.1
"""How large two signs of the grammar in one sentence are."""
SECOND = 1.0
"""The sum from which a sentence promises that is not the likeliest of its passage."""
SURE_OWNER = 0.5
"""The sum from which the weights tell the owner against the grammar."""


@dataclass(frozen=True)
class PromiseModel:
    """The weights of one language: of each part, for a promise and for its owner being the other.

    Attributes:
        bias: what is added to both sums.
        weights: of each part of a sentence.
        limit: above this sum a passage holds a promise that the grammar does not read.
        read_limit: the limit where the grammar reads one.
    """

    bias: tuple[float, float]
    weights: Mapping[str, tuple[float, float]]
    limit: float = 0.0
    read_limit: float = 0.0

    def sum_up(self, parts: Mapping[str, float]) -> tuple[float, float]:
        """Return both sums of the parts."""
        promised, theirs = self.bias
        for part, size in parts.items():
            if weight := self.weights.get(part):
                promised += weight[0] * size
                theirs += weight[1] * size
        return promised, theirs


@dataclass(frozen=True)
class Leaning:
    """A sentence that promises.

    Attributes:
        place: of the sentence in its passage.
        theirs: above 0 the owner is the other, as the speaker says it; the farther, the surer.
        because: the parts that decided, the weightiest first.
    """

    place: int
    theirs: float
    because: tuple[str, ...]

    @property
    def owner(self) -> str:
        """`me` or `them`, as the speaker says it."""
        return "them" if self.theirs > 0 else "me"

    @property
    def is_sure(self) -> bool:
        """Whether the owner stands against the grammar."""
        return abs(self.theirs) > SURE_OWNER


@cache
def promise_model(language: str) -> PromiseModel:
    """Return the trained model of `ja` or `en`."""
    stored = read_weights("promise_weights")[language]
    weights = {part: (a, b) for part, (a, b) in stored["weights"].items()}
    return PromiseModel(tuple(stored["bias"]), weights, stored["limit"], stored["read_limit"])


def size_parts(sentence: str, signs: Iterable[str]) -> dict[str, float]:
    """Return the parts of a plain sentence and the signs of the grammar, each with its size."""
    known = sorted(set(signs))
    pairs = (f"{one}&{other}" for one, other in combinations(known, 2))
    return (
        sentence_parts(sentence)
        | dict.fromkeys(known, SIGN_WEIGHT)
        | dict.fromkeys(pairs, PAIR_WEIGHT)
    )


def join_parts(sentences: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the parts of all sentences of a passage, each as large as in any.

    >>> join_parts([{"a": 0.5}, {"a": 0.25, "b": 1.0}])
    {'a': 0.5, 'b': 1.0}
    """
    joined: dict[str, float] = {}
    for parts in sentences:
        for part, size in parts.items():
            if size > joined.get(part, 0.0):
                joined[part] = size
    return joined


def weigh_passage(
    sentences: Sequence[Mapping[str, float]], model: PromiseModel
) -> tuple[Leaning, ...]:
    """Return the sentences that promise: in a passage that holds a promise the likeliest at least.

    Args:
        sentences: the sized parts of each sentence.
        model: the weights.

    >>> weigh_passage([size_parts("明日は早いので寝ます。", ())], promise_model("ja"))
    ()
    """
    sums = [model.sum_up(parts) for parts in sentences]
    whole = sums[0] if len(sums) == 1 else model.sum_up(join_parts(sentences))
    is_read = any("by:me" in parts or "by:them" in parts for parts in sentences)
    if whole[0] <= (model.read_limit if is_read else model.limit):
        return ()
    likeliest = max(promised for promised, _ in sums)
    return tuple(
        Leaning(place, theirs, _weightiest(sentences[place], model))
        for place, (promised, theirs) in enumerate(sums)
        if promised >= min(likeliest, SECOND)
    )


def _weightiest(parts: Mapping[str, float], model: PromiseModel) -> tuple[str, ...]:
    known = [part for part in parts if part in model.weights]
    return tuple(nlargest(3, known, key=lambda part: model.weights[part][0] * parts[part]))
