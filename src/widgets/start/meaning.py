"""What a meaningful connection is here, what this workbook is, and a ten-minute path through it."""

from __future__ import annotations

from typing import Any

from widgets.base.sheet import Sheet
from widgets.parts.resume import RESUME


class Meaning(Sheet):
    """Explains what matters here, and offers returning people the place they left.

    Example:
        >>> Meaning(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "meaning"
    parts = (RESUME,)

    def build_state(self) -> dict[str, Any]:
        """Return the ten-minute path."""
        path = [
            step | {"href": self.workbook.address(step["page"], step["screen"])}
            for step in self.words["path"]
        ]
        return {"path": path, "first": True}
