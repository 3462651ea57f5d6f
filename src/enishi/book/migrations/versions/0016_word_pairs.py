"""Add the table of words that belong together, or do not, as the person said."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; nothing of what is there changes."""
    op.create_table(
        "word_pair",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("one", "other", "verdict")),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_word_pair")),
    )
