"""Undo: take a call back without losing what was written since.

Undoing an undo repeats the call, so undo and redo share one path. A created row stays if it was
changed later or another row now refers to it; a field stays if it now holds another value. The
result lists what stayed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from enishi.book.journal import (
    ChangeSet,
    Key,
    RowChange,
    Values,
    apply_changes,
    ids_by_table,
    links_to,
    live_calls,
    read_changes,
    read_rows,
    removal,
    unused_version,
    update_of,
)
from enishi.book.room_tables import STORED
from enishi.book.validation import columns_of, full_row, links_of


@dataclass(frozen=True)
class KeptRow:
    """A row, or fields of it, that an undo did not change."""

    table: str
    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class UndoResult:
    """The result of an undo: its batch, what it took back, and what it kept.

    That is the verb of the call, how many rows changed, and their tables, each once.
    """

    batch: str
    verb: str
    size: int
    tables: tuple[str, ...]
    kept: tuple[KeptRow, ...]


def next_undo(newest_first: Iterable[ChangeSet]) -> ChangeSet | None:
    """Return the last call that stands: not an undo, not taken back, and not empty.

    A contact removed completely cannot come back; the calls before it hold nothing of them any more
    and can be taken back like any other.
    """
    standing = live_calls(newest_first)
    return next((call for call in standing if call.undoes is None and call.size), None)


def next_redo(newest_first: Iterable[ChangeSet]) -> ChangeSet | None:
    """Return the last undo that stands, unless something was changed after it."""
    for call in live_calls(newest_first):
        if call.undoes is None:
            return None
        if call.verb == "undo" and call.size:
            return call
    return None


def live_change(newest_first: Iterable[ChangeSet], batch: str) -> ChangeSet | None:
    """Return the call `batch`, or None if there is none or it was taken back."""
    return next((call for call in live_calls(newest_first) if call.batch == batch), None)


def undo_changes(
    connection: Connection, owner: str, batch: str
) -> tuple[list[RowChange], list[KeptRow]]:
    """Undo the call `batch`, row by row, and return the row changes made and what was kept."""
    undone = read_changes(connection, owner, batch)
    now = rows_of(connection, owner, [row_change.key for row_change in undone])
    unused = unused_version(connection, owner)
    steps: dict[Key, RowChange] = {}
    kept: list[KeptRow] = []
    for row_change in reversed(undone):
        step, later = inverse(row_change, now.get(row_change.key), unused)
        if step is not None:
            steps[row_change.key] = step
        if later:
            kept.append(KeptRow(*row_change.key, later))
    kept += keep_needed(connection, owner, steps)
    clear_lost_links(connection, owner, steps)
    apply_changes(connection, owner, steps.values())
    return list(steps.values()), kept


def rows_of(connection: Connection, owner: str, keys: Collection[Key]) -> dict[Key, Values]:
    """Return the current rows with these keys."""
    return {
        (table, id): row
        for table, ids in ids_by_table(keys).items()
        for id, row in read_rows(connection, owner, STORED[table], ids).items()
    }


def inverse(
    row_change: RowChange, now: Values | None, unused: int
) -> tuple[RowChange | None, tuple[str, ...]]:
    """Return the step that takes `row_change` back, and the fields to keep.

    `now` holds the row's current values, None if it is gone. A row that comes back gets the version
    `unused`.
    """
    sql_table = STORED[row_change.table]
    if row_change.after is None:
        if now is not None or row_change.before is None:
            return None, ()
        return RowChange(*row_change.key, None, row_change.before | {"version": unused}), ()
    if now is None:
        return None, ()
    after = (
        row_change.after if row_change.before is not None else full_row(sql_table, row_change.after)
    )
    own = columns_of(sql_table).keys() & after.keys()
    later = tuple(sorted(name for name in own if now[name] != after[name]))
    if row_change.before is None:
        return (None, later) if later else (removal(*row_change.key, now), ())
    back = {name: row_change.before[name] for name in own if name not in later}
    return update_of(*row_change.key, now, back, now["version"] + 1) if back else None, later


def keep_needed(connection: Connection, owner: str, steps: dict[Key, RowChange]) -> list[KeptRow]:
    """Delete from `steps` the removal of rows that a remaining row refers to; return those rows."""
    going = {key for key, step in steps.items() if step.after is None}
    links = [
        (row, target)
        for row, column, target in links_to(connection, owner, going)
        if row in going or not writes_column(steps.get(row), column)
    ]
    kept = []
    while needed := {target for row, target in links if row not in going and target in going}:
        going -= needed
        kept += [KeptRow(*key, ()) for key in sorted(needed)]
        for key in needed:
            del steps[key]
    return kept


def writes_column(step: RowChange | None, column: str) -> bool:
    """Return whether `step` writes on `column`."""
    return step is not None and step.after is not None and column in step.after


def clear_lost_links(connection: Connection, owner: str, steps: dict[Key, RowChange]) -> None:
    """Clear in `steps` each link to a row that no longer exists."""
    links = [
        (key, column, (table, str(step.after[column])))
        for key, step in steps.items()
        for column, table in links_of(STORED[step.table]).items()
        if step.after is not None and step.after.get(column)
    ]
    made = {key for key, step in steps.items() if step.before is None}
    there = made | rows_of(connection, owner, {target for *_, target in links} - made).keys()
    for key, column, target in links:
        if target not in there:
            step = steps[key]
            steps[key] = RowChange(*key, step.before, (step.after or {}) | {column: None})
