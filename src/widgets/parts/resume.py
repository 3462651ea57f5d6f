"""Going on where one left: what a sheet needs that offers it."""

from __future__ import annotations

from enishi.i18n import texts
from widgets.base.sheet import Answer, Identifier, Sheet, query
from widgets.base.workbook import PAGES


class Returning(Sheet):
    """A sheet that offers to go on where one left; brings `sheet.drawLeft` to its script.

    The browser remembers the place, and nobody else: it is no part of the book, so that undo has
    nothing to take back there.

    Example:
        >>> class Meaning(Returning): ...     # doctest: +SKIP
    """

    @query
    def where(self, page: Identifier, screen: Identifier) -> Answer:
        """Say what a screen is called, where there is such a screen."""
        language = self.page.language
        screens = texts(page.partition("-")[2], language)["screens"] if page in PAGES else {}
        if screen not in screens:
            return {"text": " "}
        left = {
            "page": texts("workbook", language)["pages"][page],
            "screen": screens[screen]["name"],
            "href": self.page.address(page, screen),
        }
        return {"left": left, "text": " "}
