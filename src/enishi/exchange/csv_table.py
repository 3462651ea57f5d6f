"""Parser for the CSV files of contacts programs: splits the text into numbered records."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import NamedTuple

from enishi.exchange.errors import (
    FieldTooLargeError,
    LineTooLongError,
    TooManyColumnsError,
    TooManyRowsError,
)

MOST_ROWS = 50_000
MOST_LINES = 10 * MOST_ROWS
"""Maximum lines of the file; a record with a note of several lines takes several of them."""
MOST_COLUMNS = 300
"""Maximum columns; Google's widest export has about 200."""
MOST_FIELD_CHARACTERS = 1_000_000
MOST_LINE_CHARACTERS = 2_000_000
DELIMITERS = ",\t;"
"""Comma as the programs write it; tab and semicolon as Excel saves it."""
FEW_CELLS = 2
"""A line with no more cells than this is not taken for a person inside a quotation."""


class CsvLine(NamedTuple):
    """One record: the line of the file where it begins (from 1), and its cells."""

    number: int
    cells: list[str]
    unclosed: bool = False
    """True if a quotation mark opens here and never closes; the record was read without quoting."""
    swallowed: int = 0
    """The lines inside a quotation that look like records of their own, if it was read as one."""


def split_lines(text: str, name: str) -> list[str]:
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


def csv_records(
    rows: list[str], first: int, delimiter: str, name: str, width: int = 0
) -> Iterator[CsvLine]:
    """Yield the records from line `first` on (from 1), without blank lines.

    A quotation may span several lines. One that never closes, or that closes within a word, or that
    would take in other records, was not meant as one: such a line is read as if its quotation marks
    were ordinary characters, and reading continues on the next line.

    The time grows linearly with the text: what is found out about a line is found out once.

    Args:
        rows: the lines of the file.
        first: the line to begin with.
        delimiter: the character between two cells.
        name: the file's name, for the sentence of an error.
        width: the number of headings, by which a record inside a quotation is recognised.

    Raises:
        FieldTooLargeError, TooManyColumnsError: the file exceeds a limit.
    """
    quotations = Quotations(rows, delimiter, width)
    row = first - 1
    plain = csv.reader(_unquoted_run(rows, row), delimiter=delimiter)
    while row < len(rows):
        end, unclosed, swallowed = row + 1, False, 0
        try:
            if '"' in rows[row]:
                cells, is_open = parse_line(rows[row], delimiter)
                if is_open and row + 1 < len(rows):  # the last line of a file may lack its mark
                    end, swallowed = quotations.end_of(row, len(cells))
                    unclosed = end == row + 1
                    cells = (
                        parse_unquoted(rows[row], delimiter)
                        if unclosed
                        else next(csv.reader(rows[row:end], delimiter=delimiter))
                    )
                plain = csv.reader(_unquoted_run(rows, end), delimiter=delimiter)
            else:
                cells = next(plain)
        except csv.Error as error:
            raise FieldTooLargeError(name=name, line=row + 1, megabytes=1) from error
        if len(cells) > MOST_COLUMNS:
            facts = {"line": row + 1, "found": len(cells), "most": MOST_COLUMNS}
            raise TooManyColumnsError(name=name, **facts)
        if cells:
            yield CsvLine(row + 1, cells, unclosed, swallowed)
        row = end


def _unquoted_run(rows: list[str], first: int) -> Iterator[str]:
    """Yield the lines from `first` (from 0) to the next with a quotation mark.

    One reader for many lines is much faster than one a line.
    """
    for row in islice(rows, first, None):
        if '"' in row:
            return
        yield row


CLOSING_MARK = re.compile(r'[^"]*(?:""[^"]*)*"(?!")(.?)', re.DOTALL)
"""The first mark in a line that closes an open quotation, and the character behind it."""


class Quotations:
    """Where the quotations that span several lines end.

    What is asked of a line that lies inside a quotation is remembered: the questions move down the
    file and are never repeated for the same line.
    """

    def __init__(self, rows: list[str], delimiter: str, width: int) -> None:
        self.rows = rows
        self.delimiter = delimiter
        self.width = width if width > FEW_CELLS else 0
        self._closing = 0
        """The first line, at or below the current one, that ends outside a quotation.

        This assumes that a quotation is open at the beginning of the line.
        """
        self._cells_after: dict[int, int] = {}
        self._breaks: list[int] = []
        """For each line that stays inside quotations, the breaks between cells up to it."""
        self._records: list[int] = []
        """For each line looked at, the number of lines up to it that are records of full width."""

    def end_of(self, row: int, before: int) -> tuple[int, int]:
        """Return the line after the record that opens a quotation in line `row` (from 0).

        Args:
            row: the line.
            before: the number of its cells, the last of which is the open one.

        Returns:
            The line after the record, `row + 1` if the quotation is no quotation; and the number of
            lines inside it that could be records themselves.
        """
        closing = max(self._closing, row + 1)
        while closing < len(self.rows):
            cells, is_open = self._read_inside(closing)
            if not is_open or self._closes_within_word(closing):
                break
            self._breaks.extend([self._breaks_to(closing)] * (closing - len(self._breaks)))
            self._breaks.append(self._breaks_to(closing) + cells - 1)
            closing += 1
        self._closing = closing
        if closing == len(self.rows):
            return row + 1, 0
        after = self._cells_of_closing(closing)
        if not after:
            return row + 1, 0
        if not self.width:
            return closing + 1, 0
        breaks = self._breaks_to(closing - 1) - self._breaks_to(row)
        fits = self.width == before + breaks + after - 1
        alone = self.width == len(parse_unquoted(self.rows[row], self.delimiter))
        inside = self._records_between(row, closing)
        is_one = (fits or not alone) if not inside else (fits and not alone)
        return (closing + 1, inside) if is_one else (row + 1, 0)

    def _read_inside(self, row: int) -> tuple[int, bool]:
        """Return the number of cells of a line that begins inside a quotation, and if it ends so.

        A line may close one quotation and open the next.
        """
        if '"' not in self.rows[row]:
            return 1, True
        reader = csv.reader(['"', self.rows[row], ""], delimiter=self.delimiter)
        return len(next(reader)), reader.line_num == 3

    def _closes_within_word(self, row: int) -> bool:
        """Return whether the quotation that is open before a line closes there within a word.

        The line may open another quotation, so that its end says nothing about the first one.
        """
        found = CLOSING_MARK.match(self.rows[row])
        return found is not None and found[1] not in ("", self.delimiter, "\r", "\n")

    def _breaks_to(self, row: int) -> int:
        """Return the number of breaks between cells in the lines read so far, up to `row`."""
        return self._breaks[min(row, len(self._breaks) - 1)] if self._breaks else 0

    def _cells_of_closing(self, row: int) -> int:
        """Return the number of cells of the line in which a quotation closes, from the open one on.

        0 if the quotation closes within a word, as no program writes it.
        """
        if row not in self._cells_after:
            lines = ['"', self.rows[row]]
            try:
                cells = next(csv.reader(lines, delimiter=self.delimiter, strict=True))
            except csv.Error:
                cells = []
            self._cells_after = {row: len(cells)}
        return self._cells_after[row]

    def _records_between(self, row: int, closing: int) -> int:
        """Return how many lines after `row`, up to `closing`, are records of full width."""
        while len(self._records) <= closing:
            at = len(self._records)
            before = self._records[-1] if at else 0
            self._records.append(before + self._is_record(self.rows[at]))
        return self._records[closing] - self._records[row]

    def _is_record(self, row: str) -> bool:
        """Return whether a line by itself has as many cells as there are headings."""
        if row.count(self.delimiter) < self.width - 1:
            return False
        cells, is_open = parse_line(row, self.delimiter)
        if len(cells) == self.width and not is_open:
            return True
        return len(parse_unquoted(row, self.delimiter)) == self.width


def parse_line(row: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of one line, and whether a quotation is open at its end.

    The CSV reader decides: with an open quotation it requests one more line.
    """
    reader = csv.reader([row, ""], delimiter=delimiter)
    cells = next(reader)
    return cells, reader.line_num == 2


def parse_unquoted(row: str, delimiter: str) -> list[str]:
    """Split one line at the delimiter, with quotation marks as ordinary characters."""
    return next(csv.reader([row], delimiter=delimiter, quoting=csv.QUOTE_NONE))
