"""The search for contacts covers every field, in every form in which it can be typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import jaconv
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enishi.coach.people.search import (
    MATCH_FIELDS,
    NAME_FIELDS,
    explain_match,
    index_people,
    search_index,
    search_people,
)
from enishi.coach.relations.history import iter_rows
from enishi.i18n.folding import VARIANTS, search_form
from frames import frame

OLD_FORMS = {chr(new): chr(old) for old, new in VARIANTS.items() if chr(new) not in "~-"}
FIELDS = (*NAME_FIELDS, "family_kana", "given_kana", *MATCH_FIELDS)
DETAILS = ("email", "phone", "url", "address", "date", "field")
LETTERS = "高崎辺斎沢広国島桜かがサｼパーんキaBé株式会社0129/ "
TEXTS = st.text(LETTERS, min_size=1, max_size=8).filter(search_form)
WAYS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "narrow": lambda text: str(jaconv.z2h(text, kana=True, digit=True, ascii=True)),
    "wide": lambda text: str(jaconv.h2z(text, kana=True, digit=True, ascii=True)),
    "hiragana": lambda text: str(jaconv.kata2hira(unicodedata.normalize("NFKC", text))),
    "katakana": lambda text: str(jaconv.hira2kata(text)),
    "capitals": str.upper,
    "old forms": lambda text: "".join(OLD_FORMS.get(letter, letter) for letter in text),
    "glyph chosen": lambda text: text.replace("辺", "辺\U000e0101"),
    "taken apart": lambda text: unicodedata.normalize("NFD", text),
}


def stored(field: str, text: str) -> tuple[Any, Any]:
    """Return the frames of one contact with a text in a field, or in a detail of a kind."""
    others: dict[str, Any] = {"id": "other", "name": "x"}
    person: dict[str, Any]
    if field.startswith("detail "):
        person = {"id": "sought", "name": "y"}
        kind = field.removeprefix("detail ")
        detail = frame("detail", {"contact_id": "sought", "kind": kind, "value": text})
        return frame("contact", others, person), detail
    person = {"id": "sought", "name": "y", field: [text] if field == "circles" else text}
    return frame("contact", others, person), frame("detail")


@given(
    st.sampled_from([*FIELDS, *(f"detail {kind}" for kind in DETAILS)]),
    TEXTS,
    st.sampled_from(sorted(WAYS)),
)
@settings(max_examples=400)
def test_every_field_is_found_in_every_form(field: str, text: str, way: str) -> None:
    typed = WAYS[way](text)
    assume(search_form(typed) == search_form(text))  # é has no wide form, ß two capitals
    people, detail = stored(field, text)

    assert "sought" in search_people(people, typed, detail=detail).ids


@given(st.sampled_from([*MATCH_FIELDS, *(f"detail {kind}" for kind in DETAILS)]), TEXTS)
def test_what_matches_is_told_unless_it_is_the_name(field: str, text: str) -> None:
    assume(search_form(text) not in search_form("y") and "株" not in text)
    people, detail = stored(field, text)
    rows = dict(iter_rows(people))
    details = [row for _, row in iter_rows(detail)]

    told = explain_match(rows["sought"], details, text)

    kind = field.removeprefix("detail ")
    assert told is not None
    assert told[0] == (kind if kind in (*MATCH_FIELDS, "address") else "field")
    assert all(search_form(word) in search_form(told[1]) for word in text.split()[:1])


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("渡邊", "name", "渡辺 花子"),
        ("山﨑", "name", "山崎 花子"),
        ("髙橋", "alias", "高橋"),
        ("Watanabe", "romaji", "WATANABE Hanako"),
        ("watanabe hanako", "romaji", "Hanako WATANABE"),
        ("sato", "romaji", "SATOU Hana"),
        ("花ちゃん", "called", "花ちゃん"),
        ("㈱見本", "organisation", "株式会社見本"),
        ("公民館", "where_met", "市の公民館"),
        ("090-1234", "phone", "０９０（１２３４）５６７８"),
        ("+81 90 1234 5678", "phone", "090-1234-5678"),
        ("09012345678", "phone", "+81 90-1234-5678"),
    ],
)
def test_people_are_found_by_what_one_remembers(typed: str, field: str, value: str) -> None:
    people, _ = stored(field, value)
    assert search_people(people, typed).ids == ("sought",)


def test_a_note_is_told_by_the_sentence_that_matches() -> None:
    people, _ = stored("note", "本を貸している。\nシガ高原の話をした。犬が二匹いる。")
    (row,) = (row for id, row in iter_rows(people) if id == "sought")
    assert explain_match(row, [], "しが") == ("note", "シガ高原の話をした。")


def test_nothing_is_told_where_the_name_has_every_word() -> None:
    people = frame("contact", {"name": "架空 花子", "family_kana": "かくう", "note": "花子さん"})
    ((_, row),) = iter_rows(people)
    assert explain_match(row, [], "kakuu 花子") is None


def test_an_index_made_from_an_earlier_one_finds_the_same() -> None:
    before, _ = stored("note", "山の話")
    after, detail = stored("detail address", "海辺の町")
    updated = index_people(after, detail, index_people(before))

    assert updated == index_people(after, detail)
    assert search_index(updated, "山", 9).ids == ()
    assert search_index(updated, "うみべ", 9).ids == ()
    assert search_index(updated, "海邊", 9).ids == ("sought",)
