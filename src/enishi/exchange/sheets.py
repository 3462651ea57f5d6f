"""CSV as contacts programs write it: the header line is found, each record keeps its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from enishi.exchange.errors import FieldTooLarge, TooManyRows, UnknownFile
from enishi.exchange.headers import PREAMBLE_LINES, kind_of, plain_header

MOST_ROWS = 50_000
MOST_FIELD_CHARACTERS = 1_000_000
DELIMITERS = ",\t;"
"""Comma as the programs write it; tab and semicolon as Excel saves it again."""
SHOWN_HEADERS = 12
SHOWN_CHARACTERS = 200


class Line(NamedTuple):
    """One record: the line of the file where it begins (from 1), and its cells."""

    number: int
    cells: list[str]
    unclosed: bool = False
    """A quotation mark opens here and never closes; the record was read without quoting."""


@dataclass(frozen=True)
class Sheet:
    """A table with its header line found.

    Attributes:
        kind: "linkedin", "google-new" or "google-old".
        header_line: where the header stands, from 1.
        labels: the headings as written, in the order of the columns.
        headers: the headings as compared; a repeated or missing one is numbered.
        lines: the records below the header, blank lines left out.
    """

    kind: str
    header_line: int
    labels: tuple[str, ...]
    headers: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(text: str, name: str) -> Sheet:
    """Find the header line of `text` and read the records below it.

    Raises:
        UnknownFile: no header line of a known kind; the headings seen are told.
        TooManyRows, FieldTooLarge: beyond the limits above.
    """
    rows = list(StringIO(text, newline=""))
    usual = csv.field_size_limit(MOST_FIELD_CHARACTERS)
    try:
        for delimiter in DELIMITERS:
            for line in records(rows[: 2 * PREAMBLE_LINES], 1, delimiter, name):
                if line.number > PREAMBLE_LINES:
                    break
                if kind := kind_of(line.cells):
                    return sheet_below(line, kind, rows, delimiter, name)
        raise UnknownFile(name=name, headers=headings_seen(rows, name))
    finally:
        csv.field_size_limit(usual)


def sheet_below(header: Line, kind: str, rows: list[str], delimiter: str, name: str) -> Sheet:
    """Return the sheet whose header line is `header`."""
    labels = tuple(cell.strip() or f"#{column}" for column, cell in enumerate(header.cells, 1))
    lines: list[Line] = []
    for line in records(rows, header.number + 1, delimiter, name):
        if len(lines) == MOST_ROWS:
            raise TooManyRows(name=name, rows=MOST_ROWS)
        lines.append(line)
    return Sheet(kind, header.number, labels, distinct(labels), tuple(lines))


def distinct(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings as compared, a second "company" as "company (2)"."""
    seen: dict[str, int] = {}
    headers = []
    for label in labels:
        header = plain_header(label)
        seen[header] = seen.get(header, 0) + 1
        headers.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(headers)


def records(rows: list[str], first: int, delimiter: str, name: str) -> Iterator[Line]:
    """Yield the records from line `first` on (from 1); blank lines are passed over.

    A quotation mark that never closes would swallow the rest of the file. Such a line is read
    as if its quotation marks were ordinary letters, and reading goes on below it.
    """
    start = first
    while start <= len(rows):
        reader = csv.reader(rows[start - 1 :], delimiter=delimiter)
        offset = start - 1
        start = len(rows) + 1
        before = offset
        try:
            for cells in reader:
                number, before = before + 1, offset + reader.line_num
                if before == len(rows) and is_unclosed(rows[number - 1 : before]):
                    yield Line(number, unquoted(rows[number - 1], delimiter), unclosed=True)
                    start = number + 1
                    break
                if cells:
                    yield Line(number, cells)
        except csv.Error as error:
            raise FieldTooLarge(name=name, line=before + 1, megabytes=1) from error


def is_unclosed(rows: list[str]) -> bool:
    """Does a record of several lines hold an odd number of quotation marks?"""
    return len(rows) > 1 and sum(row.count('"') for row in rows) % 2 == 1


def unquoted(row: str, delimiter: str) -> list[str]:
    """Split one line where the delimiter stands, quotation marks being ordinary letters."""
    return next(csv.reader([row], delimiter=delimiter, quoting=csv.QUOTE_NONE))


def headings_seen(rows: list[str], name: str) -> str:
    """Return the first line that holds something, as it is told to the person."""
    for line in records(rows[: 2 * PREAMBLE_LINES], 1, ",", name):
        filled = [cell.strip() for cell in line.cells if cell.strip()]
        if filled:
            shown = " · ".join(filled[:SHOWN_HEADERS])
            more = len(filled) > SHOWN_HEADERS or len(shown) > SHOWN_CHARACTERS
            return shown[:SHOWN_CHARACTERS] + (" …" if more else "")
    return "–"
