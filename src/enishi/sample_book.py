"""The sample book: invented people to try the workbook with, loaded and removed in one call."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from functools import cache
from typing import Any

from enishi.book import Book
from enishi.book.batch import Batch
from enishi.book.erasure import THEIRS
from enishi.book.journal import Key, Values, links_to, read_changes
from enishi.book.tables import TABLES
from enishi.book.undo import rows_of, undo_changes
from enishi.book.validation import links_of
from enishi.i18n.texts import in_language, read_yaml
from enishi.paths import shared

_PREFIX = "sample-"
"""Prefix of the id of every row of the sample."""
_MARK = "sample"
"""The setting with the id of the call that loaded the sample; it is removed with the sample."""
OF_THE_GOAL = ("goal", "way", "plan", "role", "place")
"""Nouns not loaded if the person has a wish of their own, which stays unchanged."""
ONE_EACH = {"introduction_text": ("seconds",), "offer": ("give", "size")}
"""Nouns with one row per value of these columns; an own row of the person replaces the sample's."""


@cache
def read_sample() -> dict[str, dict[str, Values]]:
    """Return `data/sample/book.yaml` with both languages: columns by table and key."""
    rows: dict[str, dict[str, Values]] = read_yaml(shared("data") / "sample" / "book.yaml")
    return rows


def sample_rows(language: str, today: date) -> dict[Key, Values]:
    """Return the sample's rows by table and id, in one language, with days relative to `today`."""
    rows = in_language(read_sample(), language)
    return {
        (table, _PREFIX + key): {
            column: _PREFIX + value
            if column in links_of(TABLES[table])
            else _stored_value(value, today)
            for column, value in row.items()
        }
        | ({"source": "sample"} if table == "contact" else {})
        for table, keyed in rows.items()
        for key, row in keyed.items()
    }


def _stored_value(value: Any, today: date) -> Any:
    """Return a value as the book stores it: `{in_days: 3}` is a day, with `time` an instant."""
    if not isinstance(value, dict):
        return value
    day = (today + timedelta(days=value["in_days"])).isoformat()
    return f"{day}T{value['time']}:00Z" if "time" in value else day


def is_loaded(book: Book) -> bool:
    """Return whether the sample is in the book."""
    return book.setting(_MARK) != ""


def load_sample(book: Book, language: str, today: date) -> int:
    """Load the sample into the book, beside existing rows, and return how many rows that created.

    The person's own rows are not changed: if they have a wish, the sample's goal is omitted, and so
    on. Undo takes all of it back.

    Args:
        book: the book; nothing happens if the sample is already loaded.
        language: the language of the sample's people and sentences.
        today: the day that the sample's days are relative to.
    """
    if is_loaded(book):
        return 0
    rows = sample_rows(language, today)
    with book.snapshot():
        own = {key for key, row in rows.items() if _is_own(book, key[0], row)}
    with book.batch("sample") as batch:
        there = rows_of(batch.connection, batch.owner, rows.keys())
        out = own - there.keys()
        made = {
            key: row | _lost_links(key[0], row, out)
            for key, row in rows.items()
            if key not in out and key not in there
        }
        batch.create(made)
        batch.upsert("setting", _MARK, value=batch.id)
        return len(made)


def _lost_links(table: str, row: Values, out: Set[Key]) -> Values:
    """Return the links of a row to rows in `out`, each without its target."""
    links = links_of(TABLES[table])
    return {name: None for name in links if (links[name], row.get(name)) in out}


def _is_own(book: Book, table: str, row: Values) -> bool:
    """Return whether the person has a row of their own in place of this row of the sample."""
    if table not in OF_THE_GOAL and table not in ONE_EACH:
        return False
    frame = book.frame("goal" if table in OF_THE_GOAL else table)
    own = frame[~frame.index.str.startswith(_PREFIX)]
    if table in OF_THE_GOAL:
        return bool((~own["closed"] & (own["wish"].str.strip() != "")).any())
    columns = ONE_EACH[table]
    theirs = own[list(columns)].itertuples(index=False, name=None)
    return tuple(row[column] for column in columns) in set(theirs)


def remove_sample(book: Book, *, written_too: bool = False) -> int:
    """Remove the sample from the book and return how many rows that removed.

    Rows that the person edited stay, and so do contacts of the sample about whom something was
    noted; `leftovers` returns them. Undo brings everything back.

    Args:
        book: the book with the sample, or with what was left of it.
        written_too: True removes edited rows and notes about contacts of the sample as well.
    """
    with book.batch("sample_removed") as batch:
        before = len(sample_keys(batch))
        call = rows_of(batch.connection, batch.owner, [("setting", _MARK)])
        loaded = call["setting", _MARK]["value"] if call else ""
        if read_changes(batch.connection, batch.owner, loaded):
            steps, kept = undo_changes(batch.connection, batch.owner, loaded)
            batch.row_changes += steps
            changed = {(row.table, row.id) for row in kept if row.fields}
        else:  # left over, or from a copy put back: which rows were edited is not known
            changed = set(sample_keys(batch))
            for key in call:
                batch.delete(*key)
        for key, row in sample_keys(batch).items():
            stays = key in changed or (key[0] == "contact" and rows_about(batch, key))
            if written_too or not stays or row.get("trashed_on"):
                delete_with_rows(batch, key)
        return before - len(sample_keys(batch))


def leftovers(book: Book) -> dict[Key, Values]:
    """Return the rows of the sample that stayed when it was removed."""
    if is_loaded(book):
        return {}
    with book.reading() as connection:
        return sample_keys(Batch(connection, book.owner))


def sample_keys(batch: Batch) -> dict[Key, Values]:
    """Return the rows of the sample that are in the book."""
    keys = [(table, _PREFIX + key) for table, keyed in read_sample().items() for key in keyed]
    return rows_of(batch.connection, batch.owner, keys)


def rows_about(batch: Batch, contact: Key) -> list[Key]:
    """Return the rows about a contact: meetings, promises and the like."""
    links = links_to(batch.connection, batch.owner, [contact])
    return [row for row, _, _ in links if row[0] in THEIRS]


def delete_with_rows(batch: Batch, key: Key) -> None:
    """Remove a row, and for a contact also the rows about them."""
    mine = [*dict.fromkeys(rows_about(batch, key)), key] if key[0] == "contact" else [key]
    for row in mine:
        if rows_of(batch.connection, batch.owner, [row]):
            batch.delete(*row)
