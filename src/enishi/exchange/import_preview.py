"""Preview of an import, line by line, and the changes it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from enishi.exchange.contact_index import Directory, KnownPerson, Match
from enishi.exchange.csv_record import LONGEST_CELL, Value
from enishi.exchange.file_reading import ContactRow, FileReading
from enishi.exchange.match_keys import match_identity
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
"""The fields an import fills if they are empty in the book; existing values stay unchanged."""
_READ = ("name", *FILLED, "source_key")
"""The contact columns that a preview needs."""
TIMES = 50
"""Maximum number of progress reports."""
Progress = Callable[[int, int], None]
"""Callback with the number of lines done and the total."""


class Difference(NamedTuple):
    """A field with different values in the book and the file; the book's value stays."""

    field: str
    book: Value
    file: Value


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """The effect of the import on one line of the file.

    Attributes:
        line: the line of the file, from 1.
        action: "add"; "fill" the empty fields of a known person; "perhaps" a known person, added
            unless the user skips the line; "same", nothing to do; "skip", no person in the line.
        name: the display name of the line's person.
        values: what will be written, by field. For "same" it is empty, or the key by which a later
            import recognises the line: if this import writes to the person anyway, or if the line's
            other clues would no longer identify them.
        match_id: the id of the contact it is or may be.
        match_line: the earlier line of this file it is or may be.
        by: what matched: "key", "url", "email", "phone", "employment", "name", or "".
        differences: fields in which both differ and the book's value stays.
        told: what a row says that is no contact; see `enishi.exchange.room_part`.
    """

    line: int
    action: str
    name: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    match_id: str | None = None
    match_line: int | None = None
    by: str = ""
    differences: tuple[Difference, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> tuple[str, object]:
        """Whose line it is: ("id", a contact in the book) or ("line", one that the file adds)."""
        if self.action in ("add", "perhaps"):
            return "line", self.line
        return ("id", self.match_id) if self.match_id is not None else ("line", self.match_line)


@dataclass(frozen=True)
class Preview:
    """The effect of an import: one entry for each row of the reading, in its order."""

    entries: tuple[PreviewEntry, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of lines of each action, zeros included."""
        counted = Counter(entry.action for entry in self.entries)
        return {action: counted[action] for action in ACTIONS}


def preview(
    reading: FileReading, existing: pd.DataFrame, progress: Progress | None = None
) -> Preview:
    """Return for each row of `reading` what its import would do to the book.

    Args:
        reading: the file.
        existing: the book's contacts with their id as the index, one row a person; columns of
            `_READ` without content may be missing.
        progress: called at most `TIMES` times, the last time when all lines are done.
    """
    directory = Directory()
    for person in known_people(existing):
        directory.add(person)
    total = len(reading.rows)
    step = max(1, -(-total // TIMES))
    entries = []
    for done, row in enumerate(reading.rows, start=1):
        entries.append(entry_of(row, directory))
        if progress and (done % step == 0 or done == total):
            progress(done, total)
    lines = zip(reading.rows, entries, strict=True)
    return Preview(tuple(settle_entry(row, entry, directory) for row, entry in lines))


def known_people(existing: pd.DataFrame) -> list[KnownPerson]:
    """Return the contacts of a frame as people, without empty or missing values."""
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
    """Return the entry of one row; a person it adds is known to the rows after it."""
    if not row.values:
        return PreviewEntry(row.line, "skip")
    values: dict[str, Value] = {**row.values, "source_key": row.key}
    name = str(values["name"])
    who = match_identity(values)
    match = directory.find(values, who)
    if match is None or not match.sure:
        directory.add(KnownPerson(values, who, line=row.line))
        action = "perhaps" if match else "add"
        return PreviewEntry(row.line, action, name, values, **match_fields(match, values))
    person = match.person
    if match.by == "key":
        return PreviewEntry(row.line, "same", name, {}, person.id, person.line, match.by)
    told = match_fields(match, values)
    filling = {f: values[f] for f in _filled(values) if values.get(f) and not person.values.get(f)}
    action = "fill" if filling else "same"
    if filling or person.line is not None:  # this import writes to them: store the row's key
        filling["source_key"] = join_keys(person.values.get("source_key", ""), row.key)
        person.line = row.line if person.line is None else person.line
        directory.fill(person, filling, row.key)
    return PreviewEntry(row.line, action, name, filling, **told)


def _filled(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the fields that a row may fill: not when one met, if it says only that one did.

    The day of a connection is no day of meeting, and somebody known may be met in a room again.
    """
    if values.get("known_as") == "just_met":
        return tuple(f for f in FILLED if f not in ("met_on", "how_met"))
    is_connection = values.get("source") == "linkedin"
    return tuple(f for f in FILLED if not (is_connection and f == "met_on"))


def settle_entry(row: ContactRow, entry: PreviewEntry, directory: Directory) -> PreviewEntry:
    """Return an entry in its final form, once all lines are read.

    A later line may have added a person with the same profile, or a second one of the same name in
    the same organisation. If so, an entry that had no key so far gets one; without it the next
    import of the file would take the line for the other person.
    """
    if entry.action != "same" or entry.by == "key" or entry.values or entry.match_id is None:
        return entry
    person = directory.book[entry.match_id]
    if directory.is_alone(person, entry.by, match_identity(row.values)):
        return entry
    keys = join_keys(person.values.get("source_key", ""), row.key)
    return replace(entry, values={"source_key": keys})


def match_fields(match: Match | None, values: Mapping[str, Value]) -> dict[str, Any]:
    """Return the fields of an entry that name its match and the differences."""
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
    """Return whether `person`'s field equals `other`, ignoring width, case and gaps."""
    one = person.values[field]
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        return person.fold(field) == fold_key(other)
    return set(one) == set(other)


def join_keys(keys: str, more: str) -> str:
    """Return the keys of a person's rows without duplicates; the oldest are dropped to fit."""
    kept = list(dict.fromkeys(f"{keys} {more}".split()))
    while len(" ".join(kept)) > LONGEST_CELL["source_key"]:
        kept.pop(0)
    return " ".join(kept)


def changes(
    preview: Preview, skipped: Collection[int] = frozenset()
) -> list[tuple[str | None, dict[str, Any]]]:
    """Return what to write: (None, fields) for a new contact, (id, fields) to fill one.

    All lines of one person become one change. Skipping a line also skips the lines that add to it.

    Args:
        preview: the preview that was shown.
        skipped: the lines the user left out.
    """
    return list(changes_by_person(preview, skipped).values())


def changes_by_person(
    preview: Preview, skipped: Collection[int] = frozenset()
) -> dict[tuple[str, object], tuple[str | None, dict[str, Any]]]:
    """Return the changes of `changes` by `PreviewEntry.person`."""
    written: dict[tuple[str, object], tuple[str | None, dict[str, Any]]] = {}
    for entry in preview.entries:
        if entry.line in skipped or not entry.values:
            continue
        values = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in entry.values.items()
        }
        if entry.action in ("add", "perhaps"):
            written[entry.person] = (None, values)
        elif entry.match_id is not None:
            known_one = written.setdefault(entry.person, (entry.match_id, {}))
            join_values(known_one[1], values)
        elif entry.person in written:
            join_values(written[entry.person][1], values)
    return written


def join_values(fields: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Merge the values of one more line of a person into `fields`."""
    keys = join_keys(fields.get("source_key", ""), values["source_key"])
    fields.update(values, source_key=keys)
