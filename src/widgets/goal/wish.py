"""The wish: who the person wants to become, by when, how they notice it; and earlier wishes."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.book.goals import close_goal, keep_goal, reopen_goal
from enishi.coach.goal.vague_wish import find_vague
from enishi.coach.relations.answers import answers_to
from widgets.base.explanations import describe_issues
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, ShortText, command

SAID = ("wish", "by", "proof", "outcome", "obstacle")
"""The columns shown of another open goal, so that the person can choose between them."""
EARLIER_PARTS = ("proof", "outcome", "obstacle")
"""The columns shown of an earlier goal, below its wish and its closing words."""
SAID_ELSEWHERE = {"outcome": "vague_act", "by": "vague_time", "proof": "vague_sign"}
"""What is no longer missing in a wish once another column of its goal is written."""
VAGUE_WISH = "vague_wish"
"""The question what is missing in a wish; its row in `answer` says that the person closed it."""
BELONGING = ("way", "role", "place", "plan")
"""The tables whose rows are shown with an earlier goal."""


class Wish(Sheet):
    """Asks for the wish, its day and its proof; asks for one thing that is missing in a vague wish.

    One goal is open at a time. A closed one can be read with all that belongs to it, and reopened.

    Example:
        >>> Wish(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "wish"
    writable = {"goal": ("wish", "area", "by", "proof", "outcome", "closing")}

    def build_state(self) -> dict[str, Any]:
        """Return the goal, other open goals, and what is missing in the wish (`missing`, or None).

        Where a person is missing, `whom` asks for the first kind of person to meet.
        """
        goal = self.workbook.goal()
        others = [row for row in self.workbook.open_goals() if row["id"] != goal["id"]]
        missing = self._find_missing(goal)
        return {
            "goal": goal,
            "others": [row for row in others if any(row[column] for column in SAID)],
            "missing": missing,
            "whom": missing is not None and missing["rule"] == "vague_person",
            "earlier": self._describe_earlier(),
        }

    def _find_missing(self, goal: JsonRow) -> JsonRow | None:
        """Return the first thing that is missing in a vague wish, unless it is written elsewhere.

        None also if the person closed the question on this goal.
        """
        if goal["id"] in set(answers_to(self.workbook.frames(), VAGUE_WISH)["about"]):
            return None
        said = {rule for column, rule in SAID_ELSEWHERE.items() if goal[column]}
        if self.workbook.role_choices():
            said.add("vague_person")
        asks = [found for found in find_vague(goal["wish"]) if found.rule not in said]
        found = describe_issues(asks, self.workbook.settings, self.workbook.texts_of("rules"))
        return found[0] if found else None

    def _describe_earlier(self) -> list[JsonRow]:
        """Return the closed goals in which something is written, the last closed one first."""
        belonging = {table: self.workbook.rows(table) for table in BELONGING}
        found = []
        closed = [goal for goal in self.workbook.rows("goal") if goal["closed"]]
        for goal in sorted(closed, key=lambda goal: str(goal["closed_on"])):
            parts = [[name, goal[name]] for name in EARLIER_PARTS if goal[name]]
            parts += [
                [table, text]
                for table, rows in belonging.items()
                for row in rows
                if row["goal_id"] == goal["id"] and (text := self._text_of(table, row))
            ]
            if goal["wish"] or goal["closing"] or parts:
                on = date.fromisoformat(goal["closed_on"]) if goal["closed_on"] else None
                said = {"on": self.workbook.short_date(on), "parts": parts}
                found.append({key: goal[key] for key in ("id", "wish", "closing")} | said)
        return found[::-1]

    def _text_of(self, table: str, row: JsonRow) -> str:
        """Return what the person wrote in a row that belongs to an earlier goal."""
        if table == "plan":
            written = row["cue"] and row["act"]
            return self.say("plan_sentence", **row) if written else row["cue"] or row["act"]
        if table == "role":
            return str(row["does"] or row["name"])
        return str(row["words" if table == "way" else "name"])

    @command
    def begin_kind(self, does: ShortText) -> Answer:
        """Write the first kind of person to meet, by what they do.

        Raises:
            ForbiddenError: nothing is written.
        """
        if not does.strip():
            raise ForbiddenError()
        self.book.add("role", **self.workbook.goal_link(), does=does.strip())
        return {"text": self.say("whom_said")}

    @command
    def leave_as_it_is(self) -> Answer:
        """Close the question what is missing: it is not asked again about this goal.

        Raises:
            ForbiddenError: nothing is asked.
        """
        goal = self.workbook.goal()
        if not self._find_missing(goal):
            raise ForbiddenError()
        today = self.workbook.today.isoformat()
        self.book.add("answer", question=VAGUE_WISH, about=goal["id"], chosen="no", on=today)
        return {"text": self.say("left_said"), "focus": f"{goal['id']}.wish"}

    @command
    def close_open_goal(self) -> Answer:
        """Close the open goal; the person may begin another.

        Raises:
            ForbiddenError: there is no goal yet.
        """
        goal = self.workbook.goal()
        if not goal["version"]:
            raise ForbiddenError()
        close_goal(self.book, goal["id"], self.workbook.today.isoformat())
        return {"text": self.say("closed_said"), "focus": f"{self.workbook.goal()['id']}.wish"}

    @command
    def reopen(self, id: Identifier) -> Answer:
        """Open a closed goal again; the one that is open now is closed.

        Raises:
            ForbiddenError: `id` is not a closed goal.
        """
        if id not in [row["id"] for row in self.workbook.rows("goal") if row["closed"]]:
            raise ForbiddenError()
        reopen_goal(self.book, id, self.workbook.today.isoformat())
        return {"text": self.say("reopened_said"), "focus": f"{id}.wish"}

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
