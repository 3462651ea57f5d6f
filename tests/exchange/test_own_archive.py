"""The ZIP file a person takes home: complete for the workbook, readable for people."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given

from enishi.book import Book
from enishi.book.copies.errors import PassphraseMissingError, WrongPassphraseError
from enishi.book.errors import (
    DamagedCopyError,
    LargeCopyError,
    NewerCopyError,
    NotACopyError,
    PartDamagedError,
)
from enishi.book.own_copy import decode_copy, read_own_copy, upgraded_rows
from enishi.book.tables import TABLES
from enishi.book.validation import columns_of
from enishi.book.wording.column_texts import column_label
from enishi.exchange import own_archive
from enishi.exchange.own_archive import pack_archive, read_archive, seal_archive
from enishi.exchange.own_tables import write_table
from enishi.i18n import LANGUAGES
from random_books import TEXTS

DAY = date(2026, 11, 30)
TEXT = {"readme": "All of it.\n{files}\n", "file": "{file}: {name} ({count})"}


@pytest.fixture
def copy(book: Book) -> dict[str, Any]:
    ann = book.add("contact", name="架空 花子", closeness="close", focus=True, circles=["朝", "夜"])
    ben = book.add("contact", name="=Ben", through_id=ann, phone="+81 90", note="一\n二")
    book.add("encounter", contact_id=ben, on="2026-11-20", kind="meal")
    book.add("tie", a_id=ann, b_id=ben, state="close")
    strength = book.add("strength", name="聴く", energy=-1)
    book.add("evidence", strength_id=strength, what="木曜")
    book.set_setting("language", "en")
    return read_own_copy(book, "all of it", DAY)


def packed(copy: dict[str, Any], language: str = "en") -> bytes:
    return pack_archive(copy, TEXT, language, DAY)


def files_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_archive_holds_the_book_a_table_for_each_kind_there_is_and_a_text(
    copy: dict[str, Any],
) -> None:
    files = files_in(packed(copy))
    tables = ("setting", "contact", "encounter", "tie", "strength", "evidence")
    tables_read = {f"{name}.csv" for name in tables}
    assert set(files) == {"README.txt", "book.json", "checksums.txt", *tables_read}
    sums = dict(line.split("  ")[::-1] for line in files["checksums.txt"].decode().splitlines())
    assert sums == {
        name: sha256(content).hexdigest()
        for name, content in files.items()
        if name != "checksums.txt"
    }
    assert json.loads(files["book.json"]) == copy
    readme = files["README.txt"].decode("utf-8-sig")
    assert "contact.csv: People (2)" in readme and "\r\n" in readme


def test_the_same_book_makes_the_same_bytes(copy: dict[str, Any]) -> None:
    assert packed(copy) == packed(json.loads(json.dumps(copy)))


def test_a_table_has_names_for_links_words_for_choices_and_headings_in_the_language(
    copy: dict[str, Any],
) -> None:
    by_language = {
        "en": ("Name", "Who introduced us", "How close we are", "close", "In focus", "yes"),
        "ja": (
            "名前",
            "紹介してくれた人",
            "どのくらい近い人か",
            "親しい",
            "いま大切にしたい人",
            "はい",
        ),
    }
    for language, (name, through, closeness, close, focus, yes) in by_language.items():
        ann, ben = cells(files_in(packed(copy, language))["contact.csv"])
        assert (ann[name], ben[through]) == ("架空 花子", "架空 花子")
        assert (ann[closeness], ben[closeness]) == (close, "")
        assert (ann[focus], ben[focus]) == (yes, "")
    files = files_in(packed(copy, "en"))
    (evidence,) = cells(files["evidence.csv"])
    assert evidence["Strength"] == "聴く"
    (setting,) = cells(files["setting.csv"])
    assert setting == {"Setting": "language", "Value": "en"}
    assert not any(
        row["id"] in files["encounter.csv"].decode() for row in copy["tables"]["contact"]
    )


def test_no_cell_begins_like_a_formula_and_numbers_stay_numbers(copy: dict[str, Any]) -> None:
    files = files_in(packed(copy))
    _, ben = cells(files["contact.csv"])
    assert (ben["Name"], ben["Phone"], ben["Notes"]) == ("'=Ben", "'+81 90", "一\n二")
    (met,) = cells(files["encounter.csv"])
    assert met["With whom"] == "'=Ben"
    assert files["contact.csv"].startswith(b"\xef\xbb\xbf")


@given(text=TEXTS)
def test_a_cell_says_what_was_written_behind_at_most_an_apostrophe(text: str) -> None:
    goal = {"id": "g", **dict.fromkeys(columns_of(TABLES["goal"])), "wish": text}
    (row,) = cells(write_table("goal", {"goal": [goal]}, "en"))
    assert row["Wish"] in (text, f"'{text}")
    assert row["Wish"][:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_no_two_columns_of_a_table_have_one_heading(table: str, language: str) -> None:
    headings = [column_label(table, name, language) for name in columns_of(TABLES[table])]
    assert len(set(headings)) == len(headings)


# -- and back --------------------------------------------------------------------------------------


def test_the_archive_and_the_plain_json_are_both_read(copy: dict[str, Any]) -> None:
    for data in (packed(copy), files_in(packed(copy))["book.json"]):
        assert read_archive(data, "x").tables == copy["tables"]


def test_an_archive_that_was_repacked_with_its_folder_is_read(copy: dict[str, Any]) -> None:
    content = files_in(packed(copy))["book.json"]
    data = zipped({"__MACOSX/home/book.json": b"x", "home/book.json": content})
    assert read_archive(data, "x").tables == copy["tables"]


def test_a_book_that_does_not_match_its_checksum_is_refused_by_name(copy: dict[str, Any]) -> None:
    files = files_in(packed(copy))
    altered = files["book.json"].replace("木曜".encode(), "火曜".encode())
    with pytest.raises(PartDamagedError, match=r"home\.zip.*book\.json in it does not match"):
        read_archive(zipped(files | {"book.json": altered}), "home.zip")
    with pytest.raises(PartDamagedError):
        read_archive(zipped(files | {"checksums.txt": b"\xff other"}), "home.zip")
    data = packed(copy)
    stored = zipped(files_in(data), zipfile.ZIP_STORED)
    at = stored.index("木曜".encode())
    with pytest.raises(PartDamagedError):
        read_archive(stored[:at] + b"\x00" + stored[at + 1 :], "home.zip")


def test_an_archive_without_checksums_of_an_earlier_version_is_read(copy: dict[str, Any]) -> None:
    files = files_in(packed(copy))
    del files["checksums.txt"]
    assert read_archive(zipped(files), "x").tables == copy["tables"]


def test_a_copy_of_a_later_format_is_told_apart(copy: dict[str, Any]) -> None:
    copy["about"]["format"] = 2
    with pytest.raises(NewerCopyError):
        upgraded_rows(decode_copy(json.dumps(copy).encode(), "x"), "x")


def test_an_archive_sealed_with_a_passphrase_is_opened_by_it(copy: dict[str, Any]) -> None:
    sealed = seal_archive(packed(copy), "四つの ことばで ひらく")
    assert b"PK" not in sealed[:4] and "花子".encode() not in sealed
    assert read_archive(sealed, "x", "四つの ことばで ひらく").tables == copy["tables"]
    with pytest.raises(WrongPassphraseError):
        read_archive(sealed, "x", "ほかの ことば")
    with pytest.raises(PassphraseMissingError):
        read_archive(sealed, "x")
    assert seal_archive(packed(copy), "") == packed(copy)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        zipped({}),
        zipped({"Connections.csv": b"First Name"}),
        zipped({"xl/workbook.xml": b"<x/>"}),
        zipped({"book.json": b"{}"}),
        zipped({"book.json": b"{}"}, zipfile.ZIP_LZMA),
        zipped({f"{number}.txt": b"" for number in range(101)} | {"book.json": b"{}"}),
        b"SQLite format 3\x00",
    ],
)
def test_another_file_is_refused_as_such(data: bytes) -> None:
    with pytest.raises(NotACopyError):
        read_archive(data, "x")


def test_every_cut_and_every_altered_byte_of_the_book_is_noticed(copy: dict[str, Any]) -> None:
    data = packed(copy)
    for cut in range(4, len(data) - 22, 97):
        with pytest.raises((DamagedCopyError, NotACopyError)):
            read_archive(data[:cut], "x")
    start = data.index(b"book.json") + len("book.json")
    for at in range(start, start + 300, 7):
        altered = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        with pytest.raises(DamagedCopyError):
            read_archive(altered, "x")


def test_a_small_file_that_unpacks_into_a_huge_one_costs_no_more_than_the_limit(
    copy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_archive, "MOST_BOOK_BYTES", 1_000_000)
    bomb = zipped({"book.json": b'{"about": ' + b" " * 3_000_000})
    assert len(bomb) < 10_000
    understated = bomb.replace((3_000_010).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    for data in (bomb, understated):
        with pytest.raises((LargeCopyError, DamagedCopyError)):
            read_archive(data, "x")
    monkeypatch.setattr(own_archive, "MOST_FILE_BYTES", 100)
    with pytest.raises(LargeCopyError):
        read_archive(packed(copy), "x")
