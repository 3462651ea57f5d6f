"""Past reviews, on sheets on which the person writes a review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from enishi.i18n import format_list, format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Part, Sheet
from widgets.base.workbook import Workbook

EARLIER_SHOWN = 12
"""Most earlier reviews shown."""
NAMES_SHOWN = 12
"""Most names in one line."""
PAST_REVIEWS = Part(__file__)
"""Shows the `earlier` of the sheet's state; gives the script `sheet.earlier`."""


def earlier_reviews(
    workbook: Workbook,
    kind: str,
    before: str,
    lines: Sequence[str],
    span: Callable[[str], str],
    beside: str = "",
) -> list[JsonRow]:
    """Return the reviews of a kind from before a day, the latest first.

    Args:
        workbook: the workbook.
        kind: week, month or quarter.
        before: a day as `YYYY-MM-DD`.
        lines: the columns shown; a review with none of them (and no rest) is left out.
        span: returns the text for the period of a review, given its day.
        beside: the id of the review being written; others of its period are shown as well.
    """
    rows = workbook.rows("review", "kind", "on", "rest", *lines)
    written = [
        row
        for row in rows
        if row["kind"] == kind and row["on"]
        if row["on"] < before or (beside and row["id"] != beside)
        if row["rest"] or any(row[line] for line in lines)
    ]
    written.sort(key=lambda row: str(row["on"]), reverse=True)
    return [row | {"span": span(row["on"])} for row in written[:EARLIER_SHOWN]]


def date_review(sheet: Sheet, on: str) -> str:
    """Return the sentence that dates a review."""
    day = sheet.workbook.short_date(date.fromisoformat(on))
    return format_text(sheet.words["until"], {"on": day})


def join_names(sheet: Sheet, names: Sequence[str]) -> str:
    """Return names as one text, at most the first twelve."""
    more = "…" if len(names) > NAMES_SHOWN else ""
    return format_list(names[:NAMES_SHOWN], sheet.workbook.language) + more
