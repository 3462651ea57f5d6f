"""Preview of an import, line by line, and the changes it writes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from enishi.exchange.collector import paused_collector
from enishi.exchange.contact_index import (
    SEVERAL,
    Directory,
    KnownPerson,
    Match,
    address_signs,
    clues,
    detail_sign,
    plain_detail,
)
from enishi.exchange.csv_record import (
    LONGEST_CELL,
    LONGEST_DETAIL,
    MOST_CIRCLES,
    Detail,
    Problem,
    Value,
)
from enishi.exchange.file_reading import ContactRow, FileReading
from enishi.exchange.file_relations import (
    LinkedRelation,
    Owner,
    RelationLinks,
    without_strangers,
)
from enishi.exchange.match_keys import ADDRESS_SIGN, address_kind, match_identity
from enishi.i18n.folding import VARIANT, fold_key, fold_spelling
from enishi.i18n.names import display_name

ACTIONS = ("add", "fill", "perhaps", "same", "skip")
FILLED = (
    "family",
    "given",
    "family_kana",
    "given_kana",
    "romaji",
    "alias",
    "honorific",
    "called",
    "organisation",
    "department",
    "title",
    "email",
    "phone",
    "url",
    "birthday",
    "met_on",
    "how_met",
    "where_met",
    "circles",
    "note",
)
"""The fields an import fills if they are empty in the book; existing values stay unchanged."""
_READ = ("name", *FILLED, "source_key")
"""The contact columns that a preview needs."""
WORKPLACE_FIELDS = ("organisation", "department", "title")
EXCHANGE_LABELS = frozenset({"名刺交換日"})
"""What Eight and Sansan call the day of a card: of two cards, the newer one holds."""
_PERSON_KEY = "uid:"
"""Beginning of a key that names the person, not the line; what the line says may be newer."""
TIMES = 50
"""Maximum number of progress reports."""
Progress = Callable[[int, int], None]
"""Callback with the number of lines done and the total."""


class Difference(NamedTuple):
    """A field with different values in the book and the file.

    The book's value stays unless the user takes the file's.
    """

    field: str
    book: Value
    file: Value


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """The effect of the import on one line of the file.

    Attributes:
        line: the line of the file, from 1.
        action: "add"; "fill" the empty fields of a known person; "perhaps" a known person, added
            unless the user says otherwise; "same", nothing to do; "skip", no person in the line.
        name: the display name of the line's person.
        values: what will be written, by field. For "same" it is empty, or the key by which a later
            import recognises the line: if this import writes to the person anyway, or if the line's
            other clues would no longer identify them.
        details: what will be written beside the values.
        match_id: the id of the contact it is or may be.
        match_line: the earlier line of this file it is or may be.
        by: what matched: "key", "url", "email", "phone", "employment", "name", or "".
        differences: fields in which both differ and the book's value stays.
        relations: what others are to this person, if it is new.
        told: what a row says that is no contact; see `enishi.exchange.room_part`.
    """

    line: int
    action: str
    name: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    details: tuple[Detail, ...] = ()
    match_id: str | None = None
    match_line: int | None = None
    by: str = ""
    differences: tuple[Difference, ...] = ()
    relations: tuple[LinkedRelation, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> tuple[str, object]:
        """Whose line it is: ("id", a contact in the book) or ("line", one that the file adds)."""
        if self.action in ("add", "perhaps"):
            return "line", self.line
        return self.match

    @property
    def match(self) -> tuple[str, object]:
        """Who is recognised, in the form of `person`."""
        return ("id", self.match_id) if self.match_id is not None else ("line", self.match_line)


@dataclass(frozen=True)
class Preview:
    """The effect of an import.

    Attributes:
        entries: one for each row of the reading, in its order.
        problems: what the preview found, beside the problems of the reading.
    """

    entries: tuple[PreviewEntry, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of lines of each action, zeros included."""
        counted = Counter(entry.action for entry in self.entries)
        return {action: counted[action] for action in ACTIONS}


class ContactChange(NamedTuple):
    """What to write about one person.

    Attributes:
        id: the contact that is filled, None for a new one.
        values: the fields.
        details: the details to add.
        relations: what others are to them.
    """

    id: str | None
    values: dict[str, Any]
    details: list[Detail]
    relations: list[LinkedRelation]


@paused_collector()
def preview(
    reading: FileReading,
    existing: pd.DataFrame,
    progress: Progress | None = None,
    *,
    details: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    same: Collection[int] = (),
) -> Preview:
    """Return for each row of `reading` what its import would do to the book.

    Args:
        reading: the file.
        existing: the book's contacts with their id as the index, one row a person; columns of
            `_READ` without content may be missing.
        progress: called at most `TIMES` times, the last time when all lines are done.
        details: the book's details.
        relations: what the book's contacts are to each other.
        same: the lines that are the person they may be, as the user said.
    """
    directory = Directory()
    for person in known_people(existing, details):
        directory.add(person)
    problems: list[Problem] = []
    rows = reading.rows
    if any(row.relations for row in rows):
        rows = tuple(without_strangers(rows, directory.people["key"], problems))
    total = len(rows)
    step = max(1, -(-total // TIMES))
    entries = []
    for done, row in enumerate(rows, start=1):
        entries.append(entry_of(row, directory, row.line in same))
        if progress and (done % step == 0 or done == total):
            progress(done, total)
    lines = zip(rows, entries, strict=True)
    settled = [settle_entry(row, entry, directory) for row, entry in lines]
    return Preview(tuple(link_people(rows, settled, directory, relations)), tuple(problems))


def known_people(existing: pd.DataFrame, details: pd.DataFrame | None) -> list[KnownPerson]:
    """Return the contacts of a frame as people, without empty or missing values."""
    beside: dict[str, list[Detail]] = defaultdict(list)
    if details is not None and len(details):
        told = (details[name].tolist() for name in ("contact_id", "kind", "label", "value"))
        for contact_id, kind, label, value in zip(*told, strict=True):
            beside[contact_id].append(Detail(kind, label, value))
    fields = [field for field in _READ if field in existing.columns]
    columns = [cells_of(existing[field]) for field in fields]
    people = []
    for id_, *cells in zip(existing.index.tolist(), *columns, strict=True):
        values = {
            field: tuple(cell) if isinstance(cell, list) else cell
            for field, cell in zip(fields, cells, strict=True)
            if isinstance(cell, str | list | tuple) and cell
        }
        also = beside.get(id_, [])
        people.append(KnownPerson(values, match_identity(values, also), id=id_, details=also))
    return people


def cells_of(column: pd.Series[Any]) -> list[Any]:
    """Return the cells of a column; days as text, "" where there is none."""
    if column.dtype.kind == "M":
        return [text if isinstance(text, str) else "" for text in column.dt.strftime("%Y-%m-%d")]
    return column.tolist()


def entry_of(row: ContactRow, directory: Directory, is_same: bool = False) -> PreviewEntry:
    """Return the entry of one row; a person it adds is known to the rows after it.

    Args:
        row: the row.
        directory: who is known so far.
        is_same: True if the user said that the row is the person it may be.
    """
    if not row.values:
        return PreviewEntry(row.line, "skip")
    values, details = without_address_name({**row.values, "source_key": row.key}, row.details)
    name = str(values["name"])
    who = match_identity(values, details)
    signs = clues(who, values)
    match = directory.find(who, signs)
    if match is None or not (match.sure or is_same):
        details = new_details(address_signs(values), details) if details else ()
        person = KnownPerson(values, who, line=row.line, details=[*details], from_file=values)
        directory.add(person, signs)
        told = match_fields(match, merge_card(match, values, ())) if match else {}
        return PreviewEntry(row.line, "perhaps" if match else "add", name, values, details, **told)
    person = match.person
    if match.by == "key" and not row.key.startswith(_PERSON_KEY):
        return PreviewEntry(row.line, "same", name, {}, (), person.id, person.line, match.by)
    merged = merge_card(match, values, details)
    told = match_fields(match, merged)
    filling, more = merged.filling, merged.details
    action = "fill" if filling or more else "same"
    # store the key if this import writes to them anyway, or if only the user knows who it is
    if filling or more or person.line is not None or not match.sure:
        filling["source_key"] = join_keys(person.values.get("source_key", ""), row.key)
        person.line = row.line if person.line is None else person.line
        directory.fill(person, filling, more, row.key)
    return PreviewEntry(row.line, action, name, filling, tuple(more), **told)


def link_people(
    rows: Sequence[ContactRow],
    entries: Sequence[PreviewEntry],
    directory: Directory,
    relations: pd.DataFrame | None,
) -> Sequence[PreviewEntry]:
    """Return entries with the relations that the book does not have yet, each on one of two sides.

    Args:
        rows: the rows; the other person of each relation is in the file or the book.
        entries: their entries.
        directory: who is known.
        relations: the book's relations.
    """
    if not any(row.relations for row in rows):
        return entries
    owners = {
        row.key: entry for row, entry in zip(rows, entries, strict=True) if entry.action != "skip"
    }
    known = RelationLinks(relations)
    linked = []
    for row, entry in zip(rows, entries, strict=True):
        found = []
        for each in row.relations:
            key = f"uid:{each.uid}"
            other: Owner
            if key in owners:
                other, name = owners[key].person, owners[key].name
            else:
                person = directory.people["key"][key]
                other, name = ("id", person.id), str(person.values.get("name", ""))
            if known.is_new(entry.person, other, each):
                found.append(LinkedRelation(other, name, each.kind, each.words, each.inverse))
        if found:
            action = "fill" if entry.action == "same" else entry.action
            entry = replace(entry, action=action, relations=tuple(found))
        linked.append(entry)
    return linked


def swap_names(row: ContactRow) -> ContactRow:
    """Return a row with family and given name, and their readings, the other way round."""
    values = dict(row.values)
    for one, other in (("family", "given"), ("family_kana", "given_kana")):
        swapped = {one: values.pop(other, ""), other: values.pop(one, "")}
        values |= {name: value for name, value in swapped.items() if value}
    family, given = str(values.get("family", "")), str(values.get("given", ""))
    if family and given:
        values["name"] = display_name(family, given)
    return replace(row, values=values)


def without_address_name(
    values: dict[str, Value], details: tuple[Detail, ...]
) -> tuple[dict[str, Value], tuple[Detail, ...]]:
    """Return the fields and details of a row with each address that stands as a name in its place.

    Programs put an address where a name is missing. It stays the name that is shown, if there is no
    other, but it is no part of one, and an address that the row has nowhere else is kept.
    """
    parts = {part: str(values.get(part, "")) for part in ("name", "family", "given")}
    if not ADDRESS_SIGN.search("\n".join(parts.values())):  # one search takes less than three
        return values, details
    found = {part: kind for part, text in parts.items() if text and (kind := address_kind(text))}
    if not found:
        return values, details
    kept = {name: value for name, value in values.items() if name not in found or name == "name"}
    for part, kind in found.items():
        if not kept.get(kind):
            kept[kind] = parts[part]
        elif not _has_address(kept, details, kind, parts[part]):
            details = (*details, Detail(kind, "", parts[part]))
    if "name" not in found and (name := f"{kept.get('family', '')}{kept.get('given', '')}"):
        kept["name"] = name
    return kept, details


def _has_address(
    values: Mapping[str, Value], details: Sequence[Detail], kind: str, address: str
) -> bool:
    texts = [str(values[kind]), *(each.value for each in details if each.kind == kind)]
    return plain_detail(kind, address) in {plain_detail(kind, text) for text in texts}


class _Merged(NamedTuple):
    """What a row adds to a known person, and what differs."""

    filling: dict[str, Any]
    details: list[Detail]
    differences: list[Difference]


def merge_card(match: Match, values: Mapping[str, Value], details: Sequence[Detail]) -> _Merged:
    """Return what the fields and details of a row add to the person who was recognised.

    Empty fields are filled. What an earlier line of the file gave is kept beside: a second note
    is joined to the first, a second address becomes a detail. Whatever else differs is told.
    """
    person = match.person
    known = person.values
    kept_empty = _kept_empty(values)
    merged = _Merged({}, [], [])
    settled = _merge_place(person, values, details, merged)
    for name in ("name", *FILLED):
        value = values.get(name)
        if not value or name in settled:
            continue
        if name == "name":
            _merge_name(person, str(value), merged)
        elif not known.get(name):
            if name not in kept_empty:
                merged.filling[name] = value
            elif values.get("known_as") != "just_met":
                merged.differences.append(Difference(name, "", value))
        elif not _alike(person, name, value):
            _merge_field(person, name, value, merged)
    if details:
        more = address_signs(merged.filling) | {detail_sign(each) for each in merged.details}
        merged.details.extend(new_details(person.detail_signs() | more, details))
    return merged


def _merge_place(
    person: KnownPerson, values: Mapping[str, Value], details: Sequence[Detail], merged: _Merged
) -> Collection[str]:
    """Take the place of work from the newer of two cards of a file; keep the older one beside.

    Returns:
        The fields that are settled by this; none if the cards say the same, or have no day.
    """
    known = person.values
    differing = [
        name
        for name in WORKPLACE_FIELDS
        if values.get(name) and known.get(name) and not _alike(person, name, values[name])
    ]
    before, now = find_exchange_day(person.details), find_exchange_day(details)
    if not differing or before is None or now is None or not {*differing} <= {*person.from_file}:
        return ()
    is_newer = now.value >= before.value
    older, day = (known, before) if is_newer else (values, now)
    place = " ".join(str(older[name]) for name in WORKPLACE_FIELDS if older.get(name))
    merged.details.append(Detail("field", f"{day.label} {day.value}", place[:LONGEST_DETAIL]))
    if is_newer:
        taken = WORKPLACE_FIELDS if "organisation" in differing else differing
        merged.filling.update({name: values.get(name, "") for name in taken})
    return WORKPLACE_FIELDS if "organisation" in differing else differing


def find_exchange_day(details: Sequence[Detail]) -> Detail | None:
    """Return the last day on which a card was exchanged, None if the file says none."""
    days = [each for each in details if each.kind == "date" and each.label in EXCHANGE_LABELS]
    return max(days, key=lambda one: one.value, default=None)


def new_details(
    known: Collection[tuple[str, ...]], details: Sequence[Detail]
) -> tuple[Detail, ...]:
    """Return those of `details` whose `detail_sign` is not among `known`, each once."""
    found: dict[tuple[str, ...], Detail] = {}
    for detail in details:
        if (sign := detail_sign(detail)) not in known:
            found.setdefault(sign, detail)
    return tuple(found.values())


def _merge_name(person: KnownPerson, name: str, merged: _Merged) -> None:
    """Give a person whose name is an address the name of the row, and keep the address."""
    known = str(person.values.get("name", ""))
    if address_kind(name):
        return  # the address itself is among the row's addresses
    kind = address_kind(known)
    if kind or not known:
        merged.filling["name"] = name
        address = Detail(kind, "", known)
        if kind and detail_sign(address) not in person.detail_signs():
            merged.details.append(address)
    elif not _alike(person, "name", name):
        merged.differences.append(Difference("name", known, name))


def _merge_field(person: KnownPerson, name: str, value: Value, merged: _Merged) -> None:
    """Keep a value that differs from the known one beside it, or tell it."""
    known = person.values[name]
    is_from_file = name in person.from_file
    address = Detail(name, "", str(value))
    is_beside = name in SEVERAL and detail_sign(address) in person.detail_signs()
    if is_beside:
        return
    if name in SEVERAL and is_from_file:
        merged.details.append(address)
    elif name == "note" and is_from_file and (joined := join_notes(str(known), str(value))):
        merged.filling[name] = joined
    elif name == "circles" and is_from_file and isinstance(value, tuple):
        together = tuple(dict.fromkeys((*known, *value)))
        if len(together) <= MOST_CIRCLES:
            merged.filling[name] = together
        else:
            merged.differences.append(Difference(name, known, value))
    else:
        merged.differences.append(Difference(name, known, value))


def join_notes(note: str, more: str) -> str:
    """Return two notes as one, "" if that is too long."""
    joined = more if note in more else f"{note}\n{more}"
    return joined if len(joined) <= LONGEST_CELL["note"] else ""


def _kept_empty(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the fields that a row may not fill: when one met, if it says only that one did.

    The day of a connection is no day of meeting, and somebody known may be met in a room again.
    """
    if values.get("known_as") == "just_met":
        return ("met_on", "how_met")
    return ("met_on",) if values.get("source") == "linkedin" else ()


def settle_entry(row: ContactRow, entry: PreviewEntry, directory: Directory) -> PreviewEntry:
    """Return an entry in its final form, once all lines are read.

    A later line may have added a person with the same profile, or a second one of the same name in
    the same organisation. If so, an entry that had no key so far gets one; without it the next
    import of the file would take the line for the other person.
    """
    if entry.action != "same" or entry.by == "key" or entry.values or entry.match_id is None:
        return entry
    person = directory.book[entry.match_id]
    values, details = without_address_name(dict(row.values), row.details)
    if directory.is_alone(person, entry.by, match_identity(values, details)):
        return entry
    keys = join_keys(person.values.get("source_key", ""), row.key)
    return replace(entry, values={"source_key": keys})


def match_fields(match: Match, merged: _Merged) -> dict[str, Any]:
    """Return the fields of an entry that name its match and the differences."""
    return {
        "match_id": match.person.id,
        "match_line": match.person.line,
        "by": match.by,
        "differences": tuple(merged.differences),
    }


def _alike(person: KnownPerson, field: str, other: Value) -> bool:
    """Return whether `person`'s field equals `other`, ignoring width, case and gaps.

    A note is alike if it is contained in the person's; in a note or an address a dot counts. 髙 and
    高 are found as one, but a name is written with one of them.
    """
    one = person.values[field]
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str):
        if field in SEVERAL:
            return plain_detail(field, one) == plain_detail(field, other)
        if field == "note":
            return fold_spelling(other) in fold_spelling(one)
        return person.fold(field) == fold_key(other) and _variants(one) == _variants(other)
    return set(one) >= set(other)


def _variants(text: str) -> list[str]:
    """Return the variant characters in a text, in order."""
    return [] if text.isascii() else [sign for sign in VARIANT.findall(text) if sign.isalpha()]


def join_keys(keys: str, more: str) -> str:
    """Return the keys of a person's rows without duplicates; the oldest are dropped to fit."""
    kept = list(dict.fromkeys(f"{keys} {more}".split()))
    while len(" ".join(kept)) > LONGEST_CELL["source_key"]:
        kept.pop(0)
    return " ".join(kept)


def changes(
    preview: Preview,
    skipped: Collection[int] = frozenset(),
    taken: Mapping[int, Collection[str]] | None = None,
) -> list[ContactChange]:
    """Return what to write, one change a person.

    All lines of one person become one change. Skipping a line also skips the lines that add to it.

    Args:
        preview: the preview that was shown.
        skipped: the lines the user left out.
        taken: by line, the differing fields of which the user takes the file's value.
    """
    return list(changes_by_person(preview, skipped, taken).values())


def changes_by_person(
    preview: Preview,
    skipped: Collection[int] = frozenset(),
    taken: Mapping[int, Collection[str]] | None = None,
) -> dict[tuple[str, object], ContactChange]:
    """Return the changes of `changes` by `PreviewEntry.person`."""
    written: dict[tuple[str, object], ContactChange] = {}
    for entry in preview.entries:
        if entry.line in skipped:
            continue
        values: dict[str, Any] = dict(entry.values)
        if taken and entry.line in taken and entry.action in ("fill", "same"):
            values |= taken_values(entry, taken[entry.line])
        if not values and not entry.relations:
            continue
        for name, value in values.items():
            if isinstance(value, tuple):
                values[name] = list(value)
        if entry.action in ("add", "perhaps"):
            written[entry.person] = ContactChange(
                None, values, list(entry.details), list(entry.relations)
            )
            continue
        change = written.get(entry.person)
        if change is None and entry.match_id is not None:
            change = written[entry.person] = ContactChange(entry.match_id, {}, [], [])
        if change is not None:
            join_values(change.values, values)
            change.details.extend(entry.details)
            change.relations.extend(entry.relations)
    return written


def taken_values(entry: PreviewEntry, fields: Collection[str]) -> dict[str, Value]:
    """Return the file's values of these differing fields; a note is joined to the known one."""
    found: dict[str, Value] = {}
    for name, known, value in entry.differences:
        if name not in fields:
            continue
        if name == "note" and known:
            value = join_notes(str(known), str(value)) or value
        found[name] = value
    return found


def join_values(fields: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Merge the values of one more line of a person into `fields`."""
    keys = join_keys(fields.get("source_key", ""), values.get("source_key", ""))
    fields.update(values, **({"source_key": keys} if keys else {}))
