from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.people.directory import (
    INDEX_LETTERS,
    Listing,
    find_in_directory,
    list_people,
    make_directory,
)
from frames import frame

PEOPLE = frame(
    "contact",
    {"id": "a", "name": "見本 太郎", "family_kana": "ミホン"},
    {"id": "b", "name": "架空 花子", "family_kana": "かくう"},
    {"id": "c", "name": "Hanako Kakuu"},
    {"id": "d", "name": "例田 次郎"},
    {"id": "e", "name": "見本 次郎", "family_kana": "ﾐﾎﾝ", "given_kana": "じろう"},
)
NAMES = st.lists(
    st.one_of(st.text("あアかガはバパーんヲaZé架空3 ", max_size=4), st.text(max_size=3)),
    max_size=12,
)


def listed(people: pd.DataFrame, **options: Any) -> Listing:
    everybody = np.full(len(people), True)
    return list_people(make_directory(people), everybody, **options)


def test_people_stand_as_in_a_telephone_book_and_those_without_a_reading_last() -> None:
    assert listed(PEOPLE).ids == ("b", "a", "e", "c", "d")


def test_each_heading_is_counted_and_empty_ones_are_left_out() -> None:
    assert listed(PEOPLE).letters == {"か": 1, "ま": 2, "英字": 1, "他": 1}


def test_a_letter_narrows_the_list_and_not_the_index() -> None:
    found = listed(PEOPLE, letter="ま")
    assert found.ids == ("a", "e") and found.total == 2
    assert len(found.letters) == 4
    assert listed(PEOPLE, letter="?").ids == ()


def test_a_search_narrows_list_and_index() -> None:
    found = listed(PEOPLE, text="みほん")
    assert found.ids == ("a", "e") and found.letters == {"ま": 2}


def test_who_is_found_by_the_name_stands_before_who_is_found_by_a_note() -> None:
    people = frame(
        "contact",
        {"id": "a", "name": "架空 花子", "family_kana": "あ", "note": "山に登る"},
        {"id": "b", "name": "小山 太郎", "family_kana": "こやま"},
        {"id": "c", "name": "山本 次郎", "family_kana": "やまもと"},
    )
    assert listed(people, text="山").ids == ("c", "b", "a")


def test_those_last_met_come_first_and_equal_ones_by_reading() -> None:
    assert listed(PEOPLE, last=np.array([5, 0, 9, 0, 5])).ids == ("c", "a", "e", "b", "d")


def test_only_some_are_shown_and_all_are_counted() -> None:
    found = listed(PEOPLE, most=2)
    assert found.ids == ("b", "a") and found.total == 5
    assert listed(PEOPLE, first=4, most=2).ids == ("d",)


def test_an_empty_book_is_an_empty_list() -> None:
    assert listed(frame("contact")).ids == ()
    assert listed(frame("contact"), text="架空", letter="か").total == 0


def test_only_the_chosen_are_listed_and_found() -> None:
    directory = make_directory(PEOPLE)
    chosen = np.array([True, True, False, False, False])
    assert list_people(directory, chosen).ids == ("b", "a")
    assert find_in_directory(directory, chosen, "みほん", 20).ids == ("a",)


def test_ten_thousand_are_counted_and_only_some_are_shown() -> None:
    rows = (
        {"id": f"{n:05}", "name": f"架空 {n}", "family_kana": f"かくう{n}"} for n in range(10_000)
    )
    found = listed(frame("contact", *rows), most=50)
    assert (len(found.ids), found.total) == (50, 10_000)


@given(NAMES)
def test_the_order_is_total_and_everybody_stands_under_one_heading(names: list[str]) -> None:
    rows = [{"id": f"{n:02}", "name": name, "family_kana": name} for n, name in enumerate(names)]
    people, reverse = frame("contact", *rows), frame("contact", *reversed(rows))

    found = listed(people)

    shown = [names[int(id)] for id in found.ids]
    assert shown == [names[int(id)] for id in listed(reverse).ids]
    assert sorted(found.ids) == [row["id"] for row in rows]
    assert sum(found.letters.values()) == found.total == len(names)
    under = [listed(people, letter=letter).ids for letter in INDEX_LETTERS]
    assert tuple(id for ids in under for id in ids) == found.ids


@given(NAMES, NAMES)
def test_a_directory_made_from_an_earlier_one_is_the_one_made_anew(
    before: list[str], after: list[str]
) -> None:
    people, changed = (
        frame("contact", *({"name": name, "note": name} for name in names))
        for names in (before, after)
    )

    updated, anew = make_directory(changed, None, make_directory(people)), make_directory(changed)

    assert (updated.index, updated.readings) == (anew.index, anew.readings)
    assert updated.order.tolist() == anew.order.tolist()
    assert updated.headings.tolist() == anew.headings.tolist()
