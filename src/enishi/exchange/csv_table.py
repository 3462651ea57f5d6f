"""Parser for the CSV files of contacts programs: finds the header line and numbers each record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from enishi.exchange.csv_headers import PREAMBLE_LINES, plain_header, source_of_headers
from enishi.exchange.errors import (
    FieldTooLargeError,
    HeadingTooLongError,
    LineTooLongError,
    TooManyColumnsError,
    TooManyFieldsError,
    TooManyRowsError,
    UnknownFileError,
)

MOST_ROWS = 50_000
MOST_LINES = 10 * MOST_ROWS
"""Maximum lines of the file; a record with a note of several lines takes several of them."""
MOST_FILLED = 20 * MOST_ROWS
"""Maximum non-empty cells below the headings; each costs about the same."""
MOST_COLUMNS = 500
"""Maximum columns; Google's widest export has about 200."""
MOST_HEADING_CHARACTERS = 100
"""Maximum length of a heading in characters; every line repeats it in its key and its note."""
MOST_FIELD_CHARACTERS = 1_000_000
MOST_LINE_CHARACTERS = 2_000_000
DELIMITERS = ",\t;"
"""Comma as the programs write it; tab and semicolon as Excel saves it."""
SHOWN_HEADERS = 12
SHOWN_CHARACTERS = 200


class CsvLine(NamedTuple):
    """One record: the line of the file where it begins (from 1), and its cells."""

    number: int
    cells: list[str]
    unclosed: bool = False
    """True if a quotation mark opens here and never closes; the record was read without quoting."""


@dataclass(frozen=True)
class CsvSheet:
    """A table and its header line.

    Attributes:
        kind: "linkedin", "google-new" or "google-old".
        header_line: the line of the header, from 1.
        labels: the headings as written, in the order of the columns.
        headers: the headings normalised; a repeated or missing one is numbered.
        lines: the records below the header, without blank lines.
    """

    kind: str
    header_line: int
    labels: tuple[str, ...]
    headers: tuple[str, ...]
    lines: tuple[CsvLine, ...]


def read_sheet(text: str, name: str) -> CsvSheet:
    """Find the header line of `text` and read the records below it.

    Raises:
        UnknownFileError: no header line of a known kind; the sentence lists the headings found.
        UnreadableFileError: the file exceeds one of the limits above.
    """
    rows = _rows_of(text, name)
    usual = csv.field_size_limit(MOST_FIELD_CHARACTERS)
    try:
        for delimiter in DELIMITERS:
            for line in records(rows[: 2 * PREAMBLE_LINES], 1, delimiter, name):
                if line.number > PREAMBLE_LINES:
                    break
                if kind := source_of_headers(line.cells):
                    return sheet_below(line, kind, rows, delimiter, name)
        raise UnknownFileError(name=name, headers=shown_headings(rows, name))
    finally:
        csv.field_size_limit(usual)


def sheet_below(header: CsvLine, kind: str, rows: list[str], delimiter: str, name: str) -> CsvSheet:
    """Return the sheet whose header line is `header`.

    Raises:
        HeadingTooLongError, TooManyRowsError, TooManyFieldsError: the file exceeds a limit.
    """
    longest = max(map(len, header.cells))
    if longest > MOST_HEADING_CHARACTERS:
        facts = {"line": header.number, "found": longest, "most": MOST_HEADING_CHARACTERS}
        raise HeadingTooLongError(name=name, **facts)
    labels = tuple(cell.strip() or f"#{column}" for column, cell in enumerate(header.cells, 1))
    lines: list[CsvLine] = []
    filled = 0
    for line in records(rows, header.number + 1, delimiter, name):
        filled += sum(map(bool, line.cells))
        if len(lines) == MOST_ROWS:
            raise TooManyRowsError(name=name, rows=MOST_ROWS)
        if filled > MOST_FILLED:
            raise TooManyFieldsError(name=name, line=line.number, most=MOST_FILLED)
        lines.append(line)
    return CsvSheet(kind, header.number, labels, unique_labels(labels), tuple(lines))


def unique_labels(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings normalised and unique, a second "company" as "company (2)"."""
    seen: dict[str, int] = {}
    headers = []
    for label in labels:
        header = plain_header(label)
        seen[header] = seen.get(header, 0) + 1
        headers.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(headers)


def _rows_of(text: str, name: str) -> list[str]:
    """Split `text` into its lines, each with its line end.

    Raises:
        TooManyRowsError, LineTooLongError: the file exceeds a limit.
    """
    rows = []
    for number, row in enumerate(StringIO(text, newline=""), start=1):
        if number > MOST_LINES:
            raise TooManyRowsError(name=name, rows=MOST_LINES)
        if len(row) > MOST_LINE_CHARACTERS:
            raise LineTooLongError(
                name=name, line=number, found=len(row), most=MOST_LINE_CHARACTERS
            )
        rows.append(row)
    return rows


def records(rows: list[str], first: int, delimiter: str, name: str) -> Iterator[CsvLine]:
    """Yield the records from line `first` on (from 1), without blank lines.

    A quotation mark that never closes would include the rest of the file. Such a line is read as if
    its quotation marks were ordinary characters, and reading continues on the next line.

    The time grows linearly with the text: `closing` only moves down the file, and no line is parsed
    as part of more than one record.

    Raises:
        FieldTooLargeError, TooManyColumnsError: the file exceeds a limit.
    """
    row = first - 1
    closing = row
    """The first line, at or below the current one, that ends outside a quotation.

    This assumes that a quotation is open at the beginning of the line.
    """
    while row < len(rows):
        end, unclosed = row + 1, False
        try:
            if is_open_after(rows[row], delimiter):
                closing = max(closing, end)
                while closing < len(rows) and is_open_after(rows[closing], delimiter, quoted=True):
                    closing += 1
                unclosed = closing == len(rows) > end  # the last line of a file may lack its mark
                end = end if unclosed else closing + 1
            record = rows[row:end]
            cells = (
                parse_unquoted(rows[row], delimiter) if unclosed else parse_rows(record, delimiter)
            )
        except csv.Error as error:
            raise FieldTooLargeError(name=name, line=row + 1, megabytes=1) from error
        if len(cells) > MOST_COLUMNS:
            facts = {"line": row + 1, "found": len(cells), "most": MOST_COLUMNS}
            raise TooManyColumnsError(name=name, **facts)
        if cells:
            yield CsvLine(row + 1, cells, unclosed)
        row = end


def is_open_after(row: str, delimiter: str, quoted: bool = False) -> bool:
    """Return whether a quotation is open at the end of this line.

    The CSV reader decides: with an open quotation it requests one more line.

    Args:
        row: one line of the file.
        delimiter: the character between two cells.
        quoted: True if a quotation is open at the beginning of the line.
    """
    if '"' not in row:
        return quoted
    before = ['"'] if quoted else []
    reader = csv.reader([*before, row, ""], delimiter=delimiter)
    next(reader)
    return reader.line_num == len(before) + 2


def parse_rows(rows: list[str], delimiter: str) -> list[str]:
    """Return the cells of one record, which may span several lines; none for a blank line."""
    return next(csv.reader(rows, delimiter=delimiter))


def parse_unquoted(row: str, delimiter: str) -> list[str]:
    """Split one line at the delimiter, with quotation marks as ordinary characters."""
    return next(csv.reader([row], delimiter=delimiter, quoting=csv.QUOTE_NONE))


def shown_headings(rows: list[str], name: str) -> str:
    """Return the first non-empty line, shortened for an error sentence."""
    for line in records(rows[: 2 * PREAMBLE_LINES], 1, ",", name):
        filled = [cell.strip() for cell in line.cells if cell.strip()]
        if filled:
            shown = " · ".join(filled[:SHOWN_HEADERS])
            more = len(filled) > SHOWN_HEADERS or len(shown) > SHOWN_CHARACTERS
            return shown[:SHOWN_CHARACTERS] + (" …" if more else "")
    return "–"
