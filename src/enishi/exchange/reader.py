"""Reader for contacts files: takes bytes and returns one value per line, without side effects."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple

from enishi.exchange.csv_record import Detail, Problem, Record, Value, clean, fit_values
from enishi.exchange.csv_table import MOST_COLUMNS, CsvLine, CsvSheet, read_sheet
from enishi.exchange.encodings import decode
from enishi.exchange.errors import FileTooLargeError
from enishi.exchange.file_types import BYTE_ORDER_MARK, refuse_binary, refuse_other_text
from enishi.exchange.google import google_values, numbered_in
from enishi.exchange.linkedin import linkedin_values
from enishi.exchange.zip_files import MEGABYTE, connections_in, is_archive

MOST_BYTES = 10 * MEGABYTE
TABLE_FIELDS = (
    *("name", "family", "given", "kana", "family_kana", "given_kana", "romaji", "alias"),
    *("honorific", "called", "organisation", "department", "title", "email", "phone", "url"),
    *("address", "birthday", "date", "met_on", "how_met", "where_met", "circles", "note", "field"),
)
"""What a column of a table may hold: a column of the book's `contact`, or a detail.

`kana` is the reading of the whole name; `address`, `date` and `field`, and whatever `email`,
`phone` and `url` hold beside the main one, become details.
"""
STAND_INS = ("organisation", "email", "phone", "url")
"""Fields that replace a missing name; the first non-empty one is used."""
PHOTO = "photo"
"""A link to a picture on another host; the book stores no pictures and contacts no other host."""
LOOK_ALIKES = (("〜", "~"), ("−", "-"))
"""Shift_JIS contains one of each pair of look-alikes; both must give the same key."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of the file as fields of a contact.

    Attributes:
        line: the line of the file where it begins, from 1.
        values: the non-empty fields, by column of the book's `contact`; circles are a tuple,
            everything else is text. Empty if the line contains no person.
        key: equal for the same line in the same kind of file, regardless of encoding, column order
            and `swap_names`.
        details: what has no column of its own, in the order of the file.
    """

    line: int
    values: Mapping[str, Value] = field(default_factory=dict)
    key: str = ""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class ReadingOptions:
    """How the person said that a file is to be read; what is empty is detected.

    Attributes:
        swap_names: swap family and given name if both are in kanji, kana or Hangul. Only for
            LinkedIn, whose members type them in either order; other files separate them.
        kind: the kind of file, one of the kinds of `FileReading`.
        encoding: the Python codec of a text file.
        day_order: "dmy" or "mdy", where the days of the file fit both.
        fields: the field of each column of a table, by its place from 0; "" leaves it out.
    """

    swap_names: bool = False
    kind: str = ""
    encoding: str = ""
    day_order: str = ""
    fields: Mapping[int, str] = field(default_factory=dict)


class TableColumn(NamedTuple):
    """One column of a table whose meaning the person may choose.

    Attributes:
        label: the heading as written, "#3" if there is none.
        samples: up to three different values.
        field: the field it was read into, one of `TABLE_FIELDS`; "" if it was left out.
    """

    label: str
    samples: tuple[str, ...]
    field: str


class EncodingSample(NamedTuple):
    """A codec that can decode the file, and up to five names as they read with it."""

    encoding: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class FileReading:
    """The content of a contacts file.

    Attributes:
        kind: "linkedin", "google-new" or "google-old"; "table" is a table of another kind.
        encoding: the Python codec: "utf-8", "utf-8-sig", "utf-16" or "cp932"; "" of a workbook.
        header_line: the line of the headings, from 1; 0 if there are none.
        rows: one for each line that is not blank, in the order of the file.
        problems: the problems found, in the order of the file.
        columns: the columns of a "table", in their order.
        encodings: the codecs that can decode the file, `encoding` first; one, or none of a
            workbook, if there is nothing to choose.
        day_order: how days such as 3/4/2024 were read, "dmy" or "mdy"; "ask" if they fit both and
            wait as details; "" if there are none.
        sheet: the name of the workbook's sheet that was read.
    """

    kind: str
    encoding: str
    header_line: int
    rows: tuple[ContactRow, ...]
    problems: tuple[Problem, ...]
    columns: tuple[TableColumn, ...] = ()
    encodings: tuple[EncodingSample, ...] = ()
    day_order: str = ""
    sheet: str = ""


DETECTED = ReadingOptions()
"""Everything is detected."""


def read_contacts(data: bytes, name: str, options: ReadingOptions = DETECTED) -> FileReading:
    """Read a contacts file: LinkedIn's Connections.csv (also in its ZIP file) or Google's CSV.

    Args:
        data: the whole file, at most `MOST_BYTES`.
        name: the file's name; only used in sentences.
        options: what the person chose; the rest is detected.

    Raises:
        UnknownFileError: it is another kind of file; the sentence names the kind.
        UnreadableFileError: it exceeds a limit.
    """
    if len(data) > MOST_BYTES:
        raise FileTooLargeError(name=name, megabytes=MOST_BYTES // MEGABYTE)
    refuse_binary(data, name)
    if is_archive(data):
        data = connections_in(data, name, MOST_BYTES)
    decoded = decode(data, name)
    text = decoded.text.removeprefix(BYTE_ORDER_MARK)
    refuse_other_text(text, name)
    sheet = read_sheet(text, name)
    rows, problems = _read_rows(sheet, options.swap_names)
    return FileReading(sheet.kind, decoded.encoding, sheet.header_line, rows, problems)


def _read_rows(
    sheet: CsvSheet, swap_names: bool
) -> tuple[tuple[ContactRow, ...], tuple[Problem, ...]]:
    """Return the rows of `sheet` and their problems."""
    understand: Callable[[Record], dict[str, Value]]
    if sheet.kind == "linkedin":
        understand = partial(linkedin_values, swap_names=swap_names)
    else:
        numbered = numbered_in(sheet.headers)
        understand = partial(google_values, numbered=numbered, old=sheet.kind == "google-old")
    source = sheet.kind.partition("-")[0]
    labels = dict(zip(sheet.headers, sheet.labels, strict=True))
    problems: list[Problem] = []
    rows: list[ContactRow] = []
    photos = 0
    for line in sheet.lines:
        record = record_of(line, sheet, labels)
        photos += record.cells.pop(PHOTO, "") != ""
        rows.append(read_row(record, source, understand))
        problems.extend(record.problems)
    if photos:
        told = Problem(
            sheet.header_line,
            "Photos are not taken over, for the book keeps no pictures (lines with one: {count}).",
            {"count": photos},
        )
        problems.insert(0, told)
    if not rows:
        problems.append(Problem(sheet.header_line, "There is nobody below the headings."))
    return tuple(rows), tuple(problems)


def record_of(line: CsvLine, sheet: CsvSheet, labels: Mapping[str, str]) -> Record:
    """Return `line` as a record without empty cells; cells beyond the headings are numbered."""
    cells = {
        header: content
        for header, cell in zip(sheet.headers, line.cells, strict=False)
        if cell and (content := clean(cell))
    }
    record = Record(line.number, cells, labels)
    if line.unclosed:
        record.add_problem("A quotation mark opens on this line and is never closed.")
    beyond = line.cells[len(sheet.headers) :]
    extra = {
        f"#{n}": text
        for n, cell in enumerate(beyond, len(sheet.headers) + 1)
        if (text := clean(cell))
    }
    if extra:
        record.labels = {**labels, **{header: header for header in extra}}
        record.cells.update(extra)
        record.add_problem(
            "This line has more columns than there are headings; they go into the note."
        )
    return record


def read_row(
    record: Record, source: str, understand: Callable[[Record], dict[str, Value]]
) -> ContactRow:
    """Return one record as a row; it is empty if the line has no name and no stand-in for one."""
    if not record.cells:
        record.add_problem("This line is empty.")
        return ContactRow(record.line)
    key = key_of(record.cells, source)
    values = understand(record)
    if not values["name"]:
        stand_in = next((values[field] for field in STAND_INS if values.get(field)), "")
        if not stand_in:
            record.add_problem("This line names nobody and is passed over.")
            return ContactRow(record.line)
        record.add_problem(
            "This line has no name; “{stand_in}” stands in for it.", stand_in=stand_in
        )
        values["name"] = stand_in
    fitting = fit_values(values, record)
    return ContactRow(record.line, {**fitting, "source": source}, key)


def key_of(cells: Mapping[str, str], source: str) -> str:
    """Return `source:digest`, which identifies the same cells in a later import."""
    said = "|".join(plain_heading(one) + _plain(f"={cells[one]}") for one in sorted(cells))
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=8)
    return f"{source}:{digest.hexdigest()}"


def _plain(text: str) -> str:
    """Return `text` normalised for keys: one width, one case, no gaps, no look-alikes."""
    if text.isascii():
        return "".join(text.lower().split())
    one = unicodedata.normalize("NFKC", text).casefold()
    for written, meant in LOOK_ALIKES:
        one = one.replace(written, meant)
    return "".join(one.split())


plain_heading = lru_cache(maxsize=2 * MOST_COLUMNS)(_plain)
"""`_plain` with a cache for headings, which every line repeats.

`MOST_HEADING_CHARACTERS` limits their length.
"""
