"""Excel workbooks: what a cell shows, which sheet is read, and what is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from enishi.errors import EnishiError
from enishi.exchange import FileReading, read_contacts
from enishi.exchange import errors as told
from enishi.exchange.workbooks import shown_number
from enishi.i18n import error_text


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: list[Any], **formats: str) -> bytes:
    """A workbook of one sheet; `A2="000"` is the number format of a cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell, form in formats.items():
        sheet[cell].number_format = form
    return saved(book)


def read(data: bytes) -> FileReading:
    return read_contacts(data, "people.xlsx")


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (9000000000, "000-0000-0000", "090-0000-0000"),
        (9000000000, '000"-"0000"-"0000', "090-0000-0000"),
        (9000000000, "0##########", "09000000000"),
        (312345678, "[<=99999999]####\\-####;\\(00\\)\\ ####\\-####", "(03) 1234-5678"),
        (1000000, "[<=999]000;[<=9999]000\\-00;000\\-0000", "100-0000"),
        (7, "000", "007"),
        (819000000000, "000-0000", "81900000-0000"),
        (9000000000.0, "General", "9000000000"),
        (12.5, "General", "12.5"),
        (1200, "#,##0", "1200"),
        (0.5, "0%", "0.5"),
        (-3, "0", "3"),
        (10**20, "General", "100000000000000000000"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, form: str, shown: str) -> None:
    assert shown == shown_number(value, form)


def test_telephone_numbers_keep_their_zeros() -> None:
    data = workbook(["氏名", "電話"], ["架空 花子", 9000000000], B2="000-0000-0000")

    assert read(data).rows[0].values["phone"] == "090-0000-0000"


@pytest.mark.parametrize(
    ("form", "day"),
    [
        ("yyyy/m/d", "1980-04-15"),
        ('yyyy"年"m"月"d"日"', "1980-04-15"),
        ("[$-411]ge.m.d", "1980-04-15"),
        ('m"月"d"日"', "--04-15"),
    ],
)
def test_days_are_days_in_every_format(form: str, day: str) -> None:
    data = workbook(["氏名", "誕生日"], ["架空 花子", datetime(1980, 4, 15)], B2=form)

    assert read(data).rows[0].values["birthday"] == day


def test_a_day_in_a_built_in_format_of_japanese_excel_is_a_day() -> None:
    data = workbook(["氏名", "誕生日"], ["架空 花子", 29326], B2="0.00")
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/styles.xml":
                content = content.replace(b'numFmtId="2"', b'numFmtId="31"')
            new.writestr(entry, content)

    assert read(packed.getvalue()).rows[0].values["birthday"] == "1980-04-15"


def test_lines_are_those_of_the_sheet_and_blank_ones_are_nobody() -> None:
    reading = read(workbook(["名簿"], [], ["氏名", "会社"], [], ["架空 花子", "見本"]))

    assert (reading.header_line, [row.line for row in reading.rows]) == (3, [5])
    assert reading.problems == ()


def test_the_first_sheet_with_people_is_read_and_that_is_told() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "表紙"
    for title in ("空の表", "名簿", "去年の名簿"):
        book.create_sheet(title).append(["氏名", "会社"])
    book["名簿"].append(["架空 花子", "見本"])
    book["去年の名簿"].append(["見本 次郎", "例示"])

    reading = read(saved(book))

    assert (reading.sheet, len(reading.rows)) == ("名簿", 1)
    assert reading.problems[0].facts == {"count": 4, "sheet": "名簿"}


def test_a_formula_without_its_result_is_told() -> None:
    reading = read(workbook(["氏名", "計"], ["架空 花子", "=1+1"]))

    assert [told.facts for told in reading.problems] == [{"count": 1}]


def test_a_list_is_the_same_as_a_workbook_and_as_text() -> None:
    rows = [["氏名", "電話", "メモ"], ["架空 花子", "090-0000-0000", "一行\n二行"]]
    text = '氏名,電話,メモ\n架空 花子,090-0000-0000,"一行\n二行"\n'.encode()

    assert read(workbook(*rows)).rows == read_contacts(text, "people.csv").rows


def wide() -> bytes:
    return workbook(["氏名", *[f"x{n}" for n in range(300)]])


def long() -> bytes:
    return workbook(["氏名"], *[["架空 花子"] for _ in range(50_001)])


def unpacks_into_a_flood() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (wide, told.TooManyColumnsError),
        (long, told.TooManyRowsError),
        (unpacks_into_a_flood, told.EnormousWorkbookError),
        (lambda: workbook(), told.EmptyFileError),
        (lambda: workbook(["拝啓"], ["お元気ですか"]), told.UnknownFileError),
        (lambda: workbook(["氏名"], ["架空"])[:-30], told.DamagedArchiveError),
    ],
)
def test_what_exceeds_a_limit_is_refused(
    make: Callable[[], bytes], error: type[EnishiError]
) -> None:
    with pytest.raises(error) as caught:
        read(make())

    assert "people.xlsx" in error_text("ja", caught.value)


PEOPLE = workbook(["氏名", "電話"], ["架空 花子", 9000000000], ["見本 次郎", "03-0000-0000"])
PARTS = {
    entry.filename: zipfile.ZipFile(BytesIO(PEOPLE)).read(entry)
    for entry in zipfile.ZipFile(BytesIO(PEOPLE)).infolist()
}


def packed_with(changed: str, content: bytes) -> bytes:
    """Return the workbook with other content in one of its parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), content if name == changed else part)
    return packed.getvalue()


def with_first_cell(cell: str) -> bytes:
    """Return the workbook with another cell before the first person's telephone number."""
    path = "xl/worksheets/sheet1.xml"
    changed, count = re.subn(r'<c r="A2".*?</c>', cell, PARTS[path].decode(), count=1)
    assert count
    return packed_with(path, changed.encode())


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="?2" t="str"><v>架空</v></c>',
        '<c r="B2" t="str"><v>架空</v></c>',
        '<c r="A2" t="str"><v>架空</v><v>花子</v></c>',
        '<c r="A2" t="inlineStr"><is><t>架空</t></is><is><t>花子</t></is></c>',
        '<c r="A2" t="s"><v>-1</v></c>',
        '<c r="A2" t="s"><v>99</v></c>',
        '<c r="A2"><v>架空</v></c>',
    ],
)
def test_a_cell_that_cannot_be_read_is_not_left_out_silently(cell: str) -> None:
    with pytest.raises(told.DamagedWorkbookError, match=r"people\.xlsx"):
        read(with_first_cell(cell))


@pytest.mark.parametrize("kind", ["b", "e", "str"])
def test_a_text_in_a_cell_of_another_kind_is_kept(kind: str) -> None:
    row, *_ = read(with_first_cell(f'<c r="A2" t="{kind}"><v>架空</v></c>')).rows

    assert row.values["name"] == "架空"


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A workbook with a few places of one of its parts written over."""
    broken = draw(st.sampled_from(sorted(PARTS)))
    content = bytearray(PARTS[broken])
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        content[place : place + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return packed_with(broken, bytes(content))


@given(damaged())
def test_a_damaged_workbook_gives_a_reading_or_a_sentence(data: bytes) -> None:
    try:
        reading = read(data)
    except EnishiError as error:
        assert error_text("ja", error)
    else:
        assert len(reading.rows) <= 3
