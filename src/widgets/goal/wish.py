"""The wish: who the person wants to become, by when, and how they will notice it."""

from __future__ import annotations

from typing import Any

from enishi.book.goals import keep_goal
from enishi.coach.goal.vague_wish import find_vague
from widgets.base.explanations import describe_issues
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command

SAID = ("wish", "by", "proof", "outcome", "obstacle", "rung_words")
"""The columns shown of another open goal, so that the person can choose between them."""


class Wish(Sheet):
    """Asks for the wish, its day and its proof; asks again where the wish is vague.

    Example:
        >>> Wish(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "wish"
    writable = {"goal": ("wish", "by", "proof", "outcome", "area")}

    def build_state(self) -> dict[str, Any]:
        """Return the goal, other open goals, and the issues found in the wish."""
        goal = self.workbook.goal()
        others = [row for row in self.workbook.open_goals() if row["id"] != goal["id"]]
        asks = find_vague(goal["wish"])
        return {
            "goal": goal,
            "others": [row for row in others if any(row[column] for column in SAID)],
            "asks": describe_issues(asks, self.workbook.settings, self.workbook.language),
        }

    @command
    def keep(self, id: Identifier) -> Answer:
        """Keep one of two goals that were begun in two windows.

        Raises:
            ForbiddenError: `id` is not an open goal.
        """
        if id not in [row["id"] for row in self.workbook.open_goals()]:
            raise ForbiddenError()
        keep_goal(self.book, id)
        return {"text": self.say("goal_kept"), "focus": f"{id}.wish"}
