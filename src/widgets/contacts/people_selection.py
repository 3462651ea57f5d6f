"""Several people selected in the list, and what is done with all of them at once.

Whatever is done is one call of the book, so that one undo takes it back.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from enishi.coach.people.circles import find_circle, with_circle, without_circle
from enishi.coach.relations.history import active_contacts
from widgets.base.file_parts import PartNumber
from widgets.base.sheet import Answer, Identifier, Part, command, query
from widgets.contacts.export import ContactFormat, hand_out_contacts
from widgets.contacts.people_list import ListSheet, all_listed

CircleName = Annotated[str, msgspec.Meta(max_length=300, pattern=r"\S")]
Ids = Annotated[list[Identifier], msgspec.Meta(max_length=1000)]
MOST_ERASED = 100
"""Most people who are erased at once: what the journal holds of each is looked for, too."""


@query
def mark(sheet: ListSheet, ids: Ids, on: bool) -> Answer:
    """Select people of the list, or take them out of the selection."""
    selected = sheet.view.selected
    selected.update(ids) if on else selected.difference_update(ids)
    return _shown(sheet)


@query
def mark_all(sheet: ListSheet, on: bool = True) -> Answer:
    """Select everybody in the list as it is narrowed now, or nobody."""
    sheet.view.selected = set(all_listed(sheet)) if on else set()
    return _shown(sheet)


def _shown(sheet: ListSheet) -> Answer:
    sheet.refresh()
    return {"text": sheet.say("selected", count=len(sheet.view.selected))}


@command
def label_selected(sheet: ListSheet, circle: CircleName, remove: bool = False) -> Answer:
    """Write a circle with everybody selected, or take it off."""
    contact = sheet.workbook.frames()["contact"]
    name = find_circle(sheet.workbook.frames(), " ".join(circle.split()))
    change = without_circle if remove else with_circle
    before = contact["circles"].loc[_selected(sheet)]
    after = {id: change(circles, name) for id, circles in before.items()}
    new = {id: {"circles": circles} for id, circles in after.items() if circles != before[id]}
    with sheet.book.batch("write") as batch:
        batch.update_many("contact", new)
    said = "label_removed" if remove else "label_added"
    return {"text": sheet.say(said, count=len(new), circle=name)}


@command
def focus_selected(sheet: ListSheet) -> Answer:
    """Bring everybody selected into focus, if there is room for all of them."""
    people = active_contacts(sheet.workbook.frames())
    focused = set(people.index[people["focus"]])
    new = [id for id in _selected(sheet) if id in people.index and id not in focused]
    most = sheet.workbook.settings.focus_most
    if len(focused) + len(new) > most:
        return {"text": sheet.say("focus_no_room", most=most, room=max(0, most - len(focused)))}
    with sheet.book.batch("write") as batch:
        batch.update_many("contact", {id: {"focus": True} for id in new})
    return {"text": sheet.say("focused_all", count=len(new))}


@command
def archive_selected(sheet: ListSheet) -> Answer:
    """Put everybody selected away."""
    active = active_contacts(sheet.workbook.frames()).index
    going = [id for id in _selected(sheet) if id in active]
    away = {"trashed_on": sheet.workbook.today.isoformat(), "focus": False}
    with sheet.book.batch("drop") as batch:
        batch.update_many("contact", dict.fromkeys(going, away))
    sheet.view.selected = set()
    return {"text": sheet.say("archived_all", count=len(going)), "focus": "search"}


@command
def restore_selected(sheet: ListSheet) -> Answer:
    """Take everybody selected out of the trash."""
    active = active_contacts(sheet.workbook.frames()).index
    back = [id for id in _selected(sheet) if id not in active]
    with sheet.book.batch("restore") as batch:
        batch.update_many("contact", {id: {"trashed_on": ""} for id in back})
    sheet.view.selected = set()
    return {"text": sheet.say("restored_all", count=len(back)), "focus": "search"}


@query
def export_selected(
    sheet: ListSheet, format: ContactFormat, initials: bool = False, part: PartNumber = 0
) -> Answer:
    """Return a part of a file with everybody selected."""
    return hand_out_contacts(sheet, _selected(sheet), format, initials, part)


@command
def erase_selected(sheet: ListSheet) -> Answer:
    """Erase everybody selected completely, and show what was erased; no undo brings them back."""
    ids = _selected(sheet)
    if len(ids) > MOST_ERASED:
        return {"text": sheet.say("erase_too_many", most=MOST_ERASED)}
    sheet.view.forgotten = sheet.book.erase_many(ids) if ids else None
    sheet.view.selected = set()
    return {"focus": "forgotten"}


def _selected(sheet: ListSheet) -> list[str]:
    """Return the ids of everybody selected who is in the book, in its order."""
    index = sheet.workbook.frames()["contact"].index
    selected: list[str] = index[index.isin(sheet.view.selected)].tolist()
    return selected


PEOPLE_SELECTION = Part(
    __file__,
    {
        "mark": mark,
        "mark_all": mark_all,
        "label_selected": label_selected,
        "focus_selected": focus_selected,
        "archive_selected": archive_selected,
        "restore_selected": restore_selected,
        "export_selected": export_selected,
        "erase_selected": erase_selected,
    },
)
"""Selects people of the list; gives the script `drawSelection`."""
