"""The three dials: the person rates themselves from time to time, without comparison to others."""

from __future__ import annotations

from typing import Any

from enishi.coach.review.self_ratings import DIALS
from widgets.base.sheet import Sheet
from widgets.parts.self_rating import SELF_RATING, dials_state


class Dials(Sheet):
    """Asks for today's ratings; shows how earlier ones have changed.

    Example:
        >>> Dials(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "dials"
    parts = (SELF_RATING,)
    writable = {"review": DIALS}

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a reading of today."""
        return {"kind": "dials", "on": self.workbook.today.isoformat()}

    def build_state(self) -> dict[str, Any]:
        """Return the dials, and where to begin."""
        return {"dials": dials_state(self.workbook)}
