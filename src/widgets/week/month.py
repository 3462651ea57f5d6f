"""The month: the dials, what changed, one experiment, and the phase of the goal."""

from __future__ import annotations

from functools import partial
from typing import Any

from enishi.book.tables import TABLES
from enishi.book.validation import defaults
from enishi.coach.goal.goal_check import is_goal_asked
from enishi.coach.review.self_ratings import DIALS
from enishi.coach.review.summary import thanks
from enishi.coach.today.first_minutes import OWN_REASON
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.base.phase import phase_of
from widgets.base.sheet import ForbiddenError, LinkedChange, Sheet
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.past_reviews import PAST_REVIEWS, date_review, earlier_reviews, join_names
from widgets.parts.self_rating import SELF_RATING, dials_state
from widgets.parts.stand import STAND, describe_stand_check
from widgets.parts.wrong_ways import WRONG_WAY, describe_asked_again

_LINES = ("changed", "thank_whom", "learned", "tried", "book", "book_act")
"""The columns of a month's review."""
_READ = ("went_well", *_LINES, "let_go")
"""The columns shown of an earlier month."""


class Month(Sheet):
    """Asks what a month has changed; proposes the next phase of the goal, with the reason.

    Example:
        >>> Month(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "month"
    parts = (EXPLANATION, PAST_REVIEWS, SELF_RATING, STAND, WRONG_WAY)
    writable = {
        "review": (*DIALS, *_LINES, "still_mine"),
        "goal": ("phase",),
    }

    def build_state(self) -> dict[str, Any]:
        """Return this month's review, the dials, the phase of the goal, and earlier months."""
        workbook = self.workbook
        review = this_time(workbook, "month", workbook.today.strftime("%Y-%m"))
        until = partial(date_review, self)
        earlier = earlier_reviews(workbook, "month", review["on"], _READ, until)
        thank = workbook.cached("thank", lambda: thanks(workbook.frames(), "month", workbook.today))
        asked = is_goal_asked(workbook.frames(), workbook.today, workbook.settings) or bool(
            review["still_mine"]
        )
        return {
            "review": review,
            "dials": dials_state(workbook),
            "thank": join_names(self, [with_honorific(name, workbook.language) for name in thank]),
            "tried": next((row["tried"] for row in earlier if row["tried"]), ""),
            "read": next(
                ([row["book"], row["book_act"]] for row in earlier if row["book_act"]), None
            ),
            "goal": workbook.goal(),
            "phase": self.describe_phase(),
            "asked": asked,
            "why": workbook.setting(OWN_REASON).strip(),
            "matters_at": workbook.address("01-start", "matters"),
            "asked_again": describe_asked_again(workbook),
            "stand_check": describe_stand_check(workbook),
            "wish_at": workbook.address("02-goal", "wish"),
            "earlier": earlier,
        }

    def describe_phase(self) -> JsonRow:
        """Return the phases a goal can be in, and the proposed one with its reason."""
        workbook = self.workbook
        found = phase_of(workbook)
        said = workbook.texts_of("coach")
        return {
            "names": said["phases"],
            "says": said["phase_says"],
            "proposed": found.proposed,
            "reason": describe_reasons(workbook, [found.reason])[0] if found.reason else None,
        }

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of this month's review, or of a reading of today."""
        if table != "review":
            return {}
        kind = "month" if id == self.state["review"]["id"] else "dials"
        return {"kind": kind, "on": self.workbook.today.isoformat()}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Check that the month's row and the dials' row each get their own columns.

        Raises:
            ForbiddenError: the row does not allow one of these columns.
        """
        mine = id == self.state["review"]["id"]
        if table == "review" and not set(values) <= set((*_LINES, "still_mine") if mine else DIALS):
            raise ForbiddenError()
        return []


def this_time(workbook: Workbook, kind: str, name: str) -> JsonRow:
    """Return the review of a period, or an unmade one; two windows write to the same row."""
    id = f"{kind}-{name}"
    found = [row for row in workbook.rows("review") if row["id"] == id]
    unmade = (
        {"id": id, "version": 0} | defaults(TABLES["review"]) | {"on": workbook.today.isoformat()}
    )
    return found[0] if found else unmade
