"""The three questions about an if-then plan once its moment may have come."""

from __future__ import annotations

from typing import Any, Literal

from enishi.book.recording import answer_plan
from enishi.coach.goal.plan_moments import day_after_answer
from widgets.base.sheet import Answer, Identifier, LongText, Part, Sheet, ShortText, command
from widgets.base.workbook import Workbook


@command
def enter_plan_answer(
    sheet: Sheet,
    id: Identifier,
    came: Literal["yes", "missed", "no"],
    did: LongText = "",
    keep: LongText = "",
    smaller: ShortText = "",
) -> Answer:
    """Enter what became of a plan, and the day its moment is expected next.

    Where the moment came and was `missed`, the plan may get a smaller act (B42).

    Raises:
        UnknownRowError: there is no such plan.
    """
    workbook = sheet.workbook
    plan = sheet.book.row("plan", id)
    place = sheet.book.row("place", plan["place_id"]) if plan["place_id"] else None
    day = day_after_answer(plan, place, workbook.today)
    next_on = day.isoformat() if day else ""
    happened: Literal["yes", "no"] = "no" if came == "no" else "yes"
    did, smaller = ("", smaller.strip()) if came == "missed" else (did, "")
    today = workbook.today.isoformat()
    answer_plan(sheet.book, id, happened, did, keep, today, next_on, smaller)
    return {"text": plan_questions(workbook)["answered_smaller" if smaller else "answered"]}


PLAN_ANSWER = Part(__file__, {"answer_plan": enter_plan_answer})
"""Asks whether the moment of a plan came; the state needs `plan_questions` under `questions`."""


def plan_questions(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the three questions."""
    found: dict[str, Any] = workbook.texts_of("coach")["plan_questions"]
    return found
