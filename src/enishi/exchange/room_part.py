"""What a person takes home from a room, and the file in which another Enishi brings it in.

The file is JSON for people to read: whom one met, and what was offered and promised. Its rows keep
the ids they have in the room, so that what was brought in before is known by them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import pandas as pd

from enishi.book.errors import InvalidValueError
from enishi.book.ids import new_id
from enishi.book.journal import Key
from enishi.book.tables import LINE, TABLES
from enishi.book.validation import LONGEST_ID, validate
from enishi.exchange.errors import DamagedPartError, LargePartError, NewerPartError
from enishi.exchange.file_reading import ContactRow, FileReading
from enishi.exchange.import_preview import Preview, PreviewEntry, changes_by_person, preview
from enishi.i18n import format_text

MOST_PART_KILOBYTES = 256
"""Maximum size of the file; three hundred lines of Japanese have half of that."""
VERSION = 1
_MARK = b'"enishi_room_part"'
_BEGINNING = 400
"""Bytes at the start of a file in which `_MARK` is looked for."""
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s().-]{6,20}")

_TEXT = r"\A[^\x00-\x1f\x7f]*\Z"
RowId = Annotated[str, msgspec.Meta(pattern=r"\A[\w-]+\Z", max_length=LONGEST_ID)]
Words = Annotated[str, msgspec.Meta(pattern=_TEXT, max_length=LINE)]
PartKind = Literal["given", "received", "promised", "promised_me"]
TABLE_OF: Mapping[str, str] = {
    "given": "give",
    "received": "step",
    "promised": "promise",
    "promised_me": "promise",
}
"""The table of the book for each kind of line."""


class Acquaintance(msgspec.Struct, frozen=True):
    """A person from the room: the id of their seat, their name, and how to reach them if known."""

    id: RowId
    name: Annotated[str, msgspec.Meta(pattern=_TEXT, min_length=1, max_length=60)]
    reach: Annotated[str, msgspec.Meta(pattern=_TEXT, max_length=120)] = ""


class PartLine(msgspec.Struct, frozen=True):
    """An offer or a promise; `person` is the id of one of the people, '' for who left the room."""

    id: RowId
    kind: PartKind
    words: Words
    person: Annotated[str, msgspec.Meta(max_length=LONGEST_ID)] = ""
    due: date | None = None
    state: Literal["open", "kept", "let_go"] = "open"


class RoomPart(msgspec.Struct, frozen=True):
    """One person's part of a room: its version, what it is, the room, the day, and the rows."""

    enishi_room_part: int
    what: str
    title: Words
    on: date
    people: Annotated[list[Acquaintance], msgspec.Meta(max_length=300)]
    lines: Annotated[list[PartLine], msgspec.Meta(max_length=300)]


class PartChanges(NamedTuple):
    """What to write: rows to create by key, and columns to fill by the id of a contact."""

    new: dict[Key, dict[str, Any]]
    filled: dict[str, dict[str, Any]]


def write_part(part: RoomPart, name: str) -> str:
    """Return the text of the file `name`.

    Raises:
        LargePartError: it would be larger than a file that can be brought in.
    """
    text = json.dumps(msgspec.to_builtins(part), ensure_ascii=False, indent=2) + "\n"
    _check_size(text.encode(), name)
    return text


def is_part(data: bytes) -> bool:
    """Return whether a file says at its beginning that it is a participant's part of a room."""
    return _MARK in data[:_BEGINNING]


def read_part(data: bytes, name: str) -> RoomPart:
    """Return the content of a file for which `is_part` is true.

    Raises:
        LargePartError, NewerPartError: it is too large, or of a later version.
        DamagedPartError: it is cut short or altered.
    """
    _check_size(data, name)
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
        version = found["enishi_room_part"]
        if isinstance(version, int) and version > VERSION:
            raise NewerPartError(name=name)
        part = msgspec.convert(found, RoomPart)
        people, lines = [each.id for each in part.people], [each.id for each in part.lines]
        is_whole = len({*people, *lines}) == len(people) + len(lines)
        is_whole &= {each.person for each in part.lines} <= {"", *people}
        if version != VERSION or not is_whole:
            raise DamagedPartError(name=name)
        for line in part.lines:
            validate(TABLES[TABLE_OF[line.kind]], _line_values(part, line, "{words}"))
        return part
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise DamagedPartError(name=name) from error
    except (KeyError, TypeError, InvalidValueError) as error:
        raise DamagedPartError(name=name) from error


def _check_size(data: bytes, name: str) -> None:
    if len(data) > MOST_PART_KILOBYTES * 1024:
        raise LargePartError(name=name, kilobytes=MOST_PART_KILOBYTES)


def preview_part(
    part: RoomPart, frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]
) -> Preview:
    """Return what bringing in a part would do to a book: first its people, then its lines.

    Args:
        part: the part.
        frames: the book's.
        texts: `how_met`, with `{title}`, and `answer_offer`, with `{words}`.
    """
    rows = tuple(_contact_row(part, at, each, texts) for at, each in enumerate(part.people, 1))
    people = preview(FileReading("room", "utf-8", 1, rows, ()), frames["contact"])
    names = {each.id: each.name for each in part.people} | {"": ""}
    lines = []
    for at, line in enumerate(part.lines, len(rows) + 1):
        is_there = line.id in frames[TABLE_OF[line.kind]].index
        due = line.due.isoformat() if line.due else ""
        entry = PreviewEntry(
            at,
            "same" if is_there else "add",
            names[line.person],
            {} if is_there else _line_values(part, line, texts["answer_offer"]),
            by="key" if is_there else "",
            told={"kind": line.kind, "words": line.words, "due": due},
        )
        lines.append(entry)
    return Preview((*people.entries, *lines))


def part_changes(
    part: RoomPart, plan: Preview, today: date, skipped: Collection[int] = frozenset()
) -> PartChanges:
    """Return what to write of a part that was previewed.

    A line goes with its person: with one in the book, to them, and not at all with one who is new
    and left out. Who is left out and perhaps in the book counts as the one there.

    Args:
        part: the part.
        plan: what `preview_part` returned for it.
        today: the day on which it is brought in.
        skipped: the lines of the preview that are left out.
    """
    met, rest = plan.entries[: len(part.people)], plan.entries[len(part.people) :]
    changes = PartChanges({}, {})
    added: dict[tuple[str, object], str] = {}
    for who, (id, values, *_) in changes_by_person(Preview(met), skipped).items():
        if id is None:
            added[who] = new_id()
            changes.new["contact", added[who]] = values | {"acquired_on": today.isoformat()}
        else:
            changes.filled[id] = values
    contact_of: dict[str, str | None] = {"": None}
    for person, entry in zip(part.people, met, strict=True):
        if found := added.get(entry.person) or entry.match_id:
            contact_of[person.id] = found
    for line, entry in zip(part.lines, rest, strict=True):
        if entry.values and entry.line not in skipped and line.person in contact_of:
            values = {**entry.values, "contact_id": contact_of[line.person]}
            changes.new[TABLE_OF[line.kind], line.id] = values
    return changes


def seat_key(seat_id: str) -> str:
    """Return the key by which a book knows again a person who was met in a room."""
    return f"room:{seat_id}"


def _contact_row(
    part: RoomPart, line: int, person: Acquaintance, texts: Mapping[str, str]
) -> ContactRow:
    """Return the columns of somebody one met."""
    reach = person.reach
    column = "email" if _EMAIL.fullmatch(reach) else "phone" if _PHONE.fullmatch(reach) else "note"
    values = {
        "name": " ".join(person.name.split()),
        "how_met": format_text(texts["how_met"], {"title": part.title})[:LINE],
        "met_on": part.on.isoformat(),
        "known_as": "just_met",
    } | ({column: reach} if reach else {})
    return ContactRow(line, values, seat_key(person.id))


def _line_values(part: RoomPart, line: PartLine, answer_offer: str) -> dict[str, str]:
    """Return the columns of an offer or a promise, without its person."""
    if line.kind == "given":
        return {"direction": "out", "state": "planned", "what": line.words, "wanted": "yes"}
    if line.kind == "received":
        return {"words": format_text(answer_offer, {"words": line.words})}
    day = part.on.isoformat()
    return {
        "by": "me" if line.kind == "promised" else "them",
        "words": line.words,
        "said_on": day,
        "due": line.due.isoformat() if line.due else "",
        "state": line.state,
        "closed_on": "" if line.state == "open" else day,
    }
