"""Readings in kana: their order, their headings, and that nobody's reading is made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enishi.i18n.kana import index_letter, kana_key, to_katakana

SORTED = (
    "あべ アベ いとう イトウ ヴァン うえだ おおた おーた オオノ きょう きよう サトウ さとう ちっこ"
    " ちつこ ばーば はし はじめ ハシモト はしもと はは ばば ぱぱ わたなべ ゐど を ん"
)
KANA = st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FF), max_size=6)


def test_the_list_of_a_telephone_book_is_in_order() -> None:
    words = SORTED.split()

    in_order = sorted(words, key=lambda word: kana_key(word)[:-1])  # ties stay as they stand

    assert words == in_order


def test_of_two_alike_the_hiragana_stands_first_whatever_the_order_before() -> None:
    assert sorted(["サトウ", "さとう"], key=kana_key) == ["さとう", "サトウ"]
    assert sorted(["さとう", "サトウ"], key=kana_key) == ["さとう", "サトウ"]


@given(st.lists(st.one_of(KANA, st.text(max_size=6)), max_size=12))
def test_the_order_is_total_and_does_not_depend_on_where_one_begins(words: list[str]) -> None:
    forwards = sorted(words, key=kana_key)

    assert forwards == sorted(reversed(words), key=kana_key)
    assert all(kana_key(a) < kana_key(b) or a == b for a, b in pairwise(forwards))


@given(KANA)
def test_hiragana_and_katakana_stand_at_the_same_place(word: str) -> None:
    assert kana_key(word)[:-1] == kana_key(to_katakana(word))[:-1]


def test_names_without_a_reading_come_after_kana_and_latin() -> None:
    names = ["架空 花子", "Kakuu", "", "わだ", "あべ"]

    assert sorted(names, key=kana_key) == ["あべ", "わだ", "Kakuu", "架空 花子", ""]


def test_an_accent_does_not_move_a_latin_name_away() -> None:
    assert sorted(["Fay", "Éclair", "Ebe"], key=kana_key) == ["Ebe", "Éclair", "Fay"]


def test_an_iteration_mark_repeats_the_kana_before_it() -> None:
    assert kana_key("いすゞ").letters == kana_key("いすず").letters
    assert kana_key("さゝき").letters == kana_key("ささき").letters


@pytest.mark.parametrize(
    ("reading", "letter"),
    [
        ("あべ", "あ"),
        ("ｶﾞｸ", "か"),
        ("ヴァン", "あ"),
        ("っつ", "た"),
        ("ぱぱ", "は"),
        ("ヰド", "わ"),
        ("ん", "わ"),
        ("Élise", "英字"),
        ("架空", "他"),
        ("3丁目", "他"),
        ("", "他"),
    ],
)
def test_every_reading_stands_under_one_heading(reading: str, letter: str) -> None:
    assert letter == index_letter(reading)


def test_any_kana_becomes_katakana_and_the_rest_stays() -> None:
    assert to_katakana("ｶｸｳ　はなこ") == "カクウ ハナコ"
    assert to_katakana("がぎぐ ﾊﾟ ゔぁん") == "ガギグ パ ヴァン"
    assert to_katakana("架空 Hanako") == "架空 Hanako"


@example("わ゙")
@given(KANA)
def test_katakana_of_katakana_is_the_same(word: str) -> None:
    assert to_katakana(word) == to_katakana(to_katakana(word))
