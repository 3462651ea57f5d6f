"""Who may be one person: found with reasons, and never where a family or an office shares."""

from __future__ import annotations

import random
from time import process_time
from typing import Any

import pytest

from enishi.coach.people.duplicates import find_duplicates
from frames import Row, frame

KAKUU: Row = {
    "name": "架空 花子",
    "family": "架空",
    "given": "花子",
    "family_kana": "かくう",
    "given_kana": "はなこ",
}


def found(*people: Row, details: list[Row] | None = None, apart: list[Row] | None = None) -> Any:
    """Return each pair found, as (id, id, kinds of clues)."""
    pairs = find_duplicates(
        frame("contact", *people),
        frame("detail", *(details or [])),
        frame("distinct_pair", *(apart or [])),
    )
    return [(pair.one, pair.other, [clue.kind for clue in pair.clues]) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other", "clues"),
    [
        ({"name": "髙橋 花子"}, {"name": "高橋花子"}, ["variant"]),
        ({"name": "花子 高橋"}, {"name": "高橋 花子"}, ["name"]),
        ({"name": "渡邊 一"}, {"name": "渡辺　一"}, ["variant"]),
        ({"name": "架空 花子さん"}, {"name": "架空 花子"}, ["variant"]),
        (KAKUU, {"name": "Hanako Kakuu"}, ["reading"]),
        (KAKUU, {"name": "Kaku Hanako"}, ["reading"]),
        (KAKUU, {"name": "かくう はなこ"}, ["reading"]),
        (KAKUU | {"romaji": ""}, {"name": "花さん", "alias": "架空花子"}, ["alias"]),
        (
            KAKUU | {"organisation": "株式会社見本"},
            {
                **{"name": "架空 華子", "organisation": "㈱見本"},
                **{"family_kana": "カクウ", "given_kana": "ハナコ"},
            },
            ["reading", "organisation"],
        ),
        (
            {"name": "架空", "organisation": "見本"},
            KAKUU | {"organisation": "見本"},
            ["organisation", "part"],
        ),
        (KAKUU | {"email": "h@example.com"}, {"name": "花子", "email": "H@example.com"}, ["email"]),
        (
            {"name": "Hanako Sato", "email": "h@example.com"},
            {"name": "Hanako Ito", "email": "h@example.com"},
            ["email"],
        ),
        (
            {"name": "h@example.com", "email": "h@example.com"},
            {"email": "h@example.com"},
            ["email"],
        ),
        (
            {"name": "J. Lind", "phone": "+81-90-0000-0000"},
            {"name": "Jonna Lind", "phone": "090 0000 0000"},
            ["phone"],
        ),
        (
            {"name": "花子", "url": "https://linkedin.com/in/hana"},
            {"name": "Hanako", "url": "https://www.linkedin.com/in/Hana/"},
            ["url"],
        ),
    ],
)
def test_two_entries_of_one_person_are_found_with_what_speaks_for_it(
    one: Row, other: Row, clues: list[str]
) -> None:
    assert found(one, other) == [("1", "2", clues)]
    assert [pair[2] for pair in found(other, one)] == [clues]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # a family shares an address and a number
            KAKUU | {"email": "kakuu@example.com", "phone": "03-0000-0000"},
            {"name": "架空 太郎", "email": "kakuu@example.com", "phone": "03-0000-0000"},
        ),
        (
            {"name": "Mara Lind", "email": "lind@example.com"},
            {"name": "Jonas Lind", "email": "lind@example.com"},
        ),
        (  # an office shares a mailbox
            {"name": "見本 次郎", "email": "info@example.com"},
            {"name": "次郎", "email": "info@example.com"},
        ),
        (  # one writing, two readings
            KAKUU | {"name": "架空 裕子", "given": "裕子", "given_kana": "ゆうこ"},
            KAKUU | {"name": "架空 裕子", "given": "裕子", "given_kana": "ひろこ"},
        ),
        (  # one reading, two writings, nothing else
            KAKUU,
            KAKUU | {"name": "架空 華子", "given": "華子"},
        ),
        (KAKUU | {"birthday": "1980-01-02"}, KAKUU | {"birthday": "1990-01-02"}),
        ({"name": "架空", "organisation": "見本"}, {"name": "例示 花子", "organisation": "見本"}),
        ({"name": "架空"}, KAKUU),
        ({"name": "Mara Lind"}, {"name": "Mala Rind"}),
        (  # the number of an office
            {"name": "見本 次郎", "phone": "03-0000-0000"},
            {"name": "例示 太郎", "phone": "03-0000-0000"},
        ),
        ({"name": ""}, {"name": ""}),
    ],
)
def test_two_people_who_share_something_are_no_pair(one: Row, other: Row) -> None:
    assert found(one, other) == found(other, one) == []


def test_an_address_kept_as_a_detail_counts() -> None:
    people = (KAKUU, {"name": "花子", "email": "h@example.com"})
    detail = {"contact_id": "1", "kind": "email", "value": "h@example.com"}
    assert found(*people) == []
    assert found(*people, details=[detail]) == [("1", "2", ["email"])]


def test_two_people_as_the_person_said_are_never_a_pair_again() -> None:
    people = ({"name": "架空 花子"}, {"name": "架空 花子"}, {"name": "架空花子"})
    assert len(found(*people)) == 3
    pairs = found(*people, apart=[{"a_id": "2", "b_id": "1"}])
    assert [pair[:2] for pair in pairs] == [("1", "3"), ("2", "3")]


def test_a_name_of_many_is_a_clue_only_among_those_who_work_together() -> None:
    many = [{"name": "架空 花子", "organisation": f"見本{n // 2}"} for n in range(0, 16)]
    assert found(*many[:6]), "a few of one name may well be one person"
    pairs = found(*many)
    assert [pair[:2] for pair in pairs] == [(str(n), str(n + 1)) for n in range(1, 16, 2)]


def test_an_address_of_many_is_one_of_a_house() -> None:
    many = [{"name": "", "email": "class@example.com"} for _ in range(8)]
    assert found(*many) == []


def test_the_pairs_of_one_contact_are_among_those_of_all() -> None:
    people = frame("contact", *({"name": name} for name in ("甲 乙", "甲乙", "丙 丁", "丁 丙")))
    none = frame("detail"), frame("distinct_pair")
    everybody = find_duplicates(people, *none)
    assert len(everybody) == 2
    for id in people.index:
        mine = find_duplicates(people, *none, contact_id=id)
        assert mine == tuple(pair for pair in everybody if id in (pair.one, pair.other))
    assert find_duplicates(people, *none, contact_id="nobody") == ()


def test_the_time_grows_with_the_number_of_people_and_not_with_its_square() -> None:
    def seconds(count: int) -> float:
        draw = random.Random(count)
        families, givens = (
            [chr(0x4E00 + draw.randrange(3000)) + chr(0x4E00 + n) for n in range(400)]
            for _ in range(2)
        )
        people = frame(
            "contact",
            *(
                {
                    "name": f"{draw.choice(families)} {draw.choice(givens)}",
                    "organisation": f"見本{draw.randrange(500)}",
                    "email": f"a{draw.randrange(count)}@example.com",
                    "phone": f"090-0000-{draw.randrange(count):05}",
                }
                for _ in range(count)
            ),
        )
        none = frame("detail"), frame("distinct_pair")
        start = process_time()
        find_duplicates(people, *none)
        return process_time() - start

    few, many = seconds(2_000), seconds(10_000)
    assert many < 4, many  # measured: 0.5
    assert many < 5 * few * 4
