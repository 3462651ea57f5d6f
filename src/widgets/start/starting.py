"""The starting point: the hope that selects which examples are shown."""

from __future__ import annotations

from typing import Any

from widgets.base.sheet import Sheet


class Starting(Sheet):
    """Asks which of three hopes comes closest.

    Example:
        >>> Starting(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "starting"
    writable = {"goal": ("start",)}

    def build_state(self) -> dict[str, Any]:
        """Return the goal."""
        return {"goal": self.workbook.goal()}
