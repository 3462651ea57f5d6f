"""The three dials, on which the person rates themselves."""

from __future__ import annotations

from typing import Any

from enishi.coach.review.self_ratings import DIALS, read_dials
from enishi.i18n import texts
from enishi.i18n.dates import format_date
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Part
from widgets.base.workbook import Workbook

_SHOWN = 12
"""Most readings shown, the latest ones."""
SELF_RATING = Part(__file__)
"""Shows the `dials` of the sheet's state; gives the script `sheet.dials`."""


def dials_state(workbook: Workbook) -> dict[str, Any]:
    """Return today's reading, earlier ones, where to begin, and the texts of the dials."""
    language = workbook.language
    dials = read_dials(workbook.frames()["review"], workbook.today, workbook.settings)
    words = texts("week", language)["screens"]["review"]["rating"]
    past = [
        {"on": format_date(reading.on, language), "values": reading.values}
        for reading in dials.readings
    ]
    at = words["begin_at"].get(dials.begin)
    begin = at and at | {"dial": dials.begin, "href": workbook.address(at["page"], at["screen"])}
    return {
        "words": words,
        "row": _today_row(workbook),
        "on": format_date(workbook.today, language),
        "past": past[-_SHOWN:],
        "due": dials.due,
        "begin": begin,
    }


def _today_row(workbook: Workbook) -> JsonRow:
    """Return today's row, made or not; two windows write to the same row."""
    id = f"dials-{workbook.today}"
    found = [row for row in workbook.rows("review", "version", *DIALS) if row["id"] == id]
    return found[0] if found else {"id": id, "version": 0} | dict.fromkeys(DIALS)
