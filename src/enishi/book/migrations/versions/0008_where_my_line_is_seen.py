"""Where others can read what the person says of themselves; it begins empty."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; SQLite takes it without copying the table."""
    column = sa.Column("seen_at", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("introduction_text", column)
