"""If-then plans: the obstacle, and up to five plans for the moment it comes."""

from __future__ import annotations

from typing import Any

from enishi.coach.goal.if_then_plan import check_plan
from widgets.base.explanations import describe_issues
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import LinkedChange, Sheet
from widgets.parts.row_limit import check_room

PLANS_MOST = 5
"""Most plans for one goal."""


class Plans(Sheet):
    """Asks for if-then plans, and asks again if a cue or an act is still vague.

    Example:
        >>> Plans(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "plans"
    writable = {
        "plan": ("cue", "act", "for_obstacle"),
        "goal": ("obstacle",),
    }
    creatable = ("plan",)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a plan: the link to the open goal."""
        return dict(self.workbook.goal_link()) if table == "plan" else {}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Refuse to add a plan when there are enough."""
        if not id:
            check_room(self.workbook, table, PLANS_MOST)
        return []

    def build_state(self) -> dict[str, Any]:
        """Return the goal and its plans."""
        plans = [self.check_plan_text(plan) for plan in self.workbook.of_goal("plan")]
        room = len(plans) < PLANS_MOST
        return {"goal": self.workbook.goal(), "plans": plans, "room": room}

    def check_plan_text(self, plan: JsonRow) -> JsonRow:
        """Add the issues found in a plan, and whether it has none."""
        written = bool(plan["cue"] and plan["act"])
        findings = check_plan(plan["cue"], plan["act"])
        asks = describe_issues(findings, self.workbook.settings, self.workbook.language)
        return plan | {"asks": asks if written else [], "sound": not findings}
