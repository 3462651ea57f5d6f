"""Offers: what the person could do for somebody, in their own words; ideas in ten ways follow."""

from __future__ import annotations

from typing import Any, Literal

from enishi.choices import GIVES, SIZES
from enishi.coach.giving.gift_ideas import MINUTES
from enishi.coach.language.line_list import read_entries
from enishi.coach.rules.parameters import to_setting
from enishi.coach.strengths.growth import candidates
from enishi.i18n import format_list
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, LongText, Sheet, command
from widgets.parts.stand import STAND, describe_stands

WEEK = "minutes_per_week"
"""The rule of thumb that holds how many minutes a week has for gifts."""
_ENOUGH = 3
"""Number of small offers that is enough to begin (B36)."""


class Offers(Sheet):
    """Collects what the person could do for somebody in five minutes, thirty, or two hours.

    Example:
        >>> Offers(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "offers"
    parts = (STAND,)
    writable = {"offer": ("give", "size", "what", "strength_id")}
    creatable = ("offer",)

    def build_state(self) -> dict[str, Any]:
        """Return the offers, the strengths they may come from, and ideas not yet used."""
        offers = self.workbook.rows("offer", "version", *self.writable["offer"])
        small = sum(bool(row["what"].strip()) and row["size"] == "small" for row in offers)
        found = candidates(self.workbook.frames(), self.workbook.settings)
        ways = self.workbook.texts_of("gives")["ways"]
        taken = {row["what"] for row in offers}
        return {
            "offers": offers,
            "sizes": [{"name": size, "minutes": MINUTES[size]} for size in SIZES],
            "strengths": [[one.id, one.name] for one in found],
            "ways": [
                {
                    "name": name,
                    "title": ways[name]["name"],
                    "ideas": list_ideas(ways[name]["ideas"], taken, skilled=bool(found)),
                }
                for name in GIVES
            ],
            "small": small,
            "week": {"id": WEEK, "minutes": self.workbook.setting(WEEK)},
            "stands": describe_stands(self.workbook, "first"),
            "enough": small >= _ENOUGH,
        }

    @command
    def give_time(self, minutes: Literal["5", "30", "120"]) -> Answer:
        """Say how many minutes a week has for gifts; none is proposed that takes longer."""
        value = to_setting(WEEK, int(minutes), self.workbook.settings)
        self.workbook.set_setting(WEEK, value)
        return {"text": self.say("week_said", n=value)}

    @command
    def offer(self, size: Literal["small", "medium", "large"], text: LongText) -> Answer:
        """Write down each line of `text` as an offer, unless it is there already."""
        said = read_entries(text, self.book.frame("offer")["what"])
        if not said:
            return {"text": self.say("listed_before")}
        with self.book.batch("add") as batch:
            batch.add_many("offer", [{"what": what, "size": size} for what in said])
        return {"text": self.say("written_down", names=format_list(said, self.workbook.language))}


def list_ideas(by_size: JsonRow, taken: set[str], skilled: bool) -> list[JsonRow]:
    """Return the ideas of one way that are not in use, the smallest first.

    Args:
        by_size: the ideas of the catalogue, by size.
        taken: the texts in use.
        skilled: whether ideas that need a strength are among them.
    """
    return [
        {"text": idea["text"], "size": size}
        for size in SIZES
        for idea in by_size.get(size, ())
        if (idea["anyone"] or skilled) and idea["text"] not in taken
    ]
