"""Circles as labels: renamed, merged and coloured for all contacts at once."""

from __future__ import annotations

from enishi.coach.people.circles import changed_circles
from enishi.coach.people.filters import filter_text, read_filter, rename_in_filter
from widgets.base.sheet import Answer, Part, ShortText, command
from widgets.contacts.people_list import ListSheet
from widgets.contacts.people_selection import CircleName


@command
def rename_label(sheet: ListSheet, name: CircleName, to: CircleName) -> Answer:
    """Rename a circle with every contact, and with the goal that names it.

    If there is a circle of the new name, the two become one.
    """
    to = " ".join(to.split())
    if to == name:
        return {"text": " "}
    frames = sheet.workbook.frames()
    people, colours, goals = frames["contact"], frames["circle_colour"], frames["goal"]
    is_merged = any(to in circles for circles in people["circles"])
    changed = changed_circles(people, name, to)
    filters = _renamed_filters(sheet, name, to)
    with sheet.book.batch("write") as batch:
        batch.update_many("contact", {id: {"circles": each} for id, each in changed.items()})
        batch.update_many("saved_filter", filters)
        taken = set(colours["name"])
        for id in colours.index[colours["name"] == name].tolist():
            if to in taken:
                batch.delete("circle_colour", id)
            else:
                batch.update("circle_colour", id, name=to)
        for id in goals.index[goals["curious"] == name].tolist():
            batch.update("goal", id, curious=to)
    sheet.view.people_filter = rename_in_filter(sheet.view.people_filter, name, to)
    said = "circles_merged" if is_merged else "circle_renamed"
    return {"text": sheet.say(said, name=name, to=to), "focus": f"circle-{to}"}


def _renamed_filters(sheet: ListSheet, name: str, to: str) -> dict[str, dict[str, str]]:
    """Return what is written on each saved filter that asks for a circle which is renamed."""
    rows = sheet.workbook.rows("saved_filter", "conditions")
    kept = {row["id"]: read_filter(row["conditions"]) for row in rows}
    new = {id: rename_in_filter(one, name, to) for id, one in kept.items() if one}
    return {id: {"conditions": filter_text(one)} for id, one in new.items() if one != kept[id]}


@command
def colour_label(sheet: ListSheet, name: CircleName, colour: ShortText) -> Answer:
    """Give a circle a colour; '' takes it off."""
    rows = sheet.workbook.frames()["circle_colour"]
    ids = rows.index[rows["name"] == name].tolist()
    stays = ids[:1] if colour else []
    with sheet.book.batch("write") as batch:
        for id in ids[len(stays) :]:  # more than one if two windows each made one
            batch.delete("circle_colour", id)
        if stays:
            batch.update("circle_colour", stays[0], colour=colour)
        elif colour:
            batch.add("circle_colour", name=name, colour=colour)
    return {}


CIRCLE_LABELS = Part(__file__, {"rename_label": rename_label, "colour_label": colour_label})
"""Renames, merges and colours circles; gives the script `drawCircleLabels`."""
