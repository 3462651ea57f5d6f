"""Steps and facts become rows of their own, goals end, plans have a day, gifts are asked about.

A contact had one next step and one text on what would please them. Both become rows, word for word,
under the contact's id; the calls of the journal that changed them change these rows instead, so
that undo goes on working. The one thing for next week of the latest review stays open; older ones
are not known to be. All else begins empty.
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

Entry = dict[str, Any]


def upgrade() -> None:
    """Add tables and columns, then move what stood on the contact."""
    for table, columns in TABLES.items():
        create_table(table, columns)
    for table, columns in TEXTS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, name, target in LINKS:
        add_link(table, name, target)
    versions = move_journal()
    for table, names in MOVED.items():
        move_rows(table, names, versions)
    op.execute(
        "UPDATE review SET next_state = 'open' WHERE kind = 'week' AND \"on\" ="
        " (SELECT max(r.\"on\") FROM review r WHERE r.owner = review.owner AND r.kind = 'week')"
    )
    with op.batch_alter_table("contact") as contact:
        for names in MOVED.values():
            for name in names:
                contact.drop_column(name)


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


def move_rows(table: str, names: dict[str, str], versions: dict[tuple[str, str, str], int]) -> None:
    """Create the rows of `table` from the columns of the contacts."""
    connection = op.get_bind()
    words = next(iter(names))
    columns = ", ".join(names)
    found = connection.exec_driver_sql(
        f"SELECT owner, id, {columns} FROM contact WHERE {words} <> ''"
    )
    rows = [
        dict.fromkeys(TABLES[table], "")
        | ({"state": "open"} if table == "step" else {})
        | {"owner": row.owner, "id": row.id, "contact_id": row.id}
        | {"version": versions.get((table, row.owner, row.id), 1)}
        | {new: getattr(row, old) for old, new in names.items()}
        for row in found
    ]
    if rows:
        made = sa.table(table, *map(sa.column, rows[0]))
        op.bulk_insert(made, rows)


def move_journal() -> dict[tuple[str, str, str], int]:
    """Let the journal's calls change the new rows; return the version each row now has."""
    connection = op.get_bind()
    change = sa.table(
        "change",
        *map(sa.column, ("seq", "owner", "size")),
        sa.column("rows", sa.JSON),
    )
    now: dict[tuple[str, str, str], tuple[int, Entry]] = {}
    query = sa.select(change.c.seq, change.c.owner, change.c.rows).order_by(change.c.seq)
    for seq, owner, entries in connection.execute(query).all():
        written = [part for entry in entries for part in split_entry(entry, owner, now)]
        if written != entries:
            update = sa.update(change).where(change.c.seq == seq)
            connection.execute(update.values(rows=written, size=len(written)))
    return {key: version for key, (version, _) in now.items()}


def split_entry(
    entry: Entry, owner: str, now: dict[tuple[str, str, str], tuple[int, Entry]]
) -> Iterator[Entry]:
    """Yield a row change without the columns that move, then what it did to the new rows.

    Args:
        entry: the row change as the journal holds it.
        owner: whose book.
        now: the version and the values each new row has so far; brought up to date.
    """
    if entry["table"] != "contact":
        yield entry
        return
    before, after = entry["before"], entry["after"]
    moved = {old for names in MOVED.values() for old in names}
    yield entry | {
        "before": before and {name: before[name] for name in before.keys() - moved},
        "after": after and {name: after[name] for name in after.keys() - moved},
    }
    for table, names in MOVED.items():
        key = (table, owner, entry["id"])
        version, values = now.get(key, (1, {}))
        was = values | pick(before or {}, names)
        new = {} if after is None else was | pick(after, names)
        now[key] = (version, new)
        first, then = row_of(was, entry["id"]), row_of(new, entry["id"])
        if first == then:
            continue
        now[key] = (version + 1, new)
        if first and then:  # both sides of a change hold the same columns
            first, then = dict.fromkeys(then, "") | first, dict.fromkeys(first, "") | then
        yield {
            "table": table,
            "id": entry["id"],
            "before": first and first | {"version": version},
            "after": then and then | {"version": version + 1},
        }


def pick(values: Entry, names: dict[str, str]) -> Entry:
    """Return the columns that move, under their new names."""
    return {new: values[old] for old, new in names.items() if old in values}


def row_of(values: Entry, contact_id: str) -> Entry | None:
    """Return the columns of a new row that are filled; None where it has no words."""
    filled = {name: value for name, value in values.items() if value}
    return {"contact_id": contact_id} | filled if filled.get("words") else None
