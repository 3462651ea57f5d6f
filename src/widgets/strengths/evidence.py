"""Evidence: moments that show the core strengths, and the level they support."""

from __future__ import annotations

from typing import Any

from enishi.coach.relations.history import iter_rows
from enishi.coach.strengths.growth import candidates
from enishi.coach.strengths.strengths import strengths
from enishi.i18n import texts
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet


class Evidence(Sheet):
    """Collects moments for the core strengths and shows which level they support.

    Example:
        >>> Evidence(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "evidence"
    writable = {
        "strength": ("core", "level"),
        "evidence": ("strength_id", "grade", "what", "on"),
    }
    creatable = ("evidence",)

    def build_state(self) -> dict[str, Any]:
        """Return the strengths, the best to grow first, and the core ones with their moments."""
        frames = self.workbook.frames()
        rows = {row["id"]: row for row in self.workbook.rows("strength", "version", "name", "core")}
        moments = self.workbook.rows("evidence", "version", "strength_id", "grade", "what", "on")
        return {
            "strengths": [
                rows[candidate.id] for candidate in candidates(frames, self.workbook.settings)
            ],
            "cores": [
                {**core, "moments": [row for row in moments if row["strength_id"] == core["id"]]}
                for core in self.list_core_strengths()
            ],
            "levels": list(texts("coach", self.workbook.language)["levels"].values()),
            "grades": texts("coach", self.workbook.language)["grades"],
        }

    def list_core_strengths(self) -> list[JsonRow]:
        """Return the core strengths, each with the level its evidence supports."""
        frame = self.book.frame("strength")
        read = dict(iter_rows(strengths(self.workbook.frames(), self.workbook.settings)))
        # without a moment or two voices, no sentence says what one can say
        levels = frame["level"].notna()
        said = {id: row["backed"] and bool(levels[id]) for id, row in read.items()}
        return [
            {
                **row,
                "supported": read[row["id"]]["supported"] if said[row["id"]] else None,
                "need": read[row["id"]]["need"] if said[row["id"]] else "",
            }
            for row in self.workbook.rows("strength", "version", "name", "level")
            if frame.at[row["id"], "core"] and row["name"].strip()
        ]
