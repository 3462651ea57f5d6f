"""The one thing that is nearest: what a person might do today, by their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import Frames, names_by_id
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import awake


@dataclass(frozen=True)
class Nearest:
    """What comes next with somebody.

    Attributes:
        kind: step, promise or gift.
        name: how the person is called.
        words: the person's own words for it.
    """

    kind: str
    name: str
    words: str


def nearest_step(frames: Frames, today: date, settings: Settings | None = None) -> Nearest | None:
    """Return the next step that is due first, else a promise of mine, else a planned gift.

    A step without a day comes after those with one. Somebody resting or not to be contacted is
    left in peace.
    """
    people = awake(frames)
    people = people[~(people["quiet_until"] > pd.Timestamp(today))]
    called = names_by_id(people)
    steps = people[people["next_step"] != ""].sort_values("next_on", kind="stable")
    for id, step in steps["next_step"].head(1).items():
        return Nearest("step", called[str(id)], step)
    promise = open_promises(frames, today, settings)
    give = frames["give"]
    planned = give[(give["state"] == "planned") & (give["direction"] == "out")]
    planned = planned[planned["what"] != ""].sort_values("on", kind="stable")
    for kind, rows, column in (
        ("promise", promise[promise["by"] == "me"], "words"),
        ("gift", planned, "what"),
    ):
        rows = rows[rows["contact_id"].isin(people.index)]
        for id, words in zip(rows["contact_id"].head(1), rows[column].head(1), strict=True):
            return Nearest(kind, called[id], words)
    return None
