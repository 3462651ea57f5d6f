"""Looking back: what every sheet needs on which a review is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet

EARLIER_SHOWN = 12
"""How many earlier reviews are shown."""
NAMES_SHOWN = 12
"""Most names in one line."""


class Recalling(Sheet):
    """A sheet on which one looks back; brings `sheet.earlier` to its script.

    Its state has `earlier`, what `earlier(…)` returns.

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
        """Return the reviews of a kind from before a day, the last one first.

        Args:
            kind: week, month or quarter.
            before: a day as `YYYY-MM-DD`.
            lines: the columns that are shown; a review with none of them is left out.
            span: says which time a review of some day is about.
            beside: the review that is being written; another one of its time is shown as well.
        """
        rows = self.page.rows("review", "kind", "on", "rest", *lines)
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
        """Return names as one text, the first dozen of them."""
        more = "…" if len(names) > NAMES_SHOWN else ""
        return self.say(", ").join(names[:NAMES_SHOWN]) + more
