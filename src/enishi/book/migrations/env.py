"""How Alembic runs here: always inside the transaction that `enishi.book.database` hands over."""

from alembic import context

from enishi.book.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transaction_per_migration=False,
)
context.run_migrations()
