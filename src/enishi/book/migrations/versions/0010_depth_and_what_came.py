"""Add the depth of an encounter, what a received give led to, and answers after an event."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = {
    "encounter": ("depth", "changed"),
    "give": ("came",),
    "event": ("again", "otherwise"),
    "review": ("tried_result", "why_not_less"),
}
"""The new columns by table; all begin empty, as nothing of it was asked before."""


def upgrade() -> None:
    """Add the columns; SQLite takes them without copying the tables."""
    for table, names in COLUMNS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
