"""How long somebody has been known, and what is said to the one to be introduced to.

Both begin empty in an existing book: no row there says how long somebody has been known, and what
was written to the one who introduces is not for the eyes of the other.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns; SQLite takes them without copying the tables."""
    for table, name in (("contact", "known_as"), ("introduction", "to_target")):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
