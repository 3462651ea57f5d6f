"""What an import will do, line by line, before it does anything; and then the changes to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from enishi.exchange.contact_index import Directory, KnownPerson, Match
from enishi.exchange.csv_record import LONGEST_CELL, Value
from enishi.exchange.match_keys import match_identity
from enishi.exchange.reader import ContactRow, FileReading
from enishi.i18n.folding import fold_key

ACTIONS = ("add", "fill", "perhaps", "same", "skip")
FILLED = (
    "family",
    "given",
    "family_kana",
    "given_kana",
    "organisation",
    "department",
    "title",
    "email",
    "phone",
    "url",
    "birthday",
    "met_on",
    "how_met",
    "circles",
    "note",
)
"""The fields an import may fill where the book has nothing. What the book has is left alone."""
_READ = ("name", *FILLED, "source_key")
"""The columns of the book's contacts that a preview looks at."""
TIMES = 50
"""How often, at most, progress is told."""
Progress = Callable[[int, int], None]
"""Called with how many lines are done, and of how many."""


class Difference(NamedTuple):
    """A field that the book and the file both have, and not alike; the book's stays."""

    field: str
    book: Value
    file: Value


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """What will happen with one line of the file.

    Attributes:
        line: the line of the file, from 1.
        action: "add"; "fill" the empty fields of somebody known; "perhaps" somebody known, and
            added unless the person of the workbook leaves the line out; "same", nothing to do;
            "skip", nobody there.
        name: whom the line is about, as it would be shown.
        values: what will be written, by field. "same" holds the key by which a later import knows
            the line, where this import writes to the person anyway, or where the line's other
            signs would no longer tell who it is.
        match_id: who in the book it is or may be.
        match_line: which earlier line of this file it is or may be.
        by: what told: "key", "url", "email", "phone", "employment", "name", or "".
        differences: fields that both have and that will stay as the book has them.
    """

    line: int
    action: str
    name: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    match_id: str | None = None
    match_line: int | None = None
    by: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What an import will do: one entry for each row of the reading, in its order."""

    entries: tuple[PreviewEntry, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines each action has; every action is there."""
        counted = Counter(entry.action for entry in self.entries)
        return {action: counted[action] for action in ACTIONS}


def preview(
    reading: FileReading, existing: pd.DataFrame, progress: Progress | None = None
) -> Preview:
    """Say for each row of `reading` what importing it would do to the book.

    Args:
        reading: the file.
        existing: the book's contacts, their id as the index, at least the columns of `_READ`
            that hold something; one row a person.
        progress: called now and then, at most `TIMES` times, the last time when all is done.
    """
    directory = Directory()
    for person in people_in(existing):
        directory.add(person)
    total = len(reading.rows)
    step = max(1, -(-total // TIMES))
    entries = []
    for done, row in enumerate(reading.rows, start=1):
        entries.append(entry_of(row, directory))
        if progress and (done % step == 0 or done == total):
            progress(done, total)
    lines = zip(reading.rows, entries, strict=True)
    return Preview(tuple(settled(row, entry, directory) for row, entry in lines))


def people_in(existing: pd.DataFrame) -> list[KnownPerson]:
    """Return the contacts of a frame as people; whatever is missing there is empty here."""
    fields = [field for field in _READ if field in existing.columns]
    columns = [existing[field].tolist() for field in fields]
    people = []
    for id_, *cells in zip(existing.index.tolist(), *columns, strict=True):
        values = {
            field: tuple(cell) if isinstance(cell, list) else cell
            for field, cell in zip(fields, cells, strict=True)
            if isinstance(cell, str | list | tuple) and cell
        }
        people.append(KnownPerson(values, match_identity(values), id=id_))
    return people


def entry_of(row: ContactRow, directory: Directory) -> PreviewEntry:
    """Say what happens with one row; whoever it adds is known to the rows after it."""
    if not row.values:
        return PreviewEntry(row.line, "skip")
    values: dict[str, Value] = {**row.values, "source_key": row.key}
    name = str(values["name"])
    who = match_identity(values)
    match = directory.find(values, who)
    if match is None or not match.sure:
        directory.add(KnownPerson(values, who, line=row.line))
        action = "perhaps" if match else "add"
        return PreviewEntry(row.line, action, name, values, **known(match, values))
    person = match.person
    if match.by == "key":
        return PreviewEntry(row.line, "same", name, {}, person.id, person.line, match.by)
    told = known(match, values)
    filling = {f: values[f] for f in FILLED if values.get(f) and not person.values.get(f)}
    action = "fill" if filling else "same"
    if filling or person.line is not None:  # this import writes to them: the row is remembered
        filling["source_key"] = joined_keys(person.values.get("source_key", ""), row.key)
        person.line = row.line if person.line is None else person.line
        directory.fill(person, filling, row.key)
    return PreviewEntry(row.line, action, name, filling, **told)


def settled(row: ContactRow, entry: PreviewEntry, directory: Directory) -> PreviewEntry:
    """Return an entry as it is once all lines are looked through.

    A later line may have added somebody of the same profile, or a second one of the same name in
    the same organisation. A line that went without its key until then is remembered by it, or
    else the next import of the file would take it for the other one.
    """
    if entry.action != "same" or entry.by == "key" or entry.values or entry.match_id is None:
        return entry
    person = directory.book[entry.match_id]
    if directory.is_alone(person, entry.by, match_identity(row.values)):
        return entry
    keys = joined_keys(person.values.get("source_key", ""), row.key)
    return replace(entry, values={"source_key": keys})


def known(match: Match | None, values: Mapping[str, Value]) -> dict[str, Any]:
    """Return the part of an entry that tells whom it matches, and where the two differ."""
    if match is None:
        return {}
    book = match.person.values
    differences = tuple(
        Difference(field, book[field], values[field])
        for field in ("name", *FILLED)
        if values.get(field) and book.get(field) and not _alike(match.person, field, values[field])
    )
    return {
        "match_id": match.person.id,
        "match_line": match.person.line,
        "by": match.by,
        "differences": differences,
    }


def _alike(person: KnownPerson, field: str, other: Value) -> bool:
    """Do `person`'s field and `other` say the same, whatever their width, case and gaps?"""
    one = person.values[field]
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        return person.fold(field) == fold_key(other)
    return set(one) == set(other)


def joined_keys(keys: str, more: str) -> str:
    """Return the keys of the rows a person came from, each once; the oldest make room."""
    kept = list(dict.fromkeys(f"{keys} {more}".split()))
    while len(" ".join(kept)) > LONGEST_CELL["source_key"]:
        kept.pop(0)
    return " ".join(kept)


def changes(
    preview: Preview, skipped: Collection[int] = frozenset()
) -> list[tuple[str | None, dict[str, Any]]]:
    """Return what to write: (None, fields) for a new contact, (id, fields) to fill one.

    Lines that concern one person are one change. A line that adds to an earlier line of the file
    is left out with it.

    Args:
        preview: what was shown.
        skipped: the lines that the person of the workbook left out.
    """
    written: dict[tuple[str, object], tuple[str | None, dict[str, Any]]] = {}
    for entry in preview.entries:
        if entry.line in skipped or not entry.values:
            continue
        values = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in entry.values.items()
        }
        if entry.action in ("add", "perhaps"):
            written["line", entry.line] = (None, values)
        elif entry.match_id is not None:
            known_one = written.setdefault(("id", entry.match_id), (entry.match_id, {}))
            add_to(known_one[1], values)
        elif ("line", entry.match_line) in written:
            add_to(written["line", entry.match_line][1], values)
    return list(written.values())


def add_to(fields: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Add what one more line says about a person to what is written about them."""
    keys = joined_keys(fields.get("source_key", ""), values["source_key"])
    fields.update(values, source_key=keys)
