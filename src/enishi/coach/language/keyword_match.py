"""Keyword matching between two short texts, Japanese or English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

SPLIT = re.compile(r"[\s、。,.;:!?！？・「」『』()（）/／]+")
SHORT = {"の", "こと", "もの", "人", "方", "and", "the", "for", "with", "of", "to", "a", "in", "my"}
"""Words too common to match on."""


def fold_text(text: str) -> str:
    """Return `text` stripped and without differences of width and case."""
    return normalize("NFKC", text).casefold().strip()


def matching_words(text: str, others: Iterable[str]) -> str:
    """Return the first of `others` that matches `text`, or ''.

    Two texts match when one contains the other, or when `text` contains a word of the other (at
    least two characters in Japanese, four in English), because people write keywords rather than
    sentences.

    >>> matching_words("確定申告で困っている", ["写真", "確定申告"])
    '確定申告'
    """
    whole = fold_text(text)
    if not whole:
        return ""
    for other in others:
        part = fold_text(other)
        if not part or part in SHORT:
            continue
        if part in whole or (len(whole) > 1 and whole in part):
            return other
        if any(is_significant(word) and word in whole for word in SPLIT.split(part)):
            return other
    return ""


def shared_words(wanted: Iterable[str], theirs: Iterable[str]) -> str:
    """Return the first of `wanted` that matches one of `theirs`, or ''.

    >>> shared_words(["写真を撮れる人", "本"], ["料理", "写真"])
    '写真を撮れる人'
    """
    them = list(theirs)
    return next((word for word in wanted if any(matching_words(text, [word]) for text in them)), "")


def is_same_topic(one: str, other: str) -> bool:
    """Return whether two texts are about the same thing, surely enough to say so.

    They are if they say the same, if a Japanese text or a part of it stands in the other, or if
    they share two significant English words, or all that the shorter one has.

    >>> is_same_topic("bouldering", "Bouldering on Tuesdays"), is_same_topic("art", "a party")
    (True, False)
    >>> is_same_topic("写真を撮る", "旅、写真"), is_same_topic("old town walks", "town hall")
    (True, False)
    """
    a, b = fold_text(one), fold_text(other)
    if a == b:
        return bool(a)
    parts = {text: [part for part in SPLIT.split(text) if is_significant(part)] for text in (a, b)}
    for whole, text in ((a, b), (b, a)):
        if any(part in whole for part in parts[text] if not part.isascii()):
            return True
    shared = set(parts[a]) & set(parts[b])
    return len(shared) >= min(2, *(len(set(found)) for found in parts.values())) > 0


def is_significant(word: str) -> bool:
    """Return whether a single word is long and particular enough to match on."""
    return word not in SHORT and len(word) >= (4 if word.isascii() else 2)
