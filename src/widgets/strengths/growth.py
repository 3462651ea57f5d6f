"""Growth: one strength to grow, with its minutes per week, its moment and its act."""

from __future__ import annotations

from typing import Any

from enishi.coach.strengths.growth import candidates
from widgets.base.sheet import Answer, Identifier, Sheet, command

_CHOICES = (15, 30, 45, 60, 90, 120, 180, 300)
"""Minutes per week to choose from."""


class Growth(Sheet):
    """Asks for one strength to grow; a strong one, not a gap.

    Example:
        >>> Growth(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "growth"
    writable = {"strength": ("grow_minutes", "grow_how", "grow_when")}

    def build_state(self) -> dict[str, Any]:
        """Return the strengths to choose from, with the reasons, and the chosen one."""
        rows = self.workbook.rows("strength", "version", "name", "grow", *self.writable["strength"])
        grown = [row for row in rows if row["grow"] and row["name"].strip()]
        return {
            "candidates": [
                one._asdict() for one in candidates(self.workbook.frames(), self.workbook.settings)
            ],
            "grown": grown[-1] if grown else None,
            "minutes": list(_CHOICES),
        }

    @command
    def choose(self, id: Identifier) -> Answer | None:
        """Make this strength the only one to grow."""
        frame = self.book.frame("strength")
        with self.book.batch("write") as batch:
            for other in frame.index[frame["grow"] & (frame.index != id)].tolist():
                batch.update("strength", other, grow=False)
            batch.update("strength", id, grow=True)
        return None
