from __future__ import annotations

import numpy as np

from enishi.coach.people.directory import list_people
from frames import frame

PEOPLE = frame(
    "contact",
    {"id": "a", "name": "見本 太郎", "family_kana": "ミホン"},
    {"id": "b", "name": "架空 花子", "family_kana": "かくう"},
    {"id": "c", "name": "Hanako Kakuu"},
    {"id": "d", "name": "例田 次郎"},
    {"id": "e", "name": "見本 次郎", "family_kana": "ﾐﾎﾝ", "given_kana": "じろう"},
)


def test_people_stand_as_in_a_telephone_book_and_those_without_a_reading_last() -> None:
    assert list_people(PEOPLE).ids == ("b", "a", "e", "c", "d")


def test_each_heading_is_counted_and_empty_ones_are_left_out() -> None:
    assert list_people(PEOPLE).letters == {"か": 1, "ま": 2, "英字": 1, "他": 1}


def test_a_letter_narrows_the_list_and_not_the_index() -> None:
    found = list_people(PEOPLE, letter="ま")
    assert found.ids == ("a", "e") and found.total == 2
    assert len(found.letters) == 4


def test_a_search_narrows_list_and_index() -> None:
    found = list_people(PEOPLE, text="みほん")
    assert found.ids == ("a", "e") and found.letters == {"ま": 2}


def test_those_last_met_come_first_and_equal_ones_by_reading() -> None:
    assert list_people(PEOPLE, last=np.array([5, 0, 9, 0, 5])).ids == ("c", "a", "e", "b", "d")


def test_only_some_are_shown_and_all_are_counted() -> None:
    found = list_people(PEOPLE, most=2)
    assert found.ids == ("b", "a") and found.total == 5


def test_an_empty_book_is_an_empty_list() -> None:
    assert list_people(frame("contact")).ids == ()
    assert list_people(frame("contact"), text="架空", letter="か").total == 0


def test_ten_thousand_are_counted_and_only_some_are_shown() -> None:
    rows = (
        {"id": f"{n:05}", "name": f"架空 {n}", "family_kana": f"かくう{n}"} for n in range(10_000)
    )
    people = frame("contact", *rows)
    found = list_people(people, most=50)
    assert (len(found.ids), found.total) == (50, 10_000)
