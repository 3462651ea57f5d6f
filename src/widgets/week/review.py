"""The review: a week in three or four lines, and those of the weeks before."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from enishi.coach.relations.history import names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.review.summary import people_met
from enishi.coach.today.cautions import pace_reasons
from enishi.coach.today.rest import monday_of
from enishi.i18n import format_text
from enishi.i18n.dates import format_range
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import LinkedChange, Sheet
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.past_reviews import PAST_REVIEWS, earlier_reviews, join_names

REVIEW_LINES = ("went_well", "thank_whom", "let_go", "next")
"""The columns of a week's review."""


class Review(Sheet):
    """Asks what went well, whom to thank, what to let go and what comes next; one per week.

    Example:
        >>> Review(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "review"
    parts = (EXPLANATION, PAST_REVIEWS)
    writable = {"review": REVIEW_LINES}

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a review: its kind and the Monday of this week."""
        return {"kind": "week", "on": monday_of(self.workbook.today).isoformat()}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Put the one thing in the week whenever it is written, also in a review of long before."""
        if "next" in values:
            values["next_state"] = "open"
        return []

    def build_state(self) -> dict[str, Any]:
        """Return this week's review, the events of the week, and the weeks before."""
        workbook = self.workbook
        review = this_week(workbook)
        frames = workbook.frames()
        monday = monday_of(workbook.today)
        slow = workbook.cached(
            "pace", lambda: pace_reasons(frames, workbook.today, workbook.settings)
        )
        return {
            "review": review,
            "span": format_week(workbook, str(monday)),
            "met": self.join_contacts(people_met(frames, monday, workbook.today)),
            "gave": self.join_contacts(self.find_givers(monday)),
            "pace": describe_reasons(workbook, slow),
            "earlier": earlier_reviews(
                workbook,
                "week",
                str(monday),
                REVIEW_LINES,
                partial(format_week, workbook),
                review["id"],
            ),
        }

    def join_contacts(self, ids: list[str]) -> str:
        """Return the names of contacts as one text."""
        contact = suggestible_contacts(self.workbook.frames())
        there = contact.loc[[id for id in ids if id in contact.index]]
        return join_names(self, list(names_by_id(there).values()))

    def find_givers(self, monday: date) -> list[str]:
        """Return the contacts who have given something since `monday`."""
        give = self.workbook.frames()["give"]
        came = give[(give["direction"] == "in") & (give["on"] >= str(monday))]
        return list(dict.fromkeys(came["contact_id"]))


def format_week(workbook: Workbook, on: str) -> str:
    """Return the dates of the week of a day, as text."""
    monday = monday_of(date.fromisoformat(on))
    span = format_range(monday, monday + timedelta(days=6), workbook.language)
    return format_text(workbook.words("review")["week"], {"span": span})


def this_week(workbook: Workbook) -> JsonRow:
    """Return this week's review, or an unmade one that the first write creates."""
    monday = monday_of(workbook.today).isoformat()
    found = [
        row for row in workbook.rows("review") if row["kind"] == "week" and row["on"] >= monday
    ]
    review = workbook.latest_or_new("review", found, f"week-{monday}")
    return review if found else review | {"on": monday}
