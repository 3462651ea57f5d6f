"""How much a sentence sounds like a promise, by its letters, words and grammar.

A linear model, trained by `bench/train_promises.py`, decides where the grammar alone is in doubt:
each part of a sentence has a weight, and the sum is held against two limits. So the words that
decided can be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import sqrt

from enishi.coach.language.phrase_rules import read_phrase_rules
from enishi.i18n.texts import read_weights

SIGN_WEIGHT = 0.35
"""How large a sign of the grammar is beside the parts of a sentence, which sum up to one."""
_LONGEST_GRAM = 4
_WORDS_OF_CLASSES = {
    "THEY": "he she they him her them his hers their name",
    "MY": "me us my our mine ours",
    "YOU": "you your yours u",
    "WILL": "will 'll shall gonna",
    "TIME": "monday tuesday wednesday thursday friday saturday sunday tomorrow tonight today"
    " weekend week month morning afternoon evening noon easter christmas spring summer autumn"
    " winter january february march april may june july august september october november"
    " december",
    "KIN": "mum mom dad mother father sister brother aunt uncle cousin son daughter gran grandma"
    " grandpa grandad wife husband nephew niece neighbour neighbor friend boss teacher tutor"
    " colleague landlord landlady flatmate doctor professor coach mentor",
}
_CLASSES = {word: kind for kind, words in _WORDS_OF_CLASSES.items() for word in words.split()}
_TOKEN = re.compile(r"'(?:ll|d|s|m|re|ve)\b|n't|[a-z]+(?=n't)|[A-Za-z]+|[0-9]+|[?!.,;:\"]")
_NAMED = re.compile(
    r"[^\s、。「」をはがもにへのと]{1,5}?(?=さん|くん|君|ちゃん|氏|様|さま|はん)"
    r"|[一-鿿]{2,3}(?=先生|先輩|部長|課長|社長)"
)
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千]+(?=[時日月年分人つ個本枚冊回度週か番])|[0-9]+")
_JAPANESE = re.compile("[぀-ヿ一-鿿]")


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
    model = _model("ja" if _JAPANESE.search(sentence) else "en")
    parts = sentence_parts(sentence)
    size = 1 / sqrt(len(parts) or 1)
    promised, theirs = model.bias
    shares = []
    for known, scale in ((parts, size), (signs, SIGN_WEIGHT)):
        for part in known:
            if weight := model.weights.get(part):
                promised += weight[0] * scale
                theirs += weight[1] * scale
                shares.append((weight[0] * scale, part))
    shares.sort(reverse=promised > model.veto)
    return Leaning(
        refused=promised < model.veto,
        is_promise=promised > model.add,
        owner="them" if theirs > 0 else "me",
        because=tuple(part for _, part in shares[:3]),
    )


def sentence_parts(sentence: str) -> set[str]:
    """Return the parts of a plain sentence that have a weight: letters or words in a row.

    >>> "で行く" in sentence_parts("車で行く"), "~THEY WILL call" in sentence_parts("She'll call")
    (True, True)
    """
    return _letters(sentence) if _JAPANESE.search(sentence) else _words(sentence)


def _letters(sentence: str) -> set[str]:
    text = _NUMBER.sub("#", _NAMED.sub("〇", sentence))
    text = "^" + re.sub(r"[。!！…\s]+$", "", text) + "$"
    return {
        text[start : start + size]
        for size in range(1, _LONGEST_GRAM + 1)
        for start in range(len(text) - size + 1)
    }


def _words(sentence: str) -> set[str]:
    words = ["^", *_tokens(sentence), "$"]
    kinds = [_CLASSES.get(word, word) for word in words]
    runs = {
        " ".join(words[start : start + size])
        for size in range(1, _LONGEST_GRAM)
        for start in range(len(words) - size + 1)
    }
    return runs | {
        "~" + " ".join(kinds[start : start + size])
        for size in range(1, _LONGEST_GRAM + 1)
        for start in range(len(kinds) - size + 1)
    }


def _tokens(sentence: str) -> list[str]:
    tokens: list[str] = []
    for found in _TOKEN.finditer(sentence):
        token = found[0]
        if tokens and token[0].isupper() and len(token) > 1 and not _no_name().fullmatch(token):
            token = "name"
        tokens.append("#" if token.isdigit() else token.lower())
    return tokens


@cache
def _no_name() -> re.Pattern[str]:
    return next(rule.pattern for rule in read_phrase_rules("promises") if rule.key == "no_name_en")
