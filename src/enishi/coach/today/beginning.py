"""The first thing to do by what brought the user here, until something is planned (A3, A4, A5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.goal.sought_kinds import sought_kinds
from enishi.coach.relations.history import Frames, is_filled, isin, name_of
from enishi.coach.relations.steps import open_steps
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable, planned_gifts

BEGUN = "begun_with"
"""The setting that holds what brought the user here when they last took up such a thing."""


@dataclass(frozen=True)
class Beginning:
    """The first thing to do.

    Attributes:
        start: what brought the user here: `work`, `study` or `introduced`.
        reason: why; its rule has the thing to do.
        contact_id: somebody it could be done with, by what the user wrote; '' for none.
    """

    start: str
    reason: Reason
    contact_id: str = ""


def first_beginning(frames: Frames, settings: Settings | None = None) -> Beginning | None:
    """Return the first thing to do; None once it was taken up, or anything else is planned.

    Work begins in the chair of a client, what to give them being still unwritten; learning with
    somebody to learn with; introductions with who may know the kind of person that is written.

    Args:
        frames: the book's frames.
        settings: the disabled rules.
    """
    goal = frames["goal"]
    started = goal[~goal["closed"] & ~isin(goal["start"], "")]
    start = str(started["start"].iloc[-1]) if len(started) else ""
    if not start or str(frames["setting"]["value"].get(BEGUN, "")) == start:
        return None
    if len(open_steps(frames)) or len(planned_gifts(frames)):
        return None
    found = None
    if start == "introduced":
        found = _begin_introduced(frames)
    elif start == "work":
        found = _begin_work(frames)
    elif start == "study":
        found = _begin_study(frames)
    enabled = found and (settings or Settings()).is_enabled(found.reason.rule)
    return found if enabled else None


def _begin_introduced(frames: Frames) -> Beginning | None:
    """Return the question who may know the first kind, while no introduction is begun."""
    kinds = sought_kinds(frames)
    if not kinds or not frames["introduction"].empty:
        return None
    return Beginning("introduced", reason_for("begin_introduced", kind=kinds[0].words))


def _begin_work(frames: Frames) -> Beginning | None:
    """Return the question what a client would gain, while no answer to it is written."""
    role = rows_of_open_goals(frames, "role")
    given = is_filled(role["gift_1"]) | is_filled(role["gift_2"])
    if given.any() or is_filled(frames["offer"]["what"]).any():
        return None
    return Beginning("work", reason_for("begin_work"))


def _begin_study(frames: Frames) -> Beginning:
    """Return the thought of a partner; the one who walks beside the user, if there is one."""
    near = contactable(frames)
    near = near[isin(near["ahead"], "near")]
    if near.empty:
        return Beginning("study", reason_for("begin_study"))
    person: pd.Series[Any] = near.iloc[0]
    reason = reason_for("begin_study_with", name=name_of(person))
    return Beginning("study", reason, str(near.index[0]))
