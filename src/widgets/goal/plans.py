"""If-then plans: the obstacle, plans for the moment it comes, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.goal.place_dates import next_date
from enishi.coach.goal.plan_moments import PlanMoment, plan_moments, read_moment_day
from widgets.base.explanations import describe_issues
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import LinkedChange, Sheet
from widgets.parts.plan_answer import PLAN_ANSWER, plan_questions
from widgets.parts.row_limit import check_room

PLANS_MOST = 5
"""Most plans for one goal."""


class Plans(Sheet):
    """Asks for if-then plans, asks again if a cue or an act is still vague, and asks afterwards.

    Example:
        >>> Plans(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "plans"
    parts = (PLAN_ANSWER,)
    writable = {
        "plan": ("cue", "act", "for_obstacle", "place_id", "on"),
        "goal": ("obstacle",),
    }
    creatable = ("plan",)

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a plan: the link to the open goal."""
        return dict(self.workbook.goal_link()) if table == "plan" else {}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Refuse to add a plan when there are enough; propose its day from the words of the cue."""
        if not id:
            check_room(self.workbook, table, PLANS_MOST)
        if table == "plan":
            self._propose_day(id, values)
        return []

    def _propose_day(self, id: str, values: dict[str, Any]) -> None:
        """Add the day that the cue names, unless the person chose a day or the place has one.

        A day that was read from the words before changes with them.
        """
        if "on" in values or not values.keys() & {"cue", "place_id"}:
            return
        today = self.workbook.today
        nothing = {"cue": "", "on": "", "place_id": ""}
        stored = next((row for row in self.workbook.rows("plan") if row["id"] == id), nothing)
        if stored["on"] not in ("", _iso(read_moment_day(stored["cue"], today))):
            return
        new = stored | values
        place = self._place_day(str(new["place_id"] or ""))
        day = "" if place else _iso(read_moment_day(str(new["cue"]), today))
        if day != stored["on"]:
            values["on"] = day

    def _place_day(self, id: str) -> date | None:
        """Return the next date of a place; None if it has none."""
        place = next((row for row in self.workbook.rows("place") if row["id"] == id), None)
        if place is None or not place["next_on"]:
            return None
        next_on = date.fromisoformat(place["next_on"])
        return next_date(next_on, place["rhythm"], self.workbook.today)

    def build_state(self) -> dict[str, Any]:
        """Return the goal and its plans, each with its moment and the last answer."""
        workbook = self.workbook
        plans = workbook.of_goal("plan")
        moments = {
            moment.plan_id: moment
            for moment in plan_moments(workbook.frames(), workbook.today, workbook.settings)
        }
        places = workbook.of_goal("place")
        return {
            "goal": workbook.goal(),
            "plans": [
                self.check_plan_text(plan) | self._describe_moment(plan, moments.get(plan["id"]))
                for plan in plans
            ],
            "places": [[place["id"], place["name"]] for place in places if place["name"]],
            "questions": plan_questions(workbook),
            "room": len(plans) < PLANS_MOST,
        }

    def check_plan_text(self, plan: JsonRow) -> JsonRow:
        """Add the issues found in a plan, and whether it has none."""
        written = bool(plan["cue"] and plan["act"])
        findings = check_plan(plan["cue"], plan["act"])
        asks = describe_issues(findings, self.workbook.settings, self.workbook.language)
        return plan | {"asks": asks if written else [], "sound": not findings}

    def _describe_moment(self, plan: JsonRow, moment: PlanMoment | None) -> JsonRow:
        """Return the sentences about the day of a plan, and whether to ask about it now."""
        workbook = self.workbook
        place, day_said = self._place_day(plan["place_id"]), ""
        if plan["on"] and plan["on"] == _iso(read_moment_day(plan["cue"], workbook.today)):
            day_said = self.say("day_read")
        elif not plan["on"] and place:
            day_said = self.say("day_of_place", on=workbook.short_date(place))
        asked = date.fromisoformat(plan["asked_on"]) if plan["asked_on"] else None
        passed = moment.day if moment and moment.ask else None
        return {
            "day_said": day_said,
            "ask": moment is not None and moment.day is not None and moment.ask,
            "passed": workbook.short_date(passed),
            "asked": workbook.short_date(asked),
        }


def _iso(day: date | None) -> str:
    """Return a day as the book stores it; '' for None."""
    return day.isoformat() if day else ""
