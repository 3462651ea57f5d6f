"""What a contacts file says: one value per line, and how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from enishi.exchange.csv_record import Detail, FileRelation, Problem, Value


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
        relations: what other people of the file are to this one.
    """

    line: int
    values: Mapping[str, Value] = field(default_factory=dict)
    key: str = ""
    details: tuple[Detail, ...] = ()
    relations: tuple[FileRelation, ...] = ()


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
        kind: one of `enishi.exchange.headings.file_kinds.BY_NAME`, "vcard", or "table" for a table
            of another kind.
        encoding: the Python codec, one of `enishi.exchange.encodings.ENCODINGS`; "" of a workbook.
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
