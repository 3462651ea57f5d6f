"""Readings in Latin letters, for comparison with what a person types; such a text is never stored.

Romaji has several spellings (Hepburn, Kunrei, what a keyboard takes, what a passport shows), and a
reading is found by each of them: ｼｭｳｼﾞ by shuji, shuuji, syuuzi.
"""

from __future__ import annotations

import re

from enishi.i18n.folding import search_form

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "y": "や　ゆ　よ",
    "r": "らりるれろ",
    "w": "わゐ　ゑを",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だ　　でど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "x": "ぁぃぅぇぉ",  # x: changes the vowel before it
    "xy": "ゃ　ゅ　ょ",
}
_LATIN = str.maketrans(
    {
        kana: start + vowel
        for start, row in _ROWS.items()
        for kana, vowel in zip(row, "aiueo", strict=True)
        if kana != "　"
    }
    | {"ぢ": "zi", "づ": "zu", "を": "o", "ゔ": "bu", "ん": "n", "ゎ": "xa"}
    | dict.fromkeys("っー~-'’", "")  # what is doubled or long counts once
    | dict(zip("āâīîūûēêōô", "aaiiuueeoo", strict=True))
)
_SPELLINGS = (
    (re.compile("[aiueo]x"), ""),
    (re.compile("sh"), "sy"),
    (re.compile("ch"), "ty"),
    (re.compile("ts"), "t"),
    (re.compile("d?j"), "zy"),
    (re.compile("dz"), "z"),
    (re.compile("f"), "h"),
    (re.compile("v"), "b"),
    (re.compile("l"), "r"),
    (re.compile("oh(?![aiueoy])"), "o"),
    (re.compile("m(?=[bpm])"), "n"),
    (re.compile(r"y(?=[ie])|(?<=[stz])y(?![auo])"), ""),  # a word may end while it is typed
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile("ou"), "o"),
)
"""Patterns and what stands for them, applied one after the other to text in Latin letters."""


def romaji_form(text: str) -> str:
    """Return `text` in Latin letters for comparison: kana are spelled out, spellings made one.

    Long vowels and double consonants count once, as they are often left out; other characters are
    folded as by `enishi.i18n.folding.search_form`.

    >>> romaji_form("ｼｭｳｼﾞ") == romaji_form("Shūji") == romaji_form("syuuzi")
    True
    >>> romaji_form("おおの") == romaji_form("Ohno") == romaji_form("ono")
    True
    """
    latin = search_form(text).translate(_LATIN)
    for spelling, form in _SPELLINGS:
        latin = spelling.sub(form, latin)
    return latin
