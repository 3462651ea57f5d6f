"""How a contact is known, since when, the last talk, how far ahead and how close they are.

All of them begin empty: the rows of an older book say nothing about it, and a day of meeting is no
last talk.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXTS = ("last_talk", "last_talk_said_on", "ahead", "closeness", "closeness_word")


def upgrade() -> None:
    """Add the columns; SQLite takes them without copying the table."""
    op.add_column("contact", sa.Column("known_since", sa.Integer(), nullable=True))
    for name in TEXTS:
        op.add_column("contact", sa.Column(name, sa.Text(), nullable=False, server_default=""))
