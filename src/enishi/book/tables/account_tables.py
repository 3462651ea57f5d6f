"""The tables of who may enter a server for many persons, and is signed in."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from enishi.book.tables.columns import metadata

person = Table(  # who may enter a server for many persons; the owner of a book is a person's id
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),  # participant or facilitator
    Column("key_hash", Text, nullable=False),  # the key is not stored; or whom a provider signs in
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),  # end of access; empty: never
    Index(None, "key_hash", unique=True),
)

session = Table(  # a browser a person signed in with; signing out deletes the row
    "session",
    metadata,
    Column("hash", Text, primary_key=True),  # the session number itself is not stored
    Column("person_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Index(None, "person_id"),
)
