"""The ladder: the person's rung on the road, and the rungs of the people they want to meet."""

from __future__ import annotations

from typing import Any

from enishi.coach.goal.ladder import gap_kind
from enishi.i18n import texts
from widgets.base.sheet import Sheet


class Ladder(Sheet):
    """Asks for the person's rung and the others', and explains what each distance is good for.

    Example:
        >>> Ladder(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "ladder"
    writable = {"goal": ("rung", "rung_words"), "role": ("rung",)}

    def build_state(self) -> dict[str, Any]:
        """Return the goal, the kinds of person with their distance, and what distances mean."""
        goal = self.workbook.goal()
        roles = [
            role
            | {"called": role["name"] or role["does"], "gap": gap_kind(goal["rung"], role["rung"])}
            for role in self.workbook.of_goal("role")
            if role["name"] or role["does"]
        ]
        return {
            "goal": goal,
            "roles": roles,
            "gaps": texts("coach", self.workbook.language)["gaps"],
        }
