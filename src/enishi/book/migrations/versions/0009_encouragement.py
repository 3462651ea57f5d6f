"""Add `contact.cheer`: the person and the contact encourage each other; false in old rows."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; SQLite takes it without copying the table."""
    op.add_column(
        "contact", sa.Column("cheer", sa.Boolean(), nullable=False, server_default=sa.false())
    )
