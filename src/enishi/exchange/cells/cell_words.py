"""The words that stand beside the values of one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

MASK = "\0"
"""Stands for a character of which the search for values and gaps takes no notice."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0x30FC), ord("-"))
_NARROW |= dict.fromkeys((0xA0, 0x2007, 0x202F), ord(" "))
VALUE_GAP = re.compile(r"[;,、/|・\n]| or |または")
ENCLOSED = re.compile(r'"[^"]{0,200}"|[(\[【「][^)\]】」]{0,200}[)\]】」]')
FIRST_BESIDE = re.compile(rf"\s*(?:[(\[【「][^)\]】」]*[)\]】」]|{MASK}+)")
"""What belongs to the value before it although nothing separates it from the next one."""
_EDGES = " \t\n\u3000:：,;；、／/|・-=<>＜＞\"'“”"
_BRACKETS = "()（）[]［］【】「」"


class CellValue(NamedTuple):
    """One of the values of a cell.

    Attributes:
        value: the value.
        words: the words that belong to it, "" without any.
        is_name: True if they are a name that stands before an address in angle brackets.
    """

    value: str
    words: str = ""
    is_name: bool = False


def narrow_text(text: str) -> str:
    """Return a text of the same length with letters, digits, signs and hyphens in one width."""
    return text if text.isascii() else text.translate(_NARROW)


def words_beside(text: str, narrowed: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words of `text` that belong to each value in it.

    What stands between two values belongs to the first of them up to a gap, and to the second
    after it. Without a gap it belongs to the second, unless only the last value has words after it.

    Args:
        text: the cell.
        narrowed: the cell as `narrow_text` returns it, perhaps with masked characters.
        spans: where each value begins and ends.
    """
    before = [text[: spans[0][0]], *[""] * len(spans[1:])]
    after = [*before[1:], text[spans[-1][1] :]]
    is_after = bool(plain_words(after[-1]) and not plain_words(before[0]))
    for at, ((_, end), (start, _)) in enumerate(pairwise(spans)):
        between = narrowed[end:start]
        hidden = ENCLOSED.sub(lambda found: MASK * len(found[0]), between)
        if gap := VALUE_GAP.search(hidden):
            left, right = gap.span()
        elif is_after:
            left = right = len(between)
        else:
            left = right = found.end() if (found := FIRST_BESIDE.match(between)) else 0
        after[at], before[at + 1] = text[end : end + left], text[end + right : start]
    pairs = zip(before, after, strict=True)
    return [" ".join(filter(None, map(plain_words, pair))) for pair in pairs]


def plain_words(text: str) -> str:
    """Return words without what only separates or encloses them.

    >>> plain_words("（自宅）"), plain_words(": Ann (Lee) <"), plain_words(" / ")
    ('自宅', 'Ann (Lee)', '')
    """
    words = " ".join(text.split()).strip(_EDGES)
    inner = words.strip(_BRACKETS + _EDGES)
    is_whole = not any(mark in inner for mark in _BRACKETS)
    return inner if is_whole else words


def label_of(heading: str, words: str, is_plain: bool) -> str:
    """Return what a value is called by its heading and its words; a plain heading adds nothing."""
    return (words if is_plain else f"{heading} {words}") if words else heading
