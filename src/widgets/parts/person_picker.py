"""Choosing a person: searching contacts by name, and adding one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.book.batch import Batch
from enishi.coach.people.directory import PeopleDirectory, find_in_directory, make_directory
from enishi.coach.people.namesakes import find_namesakes
from enishi.coach.relations.history import active_contacts, iter_rows
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.i18n import format_list
from enishi.i18n.names import reading_of
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook

_MOST = 20
"""Most people found at once."""
_NAMESAKES = 20
"""Most people of one name that are shown."""
Name = Annotated[str, msgspec.Meta(max_length=200, pattern=r"\S")]


@query
def find_people(sheet: Sheet, text: ShortText, welcomed: bool = False) -> Answer:
    """Find at most twenty people by name, reading, organisation, circle or whatever is written.

    With `welcomed`, search only contacts that a suggestion may name.
    """
    workbook = sheet.workbook
    choose = suggestible_contacts if welcomed else active_contacts

    def choose_mask() -> NDArray[np.bool_]:
        frames = workbook.frames()
        return np.asarray(frames["contact"].index.isin(choose(frames).index))

    chosen = workbook.cached(f"mask, {choose.__name__}", choose_mask)
    found = find_in_directory(contact_directory(workbook), chosen, text, _MOST)
    shown = describe_people(workbook, workbook.frames()["contact"].loc[list(found.ids)])
    said = sheet.say("people_found", count=found.total) if text.strip() else " "
    return {"found": shown, "text": said}


@command
def add_person(sheet: Sheet, name: Name, is_other: bool = False) -> Answer:
    """Add a new contact to the book; a name is enough.

    If somebody of that name is in the book already, nothing is added unless `is_other`; the answer
    has these people as `namesakes`, so that the person can say whether it is one of them.
    """
    if not is_other and (namesakes := describe_namesakes(sheet.workbook, name)):
        return {"namesakes": namesakes, "text": " "}
    others = [each["id"] for each in describe_namesakes(sheet.workbook, name)]
    with sheet.book.batch("add") as batch:
        id = batch.add("contact", name=name, acquired_on=sheet.workbook.today.isoformat())
        keep_apart(sheet.workbook, batch, id, others)
    return {"id": id, "name": sheet.book.row("contact", id)["name"]}


PERSON_PICKER = Part(__file__, {"find": find_people, "meet": add_person})
"""Names a contact; gives the script `sheet.person`."""


def contact_directory(workbook: Workbook) -> PeopleDirectory:
    """Return the directory of all contacts of a workbook, made anew only where they changed."""
    earlier = workbook.cache.get("directory")

    def make() -> PeopleDirectory:
        frames = workbook.frames()
        kept: PeopleDirectory | None = earlier.result if earlier else None
        return make_directory(frames["contact"], frames["detail"], kept)

    directory: PeopleDirectory = workbook.cached("directory", make)
    return directory


def contact_names(workbook: Workbook, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of those of `ids` that are contacts in the book, the trash included."""
    contact = workbook.frames()["contact"]
    wanted = [id for id in dict.fromkeys(ids) if id in contact.index]
    return dict(zip(wanted, contact.loc[wanted, "name"].tolist(), strict=True))


def keep_apart(workbook: Workbook, batch: Batch, id: str, others: Iterable[str]) -> None:
    """Write that a contact is another person than each of `others`."""
    on = workbook.today.isoformat()
    batch.add_many("distinct_pair", [{"a_id": id, "b_id": other, "on": on} for other in others])


def apart_from(workbook: Workbook, id: str) -> set[str]:
    """Return the contacts who are other people than `id`, as the person said."""
    pairs = workbook.frames()["distinct_pair"]
    both = zip(pairs["a_id"].tolist(), pairs["b_id"].tolist(), strict=True)
    return {b if a == id else a for a, b in both if id in (a, b)}


def describe_namesakes(workbook: Workbook, name: str, reading: str = "") -> list[JsonRow]:
    """Return the contacts of this name, each with what tells them apart."""
    people = active_contacts(workbook.frames())
    found = list(find_namesakes(people, name, reading))
    return describe_people(workbook, people.loc[found[:_NAMESAKES]])


def describe_people(workbook: Workbook, people: pd.DataFrame) -> list[JsonRow]:
    """Return the id and the name of each of `people`, and a note that tells them apart.

    It has the reading, then where they work, else a circle, else how the person knows them.
    """
    known_ases = workbook.texts_of("contacts")["labels"]["known_ases"]
    found = []
    for id, row in iter_rows(people):
        circles = format_list(row["circles"], workbook.language)
        apart = note(row, circles or known_ases.get(row["known_as"], ""))
        found.append({"id": id, "name": row["name"], "note": apart})
    return found


def note(row: Mapping[str, Any], otherwise: str = "") -> str:
    """Return what distinguishes two people of one name: their reading and where they work.

    Args:
        row: has the reading and the organisation.
        otherwise: stands there where no organisation is written.
    """
    reading = reading_of(row["family_kana"], row["given_kana"], "")
    return "　".join(part for part in (reading, row["organisation"] or otherwise) if part)
