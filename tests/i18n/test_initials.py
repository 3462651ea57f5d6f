import re
from collections.abc import Callable

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.i18n.initials import (
    ORDINARY,
    fold_name,
    forms_of,
    hide_names,
    initials,
    looks_like_name,
)


@pytest.mark.parametrize(
    ("name", "said"),
    [("架空 花子", "架○"), ("見本", "見○"), ("Hanako Kakuu", "H.K."), ("ann", "A."), ("", "")],
)
def test_a_name_becomes_its_initial(name: str, said: str) -> None:
    assert initials(name) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("架空さんに本を返す", "架○さんに本を返す"),
        ("架空 花子さんへ", "架○さんへ"),
        ("花子さんに電話", "花○さんに電話"),
        ("Send the slides to Hanako", "Send the slides to H."),
        ("本を返す", "本を返す"),
    ],
)
def test_a_name_inside_a_text_is_hidden_too(text: str, said: str) -> None:
    assert hide_names(text, forms_of(["架空 花子", "Hanako Kakuu"])) == said


BOOK = forms_of(
    [
        "林 例子",
        "ハヤシ レイコ",
        "架空 舞",
        "カクウ マイ",
        "まいちゃん",
        "見本 アン",
        "ミホン アン",
        "Ann Example",
        "Dr. Will van Dyk",
        "José Álvarez-O’Neil",
        "ホセ",
        "小見本 太郎（旧姓 仮名）",
        "コミホン タロウ",
        "김 민수",
        "ｶﾞｸ",
    ]
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("林さんと森林公園へ", "林○さんと森林公園へ"),
        ("林に電話", "林○に電話"),
        ("小林さんの店", "小林さんの店"),
        ("林例子さんへ", "林○さんへ"),
        ("はやしさんにメール", "は○さんにメール"),
        ("えきではやしにあう", "えきでは○にあう"),
        ("れいこへ、本を", "れ○へ、本を"),
        ("まいに電話、まいにち少しずつ", "ま○に電話、まいにち少しずつ"),
        ("うまい店、お参り、舞台の話", "うまい店、お参り、舞台の話"),
        ("舞ちゃんの舞台", "舞○ちゃんの舞台"),
        ("アンにアンケートを送る", "ア○にアンケートを送る"),
        ("Ann's annual plan, Joanna, Annさん", "A.'s annual plan, Joanna, A.さん"),
        ("call ann and ANN", "call A. and A."),
        ("I will ask Will, by van", "I will ask W., by van"),
        ("with josé álvarez-o'neil", "with J.Á."),
        ("Jose\u0301 and O'Neil", "J. and O."),
        ("Jose and Alvarez, the O’Neils, the Examples", "J. and A., the O.s, the E.s"),
        ("for examples, wills and a Willis", "for examples, wills and a Willis"),
        ("小見本太郎と、旧姓の仮名さん", "小○と、旧姓の仮○さん"),
        ("見本市で小見本さんと", "見○市で小○さんと"),
        ("민수에게, 김 민수씨", "민○에게, 김○씨"),
        ("がくさんとガクブチ", "が○さんとガクブチ"),
        ("", ""),
    ],
)
def test_every_name_of_the_book_is_hidden_and_words_that_only_contain_one_are_not(
    text: str, said: str
) -> None:
    assert hide_names(text, BOOK) == said


@pytest.mark.parametrize(
    "text",
    [
        *("Hanako Kakuu", "Zoë van der Lind", "Hanako"),
        *("架空 花子", "花子さん", "架空先生", "ホセ・レイ"),
    ],
)
def test_a_line_with_only_a_name_is_one(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("my boss", "My boss", "The Choir", "Boss", "at the library", "A. and B. of C", ""),
        *("上司", "お母さん", "ご主人様", "大学の先生", "架空の友人 数人", "友人", "２０２６ 年"),
    ],
)
def test_a_line_that_says_who_somebody_is_without_a_name_is_none(text: str) -> None:
    assert not looks_like_name(text)


KANJI = st.text("架空見本例示仮想花子太郎良美", min_size=2, max_size=4)
KANA = st.text("アイカキサタナハマヤラリルン", min_size=3, max_size=5)
LATIN = st.text("abcdefghijkmnoprstuy", min_size=3, max_size=9).filter(lambda n: n not in ORDINARY)
PEOPLE = st.one_of(
    st.tuples(KANJI, KANJI, KANA, KANA),
    st.tuples(LATIN.map(str.title), LATIN.map(str.title), KANA, KANA),
)
BEHIND = st.sampled_from(["さんに電話。", "様へ、", " 先生 ", "ちゃんの本、", "、", " "])


@given(st.lists(PEOPLE, min_size=1, max_size=5), st.data())
def test_no_name_of_any_book_is_left_where_it_stands_for_somebody(
    people: list[tuple[str, str, str, str]], data: st.DataObject
) -> None:
    forms = forms_of(
        name
        for family, given, kana, reading in people
        for name in (f"{family} {given}", f"{kana} {reading}")
    )
    names = [form for one in people for form in (*one, one[0] + one[1], f"{one[0]} {one[1]}")]
    ways: list[Callable[[str], str]] = [str, str.upper, str.lower, jaconv.kata2hira, jaconv.z2h]
    said = "".join(
        data.draw(st.sampled_from(ways))(name) + data.draw(BEHIND)
        for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=6))
    )
    words = set(
        re.split(r"[\s、。]|さんに電話|様へ|先生|ちゃんの本", fold_name(hide_names(said, forms)))
    )

    assert words & {fold_name(name) for name in names} == set()
    assert hide_names("買い物をして、本を返す。Buy milk, return the book.", forms) == (
        "買い物をして、本を返す。Buy milk, return the book."
    )


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_and_any_names_give_a_text(text: str, names: list[str]) -> None:
    assert hide_names(text, forms_of(names)) or not text
    assert hide_names(text, forms_of([])) == text
