"""The first thing to do by what brought the person here, beside my week."""

from __future__ import annotations

from enishi.book.tables import LINE
from enishi.coach.today.beginning import BEGUN, Beginning, first_beginning
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Part, Sheet, command
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_reasons

GOES_ON = {
    "work": ("02-goal", "kinds"),
    "study": ("04-contacts", "people"),
    "introduced": ("04-contacts", "introductions"),
}
"""The sheet on which each beginning is done."""


def find_beginning(workbook: Workbook) -> Beginning | None:
    """Return the first thing to do; None where there is none."""
    found: Beginning | None = workbook.cached(
        "beginning", lambda: first_beginning(workbook.frames(), workbook.settings)
    )
    return found


def describe_beginning(workbook: Workbook) -> JsonRow | None:
    """Return the first thing to do as texts, with the sheet where it is done; None without one."""
    found = find_beginning(workbook)
    if found is None:
        return None
    (reason,) = describe_reasons(workbook, [found.reason])
    return {"reason": reason, "href": workbook.address(*GOES_ON[found.start], found.contact_id)}


@command
def begin(sheet: Sheet) -> Answer:
    """Put the first thing to do in the week, as a step of the person's own.

    Raises:
        ForbiddenError: there is none.
    """
    workbook = sheet.workbook
    found = find_beginning(workbook)
    if found is None:
        raise ForbiddenError()
    (reason,) = describe_reasons(workbook, [found.reason])
    with sheet.book.batch("add") as batch:
        batch.add("step", words=reason["act"][:LINE], contact_id=found.contact_id or None)
        batch.upsert("setting", BEGUN, value=found.start)
    return {"text": workbook.words("my_week")["taken"]}


BEGINNING = Part(__file__, {"begin": begin})
"""The state needs `describe_beginning` under `beginning`; needs the part `EXPLANATION`."""
