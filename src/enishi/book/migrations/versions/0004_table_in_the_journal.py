"""In the journal, a changed row names its `table`; before, the same key was called `noun`.

The text is replaced as a whole: within a stored string a quotation mark is escaped, so that the
pattern matches the key only, whatever a person wrote.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the key in every call."""
    if op.get_bind().dialect.name == "postgresql":
        text, back = "CAST(rows AS text)", "CAST({} AS json)"
    else:
        text, back = "rows", "{}"
    renamed = f"""replace({text}, '"noun":', '"table":')"""
    op.execute(f"UPDATE change SET rows = {back.format(renamed)}")
