"""Give the clock of a room 64 bits on PostgreSQL; SQLite's integers have them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the instants in milliseconds."""
    if op.get_bind().dialect.name == "postgresql":
        for column in ("ends_at", "left_ms"):
            op.alter_column("room_stage", column, type_=sa.BigInteger())
