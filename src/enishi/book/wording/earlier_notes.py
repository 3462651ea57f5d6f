"""What the person wrote in fields that no sheet asks for any longer.

Such a column is marked `retired` in `enishi.book.tables`. Its rows stay in the book; here they are
read, in words, under what they belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, Table, Text, cast, or_, select

from enishi.book.book import Book
from enishi.book.journal import Key, read_rows
from enishi.book.tables import TABLES, own_columns
from enishi.book.validation import default_of, links_of
from enishi.book.wording.column_texts import column_label, is_said, table_label, value_text
from enishi.book.wording.row_titles import FindRow, Row, own_title, title_of
from enishi.i18n import texts
from enishi.i18n.dates import format_date

BY_THEMSELVES = ("contact", "goal", "role", "place", "strength", "event")
"""Tables whose rows notes belong to; the rows of others belong to one that they link to."""


@dataclass(frozen=True)
class EarlierNote:
    """One thing that was written.

    Attributes:
        about: the row it is from, unless that is what the group is about; else ''.
        label: what was asked.
        text: what was written, in words.
    """

    about: str
    label: str
    text: str


@dataclass(frozen=True)
class NoteGroup:
    """What was written about one person, goal, strength, …: its kind, its name, and the notes."""

    kind: str
    title: str
    notes: tuple[EarlierNote, ...]


def find_earlier_notes(book: Book, language: str, asked: Collection[str]) -> list[NoteGroup]:
    """Return what was written in retired columns, and under sheets that no longer ask for a note.

    Args:
        book: the person's book.
        language: the language of labels and words.
        asked: the names of the sheets that still ask for a note at their end.
    """
    groups: dict[Key, list[EarlierNote]] = {}
    with book.reading() as connection:
        rows = list(retired_rows(connection, book.owner))
        find = finder_in(connection, book.owner, rows)
        for table, row in rows:
            owner = belongs_to(table, row, find)
            about = "" if owner == (table, row["id"]) else _describe(table, row, language)
            groups.setdefault(owner, []).extend(
                EarlierNote(about, column_label(table, str(column.name), language), text)
                for column in retired_columns(TABLES[table])
                if (text := _in_words(column, row[column.name], find, language))
            )
        found = [
            NoteGroup(table_label(table, language), _title(table, id, find, language), tuple(notes))
            for (table, id), notes in groups.items()
        ]
        return [*found, *unasked_reflections(connection, book.owner, language, asked)]


def retired_columns(sql_table: Table) -> list[Column[Any]]:
    """Return the columns of a table that no sheet asks for."""
    return [column for column in own_columns(sql_table) if column.info.get("retired")]


def retired_rows(connection: Connection, owner: str) -> Iterator[tuple[str, Row]]:
    """Yield every row that holds something in a retired column, the oldest of a table first."""
    for name, sql_table in TABLES.items():
        said = [differs(column) for column in retired_columns(sql_table)]
        if said:
            query = select(sql_table).where(sql_table.c.owner == owner, or_(*said))
            rows = [dict(row) for row in connection.execute(query).mappings()]
            yield from ((name, row) for row in sorted(rows, key=lambda row: str(row["id"])))


def differs(column: Column[Any]) -> ColumnElement[bool]:
    """Return the condition that a column does not hold its default."""
    if isinstance(column.type, JSON):
        return cast(column, Text) != "[]"
    default = default_of(column)
    return column.is_not(None) if default is None else column != default


def finder_in(connection: Connection, owner: str, rows: Iterable[tuple[str, Row]]) -> FindRow:
    """Return a function that finds a row by its table and id.

    What one of `rows` links to is read for all of them together; another row is read when it is
    asked for.
    """
    linked: dict[str, set[str]] = defaultdict(set)
    for table, row in rows:
        for column, other in links_of(TABLES[table]).items():
            linked[other].add(row[column] or "")
        linked[table].add(row["id"])
    found: dict[Key, Row | None] = {
        (table, id): row
        for table, ids in linked.items()
        for id, row in read_rows(connection, owner, TABLES[table], list(ids)).items()
    }

    def find(table: str, id: str) -> Row | None:
        if (table, id) not in found:
            found[table, id] = read_rows(connection, owner, TABLES[table], [id]).get(id)
        return found[table, id]

    return find


def belongs_to(table: str, row: Row, find: FindRow) -> Key:
    """Return the row under which what `row` holds is read: a person before anything else."""
    if table not in BY_THEMSELVES:
        links = links_of(TABLES[table])
        for column in sorted(links, key=lambda name: links[name] != "contact"):
            if row[column] and find(links[column], row[column]) is not None:
                return links[column], row[column]
    return table, row["id"]


def unasked_reflections(
    connection: Connection, owner: str, language: str, asked: Collection[str]
) -> Iterator[NoteGroup]:
    """Yield the notes at the end of sheets that ask for none any longer, as one group."""
    reflection = TABLES["reflection"]
    query = select(reflection.c.id, reflection.c.text).where(
        reflection.c.owner == owner, reflection.c.text != "", reflection.c.id.not_in(list(asked))
    )
    questions = texts("columns", language)["reflections"]
    notes = [
        EarlierNote("", questions.get(row.id, row.id), row.text)
        for row in sorted(connection.execute(query), key=lambda row: str(row.id))
    ]
    if notes:
        yield NoteGroup(table_label("reflection", language), "", tuple(notes))


def _in_words(column: Column[Any], value: Any, find: FindRow, language: str) -> str:
    if not is_said(column, value):
        return ""
    target = column.info.get("links_to")
    if target is None:
        return value_text(column, value, language)
    row = find(target, value)
    return title_of(target, row, find, language) if row else ""


def _title(table: str, id: str, find: FindRow, language: str) -> str:
    row = find(table, id) or {}
    return own_title(row) or _day(row, language)


def _describe(table: str, row: Row, language: str) -> str:
    """Return what tells a row from others that belong to the same: its kind, name and day."""
    parts = (table_label(table, language), own_title(row), _day(row, language))
    return " ".join(filter(None, parts))


def _day(row: Row, language: str) -> str:
    return format_date(date.fromisoformat(row["on"]), language) if row.get("on") else ""
