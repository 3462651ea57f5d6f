"""The sample book: load it, remove it, and show which of its rows remain."""

from __future__ import annotations

from typing import Any

from enishi.sample_book import (
    is_loaded,
    leftovers,
    load_sample,
    read_sample,
    remove_sample,
)
from widgets.base.sheet import Answer, Sheet, command

_SHOWN = 12
"""Most remaining rows listed by name."""
CALLED = ("name", "wish", "words", "what", "text", "cue", "does", "note")
"""The columns that can name a row; the first one with a value is used."""


class Sample(Sheet):
    """Loads the sample book and removes it.

    Example:
        >>> Sample(open_workbook("07-settings"))     # doctest: +SKIP
    """

    name = "sample"

    def build_state(self) -> dict[str, Any]:
        """Return whether the sample is loaded, what it holds, and which of its rows remain."""
        left = [
            {"table": table, "text": next((row[name] for name in CALLED if row.get(name)), "")}
            for (table, _), row in leftovers(self.book).items()
        ]
        return {
            "loaded": is_loaded(self.book),
            "holds": {table: len(rows) for table, rows in read_sample().items()},
            "left": left[:_SHOWN],
            "more": max(0, len(left) - _SHOWN),
            "next": self.workbook.address("02-goal", "wish"),
        }

    @command
    def load(self) -> Answer:
        """Load the sample in the current language."""
        load_sample(self.book, self.workbook.language, self.workbook.today)
        return {"text": self.words["loaded"], "focus": "sample"}

    @command
    def take_out(self) -> Answer:
        """Remove the sample; rows the person has written in stay."""
        remove_sample(self.book)
        return {"text": self.words["removed"], "focus": "sample"}

    @command
    def take_left(self) -> Answer:
        """Remove the remaining rows of the sample as well."""
        remove_sample(self.book, written_too=True)
        return {"text": self.words["removed"], "focus": "sample"}
