"""Readings in kana: sort keys and index letters of names.

A reading always comes from the person or from a file; kanji are never converted to a reading.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

import jaconv

_BETWEEN = re.compile(r"[・\s]+")
SMALL = str.maketrans("ぁぃぅぇぉゕゖっゃゅょゎ", "あいうえおかけつやゆよわ")
_MARKS = {"\u3099": 1, "\u309a": 2}
"""The combining voicing marks and their sort order; unvoiced kana (0) sort before both."""
ROWS = "あかさたなはまやらわ"
"""The first kana of each row of the table; ゐ, ゑ, を and ん belong to the row of わ."""
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
    """Sort key of a text, compared field by field.

    Attributes:
        group: 0 kana, 1 Latin letters, 2 anything else, 3 empty.
        letters: the base letters, without marks, small forms and long-vowel signs.
        marks: for each letter, 1 voiced, 2 half voiced, 3 accented, else 0.
        forms: for each letter, 0 for a small kana, else 1.
        text: the text itself, so that different texts never compare equal.
    """

    group: int
    letters: str
    marks: tuple[int, ...]
    forms: tuple[int, ...]
    text: str


def kana_key(text: str) -> KanaKey:
    """Return the sort key of a reading, or of a name without a reading.

    The order is that of a Japanese telephone book: hiragana and katakana are equal, the long-vowel
    sign sorts as the vowel it lengthens, voicing and small kana count only if all else is equal.
    Kana come first, then Latin letters, then names that need a reading to be sorted.

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
    """Return the group of a text with these base letters; see `KanaKey`."""
    if not letters:
        return 3
    if "あ" <= letters[0] <= "ん":
        return 0
    return 1 if is_latin(letters[0]) else 2


def is_latin(letter: str) -> bool:
    """Return whether `letter` is in the Latin alphabet."""
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN ")


def index_letter(reading: str) -> str:
    """Return the index heading of a reading: あ か さ た な は ま や ら わ, 英字 or 他.

    >>> [index_letter(reading) for reading in ("ガク", "をだ", "Kakuu", "架空", "")]
    ['か', 'わ', '英字', '他', '他']
    """
    key = kana_key(reading)
    if key.group == 0:
        return ROWS[bisect_right(ROWS, key.letters[0]) - 1]
    return LATIN if key.group == 1 else OTHERS


def to_katakana(text: str) -> str:
    """Return `text` with hiragana and half-width kana as full-width katakana.

    Other characters change only their width.

    >>> to_katakana("ｶｸｳ はなこ")
    'カクウ ハナコ'
    """
    wide = text if text.isascii() else unicodedata.normalize("NFKC", text)
    katakana = unicodedata.normalize("NFC", jaconv.hira2kata(wide))  # わ゙ becomes ヷ only here
    return " ".join(katakana.split())
