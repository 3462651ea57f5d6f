"""The journal: what each call changed.

A call's row in `change` lists the rows it changed: `{table, id, before, after}`, one entry a row.
`before` is None for a created row, `after` for a removed one. Both hold the row's version and the
columns that changed, or, for a created or removed row, the columns that differ from their defaults.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from enishi.book.dialects import (
    as_json_bytes,
    as_json_text,
    compile_sql,
    json_of_bytes,
    literal_of,
)
from enishi.book.room_tables import ROOM_TABLES, STORED
from enishi.book.tables import TABLES, change, own_columns
from enishi.book.validation import (
    MOMENT,
    default_row,
    full_row,
    is_id,
    links_of,
    non_defaults,
)

_AT_ONCE = 500
"""Maximum number of ids in one query."""
CALLS_READ = 50
"""Calls that are read at a time."""
MAX_SEQ = 2**31 - 1
"""The largest number of a call."""
JOIN_SECONDS = 60
"""Seconds after the first of several writes on the same fields of a row within which they merge."""

Values = dict[str, Any]
Key = tuple[str, str]
"""A row's table and id."""


class RowChange(msgspec.Struct, frozen=True):
    """One row changed by a call."""

    table: str
    id: str
    before: Values | None
    after: Values | None

    @property
    def key(self) -> Key:
        """Return the table and id of the changed row."""
        return self.table, self.id


@dataclass(frozen=True)
class ChangeSet:
    """One call of the journal without its row changes."""

    seq: int
    batch: str
    verb: str
    at: str
    undoes: str | None
    size: int


def creation(table: str, id: str, values: Values, version: int) -> RowChange:
    """Return the change that creates a row with `values`."""
    return RowChange(table, id, None, non_defaults(STORED[table], values) | {"version": version})


def removal(table: str, id: str, row: Values) -> RowChange:
    """Return the change that removes a row; `row` holds its values."""
    return RowChange(
        table, id, non_defaults(STORED[table], row) | {"version": row["version"]}, None
    )


def update_of(table: str, id: str, row: Values, values: Values, version: int) -> RowChange:
    """Return the change that writes `values` on a row that holds `row`, and sets `version`."""
    before = {name: row[name] for name in values} | {"version": row["version"]}
    return RowChange(table, id, before, values | {"version": version})


def merge_changes(row_changes: Iterable[RowChange]) -> list[RowChange]:
    """Return the row changes of one call, with those of the same row merged into one."""
    rows: dict[Key, RowChange] = {}
    for row_change in row_changes:
        first = rows.pop(row_change.key, None)
        if first is None:
            rows[row_change.key] = row_change
        elif first.before is not None or row_change.after is not None:
            rows[row_change.key] = merge_pair(first, row_change)
    return list(rows.values())


def merge_pair(first: RowChange, then: RowChange) -> RowChange:
    """Return the one change that has the effect of `first` and then `then` on their row."""
    sql_table = STORED[first.table]
    if first.before is None:  # made, then changed
        after = non_defaults(sql_table, full_row(sql_table, first.after or {}) | (then.after or {}))
        return RowChange(*first.key, None, after | {"version": (then.after or {})["version"]})
    if then.after is None:  # changed, then removed
        row = full_row(sql_table, then.before or {}) | first.before
        return removal(*first.key, row)
    if first.after is None:  # removed, then made
        row = full_row(sql_table, then.after)
        return RowChange(*first.key, full_row(sql_table, first.before), row)
    return RowChange(*first.key, (then.before or {}) | first.before, first.after | then.after)


@dataclass(frozen=True)
class Earlier:
    """A call removed from the journal, to be recorded again merged with its continuation."""

    batch: str
    at: datetime
    row_change: RowChange


def latest_mergeable(
    connection: Connection, owner: str, by: str, batch: str, then: RowChange, now: datetime
) -> Earlier | None:
    """Remove the write `batch` from the journal and return it, if the write `then` continues it.

    It does if `batch` is the owner's last call and less than a minute old, and both changed the
    same fields of the same row. The merged call is recorded under a number of its own, so that
    other readers notice a change. `fields_since` stays exact: for every version within the merged
    call, the fields changed since are those of the whole call.
    """
    last = select(func.max(change.c.seq)).where(change.c.owner == owner).scalar_subquery()
    since = (now - timedelta(seconds=JOIN_SECONDS)).strftime(MOMENT)
    query = select(change.c.seq, change.c.at, change.c.rows).where(
        change.c.seq == last,
        change.c.batch == batch,
        change.c.by == by,
        change.c.at.between(since, now.strftime(MOMENT)),
    )
    row = connection.execute(query).one_or_none()
    if row is None or len(row.rows) != 1:
        return None
    first = RowChange(**row.rows[0])
    if not is_continuation(first, then):
        return None
    connection.execute(delete(change).where(change.c.seq == row.seq))
    at = datetime.strptime(row.at, MOMENT).replace(tzinfo=UTC)
    return Earlier(batch, at, merge_pair(first, then))


def is_continuation(first: RowChange, then: RowChange) -> bool:
    """Return whether `then` changed the same fields of the row that `first` left."""
    if first.key != then.key or not (first.before and first.after and then.before and then.after):
        return False
    return first.after.keys() == then.after.keys() and (
        first.after["version"] == then.before["version"]
    )


def record_call(
    connection: Connection,
    owner: str,
    by: str,
    batch: str,
    verb: str,
    row_changes: Sequence[RowChange],
    at: datetime,
    undoes: str | None = None,
) -> None:
    """Add one call to the journal."""
    row = {
        "owner": owner,
        "batch": batch,
        "verb": verb,
        "at": at.strftime(MOMENT),
        "by": by,
        "undoes": undoes,
        "size": len(row_changes),
        "json": as_json_bytes(list(row_changes)),
    }
    rows = json_of_bytes("json", connection.dialect.name)
    connection.execute(insert(change).values(rows=rows), row)


def journal_revision(connection: Connection, owner: str) -> int:
    """Return the number of the owner's last call, 0 before the first."""
    query = revision_sql(connection.dialect.name)
    return connection.exec_driver_sql(query, {"owner": owner}).scalar() or 0


@cache
def revision_sql(database: str) -> str:
    """Return the SQL of `journal_revision`; cached, since it is asked before every reading."""
    query = select(func.max(change.c.seq)).where(change.c.owner == bindparam("owner"))
    return compile_sql(query, database)


def unused_version(connection: Connection, owner: str) -> int:
    """Return a version that no row of the owner ever had; a call raises it by at most one."""
    return journal_revision(connection, owner) + 1


def read_calls(connection: Connection, owner: str) -> Iterator[ChangeSet]:
    """Yield the owner's calls, the last one first."""
    query = calls_sql(connection.dialect.name)
    before = MAX_SEQ
    while True:
        rows = connection.exec_driver_sql(query, {"owner": owner, "before": before}).all()
        yield from (ChangeSet(*row) for row in rows)
        if len(rows) < CALLS_READ:
            return
        before = rows[-1].seq


@cache
def calls_sql(database: str) -> str:
    """Return the SQL of `read_calls`; cached, since every page asks for what can be undone."""
    columns = (change.c.seq, change.c.batch, change.c.verb, change.c.at, change.c.undoes)
    query = select(*columns, change.c.size).where(
        change.c.owner == bindparam("owner"), change.c.seq < bindparam("before")
    )
    return f"{compile_sql(query.order_by(change.c.seq.desc()), database)} LIMIT {CALLS_READ}"


def live_calls(newest_first: Iterable[ChangeSet]) -> Iterator[ChangeSet]:
    """Yield the calls that were not taken back, undos among them, in the order given."""
    taken_back: set[str | None] = set()
    for call in newest_first:
        if call.batch not in taken_back:
            yield call
            taken_back.add(call.undoes)


def read_changes(connection: Connection, owner: str, batch: str) -> list[RowChange]:
    """Return the row changes of the call `batch`, in order."""
    query = select(change.c.rows).where(change.c.owner == owner, change.c.batch == batch)
    return [RowChange(**row_change) for rows in connection.scalars(query) for row_change in rows]


def fields_since(
    connection: Connection, owner: str, table: str, id: str, version: int, now: int
) -> set[str] | None:
    """Return the columns of a row, now at version `now`, that changed after `version`.

    None if that is unknown: the row was created or removed since, or the journal has a gap there
    because a person was removed completely.
    """
    query = select(change.c.rows).where(change.c.owner == owner).order_by(change.c.seq.desc())
    fields: set[str] = set()
    with connection.execute(query.execution_options(yield_per=20)) as result:
        for row_change in (row_change for rows in result.scalars() for row_change in rows):
            if row_change["id"] != id or row_change["table"] != table:
                continue
            before, after = row_change["before"], row_change["after"]
            if before is None or after is None or after["version"] != now:
                return None
            fields |= after.keys() - {"version"}
            now = before["version"]
            if now <= version:
                return fields
    return None


def read_rows(
    connection: Connection, owner: str, sql_table: Table, ids: Sequence[str]
) -> dict[str, Values]:
    """Return the rows of `sql_table` with these ids, by id, each with its version."""
    found = {}
    ids = [id for id in ids if is_id(id)]
    for start in range(0, len(ids), _AT_ONCE):
        some = {"owner": owner, "ids": ids[start : start + _AT_ONCE]}
        for row in connection.execute(rows_query(sql_table), some).mappings():
            values = dict(row)
            found[values.pop("id")] = values
    return found


@cache
def rows_query(sql_table: Table) -> Select[*tuple[Any, ...]]:
    """Return the query of `read_rows`; cached, since to build it takes longer than to run it."""
    columns = [sql_table.c.id, sql_table.c.version, *own_columns(sql_table)]
    some = sql_table.c.id.in_(bindparam("ids", expanding=True))
    return select(*columns).where(sql_table.c.owner == bindparam("owner"), some)


def links_to(
    connection: Connection, owner: str, keys: Iterable[Key]
) -> Iterator[tuple[Key, str, Key]]:
    """Yield (row, column, row it refers to) for every row that refers to one of `keys`."""
    ids = ids_by_table(keys)
    tables = ROOM_TABLES if ids.keys() & ROOM_TABLES.keys() else TABLES
    for sql_table in tables.values():
        for name, table in links_of(sql_table).items():
            column, targets = sql_table.c[name], ids.get(table, [])
            for start in range(0, len(targets), _AT_ONCE):
                some = column.in_(targets[start : start + _AT_ONCE])
                query = select(sql_table.c.id, column).where(sql_table.c.owner == owner, some)
                for id, target in connection.execute(query):
                    yield (str(sql_table.name), id), name, (table, target)


def apply_changes(connection: Connection, owner: str, steps: Iterable[RowChange]) -> None:
    """Apply the row changes `steps`; creations and removals run in bulk, a table at a time.

    So do updates of the same columns that follow each other.
    """
    made: dict[str, list[RowChange]] = {}
    gone: list[Key] = []
    written: list[tuple[tuple[str, ...], Values]] = []
    for step in steps:
        if step.before is None:
            made.setdefault(step.table, []).append(step)
        elif step.after is None:
            gone.append(step.key)
        else:
            row = {"row_owner": owner, "row_id": step.id}
            written.append(((step.table, *sorted(step.after)), step.after | row))
    for (table, *_), alike in groupby(written, key=itemgetter(0)):
        connection.execute(update_query(STORED[table]), [values for _, values in alike])
    delete_rows(connection, owner, gone)
    for table, creations in made.items():
        insert_rows(connection, owner, STORED[table], creations)


def insert_rows(
    connection: Connection, owner: str, sql_table: Table, creations: Sequence[RowChange]
) -> None:
    """Insert the rows that `creations` make.

    Columns that have their default in all of these rows are no parameters, and the others are bound
    here: SQLAlchemy would look at each of the fifty columns of each row, and take several times as
    long as the database does.
    """
    plain = bound_defaults(sql_table)
    given: set[str] = {name for each in creations for name in each.after or ()}
    filled = {name: value for name, value in plain.items() if name in given}
    rows = []
    for each in creations:
        row = {**filled, "owner": owner, "id": each.id}
        for name, value in (each.after or {}).items():
            if name in filled:
                row[name] = as_json_text(value) if isinstance(value, list) else value
        rows.append(row)
    sql = insert_sql(sql_table, tuple(filled), connection.dialect.name)
    connection.exec_driver_sql(sql, rows)


@lru_cache(maxsize=256)
def insert_sql(sql_table: Table, names: tuple[str, ...], database: str) -> str:
    """Return SQL that inserts a row with parameters for its owner, its id and `names`.

    The other columns get their defaults.
    """
    bound: dict[str, Any] = {name: bindparam(name) for name in ("owner", "id", *names)}
    plain = {
        name: literal_of(value)
        for name, value in default_row(sql_table).items()
        if name not in names
    }
    return compile_sql(insert(sql_table).values({**plain, **bound}), database)


@cache
def bound_defaults(sql_table: Table) -> Values:
    """Return the default of each column as it is bound in SQL; a version has none."""
    plain = {**default_row(sql_table), "version": None}
    return {
        name: as_json_text(value) if isinstance(value, list) else value
        for name, value in plain.items()
    }


@cache
def update_query(sql_table: Table) -> Update:
    """Return the query that writes the columns it is given on the row `:row_id` of `:row_owner`."""
    owner = sql_table.c.owner == bindparam("row_owner")
    return update(sql_table).where(owner, sql_table.c.id == bindparam("row_id"))


def delete_rows(connection: Connection, owner: str, keys: Iterable[Key]) -> None:
    """Delete these rows."""
    for table, ids in ids_by_table(keys).items():
        sql_table = STORED[table]
        for start in range(0, len(ids), _AT_ONCE):
            some = sql_table.c.id.in_(ids[start : start + _AT_ONCE])
            connection.execute(delete(sql_table).where(sql_table.c.owner == owner, some))


def ids_by_table(keys: Iterable[Key]) -> dict[str, list[str]]:
    """Return the ids among `keys` by table."""
    ids: dict[str, list[str]] = {}
    for table, id in keys:
        ids.setdefault(table, []).append(id)
    return ids
