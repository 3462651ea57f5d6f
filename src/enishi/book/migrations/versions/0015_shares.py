"""Add the tables of pages that a person shows to a coach, and of the coach's comments."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Create the tables; nothing of what is there changes."""
    op.create_table(
        "share",
        *_texts("id", "person_id", "person_name", "reader_id", "reader_name", "origin", "until"),
        sa.Column("is_masked", sa.Boolean(), nullable=False),
        *_texts("made_at", "looked_at"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
    )
    for name in ("person_id", "reader_id"):
        op.create_index(op.f(f"ix_share_{name}"), "share", [name])
    op.create_table(
        "share_page",
        *_texts("share_id", "key"),
        sa.Column("place", sa.Integer(), nullable=False),
        *_texts("content", "changed_at"),
        sa.PrimaryKeyConstraint("share_id", "key", name=op.f("pk_share_page")),
    )
    op.create_table(
        "share_comment",
        *_texts("id", "share_id", "key", "line", "quote", "author", "kind", "words"),
        *_texts("made_at", "answers", "state"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_comment")),
    )
    op.create_index(op.f("ix_share_comment_share_id"), "share_comment", ["share_id"])
