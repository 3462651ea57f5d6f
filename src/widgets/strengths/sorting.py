"""Sorting: every strength on a board with the axes good-at and like."""

from __future__ import annotations

from typing import Any

from enishi.coach.strengths.strengths import quadrant
from widgets.base.sheet import Sheet

_STEPS = range(1, 6)
_COLUMNS = ("version", "name", "good_at", "like", "energy", "core")


class Sorting(Sheet):
    """Sorts strengths on a board: by touch, mouse, arrow keys or two dials.

    Example:
        >>> Sorting(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "sorting"
    writable = {"strength": ("good_at", "like", "energy", "core")}

    def build_state(self) -> dict[str, Any]:
        """Return the cards, and the field of each place on the board.

        `fields[like - 1][good_at - 1]` is the field's name, so moving a card needs no message.
        """
        rows = self.workbook.rows("strength", *_COLUMNS)
        return {
            "cards": [row for row in rows if row["name"].strip()],
            "fields": [[quadrant(good_at, like) for good_at in _STEPS] for like in _STEPS],
        }
