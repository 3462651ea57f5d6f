"""The chain of seven steps from the goal to the introduction, and where it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from enishi.coach.relations.history import Frames, active_contacts, is_filled, isin
from enishi.coach.relations.steps import open_steps


@dataclass(frozen=True)
class ProgressStep:
    """One step of the chain.

    Attributes:
        name: goal, role, place, gift, step, promise or introduction; a key of `thread` in
            `data/words/workbook.yaml`.
        whole: whether the step has at least one entry.
    """

    name: str
    whole: bool


def goal_progress(frames: Frames, today: date) -> tuple[ProgressStep, ...]:
    """Return the seven steps in order; the chain breaks at the first that is not `whole`.

    Args:
        frames: the book's frames.
        today: the user's current date; places count when their next date is today or later.
    """
    people = active_contacts(frames)
    goal, role, place, give = (frames[table] for table in ("goal", "role", "place", "give"))
    goals = ~goal["closed"].to_numpy() & is_filled(goal["wish"])
    roles = ~isin(role["does"], "") | ~isin(role["name"], "")
    to_come = place["next_on"].to_numpy() >= np.datetime64(today)
    places = ~isin(place["name"], "") & to_come
    offers = is_filled(frames["offer"]["what"])
    ideas = is_filled(people["own_idea"])
    given = isin(give["direction"], "out") & ~isin(give["state"], "let_go")
    steps = open_steps(frames)
    promises = isin(frames["promise"]["state"], "open", "kept")
    introductions = ~isin(frames["introduction"]["state"], "let_go")
    found = {
        "goal": goals.any(),
        "role": roles.any(),
        "place": places.any(),
        "gift": offers.any() or ideas.any() or given.any(),
        "step": len(steps) or len(frames["encounter"]),
        "promise": promises.any(),
        "introduction": introductions.any(),
    }
    return tuple(ProgressStep(name, bool(whole)) for name, whole in found.items())
