"""Tables of contacts: finds the headings among the first lines, and the lines below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from enishi.exchange.csv_table import DELIMITERS, MOST_ROWS, CsvLine, csv_records, split_lines
from enishi.exchange.errors import (
    HeadingTooLongError,
    TooManyFieldsError,
    TooManyRowsError,
    UnknownFileError,
)
from enishi.exchange.headings.file_kinds import HEADINGS_OF_KINDS, kind_of_headings, plain_header
from enishi.exchange.headings.synonyms import suggest_target

PREAMBLE_LINES = 20
"""Number of lines from the top in which the headings are searched for."""
MOST_FILLED = 20 * MOST_ROWS
"""Maximum non-empty cells below the headings; each costs about the same."""
MOST_HEADING_CHARACTERS = 100
"""Maximum length of a heading in characters; every line repeats it in its key and its fields."""
SHOWN_HEADERS = 12
SHOWN_CHARACTERS = 200
VALUE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|[+(]?\d[\d() ./-]{6,}|https?://\S+")
"""An e-mail address, a number or day, or a link: a cell that is no heading."""
MAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
"""What every e-mail address has, also within a line that was split in another way."""


class Headings(NamedTuple):
    """A line of headings.

    Attributes:
        kind: the kind of table; "table" if no program's.
        line: the line; its number is 0 if the table has no headings and these are numbers.
        score: how many of the headings are known.
    """

    kind: str
    line: CsvLine
    score: int


@dataclass(frozen=True)
class ContactTable:
    """A table and its headings.

    Attributes:
        kind: one of the kinds of `enishi.exchange.FileReading`.
        header_line: the line of the headings, from 1; 0 if there are none.
        labels: the headings as written, in the order of the columns.
        headers: the headings normalised; a repeated one is numbered, a missing one is its label.
        lines: the records below the headings, without blank lines.
        repeated: True if these headings came again below another table of the same file.
        passed: the lines above the headings, and their own, that hold an address or a number.
    """

    kind: str
    header_line: int
    labels: tuple[str, ...]
    headers: tuple[str, ...]
    lines: tuple[CsvLine, ...]
    repeated: bool = False
    passed: tuple[int, ...] = ()


def read_csv_tables(text: str, name: str, kind: str = "") -> list[ContactTable]:
    """Return the tables of a text: one, or several where exports were joined.

    Args:
        text: the file's content.
        name: the file's name, for the sentence of an error.
        kind: the kind that the person chose.

    Raises:
        UnknownFileError: the text is no table; the sentence has its first line.
        UnreadableFileError: it exceeds a limit.
    """
    rows = split_lines(text, name)
    found: dict[str, Headings] = {}
    for delimiter in DELIMITERS:
        head = head_of(rows, delimiter, name)
        if headings := find_headings(head):
            found[delimiter] = headings
            if headings.kind != "table":
                break
    if not found:
        raise UnknownFileError(name=name, headers=shown_headings(rows, name))
    delimiter, headings = max(found.items(), key=lambda one: fit_of(one[1]))
    width = len(headings.line.cells)
    lines = csv_records(rows, headings.line.number + 1, delimiter, name, width)
    tables = tables_below(headings, lines, name, kind)
    return with_passed(tables, head_of(rows, delimiter, name))


def with_passed(tables: list[ContactTable], head: Iterable[CsvLine]) -> list[ContactTable]:
    """Return the tables of a file, the first with the lines above it that may be of people.

    A line of headings may be of somebody as well, if the break between two lines is missing.
    """
    first, *others = tables
    above = (line for line in head if line.number <= first.header_line)
    passed = tuple(
        line.number for line in above if has_value(line.cells) or any(map(MAIL.search, line.cells))
    )
    return [replace(first, passed=passed), *others]


def head_of(rows: Sequence[str], delimiter: str, name: str) -> list[CsvLine]:
    """Return the records among the first lines of a text."""
    head = csv_records(list(rows[: 2 * PREAMBLE_LINES]), 1, delimiter, name)
    return [line for line in head if line.number <= PREAMBLE_LINES]


def find_headings(head: Sequence[CsvLine]) -> Headings | None:
    """Return the headings among the first lines of a table, None if it does not look like one.

    Those of a known program go before the line with the most words that a heading may be. Without
    such a word, the first line counts as headings if the lines below have as many cells; if it
    holds addresses or numbers, there are none.
    """
    best: Headings | None = None
    for line in head:
        if kind := kind_of_headings(line.cells):
            if best and best.score > 1:  # another table above it: two exports were joined
                return best
            return Headings(kind, line, 2 * MOST_HEADING_CHARACTERS)
        if score := heading_score(line.cells):
            found = Headings("table", line, score)
            best = max(best or found, found, key=score_of)
    if best or not head:
        return best
    first = head[0]
    width = len(first.cells)
    same = sum(len(line.cells) == width for line in head)
    if width < 2 or 2 * same <= len(head) or (len(head) == 1 and not has_value(first.cells)):
        return None
    if has_value(first.cells):
        return Headings("table", CsvLine(0, [""] * width), 0)
    return Headings("table", first, 0)


def score_of(headings: Headings) -> int:
    """Return how many of the headings are known."""
    return headings.score


def fit_of(headings: Headings) -> tuple[bool, int]:
    """Return how well a delimiter fits the text in which it found these headings.

    One that finds a single heading goes after one that splits it: "Phone Number" is a word also of
    an unsplit line.
    """
    return len(headings.line.cells) > 1, headings.score


def heading_score(cells: Iterable[str]) -> int:
    """Return how many different fields the cells name; 0 if they are no headings.

    One word among many other cells is a word in a sentence or a line of somebody.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if has_value(filled) or any(len(cell) > MOST_HEADING_CHARACTERS for cell in filled):
        return 0
    targets = {suggest_target(cell) for cell in filled} - {"", "skip"}
    return len(targets) if 3 * len(targets) > len(filled) or len(targets) > 2 else 0


def has_value(cells: Iterable[str]) -> bool:
    """Return whether one of the cells is an address, a number or a link."""
    return any(VALUE.fullmatch(cell.strip()) for cell in cells)


def tables_below(
    headings: Headings, lines: Iterator[CsvLine], name: str, chosen: str = ""
) -> list[ContactTable]:
    """Return the table below `headings`, and those that follow where headings come again.

    Args:
        headings: the headings.
        lines: the records below them.
        name: the file's name, for the sentence of an error.
        chosen: the kind that the person chose.

    Raises:
        HeadingTooLongError, TooManyRowsError, TooManyFieldsError: the file exceeds a limit.
    """
    tables = []
    blocks: list[tuple[Headings, list[CsvLine]]] = [(headings, [])]
    own = plain_cells(headings.line.cells)
    words = own | HEADINGS_OF_KINDS
    filled = count = 0
    for line in lines:
        filled += sum(map(bool, line.cells))
        if count == MOST_ROWS:
            raise TooManyRowsError(name=name, rows=MOST_ROWS)
        if filled > MOST_FILLED:
            raise TooManyFieldsError(name=name, line=line.number, most=MOST_FILLED)
        count += 1
        first = line.cells[0]
        if first and plain_header(first) in words:
            again = plain_cells(line.cells)
            kind = kind_of_headings(line.cells)
            if kind or (len(again) > 1 and again <= own):
                blocks.append((Headings(kind or headings.kind, line, 0), []))
                continue
        blocks[-1][1].append(line)
    for at, (above, below) in enumerate(blocks):
        check_headings(above.line, name)
        cells = above.line.cells
        labels = tuple(cell.strip() or f"#{column}" for column, cell in enumerate(cells, 1))
        is_same = at == 0 or plain_cells(cells) <= own
        kind = chosen if chosen and is_same else above.kind
        tables.append(
            ContactTable(
                kind, above.line.number, labels, unique_labels(labels), tuple(below), at > 0
            )
        )
    return tables


def plain_cells(cells: Iterable[str]) -> set[str]:
    """Return the filled cells, normalised as headings are."""
    return {plain_header(cell) for cell in cells if cell.strip()}


def check_headings(line: CsvLine, name: str) -> None:
    """Raise a `HeadingTooLongError` if a heading is longer than the limit."""
    longest = max(map(len, line.cells))
    if longest > MOST_HEADING_CHARACTERS:
        facts = {"line": line.number, "found": longest, "most": MOST_HEADING_CHARACTERS}
        raise HeadingTooLongError(name=name, **facts)


def unique_labels(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings normalised and unique, a second "company" as "company (2)"."""
    seen: dict[str, int] = {}
    headers = []
    for label in labels:
        header = plain_header(label)
        seen[header] = seen.get(header, 0) + 1
        headers.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(headers)


def shown_headings(rows: list[str], name: str) -> str:
    """Return the first non-empty line, shortened for an error sentence."""
    for line in csv_records(rows[: 2 * PREAMBLE_LINES], 1, ",", name):
        filled = [cell.strip() for cell in line.cells if cell.strip()]
        if filled:
            shown = " · ".join(filled[:SHOWN_HEADERS])
            more = len(filled) > SHOWN_HEADERS or len(shown) > SHOWN_CHARACTERS
            return shown[:SHOWN_CHARACTERS] + (" …" if more else "")
    return "–"
