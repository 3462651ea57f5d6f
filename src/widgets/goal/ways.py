"""Ways forward: three ways, the chosen one, what may get in the way, and what then."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.book.tables import LINE
from enishi.choices import WAY_KINDS
from enishi.coach.goal.plan_moments import read_moment_day
from enishi.coach.relations.answers import answers_to
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LinkedChange,
    Sheet,
    ShortText,
    command,
)
from widgets.parts.if_then import IF_THEN, describe_plan, if_then_texts, moments_by_plan
from widgets.parts.plan_answer import PLAN_ANSWER
from widgets.parts.row_limit import check_room

HEARD = "heard"
"""The question whether a way heard from somebody becomes a step."""
WAYS_MOST = 8
"""Most ways of one goal."""
PLANS_MOST = 5
"""Most plans of one goal that belong to no place."""


class Ways(Sheet):
    """Asks for three ways and which to take, for the obstacle, and what to do when it comes.

    Example:
        >>> Ways(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "ways"
    parts = (PLAN_ANSWER, IF_THEN)
    writable = {
        "way": ("words", "heard_from"),
        "plan": ("cue", "act", "on"),
        "goal": ("obstacle",),
    }
    creatable = ("way", "plan")

    def build_state(self) -> dict[str, Any]:
        """Return the goal, its ways with the chosen one, and the plans that belong to no place."""
        workbook = self.workbook
        ways, moments = workbook.of_goal("way"), moments_by_plan(workbook)
        three = {kind: self._way_of(kind, ways) for kind in WAY_KINDS}
        first, *plans = self._list_plans()
        chosen = next((way for way in ways if way["chosen"] and way["words"]), None)
        return {
            "goal": workbook.goal(),
            "ways": list(three.values()),
            "more": [way for way in ways if way not in three.values()],
            "heard": self._find_heard(ways),
            "way_room": len(ways) < WAYS_MOST,
            "chosen": chosen and {"id": chosen["id"], "words": chosen["words"]},
            "plan": self._describe_plan(first, moments),
            "plans": [self._describe_plan(plan, moments) for plan in plans],
            "room": len(plans) + 1 < PLANS_MOST,
            "week": workbook.address("05-week", "my_week"),
        } | if_then_texts(workbook)

    def _way_of(self, kind: str, ways: list[JsonRow]) -> JsonRow:
        """Return the way of one kind, or the row that the first write creates."""
        found = [way for way in ways if way["kind"] == kind]
        return (
            found[0] if found else self.workbook.unsaved_row("way", f"way-{kind}") | {"kind": kind}
        )

    def _find_heard(self, ways: list[JsonRow]) -> JsonRow | None:
        """Return a way heard from somebody that might become a step: asked once of each way.

        None while one of those is chosen.
        """
        heard = [way for way in ways if way["words"].strip() and way["heard_from"].strip()]
        if any(way["chosen"] for way in heard):
            return None
        answered = set(answers_to(self.workbook.frames(), HEARD)["about"])
        found = next((way for way in heard if way["id"] not in answered), None)
        return found and {name: found[name] for name in ("id", "words", "heard_from")}

    def _list_plans(self) -> list[JsonRow]:
        """Return the plans that belong to no place, the one for the obstacle first, made or not."""
        plans = [plan for plan in self.workbook.of_goal("plan") if not plan["place_id"]]
        plans.sort(key=lambda plan: not plan["for_obstacle"])
        if plans and plans[0]["for_obstacle"]:
            return plans
        return [self.workbook.unsaved_row("plan", "plan"), *plans]

    def _describe_plan(self, plan: JsonRow, moments: dict[str, Any]) -> JsonRow:
        """Return a plan as the page shows it, and whether its day was read from its words.

        That the obstacle comes is a moment one can notice, however it is worded.
        """
        workbook = self.workbook
        read = plan["on"] and plan["on"] == self._read_day(plan["cue"])
        shown = describe_plan(workbook, plan, moments.get(plan["id"]))
        if plan["cue"] == _first_line(workbook.goal()["obstacle"]):
            shown["asks"] = [issue for issue in shown["asks"] if issue["rule"] != "plan_cue"]
        return shown | {"day_said": self.say("day_read") if read else ""}

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a row: its goal, its place among the ways, its purpose."""
        if table == "way":
            kinds = {way["id"]: way["kind"] for way in self.state["ways"]}
            return self.workbook.goal_link() | {"kind": kinds.get(id, "")}
        if table == "plan":
            return self.workbook.goal_link() | {"for_obstacle": id == self.state["plan"]["id"]}
        return {}

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Refuse to add a row when there are enough; join the plan to the obstacle and to a day."""
        if not id and table == "way":
            check_room(len(self.workbook.of_goal("way")), WAYS_MOST)
        if not id and table == "plan":
            check_room(len(self._list_plans()), PLANS_MOST)
        if table == "plan":
            self._fill_cue(id, values)
            self._propose_day(id, values)
        if table == "goal":
            return self._follow_obstacle(str(values["obstacle"]))
        return []

    def _fill_cue(self, id: str, values: dict[str, Any]) -> None:
        """Begin the plan for the obstacle with the obstacle's words, unless a cue is written."""
        plan = self.state["plan"]
        if id == plan["id"] and values.get("act") and not (values.get("cue") or plan["cue"]):
            values["cue"] = _first_line(self.workbook.goal()["obstacle"])

    def _follow_obstacle(self, words: str) -> list[LinkedChange]:
        """Return the change of a plan that began with the obstacle's words, when these change."""
        before, plan = self.workbook.goal()["obstacle"], self.state["plan"]
        if not plan["version"] or not before or plan["cue"] != _first_line(before):
            return []
        return [("plan", plan["id"], {"cue": _first_line(words)})]

    def _propose_day(self, id: str, values: dict[str, Any]) -> None:
        """Add the day that the cue names, unless the person chose one.

        A day that was read from the words before changes with them.
        """
        if "on" in values or "cue" not in values:
            return
        nothing = {"cue": "", "on": ""}
        stored = next((row for row in self.workbook.rows("plan") if row["id"] == id), nothing)
        if stored["on"] not in ("", self._read_day(stored["cue"])):
            return
        day = self._read_day(str(values["cue"]))
        if day != stored["on"]:
            values["on"] = day

    def _read_day(self, cue: str) -> str:
        """Return the day that a cue names as the book stores it; '' if it names none."""
        day: date | None = read_moment_day(cue, self.workbook.today)
        return day.isoformat() if day else ""

    # -- what the person can do ------------------------------------------------------------------

    @command
    def choose(self, id: Identifier, chosen: bool) -> Answer:
        """Choose a way, in place of any other, or none.

        Raises:
            ForbiddenError: nothing is written there, or it is no way of the open goal.
        """
        ways = self.workbook.of_goal("way")
        if id not in [way["id"] for way in ways if way["words"].strip()]:
            raise ForbiddenError()
        with self.book.batch("write") as batch:
            for way in ways:
                if way["chosen"] != (chosen and way["id"] == id):
                    batch.update("way", way["id"], chosen=chosen and way["id"] == id)
        return {"text": self.say("chosen_said" if chosen else "unchosen_said")}

    @command
    def answer_heard(self, id: Identifier, step: bool) -> Answer:
        """Put a way heard from somebody into the week as a step, or leave it; it is asked once.

        Raises:
            ForbiddenError: it is not the way that is asked about.
        """
        heard = self.state["heard"]
        if not heard or heard["id"] != id:
            raise ForbiddenError()
        today = self.workbook.today.isoformat()
        with self.book.batch("add") as batch:
            if step:
                batch.add("step", words=heard["words"].strip())
            chosen = "step" if step else "no"
            batch.add("answer", question=HEARD, about=id, chosen=chosen, on=today)
        return {"text": self.say("begun_said" if step else "heard_left")}

    @command
    def begin(self, words: ShortText, on: ShortText = "") -> Answer:
        """Put a first step on the way into the week, on a day or on none.

        Raises:
            ForbiddenError: it has no words.
        """
        if not words.strip():
            raise ForbiddenError()
        self.book.add("step", words=words.strip(), on=on)
        return {"text": self.say("begun_said")}


def _first_line(text: str) -> str:
    """Return the first line of a text, as long as a cue may be."""
    return text.strip().partition("\n")[0][:LINE]
