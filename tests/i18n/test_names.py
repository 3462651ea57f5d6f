"""Names: the order of their parts, and how one is addressed."""

from __future__ import annotations

import pytest

from enishi.i18n.names import display_name, is_east_asian, reading_of, with_honorific


@pytest.mark.parametrize(
    ("family", "given", "shown"),
    [
        ("架空", "花子", "架空 花子"),
        ("カクウ", "はなこ", "カクウ はなこ"),
        ("ｶｸｳ", "花子", "ｶｸｳ 花子"),
        ("𠮷例", "花子", "𠮷例 花子"),
        ("김", "예시", "김 예시"),
        ("Kakuu", "Hanako", "Hanako Kakuu"),
        ("架空", "Hanako", "Hanako 架空"),
        ("", "花子", "花子"),
        ("Kakuu", "", "Kakuu"),
        ("", "", ""),
    ],
)
def test_the_family_name_comes_first_where_both_parts_are_east_asian(
    family: str, given: str, shown: str
) -> None:
    assert shown == display_name(family, given)


def test_on_a_screen_people_are_san_and_in_a_letter_sama() -> None:
    assert with_honorific("架空 花子", "ja") == "架空 花子さん"
    assert with_honorific("架空 花子", "ja", "様") == "架空 花子様"
    assert with_honorific("Hanako Kakuu", "ja") == "Hanako Kakuuさん"
    assert with_honorific("Hanako Kakuu", "ja", "様") == "Hanako Kakuu 様"


def test_english_adds_no_honorific() -> None:
    assert with_honorific("架空 花子", "en") == "架空 花子"


def test_an_honorific_is_not_said_twice() -> None:
    assert with_honorific("架空先生", "ja") == "架空先生"
    assert with_honorific("花ちゃん", "ja", "様") == "花ちゃん"


def test_nobody_gets_no_honorific() -> None:
    assert with_honorific(" ", "ja") == ""


def test_people_are_sorted_by_their_reading_and_without_one_by_their_name() -> None:
    assert reading_of("カクウ", "ハナコ", "架空 花子") == "カクウ ハナコ"
    assert reading_of("", "ハナコ", "架空 花子") == "ハナコ"
    assert reading_of("", "", "架空 花子") == "架空 花子"


def test_latin_letters_and_signs_are_not_east_asian() -> None:
    assert not is_east_asian("José O'Example-Smith, 3")
    assert is_east_asian("Hanako 架空")
