"""The nearest thing the user might do today, in the user's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.giving.promises import open_promises
from enishi.coach.relations.history import Frames, iter_rows, names_by_id
from enishi.coach.relations.steps import open_steps
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable


@dataclass(frozen=True)
class Nearest:
    """The next thing to do with one contact.

    Attributes:
        kind: step, promise or gift.
        name: what the user calls the contact.
        words: the user's own text for it.
    """

    kind: str
    name: str
    words: str


def nearest_step(frames: Frames, today: date, settings: Settings | None = None) -> Nearest | None:
    """Return the next step that is due first, else a promise of the user, else a planned gift.

    A step without a date comes after those with one. Contacts who rest or are not to be contacted
    are left out. None where there is nothing to do.
    """
    people = contactable(frames)
    people = people[~(people["quiet_until"] > pd.Timestamp(today))]
    called = names_by_id(people)
    steps = open_steps(frames)
    for _, step in iter_rows(steps[steps["contact_id"].isin(people.index)].head(1)):
        return Nearest("step", called[step["contact_id"]], step["words"])
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
