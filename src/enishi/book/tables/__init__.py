"""The tables of a book: a person's, the journal, and the accounts of a server."""

from __future__ import annotations

from enishi.book.tables import (
    encounter_tables,
    goal_tables,
    review_tables,
    setting_tables,
    strength_tables,
)
from enishi.book.tables.account_tables import person, session
from enishi.book.tables.columns import LINE, NOTE, metadata, own_columns
from enishi.book.tables.contact_tables import contact, detail, relation
from enishi.book.tables.journal_table import change

TABLES = {
    sql_table.name: sql_table
    for sql_table in metadata.sorted_tables
    if sql_table.info.get("kind") == "person"
}
"""The person's tables by name, each after the tables it refers to."""

__all__ = [
    "LINE",
    "NOTE",
    "TABLES",
    "change",
    "contact",
    "detail",
    "encounter_tables",
    "goal_tables",
    "metadata",
    "own_columns",
    "person",
    "relation",
    "review_tables",
    "session",
    "setting_tables",
    "strength_tables",
]
