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
    writes = {"goal": ("start",)}  # noqa: RUF012 - never changed

    def look(self) -> dict[str, Any]:
        """Return the goal."""
        return {"goal": self.page.goal()}
