"""The three dials: checking oneself once in a while, with nobody else in the picture."""

from __future__ import annotations

from typing import Any

from widgets.parts.self_rating import Dialing


class Dials(Dialing):
    """Asks where one stands; shows how that moved.

    Example:
        >>> Dials(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "dials"

    def look(self) -> dict[str, Any]:
        """Return the dials, and where one may begin."""
        return {"dials": self.dials()}
