"""The look back: a week in three lines; below it, every four weeks, the month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enishi.coach.relations.history import names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.review.self_ratings import DIALS
from enishi.coach.review.summary import people_met
from enishi.coach.review.wish_sides import MissingSide, find_missing_side
from enishi.coach.today.cautions import pace_reasons
from enishi.coach.today.rest import monday_of
from enishi.i18n import format_text
from enishi.i18n.dates import format_range
from widgets.base.json_rows import JsonRow
from widgets.base.message_draft import start_message, with_draft
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LinkedChange,
    Sheet,
    ShortText,
    command,
)
from widgets.base.workbook import Workbook
from widgets.parts.explanation import EXPLANATION, describe_reasons
from widgets.parts.past_reviews import (
    EARLIER_SHOWN,
    PAST_REVIEWS,
    date_review,
    earlier_reviews,
    join_names,
)
from widgets.parts.person_picker import PERSON_PICKER
from widgets.parts.self_rating import SELF_RATING
from widgets.parts.stand import STAND, describe_stand_check
from widgets.parts.wrong_ways import WRONG_WAY, describe_asked_again
from widgets.week.month import MONTH_LINES, describe_dials, describe_month

WEEK_LINES = ("went_well", "thank_whom", "next", "let_go")
"""The columns of a week's review."""
WRITES = {
    "week": WEEK_LINES,
    "month": (*MONTH_LINES, "thrive_with", "still_mine", "tried_result", "look_again_on"),
    "dials": (*DIALS, "why_not_less"),
}
"""The columns of each kind of review."""
EARLIER_LINES = (*WEEK_LINES, *MONTH_LINES, "tried_result", "thrive_with")
"""The columns shown of an earlier week or month."""


class Review(Sheet):
    """Asks what went well, whom to thank and what comes next; every four weeks for the month.

    Example:
        >>> Review(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "review"
    parts = (EXPLANATION, PAST_REVIEWS, PERSON_PICKER, SELF_RATING, STAND, WRONG_WAY)
    writable = {
        "review": tuple(dict.fromkeys(column for columns in WRITES.values() for column in columns)),
        "goal": ("phase",),
    }

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a review: its kind, and the Monday or the day it is of."""
        if table != "review":
            return {}
        kind, today = self._kind_of(id), self.workbook.today
        on = monday_of(today) if kind == "week" else today
        return {"kind": kind, "on": on.isoformat()}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Put the one thing of a week, and the experiment of a month, in the week.

        Raises:
            ForbiddenError: the row does not hold one of these columns.
        """
        if table != "review":
            return []
        if not set(values) <= set(WRITES[self._kind_of(id)]):
            raise ForbiddenError()
        if values.keys() & {"next", "tried"}:
            values["next_state"] = "open"
        return []

    def _kind_of(self, id: str) -> str:
        """Return the kind of a review, also of one that is not in the book yet.

        Raises:
            ForbiddenError: it is none that is written here.
        """
        review = self.workbook.frames()["review"]
        kind = str(review.at[id, "kind"]) if id in review.index else id.partition("-")[0]
        if kind not in WRITES:
            raise ForbiddenError()
        return kind

    def build_state(self) -> dict[str, Any]:
        """Return this week's review, the month, and what was written before."""
        workbook = self.workbook
        review, frames, monday = this_week(workbook), workbook.frames(), monday_of(workbook.today)
        slow = workbook.cached(
            "pace", lambda: pace_reasons(frames, workbook.today, workbook.settings)
        )
        month = describe_month(workbook)
        return {
            "review": review,
            "asked_again": describe_asked_again(workbook),
            "stand_check": describe_stand_check(workbook),
            "span": format_week(workbook, str(monday)),
            "met": self.join_contacts(people_met(frames, monday, workbook.today)),
            "gave": self.join_contacts(self.find_givers(monday)),
            "pace": describe_reasons(workbook, slow),
            "missing_side": self.describe_missing_side(),
            "month": month,
            "dials": describe_dials(workbook),
            "earlier": self.list_earlier(monday.isoformat(), review["id"], month["review"]),
        }

    def describe_missing_side(self) -> JsonRow | None:
        """Return the question after the side of the wish that is left out, with whom to think of.

        None where nothing tells that one is.
        """
        workbook = self.workbook
        found: MissingSide | None = workbook.cached(
            "missing side",
            lambda: find_missing_side(workbook.frames(), workbook.today, workbook.settings),
        )
        if found is None:
            return None
        (reason,) = describe_reasons(workbook, [found.reason])
        people = [
            {
                "name": workbook.address_contact(id),
                "card": workbook.address("04-contacts", "people", id),
            }
            for id in found.people
        ]
        return reason | {"people": people}

    def list_earlier(self, monday: str, this: str, month: JsonRow) -> list[JsonRow]:
        """Return the weeks and months before, the latest first."""
        weeks = earlier_reviews(
            self.workbook,
            "week",
            monday,
            EARLIER_LINES,
            lambda on: format_week(self.workbook, on),
            this,
        )
        months = earlier_reviews(
            self.workbook, "month", month["on"], EARLIER_LINES, lambda on: date_review(self, on)
        )
        found = sorted([*weeks, *months], key=lambda row: str(row["on"]), reverse=True)
        return found[:EARLIER_SHOWN]

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

    # -- what the person can do ------------------------------------------------------------------

    @command
    def thank(self, contact_id: Identifier, what: ShortText) -> Answer:
        """Note what a contact did, and have a letter of thanks ready that says so.

        Raises:
            ForbiddenError: nothing is said of what they did.
        """
        what, workbook = what.strip(), self.workbook
        if not what:
            raise ForbiddenError()
        today = workbook.today.isoformat()
        with self.book.batch("add") as batch:
            batch.row("contact", contact_id)
            batch.add(
                "give", contact_id=contact_id, direction="in", state="done", what=what, on=today
            )
        name = workbook.address_contact(contact_id)
        review = this_week(workbook)
        line = self.say("thank_line", name=name, what=what)
        said = "\n".join(filter(None, [review["thank_whom"], line]))
        fresh = {"kind": "week", "on": review["on"]}
        self.book.upsert("review", review["id"], None, fresh, thank_whom=said)
        message = start_message(workbook, contact_id, "grateful")
        drafted = with_draft(workbook, self.book.row("message", message))
        text = {part: drafted[part] for part in ("subject", "text")}
        self.book.update("message", message, **text)  # planned, so it stays among the open things
        return {
            "text": self.say("thank_ready", name=name),
            "href": workbook.address("04-contacts", "draft", message),
        }

    @command
    def take_step(self, words: ShortText) -> Answer:
        """Put what one more on a dial would look like in the week, as a step.

        Raises:
            ForbiddenError: nothing is written.
        """
        if not words.strip():
            raise ForbiddenError()
        self.book.add("step", words=words.strip())
        return {"text": self.say("taken")}

    @command
    def grow(self, id: Identifier, cue: ShortText, act: ShortText) -> Answer:
        """Choose a strength to grow, with the if-then plan for it.

        Raises:
            ForbiddenError: the strength is not proposed, or half of the plan is missing.
        """
        if id not in dict(self.state["month"]["grow"]["choices"]) or not (cue and act).strip():
            raise ForbiddenError()
        with self.book.batch("write") as batch:
            for row in self.workbook.rows("strength", "grow"):
                if row["grow"] != (row["id"] == id):
                    batch.update("strength", row["id"], grow=row["id"] == id)
            batch.add("plan", cue=cue.strip(), act=act.strip(), **self.workbook.goal_link())
        return {"text": self.say("grow_taken")}

    @command
    def offer(self, id: Identifier, what: ShortText) -> Answer:
        """Add what a growing strength lets one give now to the ways to help.

        Raises:
            ForbiddenError: nothing is written.
        """
        if not what.strip():
            raise ForbiddenError()
        self.book.add("offer", what=what.strip(), size="small", strength_id=id)
        return {"text": self.say("offer_kept")}

    @command
    def leave_spot(self, place: ShortText) -> Answer:
        """Take a place off the list of where the line about oneself can be seen."""
        with self.book.batch("write") as batch:
            for row in self.workbook.rows("introduction_text", "seen_at"):
                left = [each for each in row["seen_at"] if each.strip() != place]
                if left != row["seen_at"]:
                    batch.update("introduction_text", row["id"], seen_at=left)
        return {"text": self.say("spot_left", place=place)}


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
