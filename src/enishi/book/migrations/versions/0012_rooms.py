"""Add the tables of rooms, and the codes that lead into one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES: dict[str, dict[str, str]] = {
    "room_phase": {
        "place": "count",
        "kind": "text",
        "title": "text",
        "minutes": "count",
        "grouping": "text",
        "shows": "text",
        "say": "text",
        "skipped": "flag",
        "revealed": "text",
        "began": "text",
        "ended": "text",
    },
    "room_seat": {
        "person_id": "text",
        "called": "text",
        "mark": "count",
        "leads": "flag",
        "let_in": "flag",
        "left": "flag",
        "away": "flag",
        "invented": "flag",
        "ready_phase": "text",
        "hand_at": "text",
        "show_requests": "flag",
        "show_strengths": "flag",
        "contact_after": "flag",
        "keep_record": "flag",
        "contact_means": "text",
        "strengths": "list",
        "needs": "list",
    },
    "room_stage": {
        "title": "text",
        "language": "text",
        "phase_id": "text",
        "ends_at": "number",
        "left_ms": "number",
        "focus": "flag",
        "door": "text",
        "state": "text",
        "delete_on": "text",
        "touched": "count",
    },
    "room_note": {
        "seat_id": "room_seat",
        "phase_id": "room_phase",
        "words": "text",
        "hidden": "flag",
        "pinned": "flag",
    },
    "room_poll": {
        "phase_id": "room_phase",
        "question": "text",
        "options": "list",
    },
    "room_request": {
        "seat_id": "room_seat",
        "words": "text",
        "why": "text",
        "by": "text",
        "small_step": "text",
        "shown": "flag",
        "hidden": "flag",
        "pinned": "flag",
        "turn": "number",
        "state": "text",
    },
    "room_round": {
        "phase_id": "room_phase",
        "number": "count",
        "repeats": "count",
    },
    "room_rule": {
        "a_id": "room_seat",
        "b_id": "room_seat",
        "kind": "text",
    },
    "room_offer": {
        "seat_id": "room_seat",
        "request_id": "room_request",
        "kind": "text",
        "words": "text",
        "first": "flag",
    },
    "room_party": {
        "round_id": "room_round",
        "place": "count",
        "members": "list",
        "why": "list",
        "first": "text",
    },
    "room_promise": {
        "seat_id": "room_seat",
        "to_id": "room_seat",
        "request_id": "room_request",
        "words": "text",
        "due": "text",
        "state": "text",
    },
    "room_vote": {
        "poll_id": "room_poll",
        "seat_id": "room_seat",
        "option": "number",
    },
}
"""The columns of each table and their types: one of `TYPES`, else the table a link refers to."""
TYPES: dict[str, Any] = {
    "text": sa.Text(),
    "flag": sa.Boolean(),
    "number": sa.Integer(),
    "count": sa.Integer(),
    "list": sa.JSON(),
}
"""The types; a `number` may be missing, as a link may."""


def upgrade() -> None:
    """Create the tables; nothing of what is there changes."""
    for table, columns in TABLES.items():
        links = {name: target for name, target in columns.items() if target in TABLES}
        op.create_table(
            table,
            sa.Column("owner", sa.Text(), nullable=False),
            sa.Column("id", sa.Text(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            *(declare(name, kind) for name, kind in columns.items()),
            *(refer(table, name, target) for name, target in links.items()),
            sa.PrimaryKeyConstraint("owner", "id", name=op.f(f"pk_{table}")),
        )
        for name in links:
            op.create_index(op.f(f"ix_{table}_owner_{name}"), table, ["owner", name])
    op.create_table(
        "entry",
        sa.Column("hash", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("room", "kind", "shown")),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_room"), "entry", ["room"])


def declare(name: str, kind: str) -> sa.Column[Any]:
    """Return a column."""
    is_optional = kind == "number" or kind in TABLES
    return sa.Column(name, TYPES.get(kind, sa.Text()), nullable=is_optional)


def refer(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    """Declare that the column `name` of `table` refers to a row of `target`."""
    return sa.ForeignKeyConstraint(
        ["owner", name],
        [f"{target}.owner", f"{target}.id"],
        name=op.f(f"fk_{table}_owner_{name}"),
        initially="DEFERRED",
        deferrable=True,
    )
