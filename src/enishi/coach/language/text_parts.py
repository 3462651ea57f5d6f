"""What the parts of a sentence are made of that have a weight in a linear model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt

_JAPANESE = re.compile("[぀-ヿ一-鿿]")
_KANJI, _KATAKANA = re.compile("[一-鿿々]+"), re.compile("[ァ-ヶー]{2,}")
_LATIN = re.compile("[A-Za-z]+")


def has_japanese(text: str) -> bool:
    """Return whether a text has Japanese letters."""
    return _JAPANESE.search(text) is not None


def shape_japanese(text: str) -> str:
    """Return a text in which each kanji, katakana or Latin word is one letter.

    >>> shape_japanese("資料をメールで送る")
    '漢をカで漢る'
    """
    return _LATIN.sub("A", _KATAKANA.sub("カ", _KANJI.sub("漢", text)))


def letter_runs(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield the runs of so many letters.

    >>> list(letter_runs("abc", 2, 3))
    ['ab', 'bc', 'abc']
    """
    for size in range(shortest, longest + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def word_runs(words: Sequence[str], shortest: int, longest: int) -> Iterator[str]:
    """Yield the runs of so many words, with a space between two."""
    for size in range(shortest, longest + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def size_groups(groups: Iterable[set[str]]) -> dict[str, float]:
    """Return each part with its size; the squares of those of a group sum up to one."""
    sizes: dict[str, float] = {}
    for parts in groups:
        sizes.update(dict.fromkeys(parts, 1 / sqrt(len(parts) or 1)))
    return sizes
