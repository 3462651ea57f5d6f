"""Places where such people gather: next dates, who can introduce me, and warning signs."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.goal.places import places
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Sheet
from widgets.parts.person_picker import PERSON_PICKER, contact_names
from widgets.parts.solicitation import describe_caution, sign_texts

_COLUMNS = (
    "name",
    "kind",
    "rhythm",
    "size",
    "fit",
    "next_on",
    "role_id",
    "entrance_id",
    "signs",
    "unknown_organiser",
    "note",
)


class Places(Sheet):
    """Asks where such people gather.

    Example:
        >>> Places(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "places"
    parts = (PERSON_PICKER,)
    writable = {"place": _COLUMNS, "goal": ("phase",)}
    creatable = ("place",)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a place: the link to the open goal."""
        return dict(self.workbook.goal_link()) if table == "place" else {}

    def build_state(self) -> dict[str, Any]:
        """Return the places, the most promising first, and the texts of the warning signs."""
        goal = self.workbook.goal()
        found = rows(places(self.workbook.frames(), self.workbook.today, self.workbook.settings))
        shown = [row for row in found if row["goal_id"] in ("", goal["id"])]
        roles = self.workbook.of_goal("role")
        return {
            "goal": goal,
            "places": [self.describe_place(row) for row in self.sort_places(shown)],
            "roles": [[role["id"], role["name"] or role["does"]] for role in roles],
            "names": contact_names(self.workbook, (row["entrance_id"] for row in shown)),
            "signs": sign_texts(self.workbook),
        }

    def sort_places(self, shown: list[JsonRow]) -> list[JsonRow]:
        """Return the places in the order this page began with, new ones last.

        A row the person has just written keeps its place in the list.
        """
        order = self.workbook.requests.setdefault(
            "places", " ".join(row["id"] for row in shown)
        ).split()
        at = {id: place for place, id in enumerate(order)}
        return sorted(shown, key=lambda row: (at.get(row["id"], len(at)), row["id"]))

    def describe_place(self, row: JsonRow) -> JsonRow:
        """Add the texts for the next date and for the warning signs."""
        next_on = row["coming_on"] or row["next_on"]
        day = date.fromisoformat(next_on) if next_on else None
        near = self.workbook.relative_date(day)
        return row | describe_caution(self.workbook, row) | {"near": near}
