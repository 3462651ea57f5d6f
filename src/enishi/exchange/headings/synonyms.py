"""What the headings of any table may mean, in Japanese and English."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from enishi.exchange.headings.file_kinds import plain_header
from enishi.i18n.texts import read_phrases

_BRACKETS = re.compile(r"[()\[\]【】「」〔〕<>《》]")
_IN_BRACKETS = re.compile(r"[(\[【「〔<《][^)\]】」〕>》]*[)\]】」〕>》]")
_SMALL = re.compile(r"[\s_\-・.:*※★●○＊/]+")
_NUMBER = re.compile(r"[0-9①-⑨]+$")


class HeadingWords(NamedTuple):
    """The words and patterns of `data/language/headings.yaml`, each with its target."""

    targets: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]


@cache
def read_heading_words() -> HeadingWords:
    """Return the words that headings consist of."""
    data = read_phrases("headings")
    targets = {word: target for target, words in data["words"].items() for word in words}
    return HeadingWords(
        targets, tuple((re.compile(pattern), target) for pattern, target in data["patterns"])
    )


@lru_cache(maxsize=1024)
def suggest_target(label: str) -> str:
    """Return the target that a heading suggests, "" if it suggests none.

    >>> [suggest_target(one) for one in ("お名前（漢字）", "氏名（カナ）", "携帯メール", "色")]
    ['name', 'kana', 'email', '']
    """
    words = read_heading_words()
    plain = plain_header(label)
    for form in (_BRACKETS.sub("", plain), _IN_BRACKETS.sub("", plain)):
        word = _SMALL.sub("", form)
        for written in (word, word.replace("-", ""), _NUMBER.sub("", word)):
            if target := words.targets.get(written):
                return target
    return next((target for pattern, target in words.patterns if pattern.search(plain)), "")
