"""One line about a person: a step of one's own, or a promise of either side.

What the line seems to be is shown before it is kept, and the person may say otherwise. The state of
a sheet with this part has `line`, which `line_texts` returns.
"""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.batch import Batch
from enishi.coach.goal.place_dates import date_of
from enishi.coach.language.date_phrases import find_date
from enishi.coach.language.quick_entry import step_values
from enishi.coach.today.quick_line import line_kind
from enishi.i18n import texts
from widgets.base.sheet import Answer, Identifier, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook

LineKind = Literal["", "step", "promise", "theirs"]
"""What a line is; '' lets its words decide."""


@query
def hear_line(sheet: Sheet, text: ShortText) -> Answer:
    """Return what a line seems to be, and the day it names. Nothing is stored."""
    workbook = sheet.workbook
    on = step_values(text, workbook.today)["on"]
    return {
        "kind": line_kind(text, workbook.today, workbook.settings),
        "on": on,
        "day": workbook.short_date(date_of(on)),
        "text": " ",
    }


@command
def add_line(
    sheet: Sheet,
    contact_id: Identifier,
    words: ShortText,
    kind: LineKind = "",
    on: ShortText = "",
) -> Answer:
    """Store a line about a contact as a step or a promise, in the person's words."""
    with sheet.book.batch("add") as batch:
        kind = store_line(sheet.workbook, batch, contact_id, words, kind, on)
    return {"text": line_texts(sheet.workbook)["added"][kind]}


@query
def hear_day(sheet: Sheet, text: ShortText) -> Answer:
    """Return the day that a text names, as `on`; '' if it names none. Nothing is stored."""
    day = find_date(text, sheet.workbook.today)
    return {"on": day.isoformat() if day else "", "text": " "}


SPOKEN_DAY = Part(__file__, {"hear_day": hear_day})
"""Shows the day that the words of any line name; gives the script `hearDay`."""
QUICK_LINE = Part(__file__, {"hear_line": hear_line, "add_line": add_line})
"""Writes a step or a promise in one line; gives the script `quickLine`."""


def store_line(
    workbook: Workbook, batch: Batch, contact_id: str, words: str, kind: LineKind, on: str
) -> LineKind:
    """Add a line to `batch`, and return what it is kept as.

    Its day is read from the words where `on` is empty.
    """
    kind = kind or line_kind(words, workbook.today, workbook.settings)
    step = step_values(words, workbook.today, on)
    if kind == "step":
        batch.add("step", contact_id=contact_id, **step)
        return kind
    batch.add(
        "promise",
        contact_id=contact_id,
        words=step["words"],
        by="me" if kind == "promise" else "them",
        due=step["on"],
        said_on=workbook.today.isoformat(),
    )
    return kind


def line_texts(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the part; its kinds are called as on my week."""
    language = workbook.language
    words: dict[str, Any] = texts("coach", language)["quick_line"]
    return words | {"kinds": texts("week", language)["screens"]["my_week"]["line_kinds"]}
