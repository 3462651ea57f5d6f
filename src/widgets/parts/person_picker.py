"""Choosing a person: searching contacts by name, and adding one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from enishi.coach.people.search import search_people
from enishi.coach.relations.history import active_contacts, iter_rows
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.i18n.names import reading_of
from widgets.base.sheet import Answer, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook

Name = Annotated[str, msgspec.Meta(max_length=200, pattern=r"\S")]


@query
def find_people(sheet: Sheet, text: ShortText, welcomed: bool = False) -> Answer:
    """Find at most twenty people by name, reading, organisation or circle.

    With `welcomed`, search only contacts that a suggestion may name.
    """
    frames = sheet.workbook.frames()
    people = suggestible_contacts(frames) if welcomed else active_contacts(frames)
    found = search_people(people, text)
    shown = [
        {"id": id, "name": row["name"], "note": note(row)}
        for id, row in iter_rows(people.loc[list(found.ids)])
    ]
    said = sheet.say("people_found", count=found.total) if text.strip() else " "
    return {"found": shown, "text": said}


@command
def add_person(sheet: Sheet, name: Name) -> Answer:
    """Add a new contact to the book; a name is enough."""
    id = sheet.book.add("contact", name=name, acquired_on=sheet.workbook.today.isoformat())
    return {"id": id, "name": sheet.book.row("contact", id)["name"]}


PERSON_PICKER = Part(__file__, {"find": find_people, "meet": add_person})
"""Names a contact; gives the script `sheet.person`."""


def contact_names(workbook: Workbook, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of those of `ids` that are contacts in the book, the trash included."""
    contact = workbook.frames()["contact"]
    wanted = [id for id in dict.fromkeys(ids) if id in contact.index]
    return dict(zip(wanted, contact.loc[wanted, "name"].tolist(), strict=True))


def note(row: dict[str, str]) -> str:
    """Return what distinguishes two people of one name: their reading and where they work."""
    reading = reading_of(row["family_kana"], row["given_kana"], "")
    return "　".join(part for part in (reading, row["organisation"]) if part)
