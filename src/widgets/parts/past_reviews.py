"""Past reviews: the base of sheets on which the person writes a review."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from enishi.i18n import format_list
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet

EARLIER_SHOWN = 12
"""Most earlier reviews shown."""
NAMES_SHOWN = 12
"""Most names in one line."""


class Recalling(Sheet):
    """A sheet that shows past reviews; gives its script `sheet.earlier`.

    Its state has `earlier`, which `earlier(…)` returns.

    Example:
        >>> class Review(Recalling): ...     # doctest: +SKIP
    """

    def earlier(
        self,
        kind: str,
        before: str,
        lines: Sequence[str],
        span: Callable[[str], str],
        beside: str = "",
    ) -> list[JsonRow]:
        """Return the reviews of a kind from before a day, the latest first.

        Args:
            kind: week, month or quarter.
            before: a day as `YYYY-MM-DD`.
            lines: the columns shown; a review with none of them (and no rest) is left out.
            span: returns the text for the period of a review, given its day.
            beside: the id of the review being written; others of its period are shown as well.
        """
        rows = self.workbook.rows("review", "kind", "on", "rest", *lines)
        written = [
            row
            for row in rows
            if row["kind"] == kind and row["on"]
            if row["on"] < before or (beside and row["id"] != beside)
            if row["rest"] or any(row[line] for line in lines)
        ]
        written.sort(key=lambda row: str(row["on"]), reverse=True)
        return [row | {"span": span(row["on"])} for row in written[:EARLIER_SHOWN]]

    def listed(self, names: Sequence[str]) -> str:
        """Return names as one text, at most the first twelve."""
        more = "…" if len(names) > NAMES_SHOWN else ""
        return format_list(names[:NAMES_SHOWN], self.workbook.language) + more
