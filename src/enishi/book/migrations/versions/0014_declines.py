"""Add the table of declines: with whom a participant would rather not share a party."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLE = "room_decline"
_SEATS = ("seat_id", "other_id")


def upgrade() -> None:
    """Create the table; nothing of what is there changes."""
    op.create_table(
        _TABLE,
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in _SEATS),
        *(
            sa.ForeignKeyConstraint(
                ["owner", name],
                ["room_seat.owner", "room_seat.id"],
                name=op.f(f"fk_{_TABLE}_owner_{name}"),
                deferrable=True,
                initially="DEFERRED",
            )
            for name in _SEATS
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f(f"pk_{_TABLE}")),
    )
    for name in _SEATS:
        op.create_index(op.f(f"ix_{_TABLE}_owner_{name}"), _TABLE, ["owner", name])
