"""Resuming: going on at the place the person left."""

from __future__ import annotations

from enishi.i18n import texts
from widgets.base.sheet import Answer, Identifier, Part, Sheet, query
from widgets.base.workbook import PAGES


@query
def locate_sheet(sheet: Sheet, page: Identifier, screen: Identifier) -> Answer:
    """Return the titles and the address of a workbook's sheet, if it exists."""
    workbook = sheet.workbook
    screens = texts(page.partition("-")[2], workbook.language)["screens"] if page in PAGES else {}
    if screen not in screens:
        return {"text": " "}
    left = {
        "page": texts("workbook", workbook.language)["pages"][page],
        "screen": screens[screen]["name"],
        "href": workbook.address(page, screen),
    }
    return {"left": left, "text": " "}


RESUME = Part(__file__, {"where": locate_sheet})
"""Offers the place the person left; gives the script `sheet.drawLeft`.

Only the browser stores the place: it is not part of the book, so undo does not change it.
"""
