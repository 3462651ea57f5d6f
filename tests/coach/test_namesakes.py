"""One name, however it is written."""

import pytest

from enishi.coach.people.namesakes import find_namesakes
from frames import Row, frame

HANA: Row = {
    "id": "c",
    "name": "髙橋 花子",
    "family": "髙橋",
    "given": "花子",
    "family_kana": "たかはし",
    "given_kana": "はなこ",
}


@pytest.mark.parametrize(
    "typed",
    ["髙橋 花子", "高橋花子", "高橋　花子", "花子 高橋", "タカハシ ハナコ", "はなこ たかはし"],
)
def test_variants_readings_and_either_order_are_one_name(typed: str) -> None:
    assert find_namesakes(frame("contact", HANA), typed) == ("c",)


@pytest.mark.parametrize("typed", ["高橋", "花子", "高橋 花", "たかはし", "高橋 一郎", " "])
def test_a_part_of_a_name_is_not_the_name(typed: str) -> None:
    assert find_namesakes(frame("contact", HANA), typed) == ()


def test_names_read_alike_but_written_otherwise_are_two() -> None:
    kanji = frame("contact", HANA | {"name": "高梁 華子", "family": "高梁", "given": "華子"})
    kana = frame("contact", {"id": "k", "name": "たかはし はなこ"})

    assert find_namesakes(kanji, "高橋 花子", "たかはし はなこ") == ()
    assert find_namesakes(kana, "高橋 花子", "たかはし はなこ") == ("k",)


def test_another_name_and_the_name_in_latin_letters_count() -> None:
    people = frame("contact", HANA | {"alias": "小川 花子", "romaji": "Hanako Takahashi"})
    for typed in ("小川花子", "Takahashi Hanako"):
        assert find_namesakes(people, typed) == ("c",)


def test_a_latin_name_is_one_in_either_order_and_case() -> None:
    mara = frame("contact", {"id": "m", "name": "Mara Lind", "called": "Marli"})

    for typed in ("mara lind", "Lind Mara", "marli"):
        assert find_namesakes(mara, typed) == ("m",)
    assert find_namesakes(mara, "Mara Lindt") == ()
