"""The sentence of seven parts that states whom the user wants to meet, as far as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.goal.clarity import rows_of_goal
from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.goal.place_dates import date_of, with_next_dates
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
"""The seven parts in their order, and the sheet on which each is written."""


@dataclass(frozen=True)
class SentencePart:
    """One part of the sentence.

    Attributes:
        name: a key of `SENTENCE_PARTS`.
        texts: the user's own words: one text, or cue and act of a plan; empty while not written.
        day: the date of the wish or of the place; None where none is written.
    """

    name: str
    texts: tuple[str, ...] = ()
    day: date | None = None

    @property
    def screen(self) -> str:
        """The sheet on which the part is written."""
        return SENTENCE_PARTS[self.name]


def goal_sentence(
    goal: FrameRow,
    roles: pd.DataFrame,
    places: pd.DataFrame,
    plans: pd.DataFrame,
    names: Mapping[str, str],
    today: date,
) -> tuple[SentencePart, ...]:
    """Return the seven parts of the sentence about whom the user wants to meet (B35).

    Args:
        goal: a row of the goal frame, or a row not stored yet.
        roles: rows of the role frame. Rows of another goal are ignored here and in `places` and
            `plans`.
        places: rows of the place frame. The sentence takes the next one for that kind of person,
            else the next one, else the first. A place whose warning signs result in `stop` is
            skipped.
        plans: rows of the plan frame; the sentence takes the first plan that passes `check_plan`.
        names: names of the people who can give access to a place, by contact id.
        today: the user's current date.
    """
    id = str(getattr(goal, "name", goal.get("id", "")))
    role_id, role = first_role(rows_of_goal(roles, id))
    place = next_place(with_next_dates(rows_of_goal(places, id), today), role_id)
    plan = sound_plan(rows_of_goal(plans, id))
    questions = [role.get(f"question_{number}", "") for number in (1, 2, 3)]
    gifts = [role.get(f"gift_{number}", "") for number in (1, 2)]
    return (
        SentencePart("wish", _written(str(goal["wish"] or "")), date_of(goal["by"])),
        SentencePart("role", _written(role.get("does", "") or role.get("name", ""))),
        SentencePart("question", _written(*questions)),
        SentencePart("gift", _written(*gifts)),
        SentencePart("place", _written(place.get("name", "")), date_of(place.get("next_on", ""))),
        SentencePart("entrance", _written(names.get(place.get("entrance_id", ""), ""))),
        SentencePart("plan", (plan["cue"], plan["act"]) if plan else ()),
    )


def _written(*texts: str) -> tuple[str, ...]:
    """Return the first of `texts` that is not blank, stripped; an empty tuple if all are blank."""
    return next(((text.strip(),) for text in texts if text.strip()), ())


def first_role(roles: pd.DataFrame) -> tuple[str, dict[str, Any]]:
    """Return the id and row of the first role with `does` filled, else of the first named one."""
    rows = [pair for pair in iter_rows(roles) if pair[1]["does"].strip() or pair[1]["name"].strip()]
    nothing: tuple[str, dict[str, Any]] = ("", {})
    return next((pair for pair in rows if pair[1]["does"].strip()), rows[0] if rows else nothing)


def next_place(places: pd.DataFrame, role_id: str) -> dict[str, Any]:
    """Return the place with the nearest date to come, preferring the role `role_id`; {} if none."""
    rows = [
        row
        for _, row in iter_rows(places)
        if row["name"].strip() and read_signs(row["signs"]).result != "stop"
    ]
    coming = [row for row in rows if not pd.isna(row["next_on"])]
    if coming:
        return min(coming, key=lambda row: (row["role_id"] != role_id, row["next_on"]))
    return rows[0] if rows else {}


def sound_plan(plans: pd.DataFrame) -> dict[str, Any]:
    """Return the first plan that passes `check_plan`, those for an obstacle last; else {}."""
    rows = [row for _, row in iter_rows(plans) if not check_plan(row["cue"], row["act"])]
    return min(rows, key=lambda row: bool(row["for_obstacle"])) if rows else {}
