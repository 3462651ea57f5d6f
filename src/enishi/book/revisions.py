"""The revisions of the tables, and the way from each to the next."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
"""Where the steps lie: `versions/0001_….py`, `0002_….py`, …; four digits are the revision."""


@cache
def head(migrations: Path = MIGRATIONS) -> str:
    """Return the newest revision."""
    return max(step.name[:4] for step in (migrations / "versions").glob("[0-9]*_*.py"))


def revision(connection: Connection) -> str | None:
    """Return the revision of the tables, or None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def migrate(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Bring the tables behind `connection` to the newest revision, in its transaction."""
    if revision(connection) == head(migrations):
        return
    from alembic import command  # imports that an up-to-date book never pays for
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
