"""The wish: who I want to become, by when, and how I shall know."""

from __future__ import annotations

from typing import Any

from enishi.coach.vague import find_vague
from widgets.paper import Sheet
from widgets.reasons import said_findings


class Wish(Sheet):
    """Asks for the wish sentence, its day and its proof; asks back where it is misty.

    Example:
        >>> Wish(open_page("02-goal"))     # doctest: +SKIP
    """

    name = "wish"
    writes = {"goal": ("wish", "by", "proof", "outcome", "area")}  # noqa: RUF012 - never changed

    def look(self) -> dict[str, Any]:
        """Return the goal, and what one would ask about the wish."""
        goal = self.page.goal()
        asks = find_vague(goal["wish"])
        return {
            "goal": goal,
            "asks": said_findings(asks, self.page.settings, self.page.language),
        }
