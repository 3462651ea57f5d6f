"""Add the details of contacts, what they are to each other, and what the address book remembers."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

CONTACT = ("romaji", "alias", "honorific", "checked_on")
"""The new columns of a contact; all begin empty."""
TEXTS = {
    "detail": ("kind", "label", "value"),
    "relation": ("kind", "words", "inverse"),
    "distinct_pair": ("on",),
    "circle_colour": ("name", "colour"),
    "saved_filter": ("name", "conditions"),
    "column_mapping": ("headings_key", "fields"),
}
"""The texts of each new table."""
LINKS = {
    "detail": ("contact_id",),
    "relation": ("a_id", "b_id"),
    "distinct_pair": ("a_id", "b_id"),
}
"""The links of each new table, all to contacts."""


def upgrade() -> None:
    """Add the columns and the tables; nothing of what is there changes."""
    for name in CONTACT:
        op.add_column("contact", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for table, texts in TEXTS.items():
        create(table, LINKS.get(table, ()), texts)


def create(table: str, links: tuple[str, ...], texts: tuple[str, ...]) -> None:
    """Create one table with its links and their indexes."""
    op.create_table(
        table,
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in links),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(
            sa.ForeignKeyConstraint(
                ["owner", name],
                ["contact.owner", "contact.id"],
                name=op.f(f"fk_{table}_owner_{name}"),
                initially="DEFERRED",
                deferrable=True,
            )
            for name in links
        ),
        sa.PrimaryKeyConstraint("owner", "id", name=op.f(f"pk_{table}")),
    )
    for name in links:
        op.create_index(op.f(f"ix_{table}_owner_{name}"), table, ["owner", name])
