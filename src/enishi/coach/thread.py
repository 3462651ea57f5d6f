"""The one thread from the goal to the introduction, and where it still stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.history import Frames, living


@dataclass(frozen=True)
class Link:
    """One link of the thread.

    Attributes:
        name: goal, role, place, gift, step, promise or introduction; a key of `thread` in
            `data/words/workbook.yaml`.
        whole: this link is there.
        count: how many entries it is made of.
        screen: the screen that mends it, within the workbook that `workbook.yaml` names.
    """

    name: str
    whole: bool
    count: int
    screen: str


def thread(frames: Frames, today: date) -> tuple[Link, ...]:
    """Return the seven links in order; the first that is not whole is where the chain stops.

    Args:
        frames: the book's frames.
        today: places count while their day is to come.
    """
    people = living(frames)
    goal = frames["goal"]
    goals = goal[~goal["closed"] & (goal["wish"].str.strip() != "")]
    role, place = frames["role"], frames["place"]
    roles = role[(role["does"] != "") | (role["name"] != "")]
    places = place[(place["name"] != "") & (place["next_on"] >= pd.Timestamp(today))]
    give = frames["give"]
    gifts = (
        int((frames["offer"]["what"].str.strip() != "").sum())
        + int((people["own_idea"].str.strip() != "").sum())
        + int(((give["direction"] == "out") & (give["state"] != "let_go")).sum())
    )
    steps = int((people["next_step"].str.strip() != "").sum()) + len(frames["encounter"])
    promise = frames["promise"]
    promises = int(promise["state"].isin(["open", "kept"]).sum())
    introduction = frames["introduction"]
    introductions = int((introduction["state"] != "let_go").sum())
    counts = (
        ("goal", len(goals), "wish"),
        ("role", len(roles), "roles"),
        ("place", len(places), "places"),
        ("gift", gifts, "gifts"),
        ("step", steps, "capture"),
        ("promise", promises, "promises"),
        ("introduction", introductions, "introductions"),
    )
    return tuple(Link(name, count > 0, count, screen) for name, count, screen in counts)
