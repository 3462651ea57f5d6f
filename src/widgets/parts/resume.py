"""Resuming: the base of sheets that offer to go on at the place the person left."""

from __future__ import annotations

from enishi.i18n import texts
from widgets.base.sheet import Answer, Identifier, Sheet, query
from widgets.base.workbook import PAGES


class Returning(Sheet):
    """A sheet that offers the place the person left; gives its script `sheet.drawLeft`.

    Only the browser stores the place: it is not part of the book, so undo does not change it.

    Example:
        >>> class Meaning(Returning): ...     # doctest: +SKIP
    """

    @query
    def where(self, page: Identifier, screen: Identifier) -> Answer:
        """Return the titles and the address of a workbook's sheet, if it exists."""
        language = self.workbook.language
        screens = texts(page.partition("-")[2], language)["screens"] if page in PAGES else {}
        if screen not in screens:
            return {"text": " "}
        left = {
            "page": texts("workbook", language)["pages"][page],
            "screen": screens[screen]["name"],
            "href": self.workbook.address(page, screen),
        }
        return {"left": left, "text": " "}
