"""The one thread from the goal to the introduction, and where it still stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from enishi.coach.relations.history import Frames, are_said, is_one_of, living

LINKED = (
    *("goal", "role", "place", "offer", "give"),
    *("contact", "encounter", "promise", "introduction"),
)
"""The nouns that the thread runs through."""


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
    goal, role, place, give = (frames[noun] for noun in ("goal", "role", "place", "give"))
    goals = ~goal["closed"].to_numpy() & are_said(goal["wish"])
    roles = ~is_one_of(role["does"], "") | ~is_one_of(role["name"], "")
    to_come = place["next_on"].to_numpy() >= np.datetime64(today)
    places = ~is_one_of(place["name"], "") & to_come
    offers = are_said(frames["offer"]["what"])
    ideas = are_said(people["own_idea"])
    given = is_one_of(give["direction"], "out") & ~is_one_of(give["state"], "let_go")
    steps = are_said(people["next_step"])
    promises = is_one_of(frames["promise"]["state"], "open", "kept")
    introductions = ~is_one_of(frames["introduction"]["state"], "let_go")
    counts = (
        ("goal", goals.sum(), "wish"),
        ("role", roles.sum(), "roles"),
        ("place", places.sum(), "places"),
        ("gift", offers.sum() + ideas.sum() + given.sum(), "gifts"),
        ("step", steps.sum() + len(frames["encounter"]), "capture"),
        ("promise", promises.sum(), "promises"),
        ("introduction", introductions.sum(), "introductions"),
    )
    return tuple(Link(name, bool(count), int(count), screen) for name, count, screen in counts)
