"""Jotting: things the person does that seem ordinary to them, under four prompts."""

from __future__ import annotations

from typing import Any, Literal

from enishi.coach.language.line_list import read_entries
from enishi.i18n import format_list
from widgets.base.sheet import Answer, LongText, Sheet, command

PROMPTS = ("thanked", "easy", "time_flies", "like")


class Jotting(Sheet):
    """Writes down strengths quickly, one per line.

    Example:
        >>> Jotting(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "jotting"
    writable = {"strength": ("name",)}
    creatable = ("strength",)

    def build_state(self) -> dict[str, Any]:
        """Return the strengths under each prompt; those that others named are listed separately."""
        rows = self.workbook.rows("strength", "version", "name", "prompt")
        return {
            "prompts": [
                {"name": prompt, "rows": [row for row in rows if row["prompt"] == prompt]}
                for prompt in PROMPTS
            ],
            "heard": [row for row in rows if row["prompt"] not in PROMPTS],
            "count": sum(bool(row["name"].strip()) for row in rows),
        }

    @command
    def jot(
        self, prompt: Literal["thanked", "easy", "time_flies", "like"], text: LongText
    ) -> Answer:
        """Write down each line of `text` as a strength, unless it is there already."""
        names = read_entries(text, self.book.frame("strength")["name"])
        if not names:
            return {"text": self.say("listed_before")}
        with self.book.batch("add") as batch:
            batch.add_many("strength", [{"name": name, "prompt": prompt} for name in names])
        listed = format_list(names, self.workbook.language)
        return {"text": self.say("written_down", names=listed)}
