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
_READING = re.compile(r"\([^)]*(?:カナ|かな|がな|ガナ|よみ|ヨミ)")
_IN_PARTS = ("family_kana", "given_kana")
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
    >>> [suggest_target(one) for one in ("ふりがな（姓）", "Tel. privat", "Titel", "Hotel")]
    ['family_kana', 'phone', '', '']
    """
    words = read_heading_words()
    plain = plain_header(label)
    whole, bare = (_exact_target(form.sub("", plain)) for form in (_BRACKETS, _IN_BRACKETS))
    found = next((target for pattern, target in words.patterns if pattern.search(plain)), "")
    if found in _IN_PARTS or (found and _READING.search(plain)):  # what the brackets hold counts
        return whole or found
    return whole or bare or found


def _exact_target(form: str) -> str:
    """Return the target of a heading that is one of the words, "" if it is none."""
    targets = read_heading_words().targets
    word = _SMALL.sub("", form)
    known = (word, word.replace("-", ""), _NUMBER.sub("", word))
    return next((targets[one] for one in known if one in targets), "")
