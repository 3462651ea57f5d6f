"""The small screen as a sheet of ours: its sliders are heard in Python, which says what to draw."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta
from small import COLUMNS, DIALS, MOST, PEOPLE, START, TITLE

from widgets.base.sheet import Sheet, command
from widgets.base.workbook import Workbook


class Small(Sheet):
    """A title, a text, eight sliders, a table of fifty people, and a chart that follows."""

    name = "small"

    def __init__(self, workbook: Workbook) -> None:
        self.values = list(START)
        super().__init__(workbook)

    def build_state(self) -> dict[str, Any]:
        """Return what the screen shows."""
        return {
            "title": TITLE,
            "dials": DIALS,
            "values": list(self.values),
            "most": MOST,
            "columns": COLUMNS,
            "people": PEOPLE,
        }

    def refresh(self) -> None:
        """Show the screen without a question of its own."""
        super().refresh()
        self.words = {**self.words, "bare": True}

    @command
    def move(self, at: Annotated[int, Meta(ge=0, lt=len(DIALS))], value: int) -> None:
        """Move a slider."""
        self.values[at] = value
