"""Steps and facts become rows of their own, goals end, plans have a day, gifts are asked about.

A contact had one next step and one text on what would please them. Both become rows, word for word,
under the contact's id; the calls of the journal that changed them change these rows instead, so
that undo goes on working. A day without a step, and a source without words, are dropped. The one
thing for next week of the latest review stays open; older ones are not known to be. All else begins
empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES: dict[str, tuple[str, ...]] = {
    "fact": ("kind", "words", "source", "on"),
    "step": ("words", "on", "state", "closed_on"),
}
TEXTS: dict[str, tuple[str, ...]] = {
    "goal": ("closed_on", "closing"),
    "plan": ("on", "came", "did", "keep", "asked_on"),
    "give": ("effect_asked_on",),
    "review": ("next_on", "next_state"),
}
LINKS = (("plan", "place_id", "place"), ("give", "fact_id", "fact"))
MOVED = {
    "step": {"next_step": "words", "next_on": "on"},
    "fact": {"pleases": "words", "pleases_source": "source"},
}
"""The columns of a contact that become columns of another table's row; `words` comes first."""
LATEST_REVIEW = """
UPDATE review SET next_state = 'open' WHERE next <> '' AND kind = 'week' AND "on" =
  (SELECT max(r."on") FROM review r WHERE r.owner = review.owner AND r.kind = 'week')
"""

Entry = dict[str, Any]
"""A row change as the journal holds it, or one side of it."""
Known = dict[tuple[str, str, str], tuple[int, Entry]]
"""By table, owner and id of a contact: the version and values that the journal gives its row."""
PAGE = 20
"""How many calls of the journal are in memory at once; an import is one call."""


def upgrade() -> None:
    """Add tables and columns, then move what stood on the contact."""
    for table, columns in TABLES.items():
        create_table(table, columns)
    for table, columns in TEXTS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, name, target in LINKS:
        add_link(table, name, target)
    connection = op.get_bind()
    connection.exec_driver_sql(LATEST_REVIEW)
    known = move_journal(connection)
    for table, names in MOVED.items():
        move_rows(connection, table, names, known)
    with op.batch_alter_table("contact") as contact:
        for names in MOVED.values():
            for name in names:
                contact.drop_column(name)
    if connection.dialect.name == "postgresql":  # no table is altered while a check of it waits
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.execute("SET CONSTRAINTS ALL DEFERRED")


def create_table(table: str, names: tuple[str, ...]) -> None:
    """Create a table of texts about a contact."""
    op.create_table(
        table,
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        link_constraint(table, "contact_id", "contact"),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_owner_contact_id"), table, ["owner", "contact_id"])


def link_constraint(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    """Declare that the column `name` of `table` refers to a row of `target`."""
    return sa.ForeignKeyConstraint(
        ["owner", name],
        [f"{target}.owner", f"{target}.id"],
        name=op.f(f"fk_{table}_owner_{name}"),
        initially="DEFERRED",
        deferrable=True,
    )


def add_link(table: str, name: str, target: str) -> None:
    """Add a column that refers to a row of `target`."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(name, sa.Text(), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_owner_{name}"),
            target,
            ["owner", name],
            ["owner", "id"],
            initially="DEFERRED",
            deferrable=True,
        )
        batch.create_index(op.f(f"ix_{table}_owner_{name}"), ["owner", name])


def move_rows(connection: sa.Connection, table: str, names: dict[str, str], known: Known) -> None:
    """Create the rows of `table` from the columns of the contacts.

    Where the journal has a gap, because somebody was removed completely, the row is newer.
    """
    words = next(iter(names))
    found = connection.exec_driver_sql(
        f"SELECT owner, id, {', '.join(names)} FROM contact WHERE {words} <> ''"
    )
    rows = []
    for row in found:
        values = {new: getattr(row, old) for old, new in names.items()}
        version, last = known.get((table, row.owner, row.id), (0, {}))
        if row_of(values, row.id) != row_of(last, row.id):
            version += 1
        rows.append(
            dict.fromkeys(TABLES[table], "")
            | ({"state": "open"} if table == "step" else {})
            | {"owner": row.owner, "id": row.id, "version": version, "contact_id": row.id}
            | values
        )
    if rows:
        op.bulk_insert(sa.table(table, *map(sa.column, rows[0])), rows)


def move_journal(connection: sa.Connection) -> Known:
    """Let the journal's calls change the new rows; return what they give for each."""
    query = "SELECT owner, id FROM review WHERE next_state = 'open'"
    open_reviews = {(row.owner, row.id) for row in connection.exec_driver_sql(query)}
    change = sa.table(
        "change",
        *map(sa.column, ("seq", "owner", "size")),
        sa.column("rows", sa.JSON),
    )
    calls = sa.select(change.c.seq, change.c.owner, change.c.rows).order_by(change.c.seq)
    known: Known = {}
    last = 0
    while page := connection.execute(calls.where(change.c.seq > last).limit(PAGE)).all():
        for seq, owner, entries in page:
            written: list[Entry] = []
            for entry in entries:
                if entry["table"] == "contact":
                    written += split_entry(entry, owner, known)
                elif entry["table"] == "review" and (owner, entry["id"]) in open_reviews:
                    written.append(open_entry(entry))
                else:
                    written.append(entry)
            if written != entries:
                update = change.update().where(change.c.seq == seq)
                connection.execute(update.values(rows=written, size=len(written)))
        last = page[-1].seq
    return known


def open_entry(entry: Entry) -> Entry:
    """Return a row change of the latest review, with its next thing open where it has words."""
    before, after = (
        {"next_state": "open" if side["next"] else ""} if side and "next" in side else {}
        for side in (entry["before"], entry["after"])
    )
    if before == after:
        return entry
    return entry | {
        "before": entry["before"] and entry["before"] | before,
        "after": entry["after"] and entry["after"] | after,
    }


def split_entry(entry: Entry, owner: str, known: Known) -> Iterator[Entry]:
    """Yield a contact's row change without the columns that move, then that of each new row.

    Args:
        entry: the row change as the journal holds it.
        owner: whose book.
        known: what the journal gives so far; brought up to date.
    """
    before, after, id = entry["before"], entry["after"], entry["id"]
    moved = {old for names in MOVED.values() for old in names}
    yield entry | {
        "before": before and {name: before[name] for name in before.keys() - moved},
        "after": after and {name: after[name] for name in after.keys() - moved},
    }
    for table, names in MOVED.items():
        version, values = known.get((table, owner, id), (0, {}))
        was = {} if before is None else values | pick(before, names)
        new = {} if after is None else was | pick(after, names)
        first, then = row_of(was, id), row_of(new, id)
        if first != then:
            yield row_change(table, id, first, then, version)
            version += 1
        if version or new:
            known[table, owner, id] = (version, new)


def row_change(table: str, id: str, first: Entry | None, then: Entry | None, version: int) -> Entry:
    """Return the row change from `first` to `then`, in the form of the journal."""
    if first and then:  # a change holds the columns that differ
        names = [name for name in TABLES[table] if first.get(name) != then.get(name)]
        first, then = ({name: row.get(name, "") for name in names} for row in (first, then))
    return {
        "table": table,
        "id": id,
        "before": None if first is None else first | {"version": version},
        "after": None if then is None else then | {"version": version + 1},
    }


def pick(values: Entry, names: dict[str, str]) -> Entry:
    """Return the columns that move, under their new names."""
    return {new: values[old] for old, new in names.items() if old in values}


def row_of(values: Entry, contact_id: str) -> Entry | None:
    """Return the columns of a new row that are filled; None where it has no words."""
    filled = {name: value for name, value in values.items() if value}
    return {"contact_id": contact_id} | filled if filled.get("words") else None
