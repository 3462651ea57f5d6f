"""The list of people: in order, searched, narrowed by a filter, one page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from enishi.book.erasure import Erasure
from enishi.choices import KNOWN_AS, RELATIONS
from enishi.coach.people.circles import circle_colours, list_circles
from enishi.coach.people.directory import Listing, list_people
from enishi.coach.people.filters import (
    MOST_CONDITIONS,
    WITH_VALUE,
    FilterCondition,
    PeopleFilter,
    filter_mask,
    filter_text,
    read_filter,
)
from enishi.coach.people.search import MATCH_FIELDS, NAME_FIELDS, explain_match
from enishi.coach.relations.history import NEVER, history, iter_rows
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook, shorten
from widgets.contacts.export import describe_contact_export
from widgets.parts.person_picker import contact_directory, note

PAGE_PEOPLE = 50
"""Number of people shown at once."""
_MOST_CHOICES = 300
"""Most values of one kind that a condition can be chosen from."""
_MOST_FILTERS = 50
_MOST_CHIPS = 3
"""Most circles shown beside a name."""
Position = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Conditions = Annotated[list[FilterCondition], msgspec.Meta(max_length=MOST_CONDITIONS)]
FilterName = Annotated[str, msgspec.Meta(max_length=100, pattern=r"\S")]


@dataclass
class ListView:
    """What of the list is seen, and who in it is selected; the browser has only what it shows."""

    text: str = ""
    order: str = "reading"
    letter: str = ""
    first: int = 0
    people_filter: PeopleFilter = field(default_factory=PeopleFilter)
    filter_id: str = ""
    """The saved filter in use; '' for none."""
    selected: set[str] = field(default_factory=set)
    forgotten: Erasure | None = None
    """What was just erased."""


class ListSheet(Sheet):
    """A sheet with the list of people."""

    view: ListView

    def __init__(self, workbook: Workbook) -> None:
        """Put this sheet on `workbook`, with the whole list."""
        self.view = ListView()
        super().__init__(workbook)


def list_view(sheet: ListSheet) -> Listing:
    """Return who is on the page of the list that is seen."""
    workbook, view = sheet.workbook, sheet.view
    frames = workbook.frames()
    last = _last_days(workbook) if view.order == "last" else None
    wanted = (view.text, view.letter, last, view.first, PAGE_PEOPLE)
    listed = list_people(contact_directory(workbook), chosen_mask(sheet), *wanted)
    if not listed.ids and view.first:  # the last page is gone
        view.first = max(0, listed.total - 1) // PAGE_PEOPLE * PAGE_PEOPLE
        return list_view(sheet)
    view.selected &= set(frames["contact"].index) if view.selected else set()
    return listed


def chosen_mask(sheet: ListSheet) -> NDArray[np.bool_]:
    """Return a mask of whom the filter chooses, in the order of the contact frame."""
    workbook, chosen = sheet.workbook, sheet.view.people_filter
    mask: NDArray[np.bool_] = workbook.cached(
        "people filter", lambda: filter_mask(workbook.frames(), chosen, workbook.today), chosen
    )
    return mask


def all_listed(sheet: ListSheet) -> tuple[str, ...]:
    """Return the ids of everybody in the list as it is seen, on whatever page."""
    view, count = sheet.view, len(sheet.workbook.frames()["contact"])
    directory, mask = contact_directory(sheet.workbook), chosen_mask(sheet)
    return list_people(directory, mask, view.text, view.letter, most=count).ids


def _last_days(workbook: Workbook) -> NDArray[np.int64]:
    """Return the day number of the last encounter with each contact of the frame."""

    def make() -> NDArray[np.int64]:
        frames = workbook.frames()
        last = history(frames, workbook.today)["last"]
        return last.reindex(frames["contact"].index, fill_value=NEVER).to_numpy()

    days: NDArray[np.int64] = workbook.cached("last days", make)
    return days


def describe_list(sheet: ListSheet) -> JsonRow:
    """Return the page of the list that is seen, the filter, and what it can be made of."""
    workbook, view = sheet.workbook, sheet.view
    frames = workbook.frames()
    listed = list_view(sheet)
    saved = workbook.rows("saved_filter", "version", "name")[:_MOST_FILTERS]
    return {
        "people": _describe_rows(sheet, listed.ids),
        "total": listed.total,
        "letters": listed.letters,
        "text": view.text,
        "order": view.order,
        "letter": view.letter,
        "first": view.first,
        "page_size": PAGE_PEOPLE,
        "selected": len(view.selected),
        "filter": {
            "is_any": view.people_filter.is_any,
            "conditions": [
                msgspec.structs.asdict(each) | {"text": describe_condition(workbook, each)}
                for each in view.people_filter.conditions
            ],
        },
        "most_conditions": MOST_CONDITIONS,
        "saved": saved,
        "filter_id": view.filter_id,
        "export": describe_contact_export(workbook),
        "choices": workbook.cached("filter choices", lambda: _list_choices(workbook)),
        "with_value": sorted(WITH_VALUE),
        "colours": {
            "": sheet.words["no_colour"],
            **_column_words(workbook, "circle_colour", "colour"),
        },
        "labels": workbook.cached(
            "circle labels",
            lambda: [
                {"name": each.name, "colour": each.colour, "count": each.count}
                for each in sorted(list_circles(frames), key=lambda one: -one.count)[:_MOST_CHOICES]
            ],
        ),
    }


def _describe_rows(sheet: ListSheet, ids: tuple[str, ...]) -> list[JsonRow]:
    """Return the people of a page, each with circles, and with why the search found them."""
    workbook, view = sheet.workbook, sheet.view
    frames = workbook.frames()
    shown, detail = frames["contact"].loc[list(ids)], frames["detail"]
    details: dict[str, list[dict[str, Any]]] = {id: [] for id in ids}
    if view.text.strip():
        for _, row in iter_rows(detail[detail["contact_id"].isin(ids)]):
            details[row["contact_id"]].append(row)
    columns = {*NAME_FIELDS, *MATCH_FIELDS, "family_kana", "given_kana", "trashed_on"}
    colours = circle_colours(frames)
    found = []
    for id, row in iter_rows(shown[[name for name in shown.columns if name in columns]]):
        why = explain_match(row, details[id], view.text) if view.text.strip() else None
        circles = [{"name": name, "colour": colours.get(name, "")} for name in row["circles"]]
        found.append(
            {
                "id": id,
                "name": row["name"],
                "note": note(row),
                "why": _describe_match(sheet, *why) if why else "",
                "circles": circles[:_MOST_CHIPS],
                "selected": id in view.selected,
                "archived": row["trashed_on"] == row["trashed_on"],
            }
        )
    return found


def _describe_match(sheet: ListSheet, name: str, value: str) -> str:
    label = sheet.words["match_fields"].get(name) or sheet.words[name]
    return format_text(sheet.words["matched"], {"field": label, "text": shorten(value)})


def describe_condition(workbook: Workbook, condition: FilterCondition) -> str:
    """Return a condition as a text; the value of one that is gone stands as it is."""
    words = workbook.words("people")["conditions"]
    value = condition.value
    if condition.kind in ("through", "role") and value:
        table = "contact" if condition.kind == "through" else "role"
        frame = workbook.frames()[table]
        known = value in frame.index
        name = frame.loc[value, "name"] if known else ""
        value = str(name or (frame.loc[value, "does"] if known and table == "role" else "")) or "?"
    elif condition.kind == "known_as":
        value = workbook.words("people")["known_ases"].get(value, value)
    elif condition.kind == "relation":
        value = _column_words(workbook, "relation", "kind").get(value, value)
    key = "role_none" if condition.kind == "role" and not condition.value else condition.kind
    said = format_text(words["said"][key], {"value": shorten(value)})
    return format_text(words["not_said"], {"said": said}) if condition.is_not else said


def _list_choices(workbook: Workbook) -> dict[str, list[list[str]]]:
    """Return the values of each kind of condition that is chosen from a list: value and text."""
    frames, words = workbook.frames(), workbook.words("people")
    people = frames["contact"]
    through = people["through_id"].value_counts().drop("", errors="ignore").index[:_MOST_CHOICES]
    names = people["name"].reindex([id for id in through if id in people.index])
    circles = sorted(list_circles(frames), key=lambda one: -one.count)[:_MOST_CHOICES]
    return {
        "circle": [[each.name, each.name] for each in circles],
        "role": [["", words["conditions"]["no_role"]], *workbook.role_choices()],
        "known_as": [[word, words["known_ases"][word]] for word in KNOWN_AS],
        "through": [[str(id), str(name)] for id, name in names.items()],
        "relation": [
            [word, text]
            for word, text in _column_words(workbook, "relation", "kind").items()
            if word in RELATIONS
        ],
    }


def _column_words(workbook: Workbook, table: str, column: str) -> dict[str, str]:
    """Return the text of each word that a column may hold."""
    found: dict[str, str] = workbook.texts_of("columns")["values"][table][column]
    return found


@query
def show(
    sheet: ListSheet,
    text: ShortText = "",
    order: Identifier = "reading",
    letter: ShortText = "",
    first: Position = 0,
) -> Answer:
    """Show another part of the list."""
    view = sheet.view
    view.text, view.order, view.letter, view.first = text, order, letter, first
    sheet.refresh()
    return {"text": sheet.say("count", count=sheet.state["total"])}


@query
def narrow(sheet: ListSheet, conditions: Conditions, is_any: bool = False) -> Answer:
    """Show only the people who meet the conditions: all of them, or any."""
    view = sheet.view
    view.people_filter = PeopleFilter(tuple(conditions), is_any)
    view.first, view.letter = 0, ""
    if not conditions:
        view.filter_id = ""
    sheet.refresh()
    return {"text": sheet.say("count", count=sheet.state["total"])}


@query
def use_filter(sheet: ListSheet, id: Identifier) -> Answer:
    """Narrow the list by a saved filter."""
    kept = read_filter(str(sheet.book.row("saved_filter", id)["conditions"]))
    if kept is None:
        return {"text": sheet.say("filter_unreadable")}
    view = sheet.view
    view.people_filter, view.filter_id = kept, id
    view.first, view.letter = 0, ""
    sheet.refresh()
    return {"text": sheet.say("count", count=sheet.state["total"])}


@command
def save_filter(sheet: ListSheet, name: FilterName, id: ShortText = "") -> Answer:
    """Keep the conditions of now under a name: as a new filter, or in place of the filter `id`."""
    conditions = filter_text(sheet.view.people_filter)
    if id:
        sheet.book.update("saved_filter", id, name=name, conditions=conditions)
    else:
        id = sheet.book.add("saved_filter", name=name, conditions=conditions)
    sheet.view.filter_id = id
    return {"text": sheet.say("filter_saved", name=name)}


@command
def delete_filter(sheet: ListSheet, id: Identifier) -> Answer:
    """Remove a saved filter; the list stays as it is, and undo brings the filter back."""
    name = sheet.book.row("saved_filter", id)["name"]
    sheet.book.delete("saved_filter", id)
    if sheet.view.filter_id == id:
        sheet.view.filter_id = ""
    return {"text": sheet.say("filter_deleted", name=name)}


PEOPLE_LIST = Part(
    __file__,
    {
        "show": show,
        "narrow": narrow,
        "use_filter": use_filter,
        "save_filter": save_filter,
        "delete_filter": delete_filter,
    },
)
"""Shows the list of people; `describe_list` is part of the state."""
