"""The tables of what a person shows to one reader, their coach: copies of chosen pages, comments.

They are no part of a book and have no journal: what is withdrawn leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    Select,
    Table,
    Text,
    delete,
    select,
)

from enishi.book.tables import metadata

share = Table(
    "share",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),  # whose pages; empty: they came by a file
    Column("person_name", Text, nullable=False),
    Column("reader_id", Text, nullable=False),  # who reads them; empty: they go by a file
    Column("reader_name", Text, nullable=False),
    Column("origin", Text, nullable=False),  # of pages from a file: the id of their share
    Column("until", Text, nullable=False),  # the last day, YYYY-MM-DD
    Column("is_masked", Boolean, nullable=False),  # initials replace the names of people
    Column("made_at", Text, nullable=False),
    Column("looked_at", Text, nullable=False),  # when the reader last looked; empty: never
    Column("revision", Integer, nullable=False),  # raised by every change
    Index(None, "person_id"),
    Index(None, "reader_id"),
)

share_page = Table(
    "share_page",
    metadata,
    Column("share_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # what was chosen; see `enishi.sharing.pages`
    Column("place", Integer, nullable=False),
    Column("content", Text, nullable=False),  # JSON; empty: not copied yet
    Column("changed_at", Text, nullable=False),
)

share_comment = Table(
    "share_comment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("share_id", Text, nullable=False),
    Column("key", Text, nullable=False),  # the page
    Column("line", Text, nullable=False),  # the line's id; empty: the page as a whole
    Column("quote", Text, nullable=False),  # the words of the line when it was written
    Column("author", Text, nullable=False),  # person or reader
    Column("kind", Text, nullable=False),  # mark, comment, question or answer
    Column("words", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("answers", Text, nullable=False),  # of an answer: the id of what it answers
    Column("state", Text, nullable=False),  # open, taken or closed
    Index(None, "share_id"),
)

SHARE_TABLES = (share, share_page, share_comment)


def shares_of(person_id: str) -> Select[tuple[str]]:
    """Return a query for the ids of what a person shows, or reads from a file."""
    read_from_file = (share.c.person_id == "") & (share.c.reader_id == person_id)
    return select(share.c.id).where((share.c.person_id == person_id) | read_from_file)


def remove_shares(connection: Connection, ids: Sequence[str] | Select[tuple[str]]) -> int:
    """Remove shares with their pages and comments; return how many shares."""
    for table in (share_comment, share_page):
        connection.execute(delete(table).where(table.c.share_id.in_(ids)))
    return connection.execute(delete(share).where(share.c.id.in_(ids))).rowcount


def shows_anything(connection: Connection, person_id: str) -> bool:
    """Return whether a person has pages open, or had some that were not withdrawn yet."""
    given = select(share.c.id).where(share.c.person_id == person_id).limit(1)
    return connection.execute(given).first() is not None
