"""How clear a goal is, and which piece is missing next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.goal.place_dates import with_next_dates
from enishi.coach.relations.history import FrameRow, is_filled, isin, iter_rows
from enishi.coach.rules.settings import Settings

PIECES = ("wish", "proof", "role", "place", "plan")
"""The five pieces of a goal, in the order the user writes them."""


class GoalClarity(NamedTuple):
    """The clarity of a goal: 0 to 10 points, and the names of the missing pieces in order."""

    points: int
    missing: tuple[str, ...]
    advice: str
    """What to do next: `begin`, `one_more` or `go_out`."""


def advice_for(points: int, settings: Settings) -> str:
    """Return the advice for a number of points: `begin`, `one_more` or `go_out`.

    >>> [advice_for(points, Settings()) for points in (4, 5, 8)]
    ['begin', 'one_more', 'go_out']
    """
    if points >= settings.clarity_go_out:
        return "go_out"
    return "one_more" if points >= settings.clarity_almost else "begin"


def weigh(parts: Sequence[int]) -> int:
    """Return the sum of the five parts of the rubric, 0 to 2 points each.

    >>> weigh((2, 1, 2, 1, 0))
    6
    """
    return sum(parts)


def clarity(
    goal: FrameRow,
    roles: pd.DataFrame,
    places: pd.DataFrame,
    plans: pd.DataFrame,
    today: date,
    settings: Settings | None = None,
) -> GoalClarity:
    """Rate a goal by what is written for it; each of the five pieces gives up to two points.

    Args:
        goal: a row of the goal frame.
        roles: rows of the role frame. Rows of another goal are ignored here and in `places` and
            `plans`.
        places: rows of the place frame; a place counts fully when its next date is today or later.
        plans: rows of the plan frame; a plan counts fully when `check_plan` finds no issue.
        today: the user's current date.
        settings: the points from which the advice is `one_more` and `go_out`.

    Returns:
        The points, the advice, and the names of the missing pieces (`wish`, `wish_date`, `proof`,
        `proof_seen`, `role`, `role_does`, `place`, `place_second`, `place_date`, `plan`,
        `plan_form`).
    """
    name = getattr(goal, "name", goal.get("id", ""))
    roles, places, plans = (rows_of_goal(rows, name) for rows in (roles, places, plans))
    parts = (
        weigh_wish(goal),
        weigh_proof(str(goal["proof"] or "")),
        weigh_roles(roles),
        weigh_places(places, today),
        weigh_plans(plans),
    )
    points = weigh([points for points, _ in parts])
    missing = tuple(m for _, m in parts if m)
    return GoalClarity(points, missing, advice_for(points, settings or Settings()))


def rows_of_goal(rows: pd.DataFrame, goal_id: object) -> pd.DataFrame:
    """Return the rows that belong to the goal or to no particular goal."""
    own = isin(rows["goal_id"], str(goal_id or ""), "")
    return rows if own.all() else rows[own]


def weigh_wish(goal: FrameRow) -> tuple[int, str]:
    """Rate the wish: 1 point when written, 2 with a date. Return points and missing piece."""
    if not str(goal["wish"] or "").strip():
        return 0, "wish"
    return (1, "wish_date") if pd.isna(goal["by"]) or goal["by"] == "" else (2, "")


def weigh_proof(proof: str) -> tuple[int, str]:
    """Rate the proof of success: 1 point when written, 2 when another person could observe it.

    A proof is observable when it holds a digit, a number word or a quotation mark, or has at least
    15 characters.
    """
    text = proof.strip()
    if not text:
        return 0, "proof"
    seen = any(mark.isdigit() or mark in '一二三四五六七八九十百千「『"“' for mark in text)
    return (2, "") if seen or len(text) >= 15 else (1, "proof_seen")


def weigh_roles(roles: pd.DataFrame) -> tuple[int, str]:
    """Rate the kinds of person: 1 point when one is named, 2 when what they do is written."""
    if is_filled(roles["does"]).any():
        return 2, ""
    return (1, "role_does") if is_filled(roles["name"]).any() else (0, "role")


def weigh_places(places: pd.DataFrame, today: date) -> tuple[int, str]:
    """Rate the places: 1 point for one or for undated ones, 2 for two with a date from today on."""
    named = places[is_filled(places["name"])]
    dated = int(with_next_dates(named, today)["next_on"].notna().sum())
    if dated >= 2:
        return 2, ""
    if named.empty:
        return 0, "place"
    return 1, "place_second" if len(named) == 1 else "place_date"


def weigh_plans(plans: pd.DataFrame) -> tuple[int, str]:
    """Rate the if-then plans: 1 point when one is written, 2 when one passes `check_plan`."""
    written = plans[is_filled(plans["cue"]) | is_filled(plans["act"])]
    if written.empty:
        return 0, "plan"
    sound = any(not check_plan(row["cue"], row["act"]) for _, row in iter_rows(written))
    return (2, "") if sound else (1, "plan_form")
