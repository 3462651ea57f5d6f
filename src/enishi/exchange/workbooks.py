"""Reader for Excel workbooks (.xlsx): the cells of one sheet as they are shown.

The parts of the format that hold cells are read here: openpyxl's own reader takes ten times as
long. Its tables of number formats and its calendar are used.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from itertools import chain, islice
from posixpath import normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring, iterparse

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
ESCAPED = re.compile("_x000[dD]_")
"""A carriage return as the format writes it."""


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
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _read_sheets(WorkbookParts(archive), name, kind)
    except (UnknownFileError, UnreadableFileError):
        raise
    except Exception as damage:  # any part may be missing, or hold anything
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


def _read_sheets(book: WorkbookParts, name: str, kind: str) -> WorkbookReading:
    """Return the tables of the first sheet with people."""
    filled = 0
    best: tuple[tuple[bool, ...], Headings, list[CsvLine], str] | None = None
    for title in islice(book.sheets, MOST_SHEETS):
        head = list(islice(sheet_lines(book, title, name), PREAMBLE_LINES))
        filled += bool(head)
        if headings := find_headings(head):
            has_people = head[-1].number > headings.line.number
            rank = (has_people and headings.score > 0, has_people, headings.score > 0)
            if best is None or rank > best[0]:
                best = (rank, headings, head, title)
    if best is None:
        first = next((one for title in book.sheets for one in sheet_lines(book, title, name)), None)
        if first is None:
            raise EmptyFileError(name=name)
        raise UnknownFileError(name=name, headers=" · ".join(filter(None, first.cells))[:200])
    _, headings, head, title = best
    book.without_result = 0
    lines = (line for line in sheet_lines(book, title, name) if line.number > headings.line.number)
    tables = with_passed(tables_below(headings, lines, name, kind), head)
    problems = []
    if filled > 1:
        sentence = "The workbook has {count} sheets with content; this is “{sheet}”."
        problems.append(Problem(headings.line.number, sentence, {"count": filled, "sheet": title}))
    if book.without_result:
        sentence = "{count} cells hold a formula without its result; they are left out."
        problems.append(Problem(headings.line.number, sentence, {"count": book.without_result}))
    return WorkbookReading(tables, title, tuple(problems))


def sheet_lines(book: WorkbookParts, title: str, name: str) -> Iterator[CsvLine]:
    """Yield the lines of a sheet that are not blank, each with its number in the sheet.

    Raises:
        TooManyColumnsError, TooManyRowsError, FieldTooLargeError: the sheet exceeds a limit.
    """
    number = count = 0
    for _, row in iterparse(BytesIO(book.part(book.sheets[title])), ("end",)):
        if local_name(row) != "row":
            continue
        count += 1
        if count > MOST_LINES:
            raise TooManyRowsError(name=name, rows=MOST_ROWS)
        number = int(row.get("r") or number + 1)
        found: dict[int, str] = {}
        column = 0
        for cell in row:
            place = cell.get("r")
            column = column_number(place) if place else column + 1
            if text := book.shown(cell):
                if column in found:
                    raise ValueError(f"two cells at {place}")
                found[column] = text
        row.clear()
        if not found:
            continue
        if max(found) > MOST_COLUMNS:
            facts = {"line": number, "found": max(found), "most": MOST_COLUMNS}
            raise TooManyColumnsError(name=name, **facts)
        if any(len(text) > MOST_FIELD_CHARACTERS for text in found.values()):
            raise FieldTooLargeError(name=name, line=number, megabytes=1)
        yield CsvLine(number, [found.get(one, "") for one in range(1, max(found) + 1)])


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, of which the format has two."""
    return element.tag.rpartition("}")[2]


def column_number(place: str) -> int:
    """Return the number of a column, from 1, by a cell's place.

    >>> column_number("A1"), column_number("AB12")
    (1, 28)

    Raises:
        ValueError: it is no place.
    """
    letters = place.rstrip("0123456789")
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            number = 0
            break
        number = 26 * number + ord(letter) - 64
    if not number:
        raise ValueError(f"{place} is no place of a cell")
    return number


def text_of(element: Element) -> str:
    """Return the text of a string, without the readings that Excel keeps beside it."""
    texts = []
    for part in element:
        name = local_name(part)
        if name == "t":
            texts.append(part.text or "")
        elif name == "r":
            texts.append(text_of(part))
    return "".join(texts)


class WorkbookParts:
    """The parts of a workbook, each read when it is first needed.

    Attributes:
        without_result: the number of cells seen that hold a formula without its result.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.without_result = 0

    def part(self, path: str) -> bytes:
        """Return the content of a part of the archive.

        Raises:
            ValueError: it declares entities, or is not in UTF-8; no workbook program writes these.
        """
        content = self._archive.read(path)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
            raise ValueError(f"{path} is no part of a workbook")
        return content

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The path of each visible sheet by its title; of all sheets if none is visible."""
        links = fromstring(self.part("xl/_rels/workbook.xml.rels"))
        paths = {link.get("Id"): normpath(f"xl/{link.get('Target')}") for link in links}
        found: dict[bool, dict[str, str]] = {True: {}, False: {}}
        for sheet in self._children("sheets"):
            id_ = next((text for key, text in sheet.attrib.items() if key.endswith("}id")), "")
            path = paths[id_].replace("xl/xl/", "xl/")
            if "worksheets" in path:
                is_visible = sheet.get("state", "visible") == "visible"
                found[is_visible][sheet.get("name", "")] = path
        return found[True] or found[False]

    def _children(self, name: str) -> Iterator[Element]:
        """Yield the elements of one list in `xl/workbook.xml`."""
        for element in self._workbook:
            if local_name(element) == name:
                yield from element

    @cached_property
    def _workbook(self) -> Element:
        return fromstring(self.part("xl/workbook.xml"))

    @cached_property
    def _strings(self) -> list[str]:
        """The texts that cells refer to by their number."""
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        texts = []
        for _, element in iterparse(BytesIO(self.part("xl/sharedStrings.xml")), ("end",)):
            if local_name(element) == "si":
                texts.append(text_of(element))
                element.clear()
        return texts

    @cached_property
    def _epoch(self) -> datetime:
        """The first day of the workbook's calendar: one of two."""
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

        properties = [one for one in self._workbook if local_name(one) == "workbookPr"]
        is_mac = any(one.get("date1904") in ("1", "true") for one in properties)
        return MAC_EPOCH if is_mac else WINDOWS_EPOCH

    @cached_property
    def _formats(self) -> list[tuple[str, bool]]:
        """The number format of each style, and whether it shows a day."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        own: dict[int, str] = {}
        styles: list[tuple[str, bool]] = []
        for element in fromstring(self.part("xl/styles.xml")):
            if local_name(element) == "numFmts":
                own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in element}
            elif local_name(element) == "cellXfs":
                for style in element:
                    id_ = int(style.get("numFmtId", 0))
                    form = own.get(id_) or BUILTIN_FORMATS.get(id_, GENERAL)
                    is_day = bool(is_date_format(form)) or id_ in JAPANESE_DATES
                    styles.append((form, is_day))
        return styles

    def shown(self, cell: Element) -> str:
        """Return the content of a cell as the sheet shows it, "" for an error such as #N/A.

        Raises:
            ValueError: the cell is damaged; if it were passed over, its content would be lost.
        """
        kind, values, has_formula = cell.get("t", "n"), [], False
        for part in cell:
            name = local_name(part)
            if name == "v":
                values.append(part.text or "")
            elif name == "is":
                values.append(text_of(part))
            elif name == "f":
                has_formula = True
        if len(values) > 1:
            raise ValueError(f"{len(values)} values in one cell")
        value = "".join(values)
        if not value:
            self.without_result += has_formula and kind != "str"
            return ""
        if kind == "s":
            if not value.isdecimal():
                raise ValueError(f"{value} is no number of a text")
            value = self._strings[int(value)]
        if kind in ("s", "str", "inlineStr"):
            return ESCAPED.sub("", value).strip()
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if kind == "e":
            return "" if value.startswith("#") else value
        if kind == "d":
            return value
        return self._shown_number(value, int(cell.get("s", 0)))

    def _shown_number(self, written: str, style: int) -> str:
        """Return a number, or a day, as its style shows it."""
        value = float(written) if set(written) & set(".eE") else int(written)
        form, is_day = self._formats[style] if style else (GENERAL, False)
        if not is_day:
            return shown_number(value, form)
        from openpyxl.utils.datetime import from_excel

        try:
            return shown_moment(from_excel(value, self._epoch), form)
        except (ValueError, OverflowError):
            return written


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
