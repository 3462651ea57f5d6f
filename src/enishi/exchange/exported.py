"""Contacts on their way into a file, and the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from enishi.exchange.csv_record import Detail, FileRelation, Value

EXPORT_COLUMNS = (
    *("name", "family", "given", "family_kana", "given_kana", "romaji", "alias", "honorific"),
    *("called", "organisation", "department", "title", "email", "phone", "url", "birthday"),
    *("met_on", "how_met", "where_met", "circles", "note"),
)
"""The columns of a contact that a file takes out; what the person hopes and feels stays."""


class Unwritable(NamedTuple):
    """Characters that the encoding of a file does not have.

    Attributes:
        name: whose.
        field: a column of the contact, or the kind of a detail.
        characters: each of them once; the file has 〓 in their place.
    """

    name: str
    field: str
    characters: str


@dataclass(frozen=True, slots=True)
class ExportedContact:
    """A contact as a file takes them out.

    Attributes:
        uid: the id by which a later import knows them again; "" with initials.
        values: the filled columns among `EXPORT_COLUMNS`.
        details: the further addresses, days and fields.
        relations: what others of the same file are to them.
    """

    uid: str
    values: Mapping[str, Value]
    details: tuple[Detail, ...] = ()
    relations: tuple[FileRelation, ...] = ()


@dataclass(frozen=True)
class Exported:
    """A file of contacts.

    Attributes:
        data: its bytes.
        name: its name.
        unwritable: what could not be written.
        outside: who of the file has a relation to whom outside it, by name; the file has none of
            these.
    """

    data: bytes
    name: str
    unwritable: tuple[Unwritable, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
