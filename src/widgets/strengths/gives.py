"""Gives: ten ways to give in three sizes, based on the person's strengths."""

from __future__ import annotations

from typing import Any

from enishi.choices import GIVES, SIZES
from enishi.coach.giving.gift_ideas import MINUTES
from enishi.coach.strengths.growth import candidates
from enishi.i18n import texts
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet
from widgets.parts.stand import STAND, describe_stands

_ENOUGH = 3
"""Number of small gives that is enough to begin (B36)."""
_CHOICES = (1, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120)
"""Minutes to choose from."""


class Gives(Sheet):
    """Collects what the person could give, by way of giving.

    Example:
        >>> Gives(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "gives"
    parts = (STAND,)
    writable = {
        "strength": ("give",),
        "offer": ("give", "size", "what", "minutes", "strength_id"),
    }
    creatable = ("offer",)

    def build_state(self) -> dict[str, Any]:
        """Return the strengths and, for each way to give, its strengths and offers."""
        rows = {row["id"]: row for row in self.workbook.rows("strength", "version", "name", "give")}
        strengths = [
            rows[candidate.id]
            for candidate in candidates(self.workbook.frames(), self.workbook.settings)
        ]
        offers = self.workbook.rows("offer", "version", *self.writable["offer"])
        catalogue = texts("gives", self.workbook.language)
        small = sum(bool(row["what"].strip()) and row["size"] == "small" for row in offers)
        return {
            "strengths": strengths,
            "ways": [
                self.describe_way(name, catalogue["ways"][name], strengths, offers)
                for name in GIVES
            ],
            "sizes": [{"name": size, "title": catalogue["sizes"][size]} for size in SIZES],
            "minutes": {
                size: [minutes for minutes in _CHOICES if minutes <= most]
                for size, most in MINUTES.items()
            },
            "small": small,
            "stands": describe_stands(self.workbook, "first"),
            "enough": small >= _ENOUGH,
        }

    def describe_way(
        self, name: str, copy: JsonRow, strengths: list[JsonRow], offers: list[JsonRow]
    ) -> JsonRow:
        """Return one way to give: its strengths, its offers, and ideas not yet used."""
        fitting = [row for row in strengths if row["give"] == name]
        own = [row for row in offers if row["give"] == name]
        taken = {row["what"] for row in own}
        return {
            "name": name,
            "title": copy["name"],
            "fits": [row["name"] for row in fitting],
            "strength_id": fitting[0]["id"] if fitting else None,
            "offers": {size: [row for row in own if row["size"] == size] for size in SIZES},
            "count": sum(bool(row["what"].strip()) for row in own),
            "ideas": {
                size: [
                    {"text": idea["text"], "minutes": idea["minutes"]}
                    for idea in copy["ideas"].get(size, ())
                    if (idea["anyone"] or fitting) and idea["text"] not in taken
                ]
                for size in SIZES
            },
        }
