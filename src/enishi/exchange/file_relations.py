"""What people of one file are to each other, and the links an import makes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from enishi.book.tables import relation as relation_table
from enishi.choices import INVERSE_RELATIONS
from enishi.exchange.csv_record import FileRelation, Problem
from enishi.exchange.file_reading import ContactRow

Owner = tuple[str, object]
"""Whose line it is; see `enishi.exchange.import_preview.PreviewEntry.person`."""
LONGEST_WORDS: int = relation_table.columns["words"].info["longest"]
NOT_IN_THIS_FILE = "“{name}” ({what}) is not in this file or the book; it is kept as a field."


class LinkedRelation(NamedTuple):
    """A relation that an import writes.

    Attributes:
        other: the other person.
        name: their name.
        kind, words, inverse: as in `FileRelation`.
    """

    other: Owner
    name: str
    kind: str
    words: str
    inverse: str


def relation_of(
    uid: str, name: str, kind: str, words: str, inverse: str, label: str = ""
) -> FileRelation | None:
    """Return a relation in our own form, None if the other person or all words are missing."""
    kind = kind if kind in INVERSE_RELATIONS else ""
    if not (uid or name) or not (kind or words or inverse):
        return None
    words, inverse = (" ".join(text.split())[:LONGEST_WORDS].rstrip() for text in (words, inverse))
    return FileRelation(uid, name, kind, words, inverse, label)


def relations_among(
    relation: pd.DataFrame, uids: Mapping[str, str], names: Mapping[str, str]
) -> tuple[dict[str, list[FileRelation]], list[tuple[str, str]]]:
    """Return the relations among the contacts of a file, on both sides, and those that leave it.

    Args:
        relation: the book's frame; a row says what `a` is to `b`.
        uids: the id in the file of each contact that the file holds.
        names: the name of each contact that is in the book and not in its bin.
    """
    found: dict[str, list[FileRelation]] = {}
    outside: list[tuple[str, str]] = []
    for a, b, kind, words, inverse in rows_of_relations(relation):
        if a in uids and b in uids:
            back = INVERSE_RELATIONS.get(kind, "")
            found.setdefault(b, []).append(
                FileRelation(uids[a], names.get(a, ""), kind, words, inverse)
            )
            found.setdefault(a, []).append(
                FileRelation(uids[b], names.get(b, ""), back, inverse, words)
            )
        elif (a in uids or b in uids) and a in names and b in names:
            outside.append((names[a], names[b]) if a in uids else (names[b], names[a]))
    return found, list(dict.fromkeys(outside))


def rows_of_relations(relation: pd.DataFrame) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the rows of the book's frame: what `a` is to `b`, as kind, words and inverse."""
    if not relation.empty:  # an empty frame may have no columns
        columns = ("a_id", "b_id", "kind", "words", "inverse")
        yield from zip(*(relation[name].tolist() for name in columns), strict=True)


def without_strangers(
    rows: Iterable[ContactRow], known: Collection[str], problems: list[Problem]
) -> Iterator[ContactRow]:
    """Yield rows with relations to known people only; any other becomes a field and a problem.

    Args:
        rows: the rows of one file.
        known: the keys of the people of the book.
        problems: where problems are added.
    """
    rows = list(rows)
    keys = {row.key for row in rows if row.values}
    for row in rows:
        if not row.relations:
            yield row
            continue
        kept, fields = [], []
        for each in row.relations:
            key = f"uid:{each.uid}"
            if each.uid and (key in keys or key in known):
                kept.append(each)
                continue
            detail = each.detail
            fields.append(detail)
            facts = {"name": detail.value, "what": detail.label}
            problems.append(Problem(row.line, NOT_IN_THIS_FILE, facts))
        yield replace(row, relations=tuple(kept), details=(*row.details, *fields))


class RelationLinks:
    """The relations that are known: those of the book, and those of lines read before."""

    def __init__(self, relation: pd.DataFrame | None) -> None:
        self._seen: set[tuple[object, ...]] = set()
        for a, b, *said in rows_of_relations(relation) if relation is not None else ():
            self._seen.add(one_sided(("id", b), ("id", a), *said))

    def is_new(self, owner: Owner, other: Owner, each: FileRelation) -> bool:
        """Return whether a relation is not known yet from either side; it is from now on."""
        if owner == other:
            return False
        sign = one_sided(owner, other, each.kind, each.words, each.inverse)
        if sign in self._seen:
            return False
        self._seen.add(sign)
        return True


def one_sided(
    owner: Owner, other: Owner, kind: str, words: str, inverse: str
) -> tuple[object, ...]:
    """Return a relation in the form that it has from either side."""
    here = (owner, other, kind, words, inverse)
    there = (other, owner, INVERSE_RELATIONS.get(kind, ""), inverse, words)
    return min(here, there, key=str)
