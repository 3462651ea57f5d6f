"""Ways to a goal get a table; a kind of person is so many steps ahead, not on an absolute rung.

How far ahead follows from two rungs only where the person chose both: the goal's, and that of the
kind of person or of the contact. Who is on a lower rung is in none of the choices, so that nothing
is said of them. The rungs themselves stay. The journal makes these rows as if it had been said when
they were made, so that undo goes on working; a contact of whom something else was said keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AHEAD = ("near", "steps", "steps", "far", "far")
"""The value of `ahead` for each difference between two rungs."""
PAGE = 20
"""How many calls of the journal are in memory at once; an import is one call."""

Entry = dict[str, Any]
"""A row change as the journal holds it."""
Key = tuple[str, str, str]
"""A table, an owner and a row's id."""


def upgrade() -> None:
    """Add the table and the columns, then say how far ahead, where both rungs were chosen."""
    create_way()
    for name in ("ahead", "nearer", "directly"):
        op.add_column("role", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    found = read_ahead(connection)
    if not found:
        return
    for (table, owner, id), ahead in revise_journal(connection, found).items():
        rows = sa.table(table, *map(sa.column, ("owner", "id", "ahead")))
        mine = (rows.c.owner == owner, rows.c.id == id)
        connection.execute(rows.update().where(*mine).values(ahead=ahead))


def create_way() -> None:
    """Create the table of ways."""
    op.create_table(
        "way",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "goal_id"],
            ["goal.owner", "goal.id"],
            name=op.f("fk_way_owner_goal_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_way")),
    )
    op.create_index(op.f("ix_way_owner_goal_id"), "way", ["owner", "goal_id"])


def read_ahead(connection: sa.Connection) -> dict[Key, str]:
    """Return how far ahead each kind of person and each contact is, where both rungs are known.

    A kind of person belongs to its goal, else to the one that is open; a contact to the goal of
    their kind, else to the one that is open. Where two are open, it is unknown to which.
    """
    rungs: dict[tuple[str, str], int | None] = {}
    open_goals: dict[str, list[str]] = {}
    for goal in connection.exec_driver_sql("SELECT owner, id, rung, closed FROM goal ORDER BY id"):
        rungs[goal.owner, goal.id] = goal.rung
        if not goal.closed:
            open_goals.setdefault(goal.owner, []).append(goal.id)
    found: dict[Key, str] = {}
    goal_of: dict[tuple[str, str], str] = {}

    def note(table: str, row: Any, goal_id: str) -> None:
        here = open_goals.get(row.owner, [])
        id = goal_id or (here[0] if len(here) == 1 else "")
        mine = rungs.get((row.owner, id))
        if mine is not None and row.rung is not None and row.rung >= mine:
            found[table, row.owner, row.id] = AHEAD[row.rung - mine]

    for role in connection.exec_driver_sql("SELECT owner, id, goal_id, rung FROM role").all():
        goal_of[role.owner, role.id] = role.goal_id or ""
        note("role", role, role.goal_id or "")
    contacts = "SELECT owner, id, role_id, rung FROM contact WHERE rung IS NOT NULL AND ahead = ''"
    for contact in connection.exec_driver_sql(contacts).all():
        note("contact", contact, goal_of.get((contact.owner, contact.role_id or ""), ""))
    return found


def revise_journal(connection: sa.Connection, found: dict[Key, str]) -> dict[Key, str]:
    """Let the journal make and remove these rows with `ahead`; return those for which it can.

    It cannot for a row on which `ahead` was written before, as it was emptied again.
    """
    change = sa.table("change", *map(sa.column, ("seq", "owner")), sa.column("rows", sa.JSON))
    calls = sa.select(change.c.seq, change.c.owner, change.c.rows).order_by(change.c.seq)

    def pages() -> Iterable[Any]:
        last = 0
        while page := connection.execute(calls.where(change.c.seq > last).limit(PAGE)).all():
            yield from page
            last = page[-1].seq

    written = {
        (entry["table"], owner, entry["id"])
        for _, owner, entries in pages()
        for entry in entries
        if entry["before"] and entry["after"] and "ahead" in entry["after"]
    }
    sure = {key: ahead for key, ahead in found.items() if key not in written}
    for seq, owner, entries in pages():
        revised = [with_ahead(entry, sure, owner) for entry in entries]
        if revised != entries:
            update = change.update().where(change.c.seq == seq)
            connection.execute(update.values(rows=revised))
    return sure


def with_ahead(entry: Entry, found: dict[Key, str], owner: str) -> Entry:
    """Return a row change with `ahead`, where it makes or removes a row of `found`."""
    ahead = found.get((entry["table"], owner, entry["id"]))
    if ahead is None or (entry["before"] and entry["after"]):
        return entry
    sides = {side: entry[side] and entry[side] | {"ahead": ahead} for side in ("before", "after")}
    return entry | sides
