"""Readings in kana: how names are written for sorting, and under which letter they stand.

A reading is only ever what a person typed or a file said: kanji are never read for anybody.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

import jaconv

KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u3099\u309a・=゠\s]+")
"""Kana of full width, their marks, and what may stand between two parts of a name."""
_BETWEEN = re.compile(r"[・\s]+")
SMALL = str.maketrans("ぁぃぅぇぉゕゖっゃゅょゎ", "あいうえおかけつやゆよわ")
_MARKS = {"\u3099": 1, "\u309a": 2}
"""The combining voicing marks, the unvoiced kana (0) standing before both."""
ROWS = "あかさたなはまやらわ"
"""The first kana of each row of the table; ゐ, ゑ, を and ん stand in the row of わ."""
LATIN = "英字"
OTHERS = "他"
VOWELS = {
    kana: vowel
    for vowel, row in {
        "あ": "あかさたなはまやらわ",
        "い": "いきしちにひみりゐ",
        "う": "うくすつぬふむゆる",
        "え": "えけせてねへめれゑ",
        "お": "おこそとのほもよろを",
    }.items()
    for kana in row
}


class KanaKey(NamedTuple):
    """Where a text stands in a list; compared part by part.

    Attributes:
        group: 0 kana, 1 Latin letters, 2 anything else, 3 nothing at all.
        letters: the plain letters: no marks, no small forms, no long-vowel sign.
        marks: of each letter, whether it is voiced (1), half voiced (2) or accented (3).
        forms: of each letter, 0 where it is a small kana, else 1.
        text: the text itself, so that no two texts stand at the same place.
    """

    group: int
    letters: str
    marks: tuple[int, ...]
    forms: tuple[int, ...]
    text: str


def kana_key(text: str) -> KanaKey:
    """Return the sort key of a reading, or of a name where there is no reading.

    The order is that of a Japanese telephone book: hiragana and katakana alike, the long-vowel
    sign as the vowel it lengthens, voicing and small kana only where all else is equal. Kana come
    first, Latin letters next, names that cannot be placed without a reading last.

    >>> sorted(["はは", "ばーば", "はし", "おおた"], key=kana_key)
    ['おおた', 'ばーば', 'はし', 'はは']
    """
    letters: list[str] = []
    marks: list[int] = []
    forms: list[int] = []
    wide = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    for letter in _BETWEEN.sub("", jaconv.kata2hira(wide)).casefold():
        if unicodedata.combining(letter):
            if marks:
                marks[-1] = _MARKS.get(letter, 3)
            continue
        plain = letter.translate(SMALL)
        if letter == "ー" and letters:
            plain = VOWELS.get(letters[-1], letter)
        elif letter == "ゝ" and letters:
            plain = letters[-1]
        letters.append(plain)
        marks.append(0)
        forms.append(0 if plain != letter and letter not in "ーゝ" else 1)
    return KanaKey(group_of(letters), "".join(letters), tuple(marks), tuple(forms), text)


def group_of(letters: list[str]) -> int:
    """Return the group a text of these plain letters belongs to; see `KanaKey`."""
    if not letters:
        return 3
    if "あ" <= letters[0] <= "ん":
        return 0
    return 1 if is_latin(letters[0]) else 2


def is_latin(letter: str) -> bool:
    """Is `letter` of the Latin alphabet?"""
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN ")


def index_letter(reading: str) -> str:
    """Return the heading a reading stands under: あ か さ た な は ま や ら わ, 英字 or 他.

    >>> [index_letter(reading) for reading in ("ガク", "をだ", "Kakuu", "架空", "")]
    ['か', 'わ', '英字', '他', '他']
    """
    key = kana_key(reading)
    if key.group == 0:
        return ROWS[bisect_right(ROWS, key.letters[0]) - 1]
    return LATIN if key.group == 1 else OTHERS


def to_katakana(text: str) -> str:
    """Return `text` with hiragana and half-width kana as full-width katakana.

    What is not kana stays as it was written, apart from its width.

    >>> to_katakana("ｶｸｳ はなこ")
    'カクウ ハナコ'
    """
    wide = text if text.isascii() else unicodedata.normalize("NFKC", text)
    katakana: str = jaconv.hira2kata(wide)
    return " ".join(katakana.split())


def is_kana(text: str) -> bool:
    """Is `text` a reading: kana of either kind and width, and something of it?

    >>> is_kana("ｶｸｳ はなこ"), is_kana("架空"), is_kana(" ")
    (True, False, False)
    """
    wide = unicodedata.normalize("NFKC", text)
    return bool(wide.strip() and KANA.fullmatch(wide))
