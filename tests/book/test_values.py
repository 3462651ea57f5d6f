from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.book import Book, InvalidValueError, UnknownRowError
from enishi.book.tables import TABLES
from enishi.book.validation import defaults, full_row, is_date, is_timestamp, non_defaults, validate
from enishi.i18n import LANGUAGES, error_text

pytestmark = pytest.mark.stores("file", "server")
CONTACT, ENCOUNTER = TABLES["contact"], TABLES["encounter"]


def fits(table: str, name: str, value: Any) -> Any:
    return validate(TABLES[table], {name: value})[name]


@pytest.mark.parametrize(
    ("table", "name", "value", "kept"),
    [
        ("contact", "name", "  架空\u3000 花子\n", "架空 花子"),
        ("contact", "name", "a\x00b\x1bc\ud800d", "abcd"),
        ("contact", "note", "一行目\r\n二行目\r三行目", "一行目\n二行目\n三行目"),
        ("contact", "note", "  字下げは残る", "  字下げは残る"),
        ("contact", "topics", ["山", " 料理 ", "", "山"], ["山", "料理"]),
        ("contact", "topics", ("山",), ["山"]),
        ("contact", "role_id", "", None),
        ("contact", "role_id", None, None),
        ("contact", "rung", None, None),
        ("contact", "rung", 4, 4),
        ("contact", "met_on", "", ""),
        ("contact", "met_on", "2024-02-29", "2024-02-29"),
        ("contact", "channel", "", ""),
        ("encounter", "at", "2026-11-20T07:31:00Z", "2026-11-20T07:31:00Z"),
        ("encounter", "two_way", True, True),
    ],
)
def test_what_fits_is_kept_in_one_form(table: str, name: str, value: Any, kept: Any) -> None:
    assert fits(table, name, value) == kept
    assert fits(table, name, kept) == kept


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ("contact", "name", None),
        ("contact", "name", 3),
        ("contact", "name", "長" * 201),
        ("contact", "note", "長" * 4001),
        ("contact", "topics", "山"),
        ("contact", "topics", ["山", None]),
        ("contact", "topics", [str(number) for number in range(41)]),
        ("contact", "topics", ["長" * 301]),
        ("contact", "role_id", 7),
        ("contact", "role_id", "x" * 65),
        ("contact", "rung", 5),
        ("contact", "rung", -1),
        ("contact", "rung", "3"),
        ("contact", "rung", 3.0),
        ("contact", "rung", True),
        ("contact", "focus", 1),
        ("contact", "focus", None),
        ("contact", "met_on", "2026-11-31"),
        ("contact", "met_on", "2026-W47-5"),
        ("contact", "met_on", "20261120"),
        ("contact", "met_on", "２０２６-11-20"),
        ("contact", "met_on", "1899-12-31"),
        ("contact", "met_on", None),
        ("contact", "channel", "fax"),
        ("contact", "owner", "other"),
        ("contact", "version", 7),
        ("contact", "id", "x"),
        ("contact", "nonsense", "x"),
        ("encounter", "at", "2026-11-20 07:31"),
        ("encounter", "at", "2026-1-2T3:4:5Z"),
        ("encounter", "at", "2026-11-20T25:00:00Z"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_was_expected(
    table: str, name: str, value: Any
) -> None:
    with pytest.raises(InvalidValueError) as refused:
        fits(table, name, value)
    for language in LANGUAGES:
        told = error_text(language, refused.value)
        assert f"{table}.{name}" in told
        assert "{" not in told
    assert error_text("ja", refused.value) != error_text("en", refused.value)


def test_a_long_refused_value_is_quoted_only_at_its_start() -> None:
    with pytest.raises(InvalidValueError) as refused:
        fits("contact", "met_on", "x" * 40)
    assert len(error_text("en", refused.value)) < 200


@given(st.text(max_size=300))
def test_any_text_is_kept_in_a_form_that_stays(text: str) -> None:
    for name in ("note", "how_met"):
        once = fits("contact", name, text)
        assert fits("contact", name, once) == once
        once.encode("utf-8")
    assert len(fits("contact", "how_met", text).splitlines()) <= 1


@given(st.lists(st.text(max_size=30), max_size=10))
def test_any_texts_are_kept_in_a_form_that_stays(texts: list[str]) -> None:
    once = fits("contact", "topics", texts)
    assert fits("contact", "topics", once) == once
    assert all(once)
    assert len(set(once)) == len(once)


@given(st.dates().map(str) | st.text(max_size=12))
def test_a_day_is_one_that_can_be_written_back(text: str) -> None:
    assert is_date(text) == (is_timestamp(f"{text}T00:00:00Z"))


@pytest.mark.parametrize("table", TABLES)
def test_every_default_fits_its_column(table: str) -> None:
    plain = defaults(TABLES[table])
    assert validate(TABLES[table], plain) == plain
    assert non_defaults(TABLES[table], plain) == {}


def test_what_was_said_makes_the_whole_row_again() -> None:
    row = defaults(CONTACT) | {"name": "架空 花子", "topics": ["山"], "version": 3}
    assert non_defaults(CONTACT, row) == {"name": "架空 花子", "topics": ["山"]}
    assert full_row(CONTACT, non_defaults(CONTACT, row) | {"version": 3}) == row


def test_columns_that_no_longer_exist_are_left_out_of_a_row() -> None:
    row = full_row(ENCOUNTER, {"note": "本を返した", "a_column_of_long_ago": 1, "version": 1})
    assert row == defaults(ENCOUNTER) | {"note": "本を返した", "version": 1}


@pytest.mark.parametrize(
    "text",
    [
        "架空 花子",
        "O'Brien",
        '"; DROP TABLE contact; --',
        "😀👩‍👩‍👧",
        "％_%\\",
        "<b>太字</b>",
        "𠮷野",
    ],
)
def test_the_book_gives_back_every_text_as_it_was_written(book: Book, text: str) -> None:
    ann = book.add("contact", name=text, note=f"{text}\n{text}", topics=[text])
    row = book.row("contact", ann)
    assert (row["name"], row["note"], row["topics"]) == (text, f"{text}\n{text}", [text])
    shown = book.frame("contact").loc[ann]
    assert (shown["name"], shown["note"], shown["topics"]) == (text, f"{text}\n{text}", [text])


def test_a_value_that_does_not_fit_changes_nothing(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    with pytest.raises(InvalidValueError):
        book.update("contact", ann, name="架空 花", rung=99)
    assert book.row("contact", ann)["name"] == "架空 花子"
    assert book.row("contact", ann)["version"] == 1


@pytest.mark.parametrize("id", ["a\x00b", "a\ud800b", "\x1b", "x" * 65])
def test_what_no_row_can_be_called_is_refused_before_the_database_is_asked(
    book: Book, id: str
) -> None:
    for ask in (book.row, book.update, book.upsert, book.delete):
        with pytest.raises(UnknownRowError):
            ask("contact", id)
    with pytest.raises(UnknownRowError):
        book.erase(id)
    with pytest.raises(InvalidValueError):
        book.add("encounter", contact_id=id)
    assert book.setting(id, "otherwise") == "otherwise"
    assert book.undo(id) is None
    assert book.revision() == 0


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b\ud800c",
        "か\u3099 e\u0301",
        "\u200b\ufeff\u2028\u00a0",
        "\\u0000 \\x00 \\",
        "{a,b}",
        "%s %(x)s :x $1 ?",
        "İıßſK",
        "長" * 4000,
        "😀" * 4000,
    ],
)
def test_every_store_keeps_the_same_text(book: Book, text: str) -> None:
    kept = fits("contact", "note", text)
    ann = book.add("contact", note=text, topics=[text[:300]])
    topics = fits("contact", "topics", [text[:300]])
    assert book.row("contact", ann)["note"] == kept
    assert book.row("contact", ann)["topics"] == topics
    shown = book.frame("contact").loc[ann]
    assert (shown["note"], shown["topics"]) == (kept, topics)
    book.delete("contact", ann)
    for _ in range(2):
        book.undo()
    book.redo()
    assert book.row("contact", ann)["note"] == kept
