"""How the tables of a book are declared: what a column may hold, and what every table has.

Every value is text, an integer, yes/no or a list of texts, so that SQLite and PostgreSQL store the
same values and a row is plain JSON in the journal. A day is text, `2026-11-20`; an instant is text
in UTC, `2026-11-20T07:31:00Z`. Empty text means "not set".
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

LINE = 300
"""Maximum length of a single-line text in characters."""

NOTE = 4000
"""Maximum length of a multi-line text in characters."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_line(name: str, longest: int = LINE) -> Column[str]:
    """Declare a single-line text."""
    return Column(name, Text, nullable=False, default="", info={"longest": longest, "lines": 1})


def text_block(name: str) -> Column[str]:
    """Declare a text of several lines."""
    return Column(name, Text, nullable=False, default="", info={"longest": NOTE})


def date_text(name: str) -> Column[str]:
    """Declare a day as `YYYY-MM-DD`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"day": True})


def timestamp(name: str) -> Column[str]:
    """Declare an instant in UTC as `YYYY-MM-DDTHH:MM:SSZ`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"moment": True})


def integer(name: str, least: int, most: int, default: int | None = None) -> Column[Any]:
    """Declare an integer from `least` to `most`; None means "not set" unless there is a default."""
    kind = Integer() if most < 2**31 else BigInteger().with_variant(Integer(), "sqlite")
    return Column(
        name, kind, nullable=default is None, default=default, info={"range": (least, most)}
    )


def flag(name: str) -> Column[bool]:
    """Declare a yes/no value, no by default."""
    return Column(name, Boolean, nullable=False, default=False)


def choice(name: str, *words: str, default: str = "") -> Column[str]:
    """Declare a text that is one of `words`, or empty."""
    return Column(name, Text, nullable=False, default=default, info={"choices": ("", *words)})


def text_list(name: str, most: int = 40) -> Column[Any]:
    """Declare a list of at most `most` single-line texts."""
    return Column(name, JSON, nullable=False, default=list, info={"longest": LINE, "most": most})


def link(name: str, table: str) -> Column[str | None]:
    """Declare a link: the id of a row of `table`, or None."""
    return Column(name, Text, nullable=True, info={"links_to": table})


def retired(column: Column[Any]) -> Column[Any]:
    """Mark a column that no sheet asks for any longer; what was written there can still be read."""
    column.info["retired"] = True
    return column


def declare_table(name: str, *columns: Column[Any], kind: str = "person") -> Table:
    """Declare a table: `owner` (whose book), `id` and `version`, then its own columns.

    `kind` says whose rows it holds: a person's, or a room's (`enishi.book.room_tables`).
    """
    links = [
        ForeignKeyConstraint(
            ["owner", column.name],
            [f"{column.info['links_to']}.owner", f"{column.info['links_to']}.id"],
            deferrable=True,
            initially="DEFERRED",  # within a batch rows may refer to each other in any order
        )
        for column in columns
        if "links_to" in column.info
    ]
    indexes = [Index(None, "owner", column) for column in columns if "links_to" in column.info]
    return Table(
        name,
        metadata,
        Column("owner", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False, default=1),
        *columns,
        *links,
        *indexes,
        info={"kind": kind},
    )


def own_columns(sql_table: Table) -> list[Column[Any]]:
    """Return the columns a person fills: all but owner, id and version."""
    return [column for column in sql_table.columns if column.name not in ("owner", "id", "version")]
