"""The three dials: the person rates themselves from time to time, without comparison to others."""

from __future__ import annotations

from typing import Any

from widgets.parts.self_rating import Dialing


class Dials(Dialing):
    """Asks for today's ratings; shows how earlier ones have changed.

    Example:
        >>> Dials(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "dials"

    def build_state(self) -> dict[str, Any]:
        """Return the dials, and where to begin."""
        return {"dials": self.dials()}
