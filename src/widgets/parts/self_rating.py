"""The three dials: the base of sheets on which the person rates themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.review.self_ratings import DIALS, read_dials
from enishi.i18n import texts
from enishi.i18n.dates import format_date
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet

_SHOWN = 12
"""Most readings shown, the latest ones."""


class Dialing(Sheet):
    """A sheet with the three dials; gives its script `sheet.dials`.

    Its state has `dials`, which `dials()` returns.

    Example:
        >>> class Month(Dialing): ...     # doctest: +SKIP
    """

    writable = {"review": DIALS}  # noqa: RUF012 - never changed

    def row_defaults(self, table: str) -> dict[str, Any]:
        """Return the initial values of a reading of today."""
        return {"kind": "dials", "on": self.workbook.today.isoformat()}

    def dials(self) -> dict[str, Any]:
        """Return today's reading, earlier ones, where to begin, and the texts of the dials."""
        dials = read_dials(
            self.workbook.frames()["review"], self.workbook.today, self.workbook.settings
        )
        words = texts("start", self.workbook.language)["screens"]["dials"]
        past = [
            {"on": self.day(reading.on), "values": reading.values} for reading in dials.readings
        ]
        at = words["begin_at"].get(dials.begin)
        begin = at and at | {
            "dial": dials.begin,
            "href": self.workbook.address(at["page"], at["screen"]),
        }
        return {
            "words": words,
            "row": self.today_row(),
            "on": self.day(self.workbook.today),
            "past": past[-_SHOWN:],
            "due": dials.due,
            "begin": begin,
        }

    def today_row(self) -> JsonRow:
        """Return today's row, made or not; two windows write to the same row."""
        id = f"dials-{self.workbook.today}"
        found = [row for row in self.workbook.rows("review", "version", *DIALS) if row["id"] == id]
        return found[0] if found else {"id": id, "version": 0} | dict.fromkeys(DIALS)

    def day(self, day: date) -> str:
        """Return a day in the person's language."""
        return format_date(day, self.workbook.language)
