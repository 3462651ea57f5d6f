"""Add the answers to questions asked afterwards, and the columns of acts that had none."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXTS = {
    "goal": ("curious",),
    "way": ("heard_from",),
    "role": ("reach",),
    "contact": ("closeness_on", "they_respect"),
    "give": ("well_done", "moved"),
    "message": ("meant", "felt"),
    "review": ("widen", "look_again_on", "thrive_with"),
}
"""The new texts by table; all begin empty, as nothing of it was asked before."""
LISTS = {"contact": ("passes",), "place": ("unknown",)}
"""The new lists by table."""


def upgrade() -> None:
    """Add the table and the columns; SQLite takes columns without copying the tables."""
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, names in LISTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.add_column(
        "role", sa.Column("needed_now", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("introduction_text") as batch:
        batch.add_column(sa.Column("role_id", sa.Text(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_introduction_text_owner_role_id"),
            "role",
            ["owner", "role_id"],
            ["owner", "id"],
            initially="DEFERRED",
            deferrable=True,
        )
    op.create_index(
        op.f("ix_introduction_text_owner_role_id"), "introduction_text", ["owner", "role_id"]
    )
    create_answer()


def create_answer() -> None:
    """Create the table of answers."""
    op.create_table(
        "answer",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("aside", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner", "contact_id"],
            ["contact.owner", "contact.id"],
            name=op.f("fk_answer_owner_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_owner_contact_id"), "answer", ["owner", "contact_id"])
