"""Contacts as CSV and .xlsx, with names or initials; the same file read back."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_texts import CONTACTS, canonical_contact
from enishi.book import Book
from enishi.book.tables import TABLES
from enishi.exchange import preview, read_contacts
from enishi.exchange.contact_export import FORMATS, export_contacts
from enishi.exchange.contact_export_tables import write_csv, write_xlsx
from enishi.exchange.csv_record import Detail
from enishi.exchange.exported import Exported, ExportedContact
from enishi.i18n import LANGUAGES

NOW = datetime(2026, 11, 20, 7, 31, tzinfo=UTC)


def export(book: Book, ids: list[str], format: str, **options: Any) -> Exported:
    frames = {name: book.frame(name) for name in ("contact", "detail", "relation")}
    return export_contacts(frames, ids, format, language="ja", now=NOW, **options)


def cells_of(data: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode(encoding), newline="")))


@pytest.fixture
def hanako(book: Book) -> str:
    id = book.add(
        "contact",
        name="髙橋 花子",
        family="髙橋",
        given="花子",
        family_kana="タカハシ",
        given_kana="ハナコ",
        organisation="=見本堂",
        email="hanako@example.com",
        phone="+81 90-0000-0001",
        birthday="--04-15",
        met_on="2023-11-19",
        circles=["仲間", "勉強会, 夜"],
        note="𠮷田さんの紹介。¥3,000の本—お茶〜紅茶",
    )
    book.add("detail", contact_id=id, kind="phone", label="会社", value="03-0000-0001")
    book.add("detail", contact_id=id, kind="field", label="好きなもの", value="読書")
    return id


def test_a_spreadsheet_takes_no_cell_for_a_formula_and_reads_every_character(
    book: Book, hanako: str
) -> None:
    file = export(book, [hanako], "csv")

    assert file.name == "enishi-contacts-2026-11-20.csv"
    assert file.data.startswith(b"\xef\xbb\xbf") and file.data.endswith(b"\r\n")
    (row,) = cells_of(file.data)
    assert (row["所属"], row["電話"], row["名前"]) == ("'=見本堂", "'+81 90-0000-0001", "髙橋 花子")
    assert (row["電話 2 の種類"], row["電話 2"]) == ("会社", "03-0000-0001")
    assert (row["項目 1 の種類"], row["項目 1"]) == ("好きなもの", "読書")
    assert row["集まり・仲間うち"] == "仲間\n勉強会, 夜"
    assert file.unwritable == ()


def test_what_shift_jis_lacks_is_listed_and_never_a_question_mark(book: Book, hanako: str) -> None:
    file = export(book, [hanako], "csv_cp932")

    (row,) = cells_of(file.data, "cp932")
    assert row["名前"] == "髙橋 花子"
    assert row["メモ"] == "〓田さんの紹介。￥3,000の本〓お茶～紅茶"
    assert file.unwritable == (("髙橋 花子", "note", "𠮷—"),)
    assert b"?" not in file.data


def test_in_a_workbook_every_cell_is_text(book: Book, hanako: str) -> None:
    file = export(book, [hanako], "xlsx")

    sheet = openpyxl.load_workbook(BytesIO(file.data)).active
    assert sheet is not None
    heads, row = list(sheet.iter_rows())
    found = {head.value: cell for head, cell in zip(heads, row, strict=True)}
    assert found["電話"].value == "+81 90-0000-0001"
    assert found["所属"].value == "=見本堂"
    for cell in row:
        assert cell.value is None or (cell.data_type == "s" and cell.number_format == "@")


@pytest.mark.parametrize("format", FORMATS)
def test_initials_leave_out_names_and_how_to_reach_anybody(
    book: Book, hanako: str, format: str
) -> None:
    book.update("contact", hanako, note="髙橋さんと話した。ハナコさんは本が好き")
    file = export(book, [hanako], format, only_initials=True)

    if format == "xlsx":
        sheet = openpyxl.load_workbook(BytesIO(file.data)).active
        assert sheet is not None
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    else:
        text = file.data.decode("cp932" if format == "csv_cp932" else "utf-8")
    assert "髙○" in text
    for hidden in ("髙橋", "花子", "タカハシ", "ハナコ", "hanako", "0000", "04-15", hanako):
        assert hidden not in text


@pytest.mark.parametrize("format", ["vcard3", "vcard4", "csv", "xlsx"])
def test_our_own_file_adds_nobody_to_the_book_it_came_from(
    book: Book, hanako: str, format: str
) -> None:
    other = book.add("contact", name="髙橋 花子", organisation="別の会社")
    file = export(book, [hanako, other], format)

    reading = read_contacts(file.data, file.name)
    shown = preview(reading, book.frame("contact"), details=book.frame("detail"))

    assert [(entry.action, entry.match_id) for entry in shown.entries] == [
        ("same", hanako),
        ("same", other),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@given(contacts=st.lists(CONTACTS, min_size=1, max_size=3))
def test_any_person_comes_back_from_a_table_as_they_were(
    language: str, contacts: list[ExportedContact]
) -> None:
    data, _ = write_csv(contacts, language, "utf-8")
    reading = read_contacts(data, "contacts.csv")

    assert reading.kind == "enishi"
    assert [canonical_contact(row.values, row.details) for row in reading.rows] == [
        canonical_contact(contact.values, contact.details) for contact in contacts
    ]


@given(contacts=st.lists(CONTACTS, min_size=1, max_size=2))
def test_any_person_comes_back_from_a_workbook_as_they_were(
    contacts: list[ExportedContact],
) -> None:
    reading = read_contacts(write_xlsx(contacts, "ja"), "contacts.xlsx")

    assert reading.kind == "enishi"
    assert [canonical_contact(row.values, row.details) for row in reading.rows] == [
        canonical_contact(contact.values, contact.details) for contact in contacts
    ]


def test_many_details_of_a_kind_share_the_last_column() -> None:
    details = tuple(Detail("phone", f"その{n}", f"03-0000-{n:04}") for n in range(50))
    contact = ExportedContact("", {"name": "架空 花子", "phone": "090-0000-0000"}, details)
    data, _ = write_csv([contact], "ja", "utf-8")

    (row,) = read_contacts(data, "contacts.csv").rows
    assert row.details == details


def test_columns_that_somebody_added_are_told_and_the_rest_is_read() -> None:
    contact = ExportedContact("a-1", {"name": "架空 花子", "circles": ("仲間",)})
    lines = write_csv([contact], "ja", "utf-8")[0].decode("utf-8-sig").splitlines()
    data = "\r\n".join([f"好きな色,{lines[0]}", f"青,{lines[1]}"]).encode()

    reading = read_contacts(data, "contacts.csv")
    assert reading.rows[0].values["name"] == "架空 花子"
    assert reading.rows[0].key == "uid:a-1"
    assert [problem.facts for problem in reading.problems] == [{"headings": "好きな色"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_of_a_detail_is_kept_when_its_value_was_deleted(language: str) -> None:
    phone = Detail("phone", "home of her mother", "03-0000-0000")
    made, _ = write_csv([ExportedContact("a", {"name": "架空 花子"}, (phone,))], language, "utf-8")
    read = read_contacts(made.replace(b"03-0000-0000", b""), "any.csv")

    (kept,) = read.rows[0].details
    assert (kept.kind, kept.value) == ("field", "home of her mother")
    assert kept.label in made.decode("utf-8-sig").split("\n")[0]


def test_a_contact_that_is_no_longer_there_is_passed_over(book: Book, hanako: str) -> None:
    assert len(cells_of(export(book, ["gone", hanako, hanako], "csv").data)) == 1
    assert cells_of(export(book, [], "csv").data) == []
    assert "hope" in TABLES["contact"].columns and "hope" not in str(export(book, [hanako], "csv"))
