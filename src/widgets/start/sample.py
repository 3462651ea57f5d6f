"""The sample book: putting it in, taking it out, and what is left of it then."""

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
"""So many of the rows that stayed are named."""
CALLED = ("name", "wish", "words", "what", "text", "cue", "does", "note")
"""What a row is called by, the first of these that says something."""


class Sample(Sheet):
    """Puts the sample book in and takes it out.

    Example:
        >>> Sample(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "sample"

    def look(self) -> dict[str, Any]:
        """Return whether the sample is in, what it holds, and what stayed of it."""
        left = [
            {"noun": noun, "text": next((row[name] for name in CALLED if row.get(name)), "")}
            for (noun, _), row in leftovers(self.book).items()
        ]
        return {
            "loaded": is_loaded(self.book),
            "holds": {noun: len(rows) for noun, rows in read_sample().items()},
            "left": left[:_SHOWN],
            "more": max(0, len(left) - _SHOWN),
            "next": self.page.address("02-goal", "wish"),
        }

    @command
    def load(self) -> Answer:
        """Put the sample in, in the language spoken now."""
        load_sample(self.book, self.page.language, self.page.today)
        return {"text": self.words["loaded"], "focus": "sample"}

    @command
    def take_out(self) -> Answer:
        """Take the sample out; what the person wrote stays."""
        remove_sample(self.book)
        return {"text": self.words["removed"], "focus": "sample"}

    @command
    def take_left(self) -> Answer:
        """Take out what stayed of the sample as well."""
        remove_sample(self.book, written_too=True)
        return {"text": self.words["removed"], "focus": "sample"}
