"""Reader for contacts files: takes bytes and returns one value per line, without side effects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import islice

from enishi.exchange.collector import paused_collector
from enishi.exchange.contact_export_tables import OWN_TABLE, read_own_table
from enishi.exchange.contact_table import ContactTable, read_csv_tables
from enishi.exchange.csv_record import (
    MORE_COLUMNS,
    Detail,
    Problem,
    Record,
    Value,
    clean,
    fit_values,
)
from enishi.exchange.csv_table import MOST_COLUMNS, CsvLine
from enishi.exchange.date_parsing import is_yearless
from enishi.exchange.encodings import decode, doubt_of
from enishi.exchange.errors import FileTooLargeError
from enishi.exchange.file_days import FileDays, find_file_days, implied_order, is_month_first
from enishi.exchange.file_reading import (
    DETECTED,
    ContactRow,
    EncodingSample,
    FileReading,
    ReadingOptions,
    TableColumn,
)
from enishi.exchange.file_types import is_vcard, refuse_binary, refuse_other_text
from enishi.exchange.google import google_values, numbered_in
from enishi.exchange.headings.file_kinds import BY_NAME, kind_of_headings
from enishi.exchange.linkedin import linkedin_values
from enishi.exchange.table_reader import (
    ColumnMeaning,
    has_comma_names,
    kind_columns,
    mapped_columns,
    suggested_columns,
    table_values,
    target_field,
)
from enishi.exchange.vcard import read_vcards
from enishi.exchange.workbooks import read_workbook
from enishi.exchange.zip_files import MEGABYTE, contacts_in, is_archive, is_workbook

MOST_BYTES = 10 * MEGABYTE
TABLE = "table"
"""The kind of a table of no known program; also its source."""
STAND_INS = (
    *("alias", "called", "romaji", "family_kana", "given_kana"),
    *("organisation", "email", "phone", "url"),
)
"""Fields that replace a missing name; the first non-empty one is used."""
PHOTO = "photo"
"""A link to a picture on another host; the book stores no pictures and contacts no other host."""
WHOLE_NAMES = ("name", "display")
DAY_TARGETS = ("birthday", "date", "met_on")
SIGN_IN_DAY = re.compile("[/.-]")
EVENT = re.compile(r"event \d+ - value")
DAMAGED_TEXT = "Some characters of this line could not be read; perhaps the file is incomplete."
ABOVE_HEADINGS = "This line is above the headings and is passed over."
AMONG_HEADINGS = "The line of the headings holds an address or a number; perhaps it names somebody."
_BEGINNING = 100
_LOOKED_AT = 50
"""Lines from which the samples of a column are taken."""
_SHOWN = 80
"""Maximum number of characters that a problem quotes of a line."""
_SAMPLE = 60
"""Maximum number of characters of a sample."""
MOST_SAMPLED = 500
"""Lines among which names with other characters than ASCII are looked for."""
LOOK_ALIKES = (("〜", "~"), ("−", "-"))
"""Shift_JIS contains one of each pair of look-alikes; both must give the same key."""


@paused_collector()
def read_contacts(data: bytes, name: str, options: ReadingOptions = DETECTED) -> FileReading:
    """Read a contacts file: a table of any program or of one's own, or contact cards.

    Args:
        data: the whole file, at most `MOST_BYTES`; a ZIP file may hold it.
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
        if is_workbook(data):
            book = read_workbook(data, name, known_kind(options))
            reading = read_tables(book.tables, options)
            problems = (*book.problems, *reading.problems)
            return replace(reading, sheet=book.sheet, problems=problems)
        data = contacts_in(data, name, MOST_BYTES)
    if is_vcard(data):
        return read_vcards(data, name, options)
    decoded = decode(data, name, options.encoding)
    refuse_other_text(decoded.text, name)
    if is_vcard(decoded.text[:_BEGINNING].encode("utf-8", "replace")):
        return read_vcards(decoded.text.encode(), name, options)
    tables = read_csv_tables(decoded.text, name, known_kind(options))
    reading = read_tables(tables, options)
    doubts = () if decoded.sure else (doubt_of(reading.header_line, decoded.encoding),)
    damaged = tuple(Problem(line, DAMAGED_TEXT) for line in decoded.damaged)
    samples = encoding_samples(reading.rows, decoded.encoding, decoded.others)
    return replace(
        reading,
        encoding=decoded.encoding,
        encodings=samples,
        problems=(*doubts, *damaged, *reading.problems),
    )


def known_kind(options: ReadingOptions) -> str:
    """Return the kind of table that the person chose; columns chosen by hand are of a "table"."""
    if options.fields:
        return TABLE
    return options.kind if options.kind == TABLE or options.kind in BY_NAME else ""


def read_tables(tables: Sequence[ContactTable], options: ReadingOptions) -> FileReading:
    """Return the rows of the tables of one file and their problems."""
    first = tables[0]
    found = [column_meanings(table, first, options) for table in tables]
    order = options.day_order or implied_order(label for one in tables for label in one.labels)
    days = find_file_days(day_texts(tables, found), order)
    problems: list[Problem] = []
    rows: list[ContactRow] = []
    photos = 0
    for table, columns in zip(tables, found, strict=True):
        if table.repeated:
            rows.append(ContactRow(table.header_line))
            problems.append(Problem(table.header_line, "This line repeats the headings."))
        if table.kind == OWN_TABLE:
            rows.extend(read_own_table(table, problems))
            continue
        understand = row_reader(table, columns, days, options)
        source = BY_NAME[table.kind].source if table.kind in BY_NAME else TABLE
        labels = dict(zip(table.headers, table.labels, strict=True))
        for line in table.lines:
            record = record_of(line, table, labels)
            photos += record.cells.pop(PHOTO, "") != ""
            rows.append(read_row(record, source, understand))
            problems.extend(record.problems)
    problems[:0] = [
        *(
            Problem(line, ABOVE_HEADINGS if line != first.header_line else AMONG_HEADINGS)
            for line in first.passed
        ),
        *days.problems(first.header_line),
    ]
    if photos:
        told = Problem(
            first.header_line,
            "Photos are not taken over, for the book keeps no pictures (lines with one: {count}).",
            {"count": photos},
        )
        problems.insert(0, told)
    if not any(table.lines for table in tables):
        problems.append(Problem(first.header_line, "There is nobody below the headings."))
    shown = table_columns(first, found[0]) if first.kind == TABLE else ()
    return FileReading(
        *(first.kind, "", first.header_line, tuple(rows), tuple(problems), shown),
        day_order=days.order,
    )


def column_meanings(
    table: ContactTable, first: ContactTable, options: ReadingOptions
) -> dict[str, ColumnMeaning]:
    """Return the meaning of each heading of a table; `first` is the one whose columns are shown."""
    if table.kind in BY_NAME:
        return kind_columns(table.kind, table.headers)
    if options.fields:
        chosen = {header: options.fields.get(at, "") for at, header in enumerate(first.headers)}
        return mapped_columns(table.headers, table.labels, chosen)
    if kind := kind_of_headings(table.labels):
        return kind_columns(kind, table.headers)
    return suggested_columns(table.headers, table.labels, column_samples(table))


def day_texts(
    tables: Sequence[ContactTable], found: Sequence[Mapping[str, ColumnMeaning]]
) -> Iterator[str]:
    """Yield the texts in the columns of days that may have day and month in either order."""
    for table, columns in zip(tables, found, strict=True):
        places = [
            (place, label, columns[header].target == "met_on")
            for place, (header, label) in enumerate(zip(table.headers, table.labels, strict=True))
            if columns[header].target in DAY_TARGETS or EVENT.fullmatch(header)
        ]
        if not places:
            continue
        for line in table.lines:
            for place, label, has_year in places:
                cell = line.cells[place] if place < len(line.cells) else ""
                if not SIGN_IN_DAY.search(cell) or is_month_first(label, cell):
                    continue
                if not (has_year and is_yearless(cell)):
                    yield cell


def row_reader(
    table: ContactTable,
    columns: Mapping[str, ColumnMeaning],
    days: FileDays,
    options: ReadingOptions,
) -> Callable[[Record], dict[str, Value]]:
    """Return the function that reads one line of a table."""
    if table.kind == "linkedin":
        return partial(linkedin_values, days=days, swap_names=options.swap_names)
    if table.kind in ("google-new", "google-old"):
        numbered = numbered_in(table.headers)
        is_old = table.kind == "google-old"
        return partial(google_values, numbered=numbered, old=is_old, days=days)
    places = [at for at, one in enumerate(table.headers) if columns[one].target in WHOLE_NAMES]
    names = (line.cells[at] for line in table.lines for at in places if at < len(line.cells))
    return partial(
        table_values, columns=columns, days=days, comma_names=not places or has_comma_names(names)
    )


def table_columns(
    table: ContactTable, columns: Mapping[str, ColumnMeaning]
) -> tuple[TableColumn, ...]:
    """Return the columns of a table with up to three different values of its first lines."""
    samples = column_samples(table)
    return tuple(
        TableColumn(label, samples[place][:3], target_field(columns[header].target))
        for place, (header, label) in enumerate(zip(table.headers, table.labels, strict=True))
    )


def column_samples(table: ContactTable) -> list[tuple[str, ...]]:
    """Return different values of each column, each on one line, from the first lines."""
    samples: list[dict[str, None]] = [{} for _ in table.headers]
    for line in table.lines[:_LOOKED_AT]:
        for found, cell in zip(samples, line.cells, strict=False):
            if text := clean(cell):
                found[" ".join(text.split())[:_SAMPLE]] = None
    return [tuple(found) for found in samples]


def encoding_samples(
    rows: Iterable[ContactRow], encoding: str, others: Sequence[str]
) -> tuple[EncodingSample, ...]:
    """Return up to five names as they read with each codec; names of ASCII only come last."""
    names = [str(row.values["name"]) for row in islice(rows, MOST_SAMPLED) if row.values]
    names.sort(key=str.isascii)
    shown = [EncodingSample(encoding, tuple(names[:5]))]
    for other in others:
        said = (one.encode(encoding, "replace").decode(other, "replace") for one in names[:5])
        shown.append(EncodingSample(other, tuple(said)))
    return tuple(shown)


def record_of(line: CsvLine, table: ContactTable, labels: Mapping[str, str]) -> Record:
    """Return `line` as a record without empty cells; cells beyond the headings are numbered."""
    cells = {
        header: content
        for header, cell in zip(table.headers, line.cells, strict=False)
        if cell and (content := clean(cell))
    }
    record = Record(line.number, cells, labels)
    if line.unclosed:
        record.add_problem("A quotation mark opens on this line and is never closed.")
    if line.swallowed:
        record.add_problem(
            "One field of this line spans several lines; {count} of them look like entries.",
            count=line.swallowed,
        )
    if len(line.cells) <= len(table.headers):
        return record
    beyond = line.cells[len(table.headers) :]
    extra = {
        f"#{n}": text
        for n, cell in enumerate(beyond, len(table.headers) + 1)
        if (text := clean(cell))
    }
    if extra:
        record.labels = {**labels, **{header: header for header in extra}}
        record.cells.update(extra)
        record.add_problem(MORE_COLUMNS)
    return record


def read_row(
    record: Record, source: str, understand: Callable[[Record], dict[str, Value]]
) -> ContactRow:
    """Return one record as a row; it is empty if the line has no name and no stand-in for one."""
    if not record.cells:
        record.add_problem("This line is empty.")
        return ContactRow(record.line)
    cells = tuple(record.cells.values())
    key = key_of(record.cells, source)
    values = understand(record)
    if not values["name"]:
        stand_in = stand_in_for(values, record.details)
        if not stand_in:
            record.add_problem(
                "This line names nobody and is passed over: {text}",
                text=" / ".join(" ".join(cell.split()) for cell in cells)[:_SHOWN],
            )
            return ContactRow(record.line)
        record.add_problem(
            "This line has no name; “{stand_in}” stands in for it.", stand_in=stand_in
        )
        values["name"] = stand_in
    fitting = fit_values(values, record)
    return ContactRow(record.line, {**fitting, "source": source}, key, tuple(record.details))


def stand_in_for(values: Mapping[str, Value], details: Iterable[Detail]) -> str:
    """Return what a person without a name is called by, "" if there is nothing."""
    found = next((str(values[field]) for field in STAND_INS if values.get(field)), "")
    kinds = ("email", "phone", "url")
    return found or next((one.value for one in details if one.kind in kinds), "")


def key_of(cells: Mapping[str, str], source: str) -> str:
    """Return `source:digest`, which identifies the same cells in a later import.

    A column without a heading has none in the key, for it may be moved.
    """
    parts = [
        f"={_plain(text)}" if header[0] == "#" else f"{plain_heading(header)}={text}"
        for header, text in cells.items()
    ]
    said = _plain("|".join(sorted(parts)))
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
