"""How clear a goal is, and which piece is missing next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.relations.history import FrameRow, is_filled, isin, iter_rows
from enishi.coach.rules.settings import Settings

PIECES = ("wish", "proof", "role", "place", "plan")
"""The five pieces, in the order one writes them."""


class GoalClarity(NamedTuple):
    """How clear a goal is: 0 to 10 points, and the missing pieces by name, the next one first."""

    points: int
    missing: tuple[str, ...]
    advice: str
    """What comes next: `begin`, `one_more` or `go_out`."""


def advice_for(points: int, settings: Settings) -> str:
    """Return what comes next with so many points: `begin`, `one_more` or `go_out`.

    >>> [advice_for(points, Settings()) for points in (4, 5, 8)]
    ['begin', 'one_more', 'go_out']
    """
    if points >= settings.clarity_go_out:
        return "go_out"
    return "one_more" if points >= settings.clarity_almost else "begin"


def weigh(parts: Sequence[int]) -> int:
    """Add the five parts of the rubric, 0 to 2 each.

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
    """Weigh a goal by what is written of it; two points a piece.

    Args:
        goal: a row of the goal frame.
        roles: rows of the role frame; places, plans likewise. Rows of another goal are left out.
        places: a place counts fully when its next date is today or later.
        plans: an if-then plan counts fully when `check_plan` finds nothing.
        today: the person's day.
        settings: from how many points on one goes out.

    Returns:
        The points, what they advise, and names of what is missing (`wish`, `wish_date`, `proof`,
        `proof_seen`, `role`, `role_does`, `place`, `place_second`, `place_date`, `plan`,
        `plan_form`).
    """
    name = getattr(goal, "name", goal.get("id", ""))
    roles, places, plans = (of_goal(rows, name) for rows in (roles, places, plans))
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


def of_goal(rows: pd.DataFrame, goal_id: object) -> pd.DataFrame:
    """Keep the rows that belong to the goal, or to none in particular."""
    own = isin(rows["goal_id"], str(goal_id or ""), "")
    return rows if own.all() else rows[own]


def weigh_wish(goal: FrameRow) -> tuple[int, str]:
    """A wish: written 1, with a day 2."""
    if not str(goal["wish"] or "").strip():
        return 0, "wish"
    return (1, "wish_date") if pd.isna(goal["by"]) or goal["by"] == "" else (2, "")


def weigh_proof(proof: str) -> tuple[int, str]:
    """How I shall know: written 1, so that another could see it 2 (a number, or what is said)."""
    text = proof.strip()
    if not text:
        return 0, "proof"
    seen = any(mark.isdigit() or mark in '一二三四五六七八九十百千「『"“' for mark in text)
    return (2, "") if seen or len(text) >= 15 else (1, "proof_seen")


def weigh_roles(roles: pd.DataFrame) -> tuple[int, str]:
    """A kind of person: named 1, by what they do 2."""
    if is_filled(roles["does"]).any():
        return 2, ""
    return (1, "role_does") if is_filled(roles["name"]).any() else (0, "role")


def weigh_places(places: pd.DataFrame, today: date) -> tuple[int, str]:
    """Places where they appear: one or undated 1, two with a day to come 2."""
    named = places[is_filled(places["name"])]
    dated = int((named["next_on"] >= pd.Timestamp(today)).sum())
    if dated >= 2:
        return 2, ""
    if named.empty:
        return 0, "place"
    return 1, "place_second" if len(named) == 1 else "place_date"


def weigh_plans(plans: pd.DataFrame) -> tuple[int, str]:
    """An if-then plan: written 1, with a cue and an act that can be seen 2."""
    written = plans[is_filled(plans["cue"]) | is_filled(plans["act"])]
    if written.empty:
        return 0, "plan"
    sound = any(not check_plan(row["cue"], row["act"]) for _, row in iter_rows(written))
    return (2, "") if sound else (1, "plan_form")
