"""The review: a week in three or four lines, and the weeks before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enishi.coach.relations.solicitation import suggestible_contacts
from enishi.coach.review.weekly_history import Week, weeks
from enishi.coach.rules.reason import Reason
from enishi.coach.today.cautions import pace_reasons
from enishi.coach.today.rest import monday_of
from enishi.i18n.dates import format_range, format_short_date
from widgets.base.json_rows import JsonRow
from widgets.base.workbook import Workbook
from widgets.parts.explanation import Explaining
from widgets.parts.past_reviews import Recalling

REVIEW_LINES = ("went_well", "thank_whom", "let_go", "next")
"""The columns of a week's review."""


class Review(Recalling, Explaining):
    """Asks what went well, whom to thank, what to let go and what comes next; one per week.

    Example:
        >>> Review(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "review"
    writable = {"review": REVIEW_LINES}  # noqa: RUF012 - never changed

    def row_defaults(self, table: str) -> dict[str, Any]:
        """Return the initial values of a review: its kind and the Monday of this week."""
        return {"kind": "week", "on": monday_of(self.workbook.today).isoformat()}

    def build_state(self) -> dict[str, Any]:
        """Return this week's review, the events of the week, and the weeks before."""
        workbook = self.workbook
        review = this_week(workbook)
        past = weeks(workbook.frames(), workbook.today)
        monday = past[-1].monday
        return {
            "review": review,
            "span": week_said(str(monday), workbook),
            "met": self.names(past[-1].met),
            "gave": self.names(self.givers(monday)),
            "weeks": [self.week(week) for week in past],
            "people": len({id for week in past for id in week.met}),
            "pace": self.reasons(workbook.cached("pace", self.pace)),
            "earlier": self.earlier(
                "week", str(monday), REVIEW_LINES, lambda on: week_said(on, workbook), review["id"]
            ),
        }

    def pace(self) -> tuple[Reason, ...]:
        """Return the warnings about the person's own pace."""
        return pace_reasons(self.workbook.frames(), self.workbook.today, self.workbook.settings)

    def names(self, ids: tuple[str, ...] | list[str]) -> str:
        """Return the names of contacts as one text."""
        contact = suggestible_contacts(self.workbook.frames())
        there = contact.loc[[id for id in ids if id in contact.index]]
        return self.listed(there["called"].where(there["called"] != "", there["name"]).tolist())

    def givers(self, monday: date) -> list[str]:
        """Return the contacts who have given something since `monday`."""
        give = self.workbook.frames()["give"]
        came = give[(give["direction"] == "in") & (give["on"] >= str(monday))]
        return list(dict.fromkeys(came["contact_id"]))

    def week(self, week: Week) -> JsonRow:
        """Return one week as the chart shows it."""
        day = format_short_date(week.monday, self.workbook.today, self.workbook.language)
        return {
            "day": day,
            "met": len(week.met),
            "given": week.given,
            "received": week.received,
        }


def week_said(on: str, workbook: Workbook) -> str:
    """Return the dates of the week of a day, as text."""
    monday = monday_of(date.fromisoformat(on))
    span = format_range(monday, monday + timedelta(days=6), workbook.language)
    return str(workbook.words("review")["week"]).format(span=span)


def this_week(workbook: Workbook) -> JsonRow:
    """Return this week's review, or an unmade one that the first write creates."""
    monday = monday_of(workbook.today).isoformat()
    found = [
        row for row in workbook.rows("review") if row["kind"] == "week" and row["on"] >= monday
    ]
    review = workbook.latest_or_new("review", found, f"week-{monday}")
    return review if found else review | {"on": monday}
