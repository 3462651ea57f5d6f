"""Whom do I want to meet? The answer in one sentence of seven parts, as far as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.goal.clarity import of_goal
from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.relations.history import FrameRow, iter_rows
from enishi.coach.relations.solicitation import read_signs

SENTENCE_PARTS = {
    "wish": "wish",
    "role": "roles",
    "question": "roles",
    "gift": "roles",
    "place": "places",
    "entrance": "places",
    "plan": "plans",
}
"""The seven parts in their order, and the screen on which each is written."""


@dataclass(frozen=True)
class SentencePart:
    """One part of the sentence.

    Attributes:
        name: a key of `SENTENCE_PARTS`.
        texts: the person's own words: one text, for a plan its cue and its act; empty while not
            written.
        day: the day that belongs to it (of the wish, of the place), if one is said.
    """

    name: str
    texts: tuple[str, ...] = ()
    day: date | None = None

    @property
    def screen(self) -> str:
        """Where it is written."""
        return SENTENCE_PARTS[self.name]


def goal_sentence(
    goal: FrameRow,
    roles: pd.DataFrame,
    places: pd.DataFrame,
    plans: pd.DataFrame,
    names: Mapping[str, str],
    today: date,
) -> tuple[SentencePart, ...]:
    """Put together whom the person wants to meet, from what is written of the goal (B35).

    Args:
        goal: a row of the goal frame, or one not made yet.
        roles: rows of the role frame; places, plans likewise. Rows of another goal are left out.
        places: the soonest one to come for that kind of person is taken, else the soonest, else
            the first; one that says stop is not.
        plans: the first one that is sound is taken.
        names: of the people who can let one in, by id.
        today: the person's day.
    """
    id = str(getattr(goal, "name", goal.get("id", "")))
    role_id, role = first_role(of_goal(roles, id))
    place = next_place(of_goal(places, id), role_id, today)
    plan = sound_plan(of_goal(plans, id))
    questions = [role.get(f"question_{number}", "") for number in (1, 2, 3)]
    gifts = [role.get(f"gift_{number}", "") for number in (1, 2)]
    return (
        SentencePart("wish", _written(str(goal["wish"] or "")), _day_of(goal["by"])),
        SentencePart("role", _written(role.get("does", "") or role.get("name", ""))),
        SentencePart("question", _written(*questions)),
        SentencePart("gift", _written(*gifts)),
        SentencePart("place", _written(place.get("name", "")), _day_of(place.get("next_on", ""))),
        SentencePart("entrance", _written(names.get(place.get("entrance_id", ""), ""))),
        SentencePart("plan", (plan["cue"], plan["act"]) if plan else ()),
    )


def _written(*texts: str) -> tuple[str, ...]:
    """Return the first of `texts` that says something."""
    return next(((text.strip(),) for text in texts if text.strip()), ())


def _day_of(cell: Any) -> date | None:
    """Return the day a cell holds, as text or as a frame has it."""
    return None if cell == "" or pd.isna(cell) else pd.Timestamp(cell).date()


def first_role(roles: pd.DataFrame) -> tuple[str, dict[str, Any]]:
    """Return the first kind of person that is known by what they do, else the first named."""
    rows = [pair for pair in iter_rows(roles) if pair[1]["does"].strip() or pair[1]["name"].strip()]
    nothing: tuple[str, dict[str, Any]] = ("", {})
    return next((pair for pair in rows if pair[1]["does"].strip()), rows[0] if rows else nothing)


def next_place(places: pd.DataFrame, role_id: str, today: date) -> dict[str, Any]:
    """Return the place one goes to next, rather one where that kind of person is; else any."""
    rows = [
        row
        for _, row in iter_rows(places)
        if row["name"].strip() and read_signs(row["signs"]).result != "stop"
    ]
    coming = [row for row in rows if row["next_on"] >= pd.Timestamp(today)]
    if coming:
        return min(coming, key=lambda row: (row["role_id"] != role_id, row["next_on"]))
    return rows[0] if rows else {}


def sound_plan(plans: pd.DataFrame) -> dict[str, Any]:
    """Return the first if-then plan that lacks nothing, the one for a hindrance last."""
    rows = [row for _, row in iter_rows(plans) if not check_plan(row["cue"], row["act"])]
    return min(rows, key=lambda row: bool(row["for_obstacle"])) if rows else {}
