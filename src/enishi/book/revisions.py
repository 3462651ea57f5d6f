"""The revisions of the database tables, and the migration to the newest one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    text,
)

from enishi.book import room_tables, share_tables
from enishi.book.tables import metadata

_COMPLETE = (room_tables, share_tables)
"""Modules that add their tables to `metadata`."""
MIGRATIONS = Path(__file__).parent / "migrations"
"""Folder of the migrations: `versions/0001_….py`, `0002_….py`, …; four digits are the revision."""


@cache
def head(migrations: Path = MIGRATIONS) -> str:
    """Return the newest revision."""
    return revisions(migrations)[-1]


@cache
def revisions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return all revisions, the first one first."""
    return tuple(sorted(step.name[:4] for step in (migrations / "versions").glob("[0-9]*_*.py")))


def revision(connection: Connection) -> str | None:
    """Return the revision of the tables, or None if there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def migrate(connection: Connection, migrations: Path = MIGRATIONS, to: str = "head") -> None:
    """Bring the tables behind `connection` to the revision `to`, in its transaction.

    An empty database gets the newest tables at once: half a second less than step by step.
    """
    found = revision(connection)
    if found == head(migrations):
        return
    if found is None and migrations == MIGRATIONS and to == "head":
        create_newest(connection)
    else:
        upgrade_stepwise(connection, migrations, to)


def create_newest(connection: Connection) -> None:
    """Create the tables of the newest revision in an empty database."""
    metadata.create_all(connection, checkfirst=False)
    versions = Table("alembic_version", MetaData())
    versions.append_column(Column("version_num", String(32), nullable=False))
    versions.append_constraint(PrimaryKeyConstraint("version_num", name="alembic_version_pkc"))
    versions.create(connection, checkfirst=False)
    connection.execute(insert(versions).values(version_num=head()))


def upgrade_stepwise(
    connection: Connection, migrations: Path = MIGRATIONS, to: str = "head"
) -> None:
    """Upgrade the tables behind `connection` step by step to the revision `to`."""
    from alembic import command  # slow imports that an up-to-date book does not need
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
