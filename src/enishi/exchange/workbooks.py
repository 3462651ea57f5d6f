"""Reader for Excel workbooks (.xlsx): the cells of one sheet as they are shown."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import chain, islice
from typing import Any, NamedTuple

from enishi.exchange.contact_table import (
    PREAMBLE_LINES,
    ContactTable,
    Headings,
    find_headings,
    tables_below,
    with_passed,
)
from enishi.exchange.csv_record import Problem
from enishi.exchange.csv_table import (
    MOST_COLUMNS,
    MOST_FIELD_CHARACTERS,
    MOST_LINES,
    MOST_ROWS,
    CsvLine,
)
from enishi.exchange.errors import (
    DamagedWorkbookError,
    EmptyFileError,
    EnormousWorkbookError,
    FieldTooLargeError,
    TooManyColumnsError,
    TooManyRowsError,
    UnknownFileError,
    UnreadableFileError,
)
from enishi.exchange.zip_files import MEGABYTE, MOST_ENTRIES

MOST_UNPACKED = 64 * MEGABYTE
"""Maximum size of a workbook's parts; the text of 50 000 people takes about 30 MB."""
MOST_RATIO = 200
"""Maximum ratio of that size to the file's own, from which on it is no ordinary workbook."""
MOST_SHEETS = 50
"""Maximum sheets that are looked at."""
JAPANESE_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Built-in formats of Japanese Excel that show a day; openpyxl takes them for numbers."""
GENERAL = "General"
SECTION = re.compile(r"(?:\[(?P<sign><=|>=|<|>|=)(?P<than>\d+)\])?(?P<form>.*)")
DIGITS_FORM = re.compile(r'(?:[0#\-() /]|\\.|"[^"]*"|_.)*')
"""A format of digits and what stands between them, as of telephone numbers and postal codes."""
FORM_PART = re.compile(r'\\(.)|"([^"]*)"|_.|(.)')
NO_YEAR = re.compile(r"[yge]", re.IGNORECASE)
FORMULA = re.compile(rb"<f[ >]")
NO_RESULT = re.compile(rb"<f(?: [^>]*)?(?:/>|>[^<]*</f>)\s*(?:</c>|<v\s*/>|<v></v>)")
"""A formula whose result the program that wrote it did not store."""
ESCAPED = re.compile("_x000[dD]_")
"""A carriage return as the format writes it."""


_Book = Any
"""openpyxl's; parts of it that we need have no types."""
_Sheet = Any


class WorkbookReading(NamedTuple):
    """The tables of the sheet that was read, its name, and what was odd about the workbook."""

    tables: list[ContactTable]
    sheet: str
    problems: tuple[Problem, ...]


def read_workbook(data: bytes, name: str, kind: str = "") -> WorkbookReading:
    """Return the tables of the first sheet with people.

    Args:
        data: the whole file, a ZIP archive with `xl/workbook.xml`.
        name: the file's name, for the sentence of an error.
        kind: the kind of table that the person chose.

    Raises:
        UnknownFileError: no sheet is a table, or the file is damaged.
        UnreadableFileError: it exceeds a limit.
    """
    check_unpacked_size(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts of the format that we do not need
            return _read_sheets(data, name, kind)
    except (UnknownFileError, UnreadableFileError):
        raise
    except Exception as damage:  # openpyxl lets through whatever happens within it
        raise DamagedWorkbookError(name=name) from damage


def check_unpacked_size(data: bytes, name: str) -> None:
    """Raise an error if the parts of a workbook are too many or too large.

    The sizes are declared; `zipfile` gives no more than what is declared.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as damage:
        raise DamagedWorkbookError(name=name) from damage
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > MEGABYTE and unpacked > MOST_RATIO * len(data)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_bomb:
        raise EnormousWorkbookError(name=name, megabytes=MOST_UNPACKED // MEGABYTE)


def _read_sheets(data: bytes, name: str, kind: str) -> WorkbookReading:
    """Return the tables of the first sheet with people."""
    from openpyxl import load_workbook  # takes a tenth of a second; only for workbooks

    book: _Book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        filled = 0
        best: tuple[tuple[bool, ...], Headings, _Sheet] | None = None
        for sheet in (sheets or book.worksheets)[:MOST_SHEETS]:
            head = head_lines(sheet_lines(book, sheet, name))
            filled += bool(head)
            if headings := find_headings(head):
                has_people = head[-1].number > headings.line.number
                rank = (has_people and headings.score > 0, has_people, headings.score > 0)
                if best is None or rank > best[0]:
                    best = (rank, headings, sheet)
        if best is None:
            if filled:
                first = next(iter(head_lines(sheet_lines(book, sheets[0], name))), CsvLine(1, []))
                shown = " · ".join(cell for cell in first.cells if cell)[:200]
                raise UnknownFileError(name=name, headers=shown or "–")
            raise EmptyFileError(name=name)
        _, headings, chosen = best
        lines = sheet_lines(book, chosen, name)
        below = (line for line in lines if line.number > headings.line.number)
        head = head_lines(sheet_lines(book, chosen, name))
        tables = with_passed(tables_below(headings, below, name, kind), head)
        problems = list(missing_results(book, chosen, headings.line.number))
        if filled > 1:
            sentence = "The workbook has {count} sheets with content; this is “{sheet}”."
            facts = {"count": filled, "sheet": chosen.title}
            problems.insert(0, Problem(headings.line.number, sentence, facts))
        return WorkbookReading(tables, chosen.title, tuple(problems))
    finally:
        book.close()


def head_lines(lines: Iterable[CsvLine]) -> list[CsvLine]:
    """Return the lines among which the headings are searched for."""
    return list(islice(lines, PREAMBLE_LINES))


def missing_results(book: _Book, sheet: _Sheet, line: int) -> Iterator[Problem]:
    """Yield a problem if cells of a sheet hold formulas without a stored result."""
    with book._archive.open(sheet._worksheet_path) as source:
        content = source.read()
    if FORMULA.search(content) and (count := len(NO_RESULT.findall(content))):
        sentence = "{count} cells hold a formula without its result; they are left out."
        yield Problem(line, sentence, {"count": count})


def sheet_lines(book: _Book, sheet: _Sheet, name: str) -> Iterator[CsvLine]:
    """Yield the lines of a sheet that are not blank, each with its number in the sheet.

    openpyxl's own rows are filled up to the last column any line has; these are not.

    Raises:
        TooManyColumnsError, TooManyRowsError, FieldTooLargeError: the sheet exceeds a limit.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    styles = CellStyles(book)
    count = 0
    with book._archive.open(sheet._worksheet_path) as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, row in parser.parse():
            count += 1
            if count > MOST_LINES:
                raise TooManyRowsError(name=name, rows=MOST_ROWS)
            found = {
                cell["column"]: styles.shown(cell) for cell in row if cell["value"] is not None
            }
            places = [column for column, text in found.items() if text]
            if not places:
                continue
            if max(places) > MOST_COLUMNS:
                facts = {"line": number, "found": max(places), "most": MOST_COLUMNS}
                raise TooManyColumnsError(name=name, **facts)
            cells = [found.get(column, "") for column in range(1, max(places) + 1)]
            if any(len(cell) > MOST_FIELD_CHARACTERS for cell in cells):
                raise FieldTooLargeError(name=name, line=number, megabytes=1)
            yield CsvLine(number, cells)


class CellStyles:
    """The number formats of a workbook's cells, by the style that a cell names."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self._forms: dict[int, tuple[int, str]] = {}

    def form_of(self, style: int) -> tuple[int, str]:
        """Return the id of a style's number format, and the format."""
        if style not in self._forms:
            from openpyxl.styles.numbers import BUILTIN_FORMATS

            id_ = self._book._cell_styles[style].numFmtId
            own = self._book._number_formats
            at = id_ - 164
            form = own[at] if 0 <= at < len(own) else BUILTIN_FORMATS.get(id_, GENERAL)
            self._forms[style] = (id_, form)
        return self._forms[style]

    def shown(self, cell: Mapping[str, Any]) -> str:
        """Return the content of a cell as the sheet shows it."""
        value = cell["value"]
        if isinstance(value, str):
            if cell["data_type"] == "e":
                return ""  # #N/A and the like: no content
            return ESCAPED.sub("", value).strip() if value else ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        id_, form = self.form_of(cell["style_id"])
        if isinstance(value, int | float):
            if id_ in JAPANESE_DATES:
                from openpyxl.utils.datetime import from_excel

                value = from_excel(value, self._book.epoch)
            else:
                return shown_number(value, form)
        return shown_moment(value, form)


def shown_moment(value: object, form: str) -> str:
    """Return a day or time as a text that `enishi.exchange.date_parsing` reads.

    >>> shown_moment(datetime(1980, 4, 15), "yyyy/m/d"), shown_moment(datetime(2026, 4, 15), "m/d")
    ('1980-04-15', '4月15日')
    """
    if isinstance(value, datetime):
        if not NO_YEAR.search(form) and "d" in form.lower():
            return f"{value.month}月{value.day}日"
        day = value.date().isoformat()
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, timedelta) else ""


def shown_number(value: int | float, form: str) -> str:
    """Return a number as its format shows it, in so far as a telephone or postal code needs it.

    >>> shown_number(9000000000, "000-0000-0000"), shown_number(9000000000.0, "General")
    ('090-0000-0000', '9000000000')
    >>> shown_number(1000000, "[<=999]000;[<=9999]000-00;000-0000")
    '100-0000'
    """
    if isinstance(value, float):
        if not value.is_integer() or abs(value) >= 1e15:
            return f"{value:.15g}"
        value = int(value)
    pattern = chosen_section(value, form)
    if form == GENERAL or not DIGITS_FORM.fullmatch(pattern) or "0" not in pattern + "#":
        return str(value)
    return filled_form(abs(value), pattern) if any(one in pattern for one in "0#") else str(value)


def chosen_section(value: int, form: str) -> str:
    """Return the part of a number format that applies to `value`."""
    signs = {"<=": value.__le__, ">=": value.__ge__, "<": value.__lt__, ">": value.__gt__}
    sections = form.split(";")
    for section in sections:
        found = SECTION.fullmatch(section)
        if found is None:
            return section
        sign = found["sign"]
        if sign is None or (signs[sign] if sign != "=" else value.__eq__)(int(found["than"])):
            return found["form"]
    return sections[-1]


def filled_form(value: int, pattern: str) -> str:
    """Return the digits of `value` in the places of a format, from the right."""
    parts = [(found[1] or found[2] or "", found[3] or "") for found in FORM_PART.finditer(pattern)]
    digits = list(str(value))
    places = sum(1 for _, plain in parts if plain in ("0", "#") and plain)
    shown: list[str] = []
    for literal, plain in reversed(parts):
        if plain in ("0", "#") and plain:
            places -= 1
            if not places and len(digits) > 1:  # the first place takes all that is left
                shown.extend(reversed(digits))
                digits = []
            elif digits:
                shown.append(digits.pop())
            elif plain == "0":
                shown.append("0")
        else:
            shown.append((literal or plain)[::-1])
    return "".join(chain.from_iterable(shown))[::-1].strip()
