"""An if-then plan: its two halves, what is still vague in them, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.goal.plan_moments import PlanMoment, plan_moments
from widgets.base.explanations import describe_issues
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Part
from widgets.base.workbook import Workbook
from widgets.parts.plan_answer import plan_questions

IF_THEN = Part(__file__)
"""Draws a plan; needs `PLAN_ANSWER`, and in the state what `if_then_texts` returns."""


def if_then_texts(workbook: Workbook) -> JsonRow:
    """Return the texts of a plan, and those of the questions about it."""
    said: dict[str, Any] = workbook.texts_of("coach")["if_then"]
    return {"if_then": said, "questions": plan_questions(workbook)}


def moments_by_plan(workbook: Workbook) -> dict[str, PlanMoment]:
    """Return the plans with their moments, by the plan's id."""
    found = plan_moments(workbook.frames(), workbook.today, workbook.settings)
    return {moment.plan_id: moment for moment in found}


def describe_plan(workbook: Workbook, plan: JsonRow, moment: PlanMoment | None) -> JsonRow:
    """Add the issues found in a plan, whether to ask about it now, and the day it was asked."""
    written = bool(plan["cue"] and plan["act"])
    findings = check_plan(plan["cue"], plan["act"]) if written else ()
    passed = moment.day if moment and moment.ask else None
    asked = date.fromisoformat(plan["asked_on"]) if plan["asked_on"] else None
    return plan | {
        "asks": describe_issues(findings, workbook.settings, workbook.texts_of("rules")),
        "sound": written and not findings,
        "ask": passed is not None,
        "passed": workbook.short_date(passed),
        "asked": workbook.short_date(asked),
    }
