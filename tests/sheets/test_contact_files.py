"""Contacts handed out as a file, as the page asks for it."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from enishi.exchange import read_contacts
from sheets import Open, ask
from widgets.base import file_parts
from widgets.settings.my_data import MyData

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def sheet(open_in: Open) -> MyData:
    """A book with three people, one of them in the trash."""
    sheet = MyData(open_in("07-settings"))
    sheet.book.add("contact", name="𠮷田 健", family_kana="ヨシダ", circles=["朝の読書会"])
    miho = sheet.book.add("contact", name="佐伯 美帆", family_kana="サエキ", phone="090-0000-0001")
    sheet.book.add("detail", contact_id=miho, kind="phone", label="会社", value="03-0000-0001")
    sheet.book.add("contact", name="昔 の人", trashed_on="2026-01-01")
    sheet.workbook.refresh()
    return sheet


def taken(sheet: MyData, **chosen: Any) -> tuple[bytes, dict[str, Any]]:
    """Ask for a file part by part, as the script does."""
    data, part = b"", 0
    while True:
        answer = ask(sheet, "take_contacts", part=part, **chosen)
        assert answer["ok"]
        data, part = data + b64decode(answer["copy"]), part + 1
        if answer["last"]:
            return data, answer


def names(data: bytes, file: str) -> list[str]:
    return [str(row.values["name"]) for row in read_contacts(data, file).rows]


@pytest.mark.parametrize("format", ["vcard3", "vcard4", "csv", "xlsx"])
def test_everybody_who_is_not_archived_is_in_the_file_by_reading(
    sheet: MyData, format: str
) -> None:
    data, answer = taken(sheet, format=format)

    assert names(data, answer["file"]) == ["佐伯 美帆", "𠮷田 健"]
    details = read_contacts(data, answer["file"]).rows[0].details
    assert [tuple(one) for one in details] == [("phone", "会社", "03-0000-0001")]
    assert answer["file"] in answer["text"] and answer["missing"] == []


def test_a_circle_takes_out_those_who_are_in_it(sheet: MyData) -> None:
    assert sheet.state["export"]["circles"] == ["朝の読書会"]
    data, answer = taken(sheet, format="csv", circle="朝の読書会")
    assert names(data, answer["file"]) == ["𠮷田 健"]


def test_what_shift_jis_lacks_is_shown_with_the_field(sheet: MyData) -> None:
    _, answer = taken(sheet, format="csv_cp932")

    assert answer["missing"] == [{"name": "𠮷田 健", "field": "名前", "characters": "𠮷"}]
    assert answer["missing_count"] == 1


def test_a_relation_to_somebody_outside_the_file_is_told(sheet: MyData) -> None:
    ids = {row["name"]: row["id"] for row in sheet.workbook.rows("contact")}
    sheet.book.add("relation", a_id=ids["佐伯 美帆"], b_id=ids["𠮷田 健"], kind="friend")
    sheet.workbook.refresh()
    _, answer = taken(sheet, format="vcard3", circle="朝の読書会")

    assert answer["outside"] == [{"name": "𠮷田 健", "other": "佐伯 美帆"}]
    assert answer["outside_count"] == 1
    assert taken(sheet, format="vcard3")[1]["outside"] == []


def test_initials_hide_the_names(sheet: MyData) -> None:
    data, answer = taken(sheet, format="csv", initials=True)
    assert names(data, answer["file"]) == ["佐○", "𠮷○"]


def test_a_large_file_comes_in_parts(sheet: MyData, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = taken(sheet, format="csv")
    monkeypatch.setattr(file_parts, "PART_BYTES", 99)
    assert taken(sheet, format="csv")[0] == whole
