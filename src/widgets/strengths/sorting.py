"""Sorting: every strength on a board of good-at and like."""

from __future__ import annotations

from typing import Any

from enishi.coach.strengths.strengths import quadrant
from widgets.base.sheet import Sheet

_STEPS = range(1, 6)
_COLUMNS = ("version", "name", "good_at", "like", "energy", "core")


class Sorting(Sheet):
    """Lets strengths be laid out: by finger, by mouse, by arrow keys, by two dials.

    Example:
        >>> Sorting(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "sorting"
    writes = {"strength": ("good_at", "like", "energy", "core")}  # noqa: RUF012 - never changed

    def look(self) -> dict[str, Any]:
        """Return the cards, and which field each place on the board belongs to.

        `fields[like - 1][good_at - 1]` is the field's name: moving a card asks nobody.
        """
        rows = self.page.rows("strength", *_COLUMNS)
        return {
            "cards": [row for row in rows if row["name"].strip()],
            "fields": [[quadrant(good_at, like) for good_at in _STEPS] for like in _STEPS],
        }
