"""Add the table of answers to the questions of authors."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; nothing of what is there changes."""
    op.create_table(
        "own_answer",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("question", "words", "on")),
        sa.Column("in_letter", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_own_answer")),
    )
