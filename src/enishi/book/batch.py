"""Several changes as one call: what can be done to a person's rows inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from enishi.book import journal
from enishi.book.errors import StaleVersionError, UnknownRowError
from enishi.book.ids import new_id
from enishi.book.journal import Key, RowChange, Values
from enishi.book.room_tables import STORED
from enishi.book.validation import default_row, is_id, validate

ROWS_A_STEP = 500
"""Number of rows after which `Batch.add_many` reports progress."""


class Batch:
    """Several changes in one transaction; see `enishi.book.Book.batch`."""

    def __init__(self, connection: Connection, owner: str) -> None:
        self.connection = connection
        self.owner = owner
        self.id = new_id()
        self.row_changes: list[RowChange] = []
        self._changed_keys: set[Key] = set()

    def add(self, table: str, /, **values: Any) -> str:
        """Create a row of `table` and return its id.

        Raises:
            InvalidValueError: a value does not fit.
        """
        return self.add_many(table, [values])[0]

    def add_many(
        self,
        table: str,
        rows: Sequence[Mapping[str, Any]],
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Create a row of `table` for each mapping and return their ids, in order.

        Calls `progress` with the number of rows done, every 500 rows and at the end.

        Raises:
            InvalidValueError: a value does not fit.
        """
        ids: list[str] = []
        for start in range(0, len(rows), ROWS_A_STEP):
            some = prepare_rows(table, rows[start : start + ROWS_A_STEP])
            self.add_prepared(some)
            ids += [row_change.id for row_change in some]
            if progress:
                progress(len(ids))
        return ids

    def add_prepared(self, creations: Sequence[RowChange]) -> None:
        """Create the rows that `prepare_rows` made ready."""
        self._apply(list(creations))

    def create(self, rows: Mapping[Key, Mapping[str, Any]]) -> None:
        """Create rows with these keys, none of which exists.

        Raises:
            InvalidValueError: a value does not fit.
        """
        unused = journal.unused_version(self.connection, self.owner)
        self._apply(
            [
                journal.creation(table, id, validate(STORED[table], row), unused)
                for (table, id), row in rows.items()
            ]
        )

    def update(self, table: str, id: str, version: int | None = None, /, **values: Any) -> int:
        """Write `values` on a row last read at `version`, and return its new version.

        Fields that other writers changed meanwhile are kept; a conflict is only a field that both
        sides changed to different values. `version=None` skips that check.

        Raises:
            UnknownRowError: there is no such row.
            InvalidValueError: a value does not fit.
            StaleVersionError: a field was changed elsewhere since `version`.
        """
        new = validate(STORED[table], values)
        row = self.row(table, id)
        now = int(row["version"])
        changed = {name: value for name, value in new.items() if row[name] != value}
        if not changed:
            return now
        if version is not None and version != now:
            since = journal.fields_since(self.connection, self.owner, table, id, version, now)
            refuse_stale(row, [name for name in changed if since is None or name in since])
        if (table, id) not in self._changed_keys:  # a call raises a version once
            now += 1
        self._apply([journal.update_of(table, id, row, changed, now)])
        return now

    def update_many(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the values of each row by its id, whatever its version; read them at once.

        Raises:
            UnknownRowError: one of the rows does not exist.
            InvalidValueError: a value does not fit.
        """
        sql_table = STORED[table]
        stored = journal.read_rows(self.connection, self.owner, sql_table, list(rows))
        if stored.keys() != rows.keys():
            raise UnknownRowError()
        steps = []
        for id, values in rows.items():
            row, new = stored[id], validate(sql_table, values)
            changed = {name: value for name, value in new.items() if row[name] != value}
            if changed:
                raised = (table, id) not in self._changed_keys  # a call raises a version once
                now = int(row["version"]) + raised
                steps.append(journal.update_of(table, id, row, changed, now))
        self._apply(steps)

    def upsert(
        self,
        table: str,
        id: str,
        version: int | None = None,
        fresh: Mapping[str, Any] | None = None,
        /,
        **values: Any,
    ) -> int:
        """Write `values` on the row `id`, creating it with `fresh` if missing; return its version.

        `version` is as in `write`. 0 means that the row did not exist when it was last read: if it
        was created elsewhere since, a field that now holds another value is a conflict.

        Raises:
            UnknownRowError: `id` is not a valid id.
            InvalidValueError: a value does not fit.
            StaleVersionError: a field was changed elsewhere since `version`.
        """
        if not is_id(id):
            raise UnknownRowError()
        sql_table = STORED[table]
        start, new = validate(sql_table, fresh or {}), validate(sql_table, values)
        there = journal.read_rows(self.connection, self.owner, sql_table, [id])
        if there and version == 0:
            row, seen = there[id], {**default_row(sql_table), **start}
            others = [name for name, value in new.items() if row[name] not in (value, seen[name])]
            refuse_stale(row, others)
            version = None
        if there:
            return self.update(table, id, version, **values)
        unused = journal.unused_version(self.connection, self.owner)
        self._apply([journal.creation(table, id, start | new, unused)])
        return unused

    def delete(self, table: str, id: str) -> None:
        """Remove a row and clear all links to it.

        Raises:
            UnknownRowError: there is no such row.
        """
        self.row(table, id)
        for (other, other_id), column, _ in list(
            journal.links_to(self.connection, self.owner, [(table, id)])
        ):
            self.update(other, other_id, **{column: None})
        self._apply([journal.removal(table, id, self.row(table, id))])

    def delete_all(self, keys: Iterable[Key]) -> None:
        """Remove rows to which only other rows of `keys` link.

        Raises:
            UnknownRowError: one of the rows does not exist.
        """
        by_table: dict[str, list[str]] = {}
        for table, id in keys:
            by_table.setdefault(table, []).append(id)
        steps = []
        for table, ids in by_table.items():
            rows = journal.read_rows(self.connection, self.owner, STORED[table], ids)
            if rows.keys() != set(ids):
                raise UnknownRowError()
            steps += [journal.removal(table, id, row) for id, row in rows.items()]
        self._apply(steps)

    def row(self, table: str, id: str) -> Values:
        """Return a row's values and version as they are in this transaction.

        Raises:
            UnknownRowError: there is no such row.
        """
        rows = journal.read_rows(self.connection, self.owner, STORED[table], [id])
        if id not in rows:
            raise UnknownRowError()
        return rows[id]

    def _apply(self, row_changes: list[RowChange]) -> None:
        journal.apply_changes(self.connection, self.owner, row_changes)
        self.row_changes += row_changes
        self._changed_keys |= {row_change.key for row_change in row_changes}


def prepare_rows(table: str, rows: Sequence[Mapping[str, Any]]) -> list[RowChange]:
    """Return new rows of `table` with ids, ready for `Batch.add_prepared`.

    Raises:
        InvalidValueError: a value does not fit.
    """
    sql_table = STORED[table]
    return [journal.creation(table, new_id(), validate(sql_table, row), 1) for row in rows]


def refuse_stale(row: Values, fields: Sequence[str]) -> None:
    """Raise StaleVersionError if there are conflicting `fields`; `row` holds the current values."""
    if fields:
        theirs = {name: row[name] for name in fields}
        raise StaleVersionError(tuple(fields), theirs, int(row["version"]))
