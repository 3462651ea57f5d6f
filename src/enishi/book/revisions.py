"""The revisions of the database tables, and the migration to the newest one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

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
    """Upgrade the tables behind `connection` to the revision `to`, in its transaction."""
    if revision(connection) == head(migrations):
        return
    from alembic import command  # slow imports that an up-to-date book does not need
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
